//! An internal note: paper over the full measure, a lock, its own words; never a bubble.

use gemilang_protocol::Note;
use yew::prelude::*;

use crate::components::event_line::Reader;
use crate::components::icon::icon;

/// A note.
pub(crate) fn note(note: &Note, reader: Reader) -> Html {
    let words = reader.words;
    let by = if Some(note.author.id) == reader.me { words.get("desk-you") } else { note.author.name.clone() };
    html! {
        <div class="note" role="note" data-n={note.n.to_string()}>
            <div class="by">{ icon("lock") }<b>{ words.get("desk-note") }</b><span>{ by }</span><time title={words.full(note.created_at)}>{ words.clock(note.created_at) }</time></div>
            <div class="said">{ words.said(&note.note) }</div>
        </div>
    }
}
