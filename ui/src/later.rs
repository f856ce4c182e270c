//! Later: put a ticket off, see it again, let the service send a reply later, and decide about one that waits.

use gemilang_protocol::Time;
use gemilang_protocol::desk::commands::{CallOff, GetThread, SendLater, SnoozeTicket, WakeTicket};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{Pen, Send, overtaken, run, say, written};
use crate::bridge::call;
use crate::components::later::LaterChoice;
use crate::store::composer::{self, Composer, Mode};
use crate::store::snack::{Sentence, Undo};

/// Do not see a ticket for a while. `before` is till when it was put off already; `word` is the moment, for what is said.
pub(crate) fn snooze(
    send: Send,
    ticket: Uuid,
    before: Option<Option<Time>>,
    until: Option<Time>,
    word: Option<String>,
) {
    run(send, SnoozeTicket { ticket, until }, move |send| {
        let sentence = match &word {
            Some(time) => Sentence::with("desk-said-snoozed", &[("time", time)]),
            None => Sentence::plain("desk-said-snoozed-until-reply"),
        };
        let undo = before.map_or(Undo::Wake { ticket }, |until| Undo::Snooze { ticket, until });
        say(send, sentence, Some(undo));
    });
}

/// See it again.
pub(crate) fn wake(send: Send, ticket: Uuid, until: Option<Time>) {
    run(send, WakeTicket { ticket }, move |send| {
        say(send, Sentence::plain("desk-said-woken"), Some(Undo::Snooze { ticket, until }));
    });
}

/// Let the service send what is in the composer later. `word` is the moment, for what is said.
pub(crate) fn send_later(send: Send, pen: &Pen, at: Time, word: String) {
    let Some(ticket) = pen.ticket else { return };
    let message = pen.text().to_owned();
    if let Err(error) = gemilang_protocol::validate::message(&message) {
        pen.dispatch(composer::Action::Refused(error));
        return;
    }
    let pen = pen.dispatcher();
    run(send, SendLater { ticket, message, at }, move |send| {
        pen.dispatch(composer::Action::Done(ticket, Mode::Reply));
        say(send, Sentence::with("desk-said-later", &[("time", &word)]), None);
    });
}

/// Decide about a reply that waits to be sent later.
pub(crate) fn decide_later(
    send: Send,
    pen: UseReducerDispatcher<Composer>,
    ticket: Uuid,
    id: Uuid,
    choice: LaterChoice,
) {
    let (edit, now) = (choice == LaterChoice::Edit, choice == LaterChoice::Now);
    spawn_local(async move {
        // Its words as they are now come with the thread; the core keeps them as the draft.
        let before = call(GetThread { ticket }).await.ok();
        let text = before.and_then(|thread| thread.ticket.internal.later(id).map(|later| later.message.clone()));
        match call(CallOff { ticket, id, edit, now }).await {
            Ok(_) => {
                written(&send);
                if let Some(text) = text.filter(|_| edit) {
                    pen.dispatch(composer::Action::Back(ticket, Mode::Reply, text));
                }
                if choice == LaterChoice::CallOff {
                    say(&send, Sentence::plain("desk-said-withdrawn"), None);
                }
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}
