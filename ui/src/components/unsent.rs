//! Own words and changes that have not left yet: outlined, with their state and what can be done. A held reply stands beside what came in.

use gemilang_protocol::desk::views::{OpState, OutboxItem, Wish};
use gemilang_protocol::{Act, Code, EventBody, Message, SenderType};
use yew::prelude::*;

use crate::components::editor::Editor;
use crate::components::event_line::Reader;
use crate::components::icon::{category_icon, icon, icon14, priority_glyph, status_glyph};
use crate::names;
use crate::store::outbox::{Behind, Choice, choices, goes_on, is_being_changed, words_of};
use crate::store::sync::Waits;
use crate::words::Words;

/// What a person wants with an unsent item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Want {
    /// With which.
    pub item: OutboxItem,
    /// What.
    pub choice: Choice,
}

/// How an unsent item is shown where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// What of its own ticket keeps it back.
    pub behind: Behind,
    /// What everything waits for.
    pub waits: Waits,
    /// Whether it is being changed right here.
    pub open: bool,
}

/// An unsent word or change in the conversation.
pub(crate) fn unsent(item: &OutboxItem, standing: Standing, reader: Reader, want: &Callback<Want>) -> Html {
    let words = reader.words;
    let failed = item.state == OpState::Failed;
    let sent = item.state == OpState::Sent;
    let left = !failed && !sent;
    let time = html! { <time title={words.full(item.written_at)}>{ words.when(reader.now, item.written_at) }</time> };
    let op = item.op_id.to_string();
    match &item.act {
        Act::Reply { .. } | Act::SendLater { .. } => html! {
            <article class={classes!("msg", "us", failed.then_some("failed"), left.then_some("unsent"), standing.open.then_some("editing"))} data-op={op}>
                <div class="body">
                    <div class="by"><b>{ words.get("desk-you") }</b>{ time }</div>
                    if standing.open {
                        <Editor item={item.clone()} />
                    } else {
                        <div class="bubble">{ shown_words(item) }</div>
                        { marks(item, standing, reader, want) }
                    }
                </div>
            </article>
        },
        Act::Note { .. } => html! {
            <div class={classes!("note", (!sent).then_some("unsent"), failed.then_some("failed"))} role="note" data-op={op}>
                <div class="by">{ icon("lock") }<b>{ words.get("desk-note") }</b><span>{ words.get("desk-you") }</span>{ time }</div>
                if standing.open {
                    <Editor item={item.clone()} />
                } else {
                    <div class="said">{ shown_words(item) }</div>
                    { marks(item, standing, reader, want) }
                }
            </div>
        },
        act => html! {
            <div class={classes!("event", "unsent", failed.then_some("failed"))} data-op={op}>
                { act_glyph(act) }
                <span>{ change(item, reader) }{ " · " }{ state(item, standing, reader) }{ ways(item, reader, want) }</span>
            </div>
        },
    }
}

/// The words as they would be sent: those that are to replace the old ones, once there are some.
pub(crate) fn shown_words(item: &OutboxItem) -> &str {
    item.edited.as_deref().or_else(|| words_of(item)).unwrap_or_default()
}

fn marks(item: &OutboxItem, standing: Standing, reader: Reader, want: &Callback<Want>) -> Html {
    let failed = item.state == OpState::Failed;
    html! {
        <div class={classes!("marks", failed.then_some("failed"))}>
            { icon14(state_icon(item)) }
            <span>{ state(item, standing, reader) }{ ways(item, reader, want) }</span>
        </div>
    }
}

/// The icon of a state.
pub(crate) fn state_icon(item: &OutboxItem) -> &'static str {
    match item.state {
        _ if is_being_changed(item) => "edit",
        OpState::Queued => "clock",
        OpState::Sending => "up",
        OpState::Held => "collide",
        OpState::Failed => "warn",
        OpState::Sent => "check",
    }
}

/// The words of a state.
pub(crate) fn state(item: &OutboxItem, standing: Standing, reader: Reader) -> String {
    let words = reader.words;
    if is_being_changed(item) {
        return words.get("desk-state-changing");
    }
    match (item.state, item.wish, standing.behind, standing.waits) {
        (OpState::Queued | OpState::Sending, Some(Wish::Withdraw), ..) => words.get("desk-state-asked-withdraw"),
        (OpState::Queued | OpState::Sending, Some(Wish::Edit), ..) => words.get("desk-state-asked-edit"),
        (OpState::Queued, ..) if item.perhaps_sent => words.get("desk-state-perhaps"),
        (OpState::Queued, _, Behind::Held, _) => words.get("desk-state-behind"),
        (OpState::Queued, _, Behind::Failed, _) => words.get("desk-state-behind-failed"),
        (OpState::Queued, _, Behind::Changed, _) => words.get("desk-state-behind-changed"),
        (OpState::Queued, _, Behind::Unsure, _) => words.get("desk-state-behind-unsure"),
        (OpState::Queued, _, Behind::Nothing, Waits::Nothing) if item.leaves_at.is_some() => {
            words.get("desk-state-leaves")
        }
        (OpState::Queued | OpState::Sent, _, _, Waits::Nothing) if let Act::SendLater { at, .. } = &item.act => {
            words.with("desk-later-at", &[("time", words.ahead(reader.now, *at).into())])
        }
        (OpState::Queued, _, _, Waits::Nothing) => words.get("desk-state-queued"),
        (OpState::Queued, _, _, Waits::Line) => words.get("desk-state-waits"),
        (OpState::Queued, _, _, Waits::Session) => words.get("desk-state-waits-session"),
        (OpState::Queued, _, _, Waits::Update) => words.get("desk-state-waits-update"),
        (OpState::Sending, ..) => words.get("desk-state-sending"),
        (OpState::Held, ..) => match &item.unseen {
            Some(unseen) => words.with("desk-state-held-why", &[("why", why(unseen, reader).into())]),
            None => words.get("desk-state-held"),
        },
        (OpState::Failed, ..) => failure(item, reader),
        (OpState::Sent, Some(Wish::Withdraw), ..) => words.get("desk-state-sent-anyway"),
        (OpState::Sent, ..) => words.get("desk-sent"),
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
        (Some(Code::Merged), Some((name, time, EventBody::Merged { into }))) => words.with(
            "desk-failed-merged",
            &[("name", name.into()), ("number", into.number.to_string().into()), ("time", time.into())],
        ),
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
        (_, Some((name, time, EventBody::Category { to, .. }))) => words.with(
            "desk-failed-category",
            &[("name", name.into()), ("to", words.category(*to).into()), ("time", time.into())],
        ),
        (_, Some((name, time, EventBody::Subject { to, .. }))) => words.with(
            "desk-failed-subject",
            &[("name", name.into()), ("to", words.said(to).into()), ("time", time.into())],
        ),
        (_, Some((name, time, EventBody::Order { to, .. }))) => {
            let to = to.clone().unwrap_or_else(|| words.get("desk-file-no-order"));
            words.with("desk-failed-order", &[("name", name.into()), ("to", to.into()), ("time", time.into())])
        }
        (_, Some((name, time, EventBody::Assigned { to: Some(to), .. })))
            if item.winner.as_ref().and_then(|it| it.actor.as_ref()).is_some_and(|actor| actor.id == to.id) =>
        {
            words.with("desk-failed-taken", &[("name", name.into()), ("time", time.into())])
        }
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
    let link = |choice: Choice| {
        let wanted = Want { item: item.clone(), choice };
        let on_click = want.reform(move |event: MouseEvent| {
            event.prevent_default();
            wanted.clone()
        });
        let key = choice_key(choice, item.state);
        html! { <>{ " · " }<a href="#" role="button" data-choice={key} onclick={on_click}>{ choice_text(choice, item, reader.words) }</a></> }
    };
    html! { <>{ for choices(item).into_iter().map(link) }</> }
}

/// A choice in words.
pub(crate) fn choice_text(choice: Choice, item: &OutboxItem, words: Words) -> String {
    let key = choice_key(choice, item.state);
    match goes_on(item).filter(|_| choice == Choice::OpenOther) {
        Some(into) => words.with(key, &[("number", into.number.to_string().into())]),
        None => words.get(key),
    }
}

/// The key of a choice's verb.
pub(crate) const fn choice_key(choice: Choice, state: OpState) -> &'static str {
    match choice {
        Choice::Edit if matches!(state, OpState::Held) => "desk-edit-reply",
        Choice::Edit => "desk-edit",
        Choice::EditOn => "desk-edit-on",
        Choice::LeaveEdit => "desk-leave-edit",
        Choice::Withdraw => "desk-withdraw",
        Choice::SendAsIs => "desk-send-as-is",
        Choice::SendAgain => "desk-send-again",
        Choice::SendToo => "desk-send-too",
        Choice::Apply => "desk-apply",
        Choice::ReopenAndSend => "desk-reopen-and-send",
        Choice::OpenOther => "desk-open-other",
        Choice::Discard => "desk-discard",
    }
}

/// The glyph of a change.
fn act_glyph(act: &Act) -> Html {
    match act {
        Act::Status { to, .. } => status_glyph(*to),
        Act::Priority { to, .. } => priority_glyph(*to),
        Act::Category { to, .. } => icon(category_icon(*to)),
        Act::Subject { .. } => icon("edit"),
        Act::Order { .. } => icon("rings"),
        Act::Assign { .. } => icon("user"),
        Act::Reply { .. } => icon("chat"),
        Act::Note { .. } => icon("lock"),
        Act::Snooze { .. } | Act::Wake {} => icon("moon"),
        Act::SendLater { .. } => icon("clock"),
        Act::CallOff { .. } => icon("undo"),
        Act::Tag { .. } => icon("tag"),
        Act::Link { .. } => icon("link"),
        Act::Merge { on, .. } => icon(if *on { "merge" } else { "undo" }),
        Act::File { form } if form.splits.is_some() => icon("split"),
        Act::File { .. } => icon("phone"),
        Act::Read { .. } => icon("eye"),
    }
}

/// A change in words: from what to what.
pub(crate) fn change(item: &OutboxItem, reader: Reader) -> String {
    let words = reader.words;
    let from_to =
        |from: String, to: String| words.with("desk-trail-change", &[("from", from.into()), ("to", to.into())]);
    match &item.act {
        Act::Status { from, to } => from_to(words.status(*from), words.status(*to)),
        Act::Priority { from, to } => from_to(words.priority(*from), words.priority(*to)),
        Act::Category { from, to } => from_to(words.category(*from), words.category(*to)),
        Act::Subject { from, to } => from_to(words.said(from), to.clone()),
        Act::Order { from, to } => {
            let named = |number: &Option<String>| number.clone().unwrap_or_else(|| words.get("desk-file-no-order"));
            from_to(named(from), named(to))
        }
        Act::Assign { to: None, .. } => words.get("desk-let-go"),
        Act::Assign { to, .. } if *to == reader.me => words.get("desk-taken-by-you"),
        Act::Assign { .. } => {
            let to = item.to_name.clone().unwrap_or_default();
            words.with("desk-assigned-to", &[("name", to.into())])
        }
        Act::Snooze { until: Some(until) } => {
            words.with("desk-snoozed-until", &[("time", words.ahead(reader.now, *until).into())])
        }
        Act::Snooze { until: None } => words.get("desk-snoozed-until-reply"),
        Act::Wake {} => words.get("desk-wake"),
        Act::CallOff { now: true, .. } => words.get("desk-later-now"),
        Act::CallOff { .. } => words.get("desk-later-called-off"),
        Act::Tag { tag, on } => {
            words.with(if *on { "desk-said-tagged" } else { "desk-said-untagged" }, &[("tag", tag.as_str().into())])
        }
        Act::Link { on: true, .. } => words.get("desk-link-added"),
        Act::Link { .. } => words.get("desk-link-removed"),
        Act::Merge { on, .. } => {
            let number = item.to_name.clone().unwrap_or_default();
            words.with(if *on { "desk-merge-to" } else { "desk-merge-apart" }, &[("number", number.into())])
        }
        Act::File { form } if form.splits.is_some() => form.subject.clone(),
        Act::File { form } => form.message.clone(),
        Act::Reply { message } | Act::SendLater { message, .. } => message.clone(),
        Act::Note { note } => note.clone(),
        Act::Read { .. } => String::new(),
    }
}

/// A held reply: the timeline forks; what came in left, what waits right, the choice below.
pub(crate) fn clash(item: &OutboxItem, unseen: &[Message], open: bool, reader: Reader, want: &Callback<Want>) -> Html {
    let words = reader.words;
    let text = unseen.first().map(|first| match (first.sender_type, &first.sender) {
        (SenderType::Admin, Some(person)) => words.with(
            "desk-clash-colleague",
            &[("name", names::short(&person.name).into()), ("time", words.when(reader.now, first.created_at).into())],
        ),
        _ => words.get("desk-clash-customer"),
    });
    let came = unseen.iter().map(|it| {
        let name = it.sender.as_ref().map(|it| names::short(&it.name)).unwrap_or_default();
        html! {
            <>
                <div class="by"><b>{ name }</b><time>{ words.when(reader.now, it.created_at) }</time><span class="tagword info">{ words.get("desk-new") }</span></div>
                <div class="bubble">{ &it.message }</div>
            </>
        }
    });
    let changing = is_being_changed(item);
    let buttons = choices(item).into_iter().enumerate().map(|(at, choice)| {
        let class = match choice {
            _ if at == 0 => "btn-primary",
            Choice::Discard | Choice::LeaveEdit => "btn-text-danger",
            _ => "btn-outline-secondary",
        };
        let wanted = Want { item: item.clone(), choice };
        let on_click = want.reform(move |_: MouseEvent| wanted.clone());
        let key = choice_key(choice, item.state);
        html! { <button type="button" class={classes!("btn", "btn-sm", class)} data-choice={key} onclick={on_click}>if at == 0 { { icon14("edit") } }{ words.get(key) }if at == 0 { <kbd>{ "E" }</kbd> }</button> }
    });
    html! {
        <section class="clash" aria-label={words.get("desk-clash-label")} data-op={item.op_id.to_string()}>
            <div class="why">{ icon("collide") }<span><b>{ words.get("desk-clash-title") }</b><span class="soft">{ text.unwrap_or_else(|| words.get("desk-clash-waits")) }</span></span></div>
            <div class="them">{ for came }</div>
            <div class="fork"></div>
            <div class="held">
                <div class="by"><b>{ words.get("desk-your-reply") }</b><span>{ words.with("desk-written-at", &[("time", words.when(reader.now, item.written_at).into())]) }</span></div>
                if open { <Editor item={item.clone()} /> } else { <div class="bubble">{ shown_words(item) }</div> }
            </div>
            if !open {
                <div class="choose">{ for buttons }if changing { <span class="meta">{ words.get("desk-state-changing") }</span> }</div>
            }
        </section>
    }
}
