//! Later: put tickets off, see them again, let the service send a reply later, and decide about one that waits.

use gemilang_protocol::Time;
use gemilang_protocol::desk::commands::{CallOff, GetThread, SendLater, UndoSend};
use gemilang_protocol::desk::views::{Property, PropertyChange};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{Pen, Send, change, is_gone, overtaken, say, written};
use crate::bridge::call;
use crate::components::later::LaterChoice;
use crate::store::composer::{self, Composer, Mode};
use crate::store::snack::{Sentence, Undo};

/// Do not see these tickets for a while. `word` is the moment, for what is said.
pub(crate) fn snooze(send: Send, tickets: &[Uuid], until: Option<Time>, word: Option<String>) {
    let changes = tickets.iter().map(|ticket| PropertyChange { ticket: *ticket, to: Property::PutOff(until) });
    change(send, changes.collect(), move |n| {
        let n = n.to_string();
        match (n.as_str(), &word) {
            ("1", Some(time)) => Sentence::with("desk-said-snoozed", &[("time", time)]),
            ("1", None) => Sentence::plain("desk-said-snoozed-until-reply"),
            (n, Some(time)) => Sentence::with("desk-said-many-snoozed", &[("n", n), ("time", time)]),
            (n, None) => Sentence::with("desk-said-many-snoozed-until-reply", &[("n", n)]),
        }
    });
}

/// See one again.
pub(crate) fn wake(send: Send, ticket: Uuid) {
    change(send, vec![PropertyChange { ticket, to: Property::Seen }], |_| Sentence::plain("desk-said-woken"));
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
    spawn_local(async move {
        match call(SendLater { ticket, message, at }).await {
            Ok(item) => {
                pen.dispatch(composer::Action::Done(ticket, Mode::Reply));
                written(&send);
                let undo = Undo::Later { ticket, id: item.op_id };
                say(&send, Sentence::with("desk-said-later", &[("time", &word)]), Some(undo));
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}

/// Take such a reply back into the composer: out of the outbox, or out of the conversation once it is there.
pub(crate) fn undo_later(send: Send, pen: UseReducerDispatcher<Composer>, ticket: Uuid, id: Uuid) {
    spawn_local(async move {
        match call(UndoSend { op: id, then: None }).await {
            Ok(undone) => {
                pen.dispatch(composer::Action::Back(ticket, Mode::Reply, undone.text));
                written(&send);
                say(&send, Sentence::plain("desk-said-send-undone"), None);
            }
            Err(error) if is_gone(&error) => decide_later(send, pen, ticket, id, LaterChoice::Edit),
            Err(error) => overtaken(&send, &error),
        }
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
