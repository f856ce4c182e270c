//! The thread: head with facts and acts, the conversation, the composer. The conversation starts at its newest message and keeps its place while news arrive.

use std::rc::Rc;

use chrono::DurationRound;
use gemilang_protocol::desk::commands::{FetchThread, MarkRead};
use gemilang_protocol::desk::views::{OpState, OutboxItem, Thread as View};
use gemilang_protocol::{Act, Code, PersonRef, Status, Time};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::bridge::call;
use crate::browser::{self, use_resize, use_window_event};
use crate::components::company::Looking;
use crate::components::composer::Composer;
use crate::components::dialog::Confirm;
use crate::components::empty::Empty;
use crate::components::event_line::{Reader, event_line};
use crate::components::icon::{icon, icon14, priority_glyph, status_glyph};
use crate::components::later::{LaterChoice, later};
use crate::components::menu::Anchor;
use crate::components::merged::GoesOn;
use crate::components::message::message;
use crate::components::message_menu::AtMessages;
use crate::components::note::note;
use crate::components::subject::Subject;
use crate::components::ticket_menus::{Kind, opens};
use crate::components::unsent::{Standing, Want, clash, unsent};
use crate::later;
use crate::store::outbox::{Choice, Place, goes_on, is_being_changed, words_of};
use crate::store::sync::Waits;
use crate::store::thread::{not_here, unread_everywhere};
use crate::store::timeline::{Entry, entries, last_written, said_after};
use crate::store::{Action, Desk};
use crate::words::{Words, use_words};

/// The id of the conversation's scroller.
pub(crate) const FLOW: &str = "flow";
/// So near to the end still counts as at the end, in pixels.
const NEAR_END: i32 = 64;

#[derive(Properties, PartialEq)]
pub(crate) struct ThreadProps {
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
    /// What is said when no ticket is chosen.
    #[prop_or_default]
    pub children: Html,
}

/// The thread.
#[component]
pub(crate) fn Thread(props: &ThreadProps) -> Html {
    let store = use_store();
    let pen = acts::use_pen();
    let words = use_words();
    let asked = use_state(|| None::<Want>);
    // The conversation must not be drawn anew with every letter that is typed: what it calls stays the same.
    let want = use_callback((), {
        let (send, asked) = (store.dispatcher(), asked.setter());
        move |want: Want, ()| do_want(&send, want, Place::Thread, &|want| asked.set(Some(want)))
    });
    let on_later = use_callback(store.open.ticket, {
        let (send, pen) = (store.dispatcher(), pen.dispatcher());
        move |(id, choice): (Uuid, LaterChoice), ticket: &Option<Uuid>| {
            if let Some(ticket) = *ticket {
                later::decide_later(send.clone(), pen.clone(), ticket, id, choice);
            }
        }
    });
    let on_show = use_callback((), {
        let send = store.dispatcher();
        move |ticket: Uuid, ()| send.dispatch(Action::Show(ticket))
    });
    // The old conversation stays until the new one is read: local data comes within a frame, and an empty flash would be all one sees.
    let thread = store.open.thread.clone();
    let Some(thread) = thread else {
        let missing = store.open.missing;
        return html! {
            <main class="pane thread-pane rest">
                if let Some(item) = filed_here(&store).filter(|_| missing) {
                    <div class="middle">{ filed(&item, words) }</div>
                } else if missing {
                    <div class="middle"><Empty icon="search" title={words.get("desk-missing")} text={words.get("desk-missing-text")} /></div>
                } else if store.open.ticket.is_none() {
                    { props.children.clone() }
                }
            </main>
        };
    };
    let merged = thread.ticket.internal.merged;
    html! {
        <main class="pane thread-pane">
            <Head thread={thread.clone()} on_menu={props.on_menu.clone()} />
            if let Some(merged) = &merged { <GoesOn ticket={thread.ticket.id} goes_into={merged.into} /> }
            <Flow now={hour(&store)} on_later={on_later} thread={thread.clone()} news_after={store.open.news_after.unwrap_or(i64::MAX)} today={today(&store)} me={store.me()} waits={store.sync.waits()} seeks={store.open.seeks.filter(|_| store.open.here().is_some())} editing={store.outbox.editing.filter(|it| it.place == Place::Thread).map(|it| it.op)} {want} on_menu={props.on_menu.clone()} {on_show} />
            if merged.is_none() { <Composer {thread} on_menu={props.on_menu.clone()} /> }
            { ask_discard(words, &store.dispatcher(), &asked) }
        </main>
    }
}

/// What was filed on this desk and is not here yet, if that is what is to be shown.
fn filed_here(desk: &Desk) -> Option<OutboxItem> {
    let ticket = desk.open.ticket?;
    let waits = |item: &&OutboxItem| item.ticket_id == ticket && matches!(item.act, Act::File { .. });
    match desk.outbox.items.iter().find(waits) {
        Some(item) => Some(item.clone()),
        None if desk.outbox.answered => None,
        None => desk.filing.filed.get(&ticket).map(|item| (**item).clone()),
    }
}

/// A ticket that has no number yet: why, and what becomes of it.
fn filed(item: &OutboxItem, words: Words) -> Html {
    let name = [("name", item.customer.as_str().into())];
    if item.state == OpState::Failed {
        let why = words.refusal(item.reason.unwrap_or(Code::Unknown));
        let text = words.with("desk-filed-failed-text", &[("why", why.into())]);
        return html! { <Empty icon="warn" title={words.with("desk-filed-failed", &name)} {text} /> };
    }
    let text = words.with("desk-filed-waits-text", &[("subject", item.subject.as_str().into())]);
    html! { <Empty icon="phone" title={words.with("desk-filed-waits", &name)} {text} /> }
}

/// The hour it is: what is told of moments to come changes no oftener.
fn hour(desk: &Desk) -> Time {
    desk.now.duration_trunc(chrono::TimeDelta::hours(1)).unwrap_or(desk.now)
}

/// The first moment of today: the conversation tells days and clocks only, so it is drawn anew once a day and not with every tick.
fn today(desk: &Desk) -> Time {
    let local = desk.zone.at(desk.now);
    let passed = local.time().signed_duration_since(chrono::NaiveTime::MIN);
    desk.now - passed
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    thread: Rc<View>,
    on_menu: Callback<(Kind, Anchor)>,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let store = use_store();
    let words = use_words();
    let ticket = &props.thread.ticket;
    let (id, status, from, me) = (ticket.id, ticket.status, ticket.assigned_to, store.me());
    let menu = |kind: Kind| opens(kind, &props.on_menu);
    let set = |to: Status| {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| acts::set_status(send.clone(), id, status, to, words.status(to)))
    };
    let take = {
        let (send, who) = (store.dispatcher(), store.session.who.clone());
        Callback::from(move |_: MouseEvent| {
            let to = who.as_ref().map(|who| PersonRef { id: who.user.id, name: who.user.name.clone() });
            acts::assign(send.clone(), id, from, to, me);
        })
    };
    // What went into another ticket is done there.
    let live = ticket.internal.merged.is_none();
    // The key takes what rings first.
    let takes = store.rings().is_none_or(|(ring, _)| ring.ticket == id);
    let snooze =
        me.and_then(|me| ticket.internal.snooze_of(me)).filter(|it| it.until.is_none_or(|until| until > store.now));
    let snoozed = snooze.map(|snooze| match snooze.until {
        Some(until) => words.with("desk-snoozed-until", &[("time", words.ahead(store.now, until).into())]),
        None => words.get("desk-snoozed-until-reply"),
    });
    let wake = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| later::wake(send.clone(), id))
    };
    let drawer = {
        let (send, open) = (store.dispatcher(), store.place.drawer);
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Drawer(!open)))
    };
    html! {
        <header class="thread-head">
            <Subject thread={props.thread.clone()} />
            <div class="acts">
                <Looking thread={props.thread.clone()} />
                if status.is_active() && live {
                    <button type="button" id="act-snooze" class={classes!("btn", "btn-icon", snoozed.is_some().then_some("is-open"))} aria-haspopup="menu" aria-label={words.get("desk-snooze")} title={format!("{} (Z)", words.get("desk-snooze"))} onclick={menu(Kind::Snooze)}>{ icon("moon") }</button>
                }
                if live {
                <button type="button" id="act-more" class="btn btn-icon" aria-haspopup="menu" aria-label={words.get("desk-more")} title={words.get("desk-more")} onclick={menu(Kind::More)}>{ icon("more") }</button>
                }
                <button type="button" class="btn btn-icon only-narrow" aria-pressed={store.place.drawer.to_string()} aria-label={words.get("desk-details")} title={format!("{} (I)", words.get("desk-details"))} onclick={drawer}>{ icon("info") }</button>
                if from != me && status.is_active() {
                    <button type="button" id="act-take" class="btn btn-sm btn-outline-secondary" onclick={take}>{ words.get("desk-take") }if takes { <kbd>{ "T" }</kbd> }</button>
                }
                if status.is_active() {
                    <button type="button" id="act-resolve" class="btn btn-sm btn-outline-secondary" onclick={set(Status::Resolved)}>{ icon14("check") }{ words.get("desk-resolve") }</button>
                } else if live {
                    <button type="button" id="act-reopen" class="btn btn-sm btn-outline-secondary" onclick={set(Status::InProgress)}>{ icon14("undo") }{ words.get("desk-reopen") }</button>
                }
            </div>
            <div class="facts">
                <span class="num">{ ticket.number.to_string() }</span>
                if let Some(told) = snoozed {
                    <span><button type="button" id="fact-snooze" class="fact" title={words.get("desk-wake")} onclick={wake}>{ icon14("moon") }{ told }</button></span>
                }
                <span><button type="button" id="fact-status" class="fact" aria-haspopup="menu" title={format!("{} (S)", words.get("desk-status"))} onclick={menu(Kind::Status)}>{ status_glyph(ticket.status) }{ words.status(ticket.status) }</button></span>
                <span><button type="button" id="fact-priority" class="fact" aria-haspopup="menu" title={format!("{} (P)", words.get("desk-priority"))} onclick={menu(Kind::Priority)}>{ priority_glyph(ticket.priority) }{ words.priority(ticket.priority) }</button></span>
                <span><button type="button" id="fact-category" class="fact" aria-haspopup="menu" title={format!("{} (G)", words.get("desk-category"))} onclick={menu(Kind::Category)}>{ words.category(ticket.category) }</button></span>
                if let Some(number) = &ticket.follows { <span>{ words.with("desk-event-follows", &[("number", number.to_string().into())]) }</span> }
            </div>
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct FlowProps {
    thread: Rc<View>,
    news_after: i64,
    today: Time,
    me: Option<Uuid>,
    waits: Waits,
    /// By the hour, for how moments to come are told.
    now: Time,
    on_later: Callback<(Uuid, LaterChoice)>,
    seeks: Option<i64>,
    editing: Option<Uuid>,
    want: Callback<Want>,
    on_menu: Callback<(Kind, Anchor)>,
    on_show: Callback<Uuid>,
}

#[component]
fn Flow(props: &FlowProps) -> Html {
    let words = use_words();
    let flow = use_node_ref();
    let at_end = use_mut_ref(|| true);
    let marked = use_mut_ref(Vec::<(Uuid, i64)>::new);
    // The newest `n` that stood at the end of the pane when a person was there: what others said after it is out of sight.
    let seen = use_state_eq(|| (Uuid::nil(), i64::MAX));
    let thread = &props.thread;
    let id = thread.ticket.id;
    let newest = thread.messages.iter().map(|message| message.n).max().unwrap_or(0);

    // The customer's words are read when a person looks at the end of the conversation.
    let mark = {
        let (thread, at_end, marked) = (thread.clone(), at_end.clone(), marked.clone());
        move || {
            if !*at_end.borrow() || !browser::is_looked_at() {
                return;
            }
            let unread = unread_everywhere(&thread);
            if unread.is_empty() || marked.replace(unread.clone()) == unread {
                return;
            }
            let marked = marked.clone();
            spawn_local(async move {
                for (ticket, up_to) in unread {
                    if call(MarkRead { ticket, up_to }).await.is_err() {
                        marked.borrow_mut().clear();
                    }
                }
            });
        }
    };
    {
        let (flow, at_end) = (flow.clone(), at_end.clone());
        use_effect_with(id, move |_| {
            *at_end.borrow_mut() = true;
            to_end(&flow);
        });
    }
    {
        // A search leads to the words it found, as soon as they are here.
        let at_end = at_end.clone();
        let is_here = props
            .seeks
            .filter(|n| thread.messages.iter().any(|it| it.n == *n) || thread.notes.iter().any(|it| it.n == *n));
        use_effect_with((id, is_here), move |(_, n)| {
            let found = n.and_then(|n| browser::by_id(FLOW)?.query_selector(&format!("[data-n=\"{n}\"]")).ok()?);
            if let Some(found) = found {
                *at_end.borrow_mut() = false;
                browser::centre(&found);
            }
        });
    }
    {
        // Who has just written looks at what was written.
        let (at_end, before) = (at_end.clone(), use_mut_ref(|| None));
        use_effect_with((id, last_written(thread)), move |(_, written)| {
            if *written > before.replace(*written) {
                *at_end.borrow_mut() = true;
            }
        });
    }
    {
        let (flow, at_end, mark, seen) = (flow.clone(), at_end.clone(), mark.clone(), seen.clone());
        use_effect_with(thread.clone(), move |_| {
            if *at_end.borrow() {
                to_end(&flow);
                seen.set((id, newest));
            }
            mark();
        });
    }
    {
        let mark = mark.clone();
        use_window_event("focus", move |_| mark());
    }
    {
        let (flow, at_end) = (flow.clone(), at_end.clone());
        let pane = flow.clone();
        use_resize(&pane, move || {
            if *at_end.borrow() {
                to_end(&flow);
            }
        });
    }
    // What is not on this desk is asked for once it is looked at; without a line that waits until there is one.
    let missing = not_here(thread);
    let is_partial = !missing.is_empty();
    use_effect_with((missing, props.waits == Waits::Nothing), |(missing, connected)| {
        for ticket in missing.iter().copied().filter(|_| *connected) {
            spawn_local(async move {
                // A refusal leaves the line above the conversation as it is, and the next look asks again.
                drop(call(FetchThread { ticket }).await);
            });
        }
    });
    let on_scroll = {
        let (flow, seen) = (flow.clone(), seen.clone());
        Callback::from(move |_: Event| {
            if let Some(pane) = flow.cast::<Element>() {
                let left = pane.scroll_height() - pane.scroll_top() - pane.client_height();
                *at_end.borrow_mut() = left < NEAR_END;
                if left < NEAR_END {
                    seen.set((id, newest));
                }
                mark();
            }
        })
    };
    let missed = if seen.0 == id { said_after(thread, seen.1, props.me) } else { 0 };
    let jump = {
        let flow = flow.clone();
        Callback::from(move |_: MouseEvent| {
            to_end(&flow);
            browser::focus(FLOW);
        })
    };
    let want = &props.want;
    let reader = Reader { words, me: props.me, now: props.today };
    let at = AtMessages::new(thread, words, props.on_menu.clone(), props.on_show.clone());
    let list = entries(thread, props.news_after, words.zone);
    let lines = list.iter().map(|entry| {
        let line = match entry {
            Entry::Day(time, ..) => html! { <div class="day">{ words.day(props.today, *time) }</div> },
            Entry::News(n) => {
                html! { <div class="newline" role="separator">{ words.with("desk-news", &[("n", (*n).into())]) }</div> }
            }
            Entry::From(number, ..) => html! { <div class="event from">{ icon("merge") }<span>{ words.with("desk-merge-from", &[("number", number.to_string().into())]) }</span></div> },
            Entry::Message { message: it, part, first, last } => message(it, *part == 0, *first, *last, reader, &at),
            Entry::Note(it, mentions, part) => note(it, *part == 0, mentions, reader),
            Entry::Event(it, _) => event_line(it, reader),
            Entry::Unsent { item, behind } => {
                let open = props.editing == Some(item.op_id) && is_being_changed(item);
                unsent(item, Standing { behind: *behind, waits: props.waits, open }, reader, want)
            }
            Entry::Clash { item, unseen } => {
                clash(item, unseen, props.editing == Some(item.op_id) && is_being_changed(item), reader, want)
            }
        };
        let found = props.seeks.is_some() && entry.n() == props.seeks;
        html! { <div class={classes!("entry", found.then_some("is-found"))} key={entry.key()}>{ line }</div> }
    });
    html! {
        <div class="flow">
            <div class="scroll" id={FLOW} ref={flow} tabindex="0" role="log" aria-live="polite" aria-label={words.get("desk-conversation")} onscroll={on_scroll}>
                <div class="thread">
                    if is_partial { <div class="day">{ words.get("desk-partial") }</div> }
                    { for lines }
                    { for thread.ticket.internal.later.iter().map(|it| html! { <div class="entry" key={format!("l-{}", it.id)}>{ later(it, props.now, reader, &props.on_later) }</div> }) }
                    if thread.newer > 0 { <div class="day">{ words.with("desk-needs-newer", &[("n", thread.newer.into())]) }</div> }
                </div>
            </div>
            if missed > 0 {
                <button type="button" class="jump" onclick={jump}>{ icon14("cd") }{ words.with("desk-news", &[("n", missed.into())]) }</button>
            }
        </div>
    }
}

/// Do what is wanted with an unsent item where it stands; throwing words away is asked first.
pub(crate) fn do_want(send: &acts::Send, want: Want, place: Place, ask: &dyn Fn(Want)) {
    let Want { item, choice } = &want;
    let op = item.op_id;
    match choice {
        Choice::Edit | Choice::EditOn => acts::edit(send.clone(), item, place),
        Choice::LeaveEdit if item.edited.as_deref() == words_of(item) => acts::leave_edit(send.clone(), op),
        Choice::Withdraw | Choice::Discard if words_of(item).is_none() => acts::discard(send.clone(), op, *choice),
        Choice::OpenOther => {
            if let Some(into) = goes_on(item) {
                send.dispatch(Action::Show(into.id));
            }
        }
        Choice::LeaveEdit | Choice::Withdraw | Choice::Discard => ask(want),
        Choice::SendAsIs | Choice::SendAgain | Choice::SendToo | Choice::Apply => acts::retry(send.clone(), op),
        Choice::ReopenAndSend => {
            let message = words_of(item).unwrap_or_default().to_owned();
            acts::reopen_and_send(send.clone(), item.ticket_id, op, message);
        }
    }
}

/// The question before words are thrown away.
pub(crate) fn ask_discard(words: Words, send: &acts::Send, asked: &UseStateHandle<Option<Want>>) -> Html {
    let Some(want) = &**asked else {
        return Html::default();
    };
    let (op, choice) = (want.item.op_id, want.choice);
    let on_yes = {
        let (send, asked) = (send.clone(), asked.clone());
        Callback::from(move |()| {
            asked.set(None);
            match choice {
                Choice::LeaveEdit => acts::leave_edit(send.clone(), op),
                _ => acts::discard(send.clone(), op, choice),
            }
        })
    };
    let on_no = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let (title, text, verb) = match choice {
        Choice::LeaveEdit => ("desk-leave-edit-title", "desk-leave-edit-text", "desk-discard"),
        Choice::Withdraw => ("desk-withdraw-title", "desk-discard-text", "desk-withdraw"),
        _ => ("desk-discard-title", "desk-discard-text", "desk-discard"),
    };
    html! { <Confirm title={words.get(title)} text={words.get(text)} verb={words.get(verb)} {on_yes} {on_no} /> }
}

fn to_end(flow: &NodeRef) {
    if let Some(pane) = flow.cast::<Element>() {
        pane.set_scroll_top(pane.scroll_height());
    }
}
