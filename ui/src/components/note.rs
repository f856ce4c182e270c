//! An internal note: paper over the full measure, a lock, its own words; never a bubble. Whom it calls by name stands out.

use gemilang_protocol::mention::marks;
use gemilang_protocol::{Note, PersonRef};
use yew::prelude::*;

use crate::components::event_line::Reader;
use crate::components::icon::icon;

/// A note that calls these people.
pub(crate) fn note(note: &Note, own: bool, mentions: &[PersonRef], reader: Reader) -> Html {
    let words = reader.words;
    let by = if Some(note.author.id) == reader.me { words.get("desk-you") } else { note.author.name.clone() };
    html! {
        <div class="note" role="note" data-n={own.then(|| note.n.to_string())}>
            <div class="by">{ icon("lock") }<b>{ words.get("desk-note") }</b><span>{ by }</span><time title={words.full(note.created_at)}>{ words.clock(note.created_at) }</time></div>
            <div class="said">{ said(&words.said(&note.note), mentions, reader) }</div>
        </div>
    }
}

fn said(text: &str, mentions: &[PersonRef], reader: Reader) -> Html {
    let mut parts = Vec::new();
    let mut from = 0;
    for (mark, person) in marks(text, mentions) {
        // Two of one name are marked once.
        if let (Some(before), Some(name)) = (text.get(from..mark.start), text.get(mark.clone())) {
            let mine = (Some(person.id) == reader.me).then_some("is-me");
            parts.push(
                html! { <>{ before.to_owned() }<span class={classes!("mention", mine)}>{ name.to_owned() }</span></> },
            );
            from = mark.end;
        }
    }
    html! { <>{ for parts }{ text.get(from..).unwrap_or_default().to_owned() }</> }
}
