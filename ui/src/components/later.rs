//! A reply that waits to be sent later: outlined, with its time, and what can be done about it.

use gemilang_protocol::Time;
use gemilang_protocol::internal::{Hold, Later};
use uuid::Uuid;
use yew::prelude::*;

use crate::components::event_line::Reader;
use crate::components::icon::icon14;

/// What a person wants with a reply that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LaterChoice {
    /// Its words are the draft again.
    Edit,
    /// It is sent now.
    Now,
    /// It is not sent.
    CallOff,
}

/// The reply where it stands, after everything that was said.
pub(crate) fn later(later: &Later, now: Time, reader: Reader, want: &Callback<(Uuid, LaterChoice)>) -> Html {
    let words = reader.words;
    let mine = Some(later.author.id) == reader.me;
    let by = if mine { words.get("desk-you") } else { later.author.name.clone() };
    let state = match later.held {
        None => words.with("desk-later-at", &[("time", words.ahead(now, later.at).into())]),
        Some(Hold::CustomerWrote) => words.get("desk-later-held-customer"),
        Some(Hold::ColleagueWrote) => words.get("desk-later-held-colleague"),
        Some(Hold::AuthorLeft) => words.get("desk-later-held-author"),
    };
    let link = |choice: LaterChoice, key: &'static str| {
        let wanted = (later.id, choice);
        let on_click = want.reform(move |event: MouseEvent| {
            event.prevent_default();
            wanted
        });
        html! { <>{ " · " }<a href="#" role="button" data-choice={key} onclick={on_click}>{ words.get(key) }</a></> }
    };
    let held = later.held.is_some();
    html! {
        <article class={classes!("msg", "us", "unsent", held.then_some("failed"))} data-later={later.id.to_string()}>
            <div class="body">
                <div class="by"><b>{ by }</b></div>
                <div class="bubble">{ &later.message }</div>
                <div class={classes!("marks", held.then_some("failed"))}>
                    { icon14(if held { "collide" } else { "clock" }) }
                    <span>{ state }{ link(LaterChoice::Edit, "desk-edit") }{ link(LaterChoice::Now, "desk-later-now") }{ link(LaterChoice::CallOff, "desk-withdraw") }</span>
                </div>
            </div>
        </article>
    }
}
