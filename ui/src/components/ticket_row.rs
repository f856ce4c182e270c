//! One row of the list: unread dot, glyph, name and age, subject, last line with what is unsent, priority and assignee.

use std::rc::Rc;

use gemilang_protocol::desk::views::{OpState, TicketRow as Row};
use gemilang_protocol::{Priority, SenderType, Time};
use uuid::Uuid;
use web_sys::Element;
use yew::prelude::*;

use crate::components::avatar;
use crate::components::icon::{icon14, priority_alone, status_alone};
use crate::words::{Words, use_words};

#[derive(Properties, PartialEq)]
pub(crate) struct TicketRowProps {
    /// The row.
    pub row: Rc<Row>,
    /// Its place in the list.
    #[prop_or_default]
    pub place: u32,
    /// How many rows the list has.
    #[prop_or_default]
    pub of: u32,
    /// Whether its ticket is open.
    pub is_on: bool,
    /// Whether it only stands here because the list is held.
    #[prop_or_default]
    pub is_gone: bool,
    /// Whether the tab key leads here.
    pub is_tab: bool,
    /// Who reads.
    pub me: Option<Uuid>,
    /// The time its age is told by.
    pub now: Time,
    /// Who else is at it.
    #[prop_or_default]
    pub beside: Html,
    /// What is searched, to mark it.
    #[prop_or_default]
    pub q: AttrValue,
    /// Whether it is picked, while rows are being picked.
    #[prop_or_default]
    pub picked: Option<bool>,
    /// Chosen.
    pub on_pick: Callback<(Uuid, How)>,
}

/// What a press on a row is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Open its ticket.
    Open,
    /// Pick it, or no longer.
    Pick,
    /// Pick all up to it.
    PickTo,
}

impl How {
    fn of(event: &MouseEvent) -> Self {
        let on_glyph = event
            .target_dyn_into::<Element>()
            .is_some_and(|it| it.closest(".ticket > .glyph").ok().flatten().is_some());
        if event.shift_key() {
            Self::PickTo
        } else if event.ctrl_key() || event.meta_key() || on_glyph {
            Self::Pick
        } else {
            Self::Open
        }
    }
}

/// One row of the list.
#[component]
pub(crate) fn TicketRow(props: &TicketRowProps) -> Html {
    let words = use_words();
    let row = &props.row;
    let id = row.id;
    let on_click = props.on_pick.reform(move |event: MouseEvent| {
        event.prevent_default();
        (id, How::of(&event))
    });
    // A run that is picked marks no words on its way.
    let on_down = Callback::from(|event: MouseEvent| {
        if event.shift_key() {
            event.prevent_default();
        }
    });
    let nobody = words.get("desk-view-unassigned");
    let age = words.age(props.now, row.last_message_at);
    // Its state stands beside it.
    let last = row.own_reply.as_ref().unwrap_or(&row.last_message.text);
    let by_me = row.own_reply.is_some()
        || row.last_message.sender_type == SenderType::Admin
            && row.last_message.sender.as_ref().map(|it| it.id) == props.me
            && props.me.is_some();
    html! {
        <a id={format!("row-{id}")} class={classes!("ticket", (row.unread > 0).then_some("unread"), props.is_on.then_some("is-on"), (props.picked == Some(true)).then_some("is-picked"), props.is_gone.then_some("is-gone"))} href="#" role="option" aria-posinset={(props.of > 0).then(|| (props.place + 1).to_string())} aria-setsize={(props.of > 0).then(|| props.of.to_string())} aria-selected={props.picked.unwrap_or(props.is_on).to_string()} tabindex={if props.is_tab { "0" } else { "-1" }} data-ticket={row.number.to_string()} onclick={on_click} onmousedown={on_down}>
            <span class="glyph">
                if let Some(picked) = props.picked { <span class={classes!("tick", picked.then_some("is-on"))} aria-hidden="true"></span> } else { { status_alone(row.status, words.status(row.status)) } }
            </span>
            <span class="l1">
                <span class="who cut" title={row.customer.name.clone()}>{ marked(&row.customer.name, &props.q) }</span>
                <time class="age" title={words.full(row.last_message_at)}>{ age }</time>
            </span>
            <span class="subject cut" title={row.subject.clone()}>{ marked(&words.said(&row.subject), &props.q) }</span>
            <span class="l3">
                <span class="last cut">
                    if by_me { <span class="you">{ words.get("desk-you-say") }</span>{ " " } }
                    { marked(last, &props.q) }
                </span>
                { props.beside.clone() }
                { put_off(words, props.now, row) }
                { tag(words, row.unsent) }
                if matches!(row.priority, Priority::High | Priority::Urgent) { { priority_alone(row.priority, words.priority(row.priority)) } }
                { avatar::assignee(row.assignee.as_ref(), &nobody) }
            </span>
            if row.unread > 0 { <span class="sr">{ words.with("desk-unread", &[("n", row.unread.into())]) }</span> }
        </a>
    }
}

fn tag(words: Words, unsent: Option<OpState>) -> Html {
    let (class, key) = match unsent {
        Some(OpState::Held) => ("warning", "desk-tag-held"),
        Some(OpState::Failed) => ("danger", "desk-tag-failed"),
        Some(OpState::Queued) => ("", "desk-tag-queued"),
        Some(OpState::Sending) => ("", "desk-tag-sending"),
        Some(OpState::Sent) | None => return Html::default(),
    };
    html! { <span class={classes!("tagword", class)}>{ words.get(key) }</span> }
}

/// Till when its reader put it off.
fn put_off(words: Words, now: Time, row: &Row) -> Html {
    let Some(snooze) = row.snooze.as_ref().filter(|it| it.until.is_none_or(|until| until > now)) else {
        return Html::default();
    };
    let (short, told) = match snooze.until {
        Some(until) => {
            let time = words.ahead(now, until);
            (time.clone(), words.with("desk-snoozed-until", &[("time", time.into())]))
        }
        None => (String::new(), words.get("desk-snoozed-until-reply")),
    };
    html! { <span class="put-off" title={told.clone()}>{ icon14("moon") }<span class="sr">{ told }</span><span aria-hidden="true">{ short }</span></span> }
}

/// A text with the searched words marked.
pub(crate) fn marked(text: &str, q: &str) -> Html {
    let parts = split(text, q);
    if parts.len() == 1 && !parts[0].1 {
        return html! { text };
    }
    html! {
        <>{ for parts.into_iter().map(|(part, hit)| if hit { html! { <mark>{ part }</mark> } } else { html! { part } }) }</>
    }
}

/// Cuts a text where the words of a search stand in it, whatever their case.
fn split<'a>(text: &'a str, q: &str) -> Vec<(&'a str, bool)> {
    let wanted: Vec<Vec<char>> =
        q.split_whitespace().map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect();
    if wanted.is_empty() {
        return vec![(text, false)];
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let same = |at: usize, word: &[char]| {
        word.iter().enumerate().all(|(n, letter)| {
            letters.get(at + n).is_some_and(|(_, other)| other.to_lowercase().next() == Some(*letter))
        })
    };
    let byte = |at: usize| letters.get(at).map_or(text.len(), |(byte, _)| *byte);
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while at < letters.len() {
        match wanted.iter().filter(|word| same(at, word)).map(Vec::len).max() {
            Some(length) => {
                if from < at {
                    parts.push((&text[byte(from)..byte(at)], false));
                }
                parts.push((&text[byte(at)..byte(at + length)], true));
                at += length;
                from = at;
            }
            None => at += 1,
        }
    }
    if from < letters.len() || parts.is_empty() {
        parts.push((&text[byte(from)..], false));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searched_words_are_marked_whatever_their_case() {
        assert_eq!(
            split("Akad dimajukan, akad 🙏", "AKAD maju"),
            [("Akad", true), (" di", false), ("maju", true), ("kan, ", false), ("akad", true), (" 🙏", false)]
        );
        assert_eq!(split("Halo", ""), [("Halo", false)]);
        assert_eq!(split("", "x"), [("", false)]);
        assert_eq!(split("Halo", "halo semua"), [("Halo", true)]);
    }
}
