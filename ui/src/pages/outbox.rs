//! The outbox: everything unsent, what needs a decision first; beside it the conversation it belongs to.

use gemilang_protocol::desk::views::{Line, OpState, OutboxItem};
use gemilang_protocol::{Act, Code};
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::components::empty::Empty;
use crate::components::event_line::Reader;
use crate::components::icon::{icon, icon12};
use crate::components::menu::Anchor;
use crate::components::thread::{Thread, ask_discard, do_want};
use crate::components::ticket_menus::Kind;
use crate::components::unsent::{Want, change, state, state_icon};
use crate::store::Action;
use crate::store::timeline::Behind;
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct OutboxProps {
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
}

/// The outbox.
#[component]
pub(crate) fn Outbox(props: &OutboxProps) -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    let asked = use_state(|| None);
    let picked = use_state(|| None);
    let items: Vec<_> = store
        .outbox
        .iter()
        .filter(|item| item.state != OpState::Sent && !matches!(item.act, Act::Read { .. }))
        .collect();
    let (decide, queued): (Vec<_>, Vec<_>) =
        items.iter().copied().partition(|item| matches!(item.state, OpState::Held | OpState::Failed));
    let want = {
        let (send, asked) = (store.dispatcher(), asked.clone());
        Callback::from(move |want: Want| {
            if let Want::Rewrite(item) = &want {
                send.dispatch(Action::Pick(Some(item.ticket_id)));
            }
            do_want(&send, &pen, want, &|op| asked.set(Some(op)));
        })
    };
    let reader = Reader { words, me: store.me(), now: store.now };
    let connected = store.sync.is_connected();
    let draw = |item: &OutboxItem, place: Option<usize>| {
        let on = *picked == Some(item.op_id) && store.open.ticket == Some(item.ticket_id);
        let (send, picked) = (store.dispatcher(), picked.clone());
        let (op, ticket) = (item.op_id, item.ticket_id);
        let pick = Callback::from(move |_: MouseEvent| {
            picked.set(Some(op));
            send.dispatch(Action::Pick(Some(ticket)));
        });
        out(item, place, on, connected, reader, &want, pick)
    };
    html! {
        <>
            <section class="pane out-pane" aria-label={words.get("desk-outbox")}>
                <div class="head"><h1>{ words.get("desk-outbox") }</h1><span class="count">{ words.number(items.len() as u64) }</span></div>
                <Away />
                <div class="scroll">
                    if items.is_empty() { <Empty icon="check" title={words.get("desk-empty-outbox")} /> }
                    if !decide.is_empty() {
                        <div class="out-group">{ words.with("desk-outbox-decide", &[("n", decide.len().into())]) }</div>
                        { for decide.iter().map(|item| draw(item, None)) }
                    }
                    if !queued.is_empty() {
                        <div class="out-group">{ words.with("desk-outbox-queued", &[("n", queued.len().into())]) }</div>
                        { for queued.iter().enumerate().map(|(at, item)| draw(item, Some(at + 1))) }
                    }
                </div>
            </section>
            <Thread on_menu={props.on_menu.clone()}>
                <div class="middle"><Empty icon="outbox" title={words.get("desk-outbox-choose")} /></div>
            </Thread>
            { ask_discard(words, &store.dispatcher(), &asked) }
        </>
    }
}

/// Why nothing leaves, and the way to try now.
#[component]
fn Away() -> Html {
    let store = use_store();
    let words = use_words();
    let (key, since) = match store.sync.status.as_ref().map(|status| &status.line) {
        Some(Line::Offline { since }) => ("desk-away-offline", *since),
        Some(Line::ServiceAway { since }) => ("desk-away-service", *since),
        _ => return Html::default(),
    };
    let send = store.dispatcher();
    let now = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        acts::sync_now(send.clone());
    });
    html! {
        <div class="banner top" role="status">
            { icon("cloudoff") }
            <span class="grow"><b>{ words.with(key, &[("time", words.clock(since).into())]) }</b>{ " " }{ words.get("desk-away-text") }{ " " }<a href="#" role="button" onclick={now}>{ words.get("desk-try-now") }</a></span>
        </div>
    }
}

fn title(item: &OutboxItem, words: Words) -> String {
    let number = item.number.to_string();
    match &item.act {
        Act::Reply { .. } => words.with("desk-out-reply", &[("name", item.customer.as_str().into())]),
        Act::Note { .. } => words.with("desk-out-note", &[("number", number.into())]),
        Act::Status { .. } => words.with("desk-out-status", &[("number", number.into())]),
        Act::Priority { .. } => words.with("desk-out-priority", &[("number", number.into())]),
        Act::Assign { .. } | Act::Read { .. } => words.with("desk-out-assign", &[("number", number.into())]),
    }
}

fn out(
    item: &OutboxItem,
    place: Option<usize>,
    on: bool,
    connected: bool,
    reader: Reader,
    want: &Callback<Want>,
    pick: Callback<MouseEvent>,
) -> Html {
    let words = reader.words;
    let (glyph, note) = match &item.act {
        Act::Reply { .. } => ("chat", None),
        Act::Note { .. } => ("lock", Some("note-op")),
        Act::Assign { .. } => ("user", None),
        Act::Status { .. } | Act::Priority { .. } | Act::Read { .. } => ("swap", None),
    };
    let state_class = match item.state {
        OpState::Held => Some("held"),
        OpState::Failed => Some("failed"),
        _ => None,
    };
    let said = match (item.state, place) {
        (OpState::Queued, Some(place)) if !item.perhaps_sent => words.with("desk-out-place", &[("n", place.into())]),
        _ => state(item, Behind::Nothing, connected, reader),
    };
    let button = |key: &str, class: &'static str, wanted: Want, glyph: Option<&'static str>| {
        let want = want.clone();
        let on_click = Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            want.emit(wanted.clone());
        });
        html! { <button type="button" class={classes!("btn", "btn-xs", class)} onclick={on_click}>{ for glyph.map(icon12) }{ words.get(key) }</button> }
    };
    let is_words = matches!(item.act, Act::Reply { .. } | Act::Note { .. });
    let is_reply = matches!(item.act, Act::Reply { .. });
    let acts = match item.state {
        OpState::Held if is_reply => html! {
            <>
                { button("desk-edit-reply", "btn-outline-secondary", Want::Rewrite(item.clone()), None) }
                { button("desk-send-as-is", "btn-quiet", Want::Retry(item.op_id), None) }
                { button("desk-discard", "btn-text-danger", Want::Discard(item.clone()), None) }
            </>
        },
        OpState::Failed => html! {
            <>
                if is_reply && item.reason == Some(Code::TicketClosed) {
                    { button("desk-reopen-and-send", "btn-outline-secondary", Want::ReopenAndSend(item.clone()), None) }
                } else {
                    { button("desk-send-again", "btn-outline-secondary", Want::Retry(item.op_id), None) }
                }
                if is_words { { button("desk-edit", "btn-quiet", Want::Rewrite(item.clone()), None) } }
                { button("desk-discard", "btn-text-danger", Want::Discard(item.clone()), None) }
            </>
        },
        OpState::Queued if item.wish.is_none() => html! {
            <>
                if is_words { { button("desk-edit", "btn-quiet", Want::Rewrite(item.clone()), Some("edit")) } }
                { button("desk-withdraw", "btn-quiet", Want::Discard(item.clone()), Some("undo")) }
            </>
        },
        OpState::Queued | OpState::Sending | OpState::Held | OpState::Sent => Html::default(),
    };
    html! {
        <article key={item.op_id.to_string()} class={classes!("out", state_class, note, on.then_some("is-on"))} data-op={item.op_id.to_string()}>
            { icon(glyph) }
            <div class="out-body">
                <button type="button" class="out-open" onclick={pick}>
                    <span class="l1"><b class="cut" title={item.subject.clone()}>{ title(item, words) }</b><time class="meta num">{ words.when(reader.now, item.written_at) }</time></span>
                    <span class="what">{ change(item, words) }</span>
                </button>
                <div class="state">{ icon(state_icon(item.state)) }<span>{ said }</span></div>
                <div class="acts">{ acts }</div>
            </div>
        </article>
    }
}
