//! Own words and changes that have not left yet: outlined, with their state and what can be done. A held reply stands beside what came in.

use gemilang_protocol::desk::views::{OpState, OutboxItem, Wish};
use gemilang_protocol::{Act, Code, EventBody, Message, SenderType};
use uuid::Uuid;
use yew::prelude::*;

use crate::components::event_line::Reader;
use crate::components::icon::{icon, icon14, priority_glyph, status_glyph};
use crate::names;
use crate::store::timeline::Behind;
use crate::words::Words;

/// What a person wants with an unsent item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Want {
    /// Bring it back into the composer.
    Rewrite(OutboxItem),
    /// Reopen the closed ticket and send.
    ReopenAndSend(OutboxItem),
    /// Send a held or failed item again, as it is.
    Retry(Uuid),
    /// Throw it away, after asking.
    Discard(OutboxItem),
}

/// An unsent word or change in the conversation.
pub(crate) fn unsent(
    item: &OutboxItem,
    behind: Behind,
    connected: bool,
    reader: Reader,
    want: &Callback<Want>,
) -> Html {
    let words = reader.words;
    let failed = item.state == OpState::Failed;
    let sent = item.state == OpState::Sent;
    let left = !failed && !sent;
    match &item.act {
        Act::Reply { message } => html! {
            <article class={classes!("msg", "us", failed.then_some("failed"), left.then_some("unsent"))}>
                <div class="body">
                    <div class="by"><b>{ words.get("desk-you") }</b><time title={words.full(item.written_at)}>{ words.when(reader.now, item.written_at) }</time></div>
                    <div class="bubble">{ message }</div>
                    { marks(item, behind, connected, reader, want) }
                </div>
            </article>
        },
        Act::Note { note } => html! {
            <div class={classes!("note", (!sent).then_some("unsent"), failed.then_some("failed"))} role="note">
                <div class="by">{ icon("lock") }<b>{ words.get("desk-note") }</b><span>{ words.get("desk-you") }</span><time>{ words.when(reader.now, item.written_at) }</time></div>
                <div class="said">{ note }</div>
                { marks(item, behind, connected, reader, want) }
            </div>
        },
        act => html! {
            <div class={classes!("event", "unsent", failed.then_some("failed"))}>
                { act_glyph(act) }
                <span>{ change(item, words) }{ " · " }{ state(item, behind, connected, reader) }{ ways(item, reader, want) }</span>
            </div>
        },
    }
}

fn marks(item: &OutboxItem, behind: Behind, connected: bool, reader: Reader, want: &Callback<Want>) -> Html {
    let failed = item.state == OpState::Failed;
    html! {
        <div class={classes!("marks", failed.then_some("failed"))}>
            { icon14(state_icon(item.state)) }
            <span>{ state(item, behind, connected, reader) }{ ways(item, reader, want) }</span>
        </div>
    }
}

/// The icon of a state.
pub(crate) const fn state_icon(state: OpState) -> &'static str {
    match state {
        OpState::Queued => "clock",
        OpState::Sending => "up",
        OpState::Held => "collide",
        OpState::Failed => "warn",
        OpState::Sent => "check",
    }
}

/// The words of a state.
pub(crate) fn state(item: &OutboxItem, behind: Behind, connected: bool, reader: Reader) -> String {
    let words = reader.words;
    match item.state {
        OpState::Queued if item.wish == Some(Wish::Withdraw) => words.get("desk-state-asked-withdraw"),
        OpState::Queued if item.wish == Some(Wish::Edit) => words.get("desk-state-asked-edit"),
        OpState::Queued if item.perhaps_sent => words.get("desk-state-perhaps"),
        OpState::Queued if behind == Behind::Held => words.get("desk-state-behind"),
        OpState::Queued if behind == Behind::Failed => words.get("desk-state-behind-failed"),
        OpState::Queued if connected => words.get("desk-state-queued"),
        OpState::Queued => words.get("desk-state-waits"),
        OpState::Sending => words.get("desk-state-sending"),
        OpState::Held => match &item.unseen {
            Some(unseen) => words.with("desk-state-held-why", &[("why", why(unseen, reader).into())]),
            None => words.get("desk-state-held"),
        },
        OpState::Failed => failure(item, reader),
        OpState::Sent => words.get("desk-sent"),
    }
}

/// Why a reply is held, in a few words.
fn why(unseen: &Message, reader: Reader) -> String {
    let words = reader.words;
    match (unseen.sender_type, &unseen.sender) {
        (SenderType::Admin, Some(person)) => words.with(
            "desk-held-colleague",
            &[("name", names::short(&person.name).into()), ("time", words.when(reader.now, unseen.created_at).into())],
        ),
        _ => words.get("desk-held-customer"),
    }
}

/// Why an item failed.
pub(crate) fn failure(item: &OutboxItem, reader: Reader) -> String {
    let words = reader.words;
    let winner = item.winner.as_ref().map(|event| {
        let name = event.actor.as_ref().map_or_else(|| words.get("sender-system"), |it| names::short(&it.name));
        (name, words.when(reader.now, event.created_at), &event.body)
    });
    match (item.reason, winner) {
        (Some(Code::TicketClosed), Some((name, time, _))) => {
            words.with("desk-failed-closed", &[("name", name.into()), ("time", time.into())])
        }
        (_, Some((name, time, EventBody::Status { to, .. }))) => words.with(
            "desk-failed-status",
            &[("name", name.into()), ("to", words.status(*to).into()), ("time", time.into())],
        ),
        (_, Some((name, time, EventBody::Priority { to, .. }))) => words.with(
            "desk-failed-priority",
            &[("name", name.into()), ("to", words.priority(*to).into()), ("time", time.into())],
        ),
        (_, Some((name, time, EventBody::Assigned { to, .. }))) => {
            let to = to.as_ref().map_or_else(|| words.get("desk-nobody"), |it| names::short(&it.name));
            words.with("desk-failed-assigned", &[("name", name.into()), ("to", to.into()), ("time", time.into())])
        }
        (reason, _) => {
            let reason = words.refusal(reason.unwrap_or(Code::Unknown));
            words.with("desk-failed", &[("reason", reason.into())])
        }
    }
}

/// What can be done, as links after the state.
fn ways(item: &OutboxItem, reader: Reader, want: &Callback<Want>) -> Html {
    let words = reader.words;
    let link = |key: &str, wanted: Want| {
        let want = want.clone();
        let on_click = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            want.emit(wanted.clone());
        });
        html! { <>{ " · " }<a href="#" role="button" onclick={on_click}>{ words.get(key) }</a></> }
    };
    let is_words = matches!(item.act, Act::Reply { .. } | Act::Note { .. });
    match item.state {
        // Its wish is on its way: nothing more to choose until the answer.
        OpState::Queued | OpState::Sending if item.wish.is_some() => Html::default(),
        OpState::Queued if is_words => html! {
            <>{ link("desk-edit", Want::Rewrite(item.clone())) }{ link("desk-withdraw", Want::Discard(item.clone())) }</>
        },
        OpState::Queued => link("desk-withdraw", Want::Discard(item.clone())),
        OpState::Failed => {
            let closed = item.reason == Some(Code::TicketClosed) && matches!(item.act, Act::Reply { .. });
            html! {
                <>
                    if closed { { link("desk-reopen-and-send", Want::ReopenAndSend(item.clone())) } }
                    else { { link("desk-send-again", Want::Retry(item.op_id)) } }
                    if is_words { { link("desk-edit", Want::Rewrite(item.clone())) } }
                    { link("desk-discard", Want::Discard(item.clone())) }
                </>
            }
        }
        OpState::Sending | OpState::Held | OpState::Sent => Html::default(),
    }
}

/// The glyph of a change.
fn act_glyph(act: &Act) -> Html {
    match act {
        Act::Status { to, .. } => status_glyph(*to),
        Act::Priority { to, .. } => priority_glyph(*to),
        Act::Assign { .. } => icon("user"),
        Act::Reply { .. } => icon("chat"),
        Act::Note { .. } => icon("lock"),
        Act::Read { .. } => icon("eye"),
    }
}

/// A change in words: from what to what.
pub(crate) fn change(item: &OutboxItem, words: Words) -> String {
    let from_to =
        |from: String, to: String| words.with("desk-trail-change", &[("from", from.into()), ("to", to.into())]);
    match &item.act {
        Act::Status { from, to } => from_to(words.status(*from), words.status(*to)),
        Act::Priority { from, to } => from_to(words.priority(*from), words.priority(*to)),
        Act::Assign { to: None, .. } => words.get("desk-let-go"),
        Act::Assign { .. } => {
            let to = item.to_name.clone().unwrap_or_default();
            words.with("desk-assigned-to", &[("name", to.into())])
        }
        Act::Reply { message } => message.clone(),
        Act::Note { note } => note.clone(),
        Act::Read { .. } => String::new(),
    }
}

/// A held reply: the timeline forks; what came in left, what waits right, the choice below.
pub(crate) fn clash(item: &OutboxItem, unseen: &[Message], reader: Reader, want: &Callback<Want>) -> Html {
    let words = reader.words;
    let Act::Reply { message } = &item.act else {
        return Html::default();
    };
    let text = unseen.first().map(|first| match (first.sender_type, &first.sender) {
        (SenderType::Admin, Some(person)) => words.with(
            "desk-clash-colleague",
            &[("name", names::short(&person.name).into()), ("time", words.when(reader.now, first.created_at).into())],
        ),
        _ => words.get("desk-clash-customer"),
    });
    let ask = |wanted: Want| want.reform(move |_: MouseEvent| wanted.clone());
    let came = unseen.iter().map(|it| {
        let name = it.sender.as_ref().map(|it| names::short(&it.name)).unwrap_or_default();
        html! {
            <>
                <div class="by"><b>{ name }</b><time>{ words.when(reader.now, it.created_at) }</time><span class="tagword info">{ words.get("desk-new") }</span></div>
                <div class="bubble">{ &it.message }</div>
            </>
        }
    });
    html! {
        <section class="clash" aria-label={words.get("desk-clash-label")}>
            <div class="why">{ icon("collide") }<span><b>{ words.get("desk-clash-title") }</b><span class="soft">{ text.unwrap_or_else(|| words.get("desk-clash-waits")) }</span></span></div>
            <div class="them">{ for came }</div>
            <div class="fork"></div>
            <div class="held">
                <div class="by"><b>{ words.get("desk-your-reply") }</b><span>{ words.with("desk-written-at", &[("time", words.when(reader.now, item.written_at).into())]) }</span></div>
                <div class="bubble">{ message }</div>
            </div>
            <div class="choose">
                <button type="button" class="btn btn-sm btn-primary" onclick={ask(Want::Rewrite(item.clone()))}>{ icon14("edit") }{ words.get("desk-edit-reply") }<kbd>{ "E" }</kbd></button>
                <button type="button" class="btn btn-sm btn-outline-secondary" onclick={ask(Want::Retry(item.op_id))}>{ words.get("desk-send-as-is") }</button>
                <button type="button" class="btn btn-sm btn-text-danger" onclick={ask(Want::Discard(item.clone()))}>{ words.get("desk-discard") }</button>
            </div>
        </section>
    }
}
