//! Messages: the customer's left and neutral, staff's right and tinted, with the marks of what became of them.

use gemilang_protocol::{Message, SenderType};
use yew::prelude::*;

use crate::components::avatar;
use crate::components::event_line::Reader;
use crate::components::icon::icon14;
use crate::components::message_menu::AtMessages;
use crate::names;

/// A message of a group: name and time over its first, avatar beside and marks under its last. One that is not the ticket's `own` cannot be
/// led to by its number.
pub(crate) fn message(message: &Message, own: bool, first: bool, last: bool, reader: Reader, at: &AtMessages) -> Html {
    let words = reader.words;
    let name = message.sender.as_ref().map_or_else(
        || match message.sender_type {
            SenderType::System => words.get("sender-system"),
            SenderType::Customer | SenderType::Admin => words.get("desk-unknown-person"),
        },
        |person| person.name.clone(),
    );
    let mine = message.sender.as_ref().map(|it| it.id) == reader.me && reader.me.is_some();
    let shown = if mine { words.get("desk-you") } else { names::over(&name) };
    let us = message.sender_type == SenderType::Admin;
    let time = html! { <time title={words.full(message.created_at)}>{ words.clock(message.created_at) }</time> };
    let class =
        classes!("msg", if us { "us" } else { "them" }, (!first).then_some("joined"), (!last).then_some("goes-on"));
    html! {
        <article {class} data-n={own.then(|| message.n.to_string())}>
            if !us {
                if last { { avatar::customer(&name, "") } } else { <span class="av-gap"></span> }
            }
            <div class="body">
                if first {
                    <div class="by"><b title={name}>{ shown }</b>{ time }</div>
                } else {
                    <span class="sr">{ shown }{ " " }{ time }</span>
                }
                <div class="bubble">{ words.said(&message.message) }</div>
                if us && last { { marks(message, reader) } }
                if !us { { at.mark(message) }{ at.button(message) } }
            </div>
        </article>
    }
}

fn marks(message: &Message, reader: Reader) -> Html {
    let words = reader.words;
    match (message.is_read, message.read_at) {
        (true, Some(at)) => html! {
            <div class="marks"><span class="read">{ icon14("check2") }</span>{ words.with("desk-read-at", &[("time", words.when(reader.now, at).into())]) }</div>
        },
        (true, None) => {
            html! { <div class="marks"><span class="read">{ icon14("check2") }</span>{ words.get("desk-read") }</div> }
        }
        (false, _) => html! { <div class="marks">{ icon14("check") }{ words.get("desk-sent") }</div> },
    }
}
