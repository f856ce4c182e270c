//! The outbox: everything unsent, what needs a decision first; beside it the conversation it belongs to. At its foot, what was sent today.

use std::collections::HashMap;

use gemilang_protocol::desk::views::{Line, OpState, OutboxItem};
use gemilang_protocol::{Act, Time};
use gloo_timers::callback::Interval;
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::browser;
use crate::components::editor::Editor;
use crate::components::empty::Empty;
use crate::components::event_line::Reader;
use crate::components::icon::{icon, icon12};
use crate::components::menu::Anchor;
use crate::components::ringer::Ringer;
use crate::components::thread::{Thread, ask_discard, do_want};
use crate::components::ticket_menus::Kind;
use crate::components::unsent::{Standing, Want, change, choice_key, choice_text, shown_words, state, state_icon};
use crate::store::outbox::{self, Behind, Choice, Place, behinds, choices, is_being_changed, words_of};
use crate::store::{Action, Desk};
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
    let words = use_words();
    let asked = use_state(|| None::<Want>);
    let sent_shown = use_state(|| false);
    let outbox = &store.outbox;
    let want = {
        let (send, asked) = (store.dispatcher(), asked.clone());
        Callback::from(move |want: Want| {
            send.dispatch(Action::Outbox(outbox::Action::Pick(want.item.op_id)));
            do_want(&send, want, Place::Outbox, &|want| asked.set(Some(want)));
        })
    };
    let pick = {
        let send = store.dispatcher();
        Callback::from(move |(op, ticket)| {
            send.dispatch(Action::Outbox(outbox::Action::Pick(op)));
            send.dispatch(Action::Pick(Some(ticket)));
        })
    };
    let at = outbox.at;
    use_effect_with(outbox.moves, move |moves| {
        if let (Some(op), true) = (at, *moves > 0) {
            browser::focus(&format!("out-{op}"));
        }
    });
    let drawn = Drawn { store: &store, words, behind: behind_each(&outbox.items), want, pick };
    let decide: Vec<_> = outbox.to_decide().map(|item| drawn.item(item, None)).collect();
    let queued: Vec<_> = outbox.queued().enumerate().map(|(at, item)| drawn.item(item, Some(at + 1))).collect();
    let again: Vec<Uuid> =
        outbox.items.iter().filter(|it| choices(it).first() == Some(&Choice::SendAgain)).map(|it| it.op_id).collect();
    let all_again = (again.len() > 1).then(|| {
        let send = store.dispatcher();
        let on_click = Callback::from(move |_: MouseEvent| again.iter().for_each(|op| acts::retry(send.clone(), *op)));
        html! { <button type="button" class="btn btn-sm btn-outline-secondary" disabled={!store.sync.is_connected()} onclick={on_click}>{ words.get("desk-send-all") }</button> }
    });
    let turn_sent = {
        let shown = sent_shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    html! {
        <>
            <section class="pane out-pane" aria-label={words.get("desk-outbox")}>
                <div class="head"><h1 class="cut">{ words.get("desk-outbox") }</h1><span class="count">{ words.number(outbox.items.len() as u64) }</span><span class="grow"></span>{ all_again }</div>
                <Ringer />
                <Away />
                <div class="scroll">
                    if outbox.answered && outbox.items.is_empty() && !*sent_shown { <Empty icon="check" title={words.get("desk-empty-outbox")} text={words.get("desk-empty-outbox-text")} /> }
                    if !decide.is_empty() {
                        <div class="out-group">{ words.with("desk-outbox-decide", &[("n", decide.len().into())]) }</div>
                        { for decide }
                    }
                    if !queued.is_empty() {
                        <div class="out-group">{ words.with("desk-outbox-queued", &[("n", queued.len().into())]) }</div>
                        { for queued }
                    }
                    if *sent_shown && !outbox.sent.is_empty() {
                        <div class="out-group">{ words.with("desk-outbox-sent", &[("n", outbox.sent.len().into())]) }</div>
                        { for outbox.sent.iter().map(|item| drawn.item(item, None)) }
                    }
                </div>
                <div class="out-foot">
                    <span>{ words.bold("desk-sent-today", &[("n", &words.number(outbox.sent.len() as u64))]) }</span>
                    if !outbox.sent.is_empty() {
                        <button type="button" class="btn btn-xs btn-quiet" id="sent-today" aria-expanded={sent_shown.to_string()} onclick={turn_sent}>{ words.get(if *sent_shown { "desk-hide-sent" } else { "desk-show-sent" }) }</button>
                    }
                </div>
            </section>
            <Thread on_menu={props.on_menu.clone()}>
                <div class="middle">
                    if !outbox.items.is_empty() || *sent_shown { <Empty icon="outbox" title={words.get("desk-outbox-choose")} /> }
                </div>
            </Thread>
            { ask_discard(words, &store.dispatcher(), &asked) }
        </>
    }
}

fn behind_each(items: &[OutboxItem]) -> HashMap<Uuid, Behind> {
    items.iter().map(|item| item.op_id).zip(behinds(items.iter())).collect()
}

/// Why nothing leaves, when it is tried next, and the way to try now.
#[component]
fn Away() -> Html {
    let store = use_store();
    let words = use_words();
    let second = use_force_update();
    use_effect_with((), move |()| {
        let tick = Interval::new(1_000, move || second.force_update());
        move || drop(tick)
    });
    let Some(status) = &store.sync.status else {
        return Html::default();
    };
    let (key, since) = match &status.line {
        Line::Offline { since } => ("desk-away-offline", *since),
        Line::ServiceAway { since } => ("desk-away-service", *since),
        _ => return Html::default(),
    };
    let next = match status.next_try.map(|at| seconds_until(browser::now(), at)) {
        Some(seconds @ 1..) => words.with("desk-away-next", &[("seconds", seconds.into())]),
        _ => words.get("desk-away-now"),
    };
    let send = store.dispatcher();
    let now = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        acts::sync_now(send.clone());
    });
    html! {
        <div class="banner top" role="status">
            { icon("cloudoff") }
            <span class="grow"><b>{ words.with(key, &[("time", words.clock(since).into())]) }</b>{ " " }{ words.get("desk-away-text") }{ " " }<span class="soft num" aria-live="off">{ next }</span>{ " " }<a href="#" role="button" onclick={now}>{ words.get("desk-try-now") }</a></span>
        </div>
    }
}

/// Whole seconds from `now` until `at`, none once it has come.
fn seconds_until(now: Time, at: Time) -> u64 {
    let millis = (at - now).num_milliseconds().max(0).unsigned_abs();
    millis.div_ceil(1_000)
}

/// What every line is drawn with.
struct Drawn<'a> {
    store: &'a Desk,
    words: Words,
    behind: HashMap<Uuid, Behind>,
    want: Callback<Want>,
    pick: Callback<(Uuid, Uuid)>,
}

impl Drawn<'_> {
    fn item(&self, item: &OutboxItem, place: Option<usize>) -> Html {
        let (store, words) = (self.store, self.words);
        let op = item.op_id;
        let reader = Reader { words, me: store.me(), now: store.now };
        let open = store.outbox.is_edited(op, Place::Outbox) && is_being_changed(item);
        let behind = self.behind.get(&op).copied().unwrap_or_default();
        let standing = Standing { behind, waits: store.sync.waits(), open };
        let on = store.outbox.at == Some(op) && store.open.ticket == Some(item.ticket_id);
        let (glyph, note) = match &item.act {
            Act::Reply { .. } | Act::SendLater { .. } => ("chat", None),
            Act::Snooze { .. } | Act::Wake {} => ("moon", None),
            Act::CallOff { .. } => ("undo", None),
            Act::Tag { .. } => ("tag", None),
            Act::Link { .. } => ("link", None),
            Act::Merge { on, .. } => (if *on { "merge" } else { "undo" }, None),
            Act::File { form } if form.splits.is_some() => ("split", None),
            Act::File { .. } => ("phone", None),
            Act::Subject { .. } => ("edit", None),
            Act::Order { .. } => ("rings", None),
            Act::Note { .. } => ("lock", Some("note-op")),
            Act::Assign { .. } => ("user", None),
            Act::Status { .. } | Act::Priority { .. } | Act::Category { .. } | Act::Read { .. } => ("swap", None),
        };
        let class = match item.state {
            _ if is_being_changed(item) => Some("changed"),
            OpState::Held => Some("held"),
            OpState::Failed => Some("failed"),
            OpState::Sent => Some("sent"),
            OpState::Queued | OpState::Sending => None,
        };
        let said = match (item.state, place, behind) {
            (OpState::Queued, Some(place), Behind::Nothing | Behind::Earlier)
                if !item.perhaps_sent && item.wish.is_none() =>
            {
                let key = if behind == Behind::Earlier { "desk-out-place-after" } else { "desk-out-place" };
                words.with(key, &[("n", place.into())])
            }
            _ => state(item, standing, reader),
        };
        let pick = {
            let ticket = item.ticket_id;
            self.pick.reform(move |_: MouseEvent| (op, ticket))
        };
        let buttons = choices(item).into_iter().enumerate().map(|(at, choice)| self.button(item, choice, at == 0));
        html! {
            <article key={op.to_string()} class={classes!("out", class, note, on.then_some("is-on"))} data-op={op.to_string()}>
                { icon(glyph) }
                <div class="out-body">
                    <button type="button" class="out-open" id={format!("out-{op}")} aria-current={on.then_some("true")} onclick={pick}>
                        <span class="l1"><b class="cut" title={item.subject.clone()}>{ title(item, words) }</b><time class="meta num" title={words.full(item.written_at)}>{ words.when(store.now, item.written_at) }</time></span>
                        if !open { <span class="what">{ if words_of(item).is_some() { shown_words(item).to_owned() } else { change(item, reader) } }</span> }
                    </button>
                    if open {
                        <Editor key={op.to_string()} item={item.clone()} />
                    } else {
                        <div class="state">{ icon(state_icon(item)) }<span>{ said }</span></div>
                        <div class="acts">{ for buttons }</div>
                    }
                </div>
            </article>
        }
    }

    fn button(&self, item: &OutboxItem, choice: Choice, first: bool) -> Html {
        let key = choice_key(choice, item.state);
        let (class, glyph) = match choice {
            Choice::Discard => ("btn-text-danger", None),
            Choice::Withdraw => ("btn-quiet", Some("undo")),
            Choice::Edit if item.state == OpState::Queued => ("btn-quiet", Some("edit")),
            _ if first => ("btn-outline-secondary", None),
            _ => ("btn-quiet", None),
        };
        let wanted = Want { item: item.clone(), choice };
        let on_click = self.want.reform(move |event: MouseEvent| {
            event.stop_propagation();
            wanted.clone()
        });
        html! { <button type="button" class={classes!("btn", "btn-xs", class)} data-choice={key} onclick={on_click}>{ for glyph.map(icon12) }{ choice_text(choice, item, self.words) }</button> }
    }
}

fn title(item: &OutboxItem, words: Words) -> String {
    let number = item.number.to_string();
    match &item.act {
        Act::SendLater { .. } => words.with("desk-out-later", &[("name", item.customer.as_str().into())]),
        Act::CallOff { .. } => words.with("desk-out-call-off", &[("name", item.customer.as_str().into())]),
        Act::Tag { .. } => words.with("desk-out-tag", &[("number", number.into())]),
        Act::Link { .. } => words.with("desk-out-link", &[("number", number.into())]),
        Act::Merge { .. } => words.with("desk-out-merge", &[("number", number.into())]),
        Act::File { form } if form.splits.is_some() => {
            words.with("desk-out-split", &[("name", item.customer.as_str().into())])
        }
        Act::File { .. } => words.with("desk-out-file", &[("name", item.customer.as_str().into())]),
        Act::Snooze { .. } | Act::Wake {} => words.with("desk-out-snooze", &[("number", number.into())]),
        Act::Reply { .. } => words.with("desk-out-reply", &[("name", item.customer.as_str().into())]),
        Act::Note { .. } => words.with("desk-out-note", &[("number", number.into())]),
        Act::Status { .. } => words.with("desk-out-status", &[("number", number.into())]),
        Act::Priority { .. } => words.with("desk-out-priority", &[("number", number.into())]),
        Act::Category { .. } => words.with("desk-out-category", &[("number", number.into())]),
        Act::Subject { .. } => words.with("desk-out-subject", &[("number", number.into())]),
        Act::Order { .. } => words.with("desk-out-order", &[("number", number.into())]),
        Act::Assign { .. } | Act::Read { .. } => words.with("desk-out-assign", &[("number", number.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_counted_down_to_the_try() {
        let time = |text: &str| text.parse::<Time>().unwrap();
        let at = time("2026-11-30T07:02:12Z");
        for (now, seconds) in [
            ("2026-11-30T07:02:00Z", 12),
            ("2026-11-30T07:02:11.100Z", 1),
            ("2026-11-30T07:02:12Z", 0),
            ("2026-11-30T07:02:20Z", 0),
        ] {
            assert_eq!(seconds_until(time(now), at), seconds);
        }
    }
}
