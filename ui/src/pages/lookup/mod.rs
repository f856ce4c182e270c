//! Looking up: customers and orders as one types, from this desk alone; Enter opens the page of the one meant.

/// A customer with all that is theirs.
mod customer;
/// An order with the tickets about it.
mod order;

use gemilang_protocol::Order;
use gemilang_protocol::desk::views::{CustomerRow, TicketRow};
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(crate) use self::customer::CustomerPage;
pub(crate) use self::order::OrderPage;
use crate::acts::{Store, use_store};
use crate::browser;
use crate::components::avatar;
use crate::components::empty::Empty;
use crate::components::icon::{icon, icon14, status_alone};
use crate::components::ringer::Ringer;
use crate::components::side_pane::local_phone;
use crate::components::ticket_row::marked;
use crate::store::Action;
use crate::store::lookup::{Action as Look, Kind};
use crate::store::navigation::Page;
use crate::words::{Words, use_words};

/// The id of the field.
const FIELD: &str = "look-field";

#[derive(Properties, PartialEq)]
pub(crate) struct LookUpProps {
    /// What is looked up.
    pub kind: Kind,
}

/// The page.
#[component]
pub(crate) fn LookUp(props: &LookUpProps) -> Html {
    let store = use_store();
    let words = use_words();
    let kind = props.kind;
    use_effect_with(kind, |_| {
        browser::focus(FIELD);
        browser::select(FIELD);
    });
    let (at, q, total, shown, is_read) = match kind {
        Kind::Customers => facts(&store.lookup.customers),
        Kind::Orders => facts(&store.lookup.orders),
    };
    use_effect_with(at, |at| {
        if let Some(row) = browser::by_id(&format!("look-{at}")) {
            browser::reveal(&row);
        }
    });
    let on_input = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::LookUp(Look::Typed(kind, field.value())));
        })
    };
    let keys = {
        let store = store.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            let typed = !typed(&store, kind).is_empty();
            match event.key().as_str() {
                "ArrowDown" => store.dispatch(Action::LookUp(Look::Move(kind, 1))),
                "ArrowUp" => store.dispatch(Action::LookUp(Look::Move(kind, -1))),
                "Enter" => {
                    if let Some(page) = store.lookup.chosen(kind) {
                        store.dispatch(Action::Go(page));
                    }
                }
                "Escape" if typed => store.dispatch(Action::LookUp(Look::Typed(kind, String::new()))),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let (title, label) = match kind {
        Kind::Customers => (words.get("desk-customers"), words.get("desk-customers-label")),
        Kind::Orders => (words.get("desk-orders"), words.get("desk-orders-label")),
    };
    let rows = match kind {
        Kind::Customers => {
            html! { <>{ for store.lookup.customers.rows().iter().enumerate().map(|(at, row)| customer(row, at, &q, &store, words)) }</> }
        }
        Kind::Orders => {
            html! { <>{ for store.lookup.orders.rows().iter().enumerate().map(|(at, row)| order(row, at, &q, &store, words)) }</> }
        }
    };
    let meta = match (q.is_empty(), kind) {
        (true, Kind::Customers) => words.get("desk-customers-lately"),
        (true, Kind::Orders) => words.get("desk-orders-next"),
        (false, _) if total > shown => words.with("desk-look-some", &[("n", shown.into()), ("of", total.into())]),
        (false, _) => words.with("desk-look-count", &[("n", total.into())]),
    };
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll">
                <div class="page search-page">
                    <h1 class="sr">{ title.clone() }</h1>
                    <label class="ask-big" for={FIELD}>
                        { icon(if kind == Kind::Customers { "user" } else { "rings" }) }
                        <input id={FIELD} name="q" type="text" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant={(shown > 0).then(|| format!("look-{at}"))} placeholder={label.clone()} aria-label={label} value={typed(&store, kind).to_owned()} oninput={on_input} onkeydown={keys} />
                    </label>
                    if is_read && shown == 0 {
                        if q.is_empty() {
                            <Empty icon={if kind == Kind::Customers { "users" } else { "rings" }} title={words.get(if kind == Kind::Customers { "desk-customers-none" } else { "desk-orders-none" })} />
                        } else {
                            <Empty icon="search" title={words.with("desk-empty-search", &[("q", q.as_str().into())])} text={words.get(if kind == Kind::Customers { "desk-customers-hint" } else { "desk-orders-hint" })} />
                        }
                    } else if is_read {
                        <section class="block">
                            <h2 class="block-title"><span>{ title.clone() }{ " " }<span class="meta num" role="status">{ meta }</span></span></h2>
                            <div id="found" role="listbox" aria-label={title}>{ rows }</div>
                        </section>
                    }
                </div>
            </div>
        </main>
    }
}

fn facts<T>(side: &crate::store::lookup::Side<T>) -> (usize, String, u64, u64, bool) {
    let total = side.found.as_ref().map_or(0, |(_, total)| *total);
    (side.at, side.asks().to_owned(), total, side.rows().len() as u64, side.found.is_some())
}

fn typed(store: &Store, kind: Kind) -> &str {
    match kind {
        Kind::Customers => &store.lookup.customers.q,
        Kind::Orders => &store.lookup.orders.q,
    }
}

/// A click that leads to a page.
pub(crate) fn leads(store: &Store, page: Page) -> Callback<MouseEvent> {
    let send = store.dispatcher();
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        send.dispatch(Action::Go(page));
    })
}

fn customer(row: &CustomerRow, at: usize, q: &str, store: &Store, words: Words) -> Html {
    let person = &row.person;
    let on = store.lookup.customers.at == at;
    let phone = person.phone.as_deref().map(local_phone);
    let contact: Vec<_> = [Some(person.email.clone()), phone].into_iter().flatten().collect();
    html! {
        <a class={classes!("hit", on.then_some("is-on"))} id={format!("look-{at}")} key={person.id.to_string()} href="#" role="option" aria-selected={on.to_string()} tabindex="-1" data-customer={person.email.clone()} onclick={leads(store, Page::Customer(person.id))}>
            { avatar::customer(&person.name, "av-sm") }
            <span class="hit-body">
                <span class="cut block-line" title={person.name.clone()}><b>{ marked(&person.name, q) }</b></span>
                <span class="quote cut" title={contact.join(" · ")}>{ marked(&contact.join(" · "), q) }</span>
            </span>
            <span class="end">
                <span class="meta num">{ words.with("desk-look-tickets", &[("n", row.tickets.into())]) }</span>
                if !person.active { <span class="tagword">{ words.get("desk-blocked") }</span> }
                else if row.active > 0 { <span class="meta num">{ words.with("desk-other-active", &[("n", row.active.into())]) }</span> }
            </span>
        </a>
    }
}

fn order(order: &Order, at: usize, q: &str, store: &Store, words: Words) -> Html {
    let on = store.lookup.orders.at == at;
    let what = format!("{} · {}", order.package, order.venue);
    html! {
        <a class={classes!("hit", on.then_some("is-on"))} id={format!("look-{at}")} key={order.number.clone()} href="#" role="option" aria-selected={on.to_string()} tabindex="-1" data-order={order.number.clone()} onclick={leads(store, Page::Order(order.id))}>
            { icon("rings") }
            <span class="hit-body">
                <span class="cut block-line" title={order.customer.name.clone()}><span class="num mute">{ marked(&order.number, q) }</span>{ " " }<b>{ marked(&order.customer.name, q) }</b></span>
                <span class="quote cut" title={what.clone()}>{ marked(&what, q) }</span>
            </span>
            <span class="end">
                <span class="meta num">{ gemilang_locales::dates::date_short(order.event_date, words.language) }</span>
                <span class="hday">{ words.days_to(store.now, order.event_date, order.zone) }</span>
            </span>
        </a>
    }
}

/// The tickets of a page, latest activity first.
fn tickets(rows: &[TicketRow], total: u64, with_customer: bool, store: &Store, words: Words) -> Html {
    let line = |row: &TicketRow| {
        let open = {
            let (send, id) = (store.dispatcher(), row.id);
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                send.dispatch(Action::Show(id));
            })
        };
        html! {
            <a class={classes!("line", "recent", (!with_customer).then_some("theirs"))} href="#" key={row.id.to_string()} data-ticket={row.number.to_string()} onclick={open}>
                { status_alone(row.status, words.status(row.status)) }
                <span class="mute num">{ row.number.to_string() }</span>
                <span class="cut" title={row.subject.clone()}>{ words.said(&row.subject) }</span>
                if with_customer { <span class="cut soft" title={row.customer.name.clone()}>{ &row.customer.name }</span> }
                <time class="mute num end" title={words.full(row.last_message_at)}>{ words.age(store.now, row.last_message_at) }</time>
                { avatar::assignee(row.assignee.as_ref(), &words.get("desk-view-unassigned")) }
            </a>
        }
    };
    html! {
        <section class="block">
            <h2 class="block-title"><span>{ words.get("desk-look-their-tickets") }{ " " }<span class="meta num">{ words.number(total) }</span></span></h2>
            <div class="lines-table">
                if rows.is_empty() { <Empty icon="chat" title={words.get("desk-look-no-tickets")} /> }
                { for rows.iter().map(line) }
            </div>
        </section>
    }
}

/// The head of a page: the way back, what stands at its side, and its name.
fn head(store: &Store, words: Words, title: Html, beside: Html) -> Html {
    let back = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Back))
    };
    html! {
        <header class="page-head">
            <button type="button" class="btn btn-icon" id="look-back" aria-label={words.get("desk-menu-back")} title={words.get("desk-menu-back")} onclick={back}>{ icon("back") }</button>
            { title }
            { beside }
        </header>
    }
}

/// In the place of a page whose person or order is not on this desk.
fn missing(store: &Store, words: Words) -> Html {
    html! {
        <main class="pane"><Ringer /><div class="scroll"><div class="page">
            { head(store, words, html! { <h1 class="grow">{ words.get("desk-look-missing") }</h1> }, Html::default()) }
            <p class="soft">{ icon14("info") }{ " " }{ words.get("desk-look-missing-text") }</p>
        </div></div></main>
    }
}
