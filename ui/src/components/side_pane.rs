//! The side pane: the customer, the wedding, the ticket's properties and its history. In narrow windows it is a drawer.

use std::rc::Rc;

use gemilang_protocol::desk::views::{OpState, Thread};
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{Act, EventBody, Order, Person};
use yew::prelude::*;

use crate::acts::use_store;
use crate::components::around::Filed;
use crate::components::avatar;
use crate::components::event_line::{Reader, trail_line};
use crate::components::icon::{category_icon, icon, icon14, priority_glyph, status_glyph};
use crate::components::menu::Anchor;
use crate::components::ticket_menus::{Kind, opens};
use crate::pages::lookup::leads;
use crate::store::Action;
use crate::store::navigation::Page;
use crate::words::{Words, use_words};

/// Lines of history shown before all are asked for.
const SHORT_TRAIL: usize = 6;

#[derive(Properties, PartialEq)]
pub(crate) struct SidePaneProps {
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Which menu is open, to show it on its button.
    pub open: Option<Kind>,
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
}

/// The side pane.
#[component]
pub(crate) fn SidePane(props: &SidePaneProps) -> Html {
    let store = use_store();
    let words = use_words();
    let all = use_state(|| None);
    let thread = &props.thread;
    let ticket = &thread.ticket;
    let menu = |kind: Kind| opens(kind, &props.on_menu);
    let open = |kind: Kind| (props.open == Some(kind)).then_some("is-open");
    let close = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Drawer(false)))
    };
    let others = leads(&store, Page::Customer(ticket.customer.id));
    let reader = Reader { words, me: store.me(), now: store.now };
    html! {
        <>
            if store.place.drawer { <div class="drawer-back only-narrow" onclick={close.clone()} aria-hidden="true"></div> }
            <aside class={classes!("pane", "side-pane", store.place.drawer.then_some("is-open"))} aria-label={words.get("desk-details")}>
                <div class="scroll">
                    <section>
                        <div class="person">
                            { avatar::customer(&ticket.customer.name, "av-lg") }
                            <div><a href="#" id="side-customer" class="named" onclick={others.clone()}><b>{ &ticket.customer.name }</b></a>if let Some(person) = &thread.customer { <span class="meta">{ since(person, words) }</span>if !person.active { <span class="tagword">{ words.get("desk-blocked") }</span> } }</div>
                            <button type="button" id="act-customer" class={classes!("btn", "btn-icon", open(Kind::Customer))} aria-haspopup="menu" aria-label={words.get("desk-customer-deeds")} title={words.get("desk-customer-deeds")} onclick={menu(Kind::Customer)}>{ icon("more") }</button>
                            <button type="button" class="btn btn-icon only-narrow drawer-close" aria-label={words.get("desk-close")} onclick={close}>{ icon("x") }</button>
                        </div>
                        <div class="lines">
                            if let Some(person) = &thread.customer { { lines(person, words, store.now) } }
                            if thread.other_tickets > 0 {
                                <div>{ icon("chat") }<a href="#" onclick={others}>{ words.with("desk-other-tickets", &[("n", thread.other_tickets.into())]) }</a>
                                    if thread.other_active > 0 { <span class="meta">{ words.with("desk-other-active", &[("n", thread.other_active.into())]) }</span> }
                                </div>
                            }
                        </div>
                    </section>
                    if let Some(order) = &thread.order { <section>{ wedding(order, words, store.now, html! { <a href="#" id="side-order" class="num" onclick={leads(&store, Page::Order(order.id))}>{ &order.number }</a> }) }</section> }
                    <section>
                        <dl class="props">
                            <dt>{ words.get("desk-status") }</dt>
                            <dd><button type="button" id="prop-status" class={classes!("prop", open(Kind::Status))} aria-haspopup="menu" onclick={menu(Kind::Status)}>{ status_glyph(ticket.status) }<span class="cut">{ words.status(ticket.status) }</span><kbd>{ "S" }</kbd></button></dd>
                            <dt>{ words.get("desk-priority") }</dt>
                            <dd><button type="button" id="prop-priority" class={classes!("prop", open(Kind::Priority))} aria-haspopup="menu" onclick={menu(Kind::Priority)}>{ priority_glyph(ticket.priority) }<span class="cut">{ words.priority(ticket.priority) }</span><kbd>{ "P" }</kbd></button></dd>
                            <dt>{ words.get("desk-category") }</dt>
                            <dd><button type="button" id="prop-category" class={classes!("prop", open(Kind::Category))} aria-haspopup="menu" onclick={menu(Kind::Category)}>{ icon14(category_icon(ticket.category)) }<span class="cut">{ words.category(ticket.category) }</span><kbd>{ "G" }</kbd></button></dd>
                            <dt>{ words.get("desk-file-order") }</dt>
                            <dd><button type="button" id="prop-order" class={classes!("prop", open(Kind::Order))} aria-haspopup="menu" onclick={menu(Kind::Order)}>{ icon14("rings") }
                                { match &ticket.order {
                                    Some(number) => html! { <span class="cut num">{ number }</span> },
                                    None => html! { <span class="cut mute">{ words.get("desk-file-no-order") }</span> },
                                } }<kbd>{ "O" }</kbd></button></dd>
                            <dt>{ words.get("desk-assignee") }</dt>
                            <dd><button type="button" id="prop-assignee" class={classes!("prop", open(Kind::Assign))} aria-haspopup="menu" onclick={menu(Kind::Assign)}>
                                { match &thread.assignee {
                                    Some(person) => html! { <>{ avatar::staff_beside(person, "av-sm") }<span class="cut" title={person.name.clone()}>{ &person.name }</span></> },
                                    None => html! { <><span class="av av-none av-sm" aria-hidden="true"></span><span class="cut mute">{ words.get("desk-view-unassigned") }</span></> },
                                } }<kbd>{ "A" }</kbd></button></dd>
                            <Filed thread={thread.clone()} on_menu={props.on_menu.clone()} />
                        </dl>
                    </section>
                    { trail(thread, reader, &all) }
                </div>
            </aside>
        </>
    }
}

pub(crate) fn since(person: &Person, words: Words) -> String {
    let day = words.zone.day(person.created_at);
    let date = words.date(day);
    // "Sabtu, 28 Maret 2026": the month and the year are enough.
    let month = date.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
    words.with("desk-customer-since", &[("month", month.into())])
}

pub(crate) fn lines(person: &Person, words: Words, now: gemilang_protocol::Time) -> Html {
    let language = gemilang_locales::Language::from_tag(&person.language).unwrap_or_default();
    html! {
        <>
            if let Some(phone) = &person.phone { <div>{ icon("phone") }<span class="num cut">{ local_phone(phone) }</span></div> }
            <div>{ icon("mail") }<span class="cut" title={person.email.clone()}>{ &person.email }</span></div>
            <div>{ icon("clock") }<span class="num">{ gemilang_locales::dates::clock_zone(now, person.zone) }</span><span class="meta">{ words.get(&format!("desk-speaks-{}", language.tag())) }</span></div>
        </>
    }
}

/// A phone as people here write it: `+6281234560198` is `0812-3456-0198`.
pub(crate) fn local_phone(phone: &str) -> String {
    let Some(rest) = phone.strip_prefix("+62") else {
        return phone.to_owned();
    };
    let digits: Vec<char> = format!("0{rest}").chars().collect();
    digits.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A wedding. `number` leads to its order, where it is not on screen already.
pub(crate) fn wedding(order: &Order, words: Words, now: gemilang_protocol::Time, number: Html) -> Html {
    let days = (order.event_date - order.zone.day(now)).num_days();
    let away = match days {
        0 => words.get("desk-wedding-today"),
        days if days > 0 => words.with("desk-wedding-in", &[("n", days.into())]),
        days => words.with("desk-wedding-ago", &[("n", (-days).into())]),
    };
    html! {
        <>
            <div class="wedding">
                <span class="h">{ words.days_to(now, order.event_date, order.zone) }</span>
                <div><b>{ words.date(order.event_date) }</b><span class="meta">{ away }</span></div>
            </div>
            <div class="lines">
                <div>{ icon("pin") }<span>{ &order.venue }</span><span class="meta">{ order.zone.to_string() }</span></div>
                <div>{ icon("rings") }<span>if number != Html::default() { { number }{ " · " } }{ &order.package }</span></div>
                <div>{ icon("file") }<span>{ words.get(&format!("order-status-{}", order.status)) }</span></div>
            </div>
        </>
    }
}

fn trail(thread: &Thread, reader: Reader, all: &UseStateHandle<Option<uuid::Uuid>>) -> Html {
    let words = reader.words;
    let ticket = thread.ticket.id;
    let held = thread.unsent.iter().filter(|item| item.state == OpState::Held && matches!(item.act, Act::Reply { .. })).map(|item| {
        // What came in first is what holds it.
        let held_at = item.unseen.as_ref().map_or(item.written_at, |unseen| unseen.created_at);
        html! { <li>{ icon("collide") }<span>{ words.get("desk-trail-held") }</span><time>{ words.when(reader.now, held_at) }</time></li> }
    });
    let events: Vec<_> = thread
        .events
        .iter()
        .rev()
        .filter(|event| match &event.body {
            // That it was merged says why it is closed.
            EventBody::Status { reason, .. } => !matches!(reason, Some(StatusReason::Merged | StatusReason::Unmerged)),
            body => !matches!(body, EventBody::Message { .. } | EventBody::Read { .. }),
        })
        .collect();
    let whole = **all == Some(ticket);
    let most = if whole { usize::MAX } else { SHORT_TRAIL };
    let more = (!whole && events.len() > SHORT_TRAIL).then(|| {
        let all = all.clone();
        let on_click = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            all.set(Some(ticket));
        });
        html! { <a class="meta" href="#" role="button" onclick={on_click}>{ words.with("desk-trail-all", &[("n", events.len().into())]) }</a> }
    });
    html! {
        <section>
            <div class="side-title">{ words.get("desk-trail") }{ " " }{ more }</div>
            <ol class="trail">{ for held }{ for events.into_iter().take(most).map(|event| trail_line(event, reader)) }</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_read_as_people_write_them() {
        assert_eq!(local_phone("+6281234560198"), "0812-3456-0198");
        assert_eq!(local_phone("+6591234567"), "+6591234567");
    }
}
