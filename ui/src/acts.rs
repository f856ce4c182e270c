//! What a person does to tickets: the command is sent, the screen is read again, and what was done is said with a way back. Each answer comes from the local outbox at once.

use gemilang_protocol::alert::{RingView, Rule};
use gemilang_protocol::desk::commands::{
    ChangeProperties, Command, CommandCode, CommandError, EditOp, FetchThread, KeepEdit, ListAlerts, Quit, Reply,
    RetryOp, SaveDraft, SaveView, SawAlert, SetDuty, SetQuiet, SetRule, SetSettings, SnoozeAlert, SyncNow, TryAlert,
    UndoSend, WithdrawOp, WriteNote,
};
use gemilang_protocol::desk::views::{Hit, OutboxItem, Property, PropertyChange, TakenBack, Written};
use gemilang_protocol::self_test::TestPath;
use gemilang_protocol::{Act, Category, Code, Duty, FieldError, PersonRef, Priority, QuietHours, Status};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge::{self, call};
use crate::store::composer::{self, Composer, Mode};
use crate::store::outbox::{self, Choice, Editing, Place, is_being_changed, words_of};
use crate::store::snack::{self, Sentence, Undo};
use crate::store::sync::{self, Fault};
use crate::store::{Action, Desk};
use crate::store::{alerts, session};
use crate::words::{Words, code_key};
use crate::{browser, names};

/// To the store.
pub(crate) type Store = UseReducerHandle<Desk>;
/// To the store, from where its state is not needed.
pub(crate) type Send = UseReducerDispatcher<Desk>;
/// To the composer.
pub(crate) type Pen = UseReducerHandle<Composer>;

/// The store of the screen.
#[hook]
pub(crate) fn use_store() -> Store {
    use_context::<Store>().expect("every component lives under the app")
}

/// The composer of the screen.
#[hook]
pub(crate) fn use_pen() -> Pen {
    use_context::<Pen>().expect("every component lives under the app")
}

/// Say why a command was not done, or remember a fault that lasts.
pub(crate) fn failed(send: &Send, error: &CommandError) {
    match Fault::of(error.code) {
        Some(fault) => send.dispatch(Action::Sync(sync::Action::Faulted(fault))),
        None => {
            let key = match error.code {
                CommandCode::Refused(code) => {
                    format!("error-{code}")
                }
                code => code_key(code).to_owned(),
            };
            say(send, Sentence::plain(&key), None);
        }
    }
}

/// Say something at the foot of the window.
pub(crate) fn say(send: &Send, sentence: Sentence, undo: Option<Undo>) {
    send.dispatch(Action::Snack(snack::Action::Say(sentence, undo)));
}

/// Send a command whose answer is only that it was kept.
pub(crate) fn run<C: Command + 'static>(send: Send, command: C, done: impl FnOnce(&Send) + 'static) {
    spawn_local(async move {
        match call(command).await {
            Ok(_) => {
                written(&send);
                done(&send);
            }
            Err(error) => failed(&send, &error),
        }
    });
}

pub(crate) fn written(send: &Send) {
    send.dispatch(Action::Sync(sync::Action::Mended));
    send.dispatch(Action::Sync(sync::Action::Written));
}

/// Change properties, say so, and keep the way back. Nothing is said where all was so already.
pub(crate) fn change(send: Send, changes: Vec<PropertyChange>, said: impl FnOnce(usize) -> Sentence + 'static) {
    spawn_local(async move {
        match call(ChangeProperties { changes }).await {
            Ok(before) => {
                written(&send);
                if !before.is_empty() {
                    say(&send, said(before.len()), Some(Undo::Changes(before.into())));
                }
            }
            Err(error) => failed(&send, &error),
        }
    });
}

/// Give a ticket to somebody, to oneself, or to nobody.
pub(crate) fn assign(send: Send, ticket: Uuid, from: Option<Uuid>, to: Option<PersonRef>, me: Option<Uuid>) {
    let id = to.as_ref().map(|person| person.id);
    if id == from {
        return;
    }
    change(send, vec![PropertyChange { ticket, to: Property::Assignee(id) }], move |_| match &to {
        None => Sentence::plain("desk-said-let-go"),
        Some(person) if Some(person.id) == me => Sentence::plain("desk-said-taken"),
        Some(person) => Sentence::with("desk-said-assigned", &[("name", &names::short(&person.name))]),
    });
}

/// Change the status. `word` is its name, for what is said.
pub(crate) fn set_status(send: Send, ticket: Uuid, from: Status, to: Status, word: String) {
    if from != to {
        let changes = vec![PropertyChange { ticket, to: Property::Status(to) }];
        change(send, changes, move |_| Sentence::with("desk-said-status", &[("status", &word)]));
    }
}

/// Change the priority. `word` is its name, for what is said.
pub(crate) fn set_priority(send: Send, ticket: Uuid, from: Priority, to: Priority, word: String) {
    if from != to {
        let changes = vec![PropertyChange { ticket, to: Property::Priority(to) }];
        change(send, changes, move |_| Sentence::with("desk-said-priority", &[("priority", &word)]));
    }
}

/// Change what it is about. `word` is its name, for what is said.
pub(crate) fn set_category(send: Send, ticket: Uuid, from: Category, to: Category, word: String) {
    if from != to {
        let changes = vec![PropertyChange { ticket, to: Property::Category(to) }];
        change(send, changes, move |_| Sentence::with("desk-said-category", &[("category", &word)]));
    }
}

/// What all picked tickets shall be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Many {
    /// Somebody's, or nobody's.
    Assign(Option<PersonRef>),
    /// In this status.
    Status(Status),
    /// As urgent as this.
    Priority(Priority),
}

/// Change all picked tickets at once, with one way back for all of them.
pub(crate) fn change_picked(store: &Store, many: Many, words: Words) {
    let me = store.me();
    let to = match &many {
        Many::Assign(person) => Property::Assignee(person.as_ref().map(|it| it.id)),
        Many::Status(status) => Property::Status(*status),
        Many::Priority(priority) => Property::Priority(*priority),
    };
    let changes = store.list.picked().map(|row| PropertyChange { ticket: row.id, to: to.clone() }).collect();
    change(store.dispatcher(), changes, move |changed| {
        let n = changed.to_string();
        let said = |key: &str, more: &[(&str, &str)]| {
            let args: Vec<_> = [("n", n.as_str())].into_iter().chain(more.iter().copied()).collect();
            Sentence::with(key, &args)
        };
        match &many {
            Many::Assign(None) => said("desk-said-many-let-go", &[]),
            Many::Assign(Some(person)) if Some(person.id) == me => said("desk-said-many-taken", &[]),
            Many::Assign(Some(person)) => said("desk-said-many-assigned", &[("name", &names::short(&person.name))]),
            Many::Status(Status::Resolved) => said("desk-said-many-resolved", &[]),
            Many::Status(status) => said("desk-said-many-status", &[("status", &words.status(*status))]),
            Many::Priority(priority) => said("desk-said-many-priority", &[("priority", &words.priority(*priority))]),
        }
    });
}

/// Take back what was just done.
pub(crate) fn undo(store: &Store, pen: &Pen, undo: Undo) {
    let send = store.dispatcher();
    let said = |send: &Send| say(send, Sentence::plain("desk-said-undone"), None);
    match undo {
        Undo::Changes(before) => run(send, ChangeProperties { changes: before.to_vec() }, said),
        Undo::View { view, name, shared, query } => {
            crate::saved_views::undo(send, SaveView { view, name, shared, query: *query });
        }
        Undo::Later { ticket, id } => {
            if store.open.ticket != Some(ticket) {
                send.dispatch(Action::Show(ticket));
            }
            crate::later::undo_later(send, pen.dispatcher(), ticket, id);
        }
        Undo::Send { op, ticket, then, .. } => {
            if store.open.ticket != Some(ticket) {
                send.dispatch(Action::Show(ticket));
            }
            undo_send(send, pen.dispatcher(), ticket, op, then);
        }
    }
}

/// Take a reply back into the composer, before what is being written there. One that may have left is asked about; its words are
/// back either way.
fn undo_send(send: Send, pen: UseReducerDispatcher<Composer>, ticket: Uuid, op: Uuid, then: Option<Uuid>) {
    spawn_local(async move {
        match call(UndoSend { op, then }).await {
            Ok(undone) => {
                pen.dispatch(composer::Action::Back(ticket, Mode::Reply, undone.text));
                written(&send);
                if undone.taken == TakenBack::Done {
                    say(&send, Sentence::plain("desk-said-send-undone"), None);
                }
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}

/// Send what is in the composer; `then` changes the status in the same breath.
pub(crate) fn submit(send: Send, pen: &Pen, then: Option<Status>) {
    let Some(ticket) = pen.ticket else { return };
    let mode = pen.mode;
    let text = pen.text().to_owned();
    if let Err(error) = gemilang_protocol::validate::message(&text) {
        pen.dispatch(composer::Action::Refused(error));
        return;
    }
    let pen = pen.dispatcher();
    spawn_local(async move {
        let answer = match mode {
            Mode::Reply => call(Reply { ticket, message: text, then }).await.map(Some),
            Mode::Note => call(WriteNote { ticket, note: text }).await.map(|_| None),
        };
        match answer {
            Ok(reply) => {
                pen.dispatch(composer::Action::Done(ticket, mode));
                written(&send);
                if let Some(Written { item, then }) = reply
                    && let Some(leaves_at) = item.leaves_at
                {
                    let stays_ms = (leaves_at - item.written_at).num_milliseconds().unsigned_abs() as u32;
                    let sentence = Sentence::with("desk-said-sending", &[("seconds", &(stays_ms / 1_000).to_string())]);
                    say(&send, sentence, Some(Undo::Send { op: item.op_id, ticket, then, stays_ms }));
                }
            }
            Err(error) => match error.rule.clone() {
                Some(rule) => pen.dispatch(composer::Action::Refused(rule)),
                None => failed(&send, &error),
            },
        }
    });
}

/// Reopen a closed ticket and send the refused reply again. The refused one goes last: until then nothing is lost, and nothing leaves before its turn.
pub(crate) fn reopen_and_send(send: Send, ticket: Uuid, op: Uuid, message: String) {
    spawn_local(async move {
        let done = async {
            let reopened = PropertyChange { ticket, to: Property::Status(Status::InProgress) };
            call(ChangeProperties { changes: vec![reopened] }).await?;
            call(Reply { ticket, message, then: None }).await?;
            call(WithdrawOp { op }).await
        };
        match done.await {
            Ok(_) => written(&send),
            Err(error) => failed(&send, &error),
        }
    });
}

/// Open the editor of an unsent item where it stands. From then on it does not leave until its words are saved or left.
pub(crate) fn edit(send: Send, item: &OutboxItem, place: Place) {
    let op = item.op_id;
    let open = Action::Outbox(outbox::Action::Edit(Some(Editing { op, place })));
    if is_being_changed(item) {
        send.dispatch(open);
        return;
    }
    let text = words_of(item).map(ToOwned::to_owned);
    spawn_local(async move {
        match call(KeepEdit { op, text }).await {
            Ok(()) => {
                send.dispatch(open);
                written(&send);
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}

/// Keep what is being written instead of an item's words; answers whether there still is such an item.
pub(crate) fn keep_edit(send: Send, op: Uuid, text: String, kept: Callback<bool>) {
    spawn_local(async move {
        match call(KeepEdit { op, text: Some(text) }).await {
            Ok(()) => kept.emit(true),
            Err(error) if is_gone(&error) => kept.emit(false),
            Err(error) => failed(&send, &error),
        }
    });
}

/// Words for which there is no item any more go to the composer: they are not lost.
pub(crate) fn back_to_composer(send: &Send, pen: &UseReducerDispatcher<Composer>, item: &OutboxItem, text: String) {
    let mode = if matches!(item.act, Act::Note { .. }) { Mode::Note } else { Mode::Reply };
    pen.dispatch(composer::Action::Back(item.ticket_id, mode, text));
    say(send, Sentence::plain("desk-said-edit-kept"), None);
    written(send);
}

/// Send the words of the editor instead of the item's own.
pub(crate) fn save_edit(send: Send, op: Uuid, text: String, refused: Callback<Option<FieldError>>) {
    spawn_local(async move {
        match call(EditOp { op, text }).await {
            Ok(_) => {
                send.dispatch(Action::Outbox(outbox::Action::Edit(None)));
                written(&send);
            }
            Err(error) => {
                refused.emit(error.rule.clone());
                if error.rule.is_none() {
                    overtaken(&send, &error);
                }
            }
        }
    });
}

/// Leave an item as it was; it goes on waiting for its turn.
pub(crate) fn leave_edit(send: Send, op: Uuid) {
    spawn_local(async move {
        match call(KeepEdit { op, text: None }).await {
            Ok(()) => {
                send.dispatch(Action::Outbox(outbox::Action::Edit(None)));
                written(&send);
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}

/// The item has left meanwhile: said so, and shown as what it became.
pub(crate) fn overtaken(send: &Send, error: &CommandError) {
    if is_gone(error) {
        say(send, Sentence::plain("desk-said-too-late"), None);
        written(send);
    } else {
        failed(send, error);
    }
}

pub(crate) fn is_gone(error: &CommandError) -> bool {
    matches!(error.code, CommandCode::NotFound | CommandCode::Refused(Code::LostRace))
}

/// Take an unsent item back. Of one that may have landed nothing is promised: its state says what is asked.
pub(crate) fn discard(send: Send, op: Uuid, choice: Choice) {
    spawn_local(async move {
        match call(WithdrawOp { op }).await {
            Ok(taken) => {
                written(&send);
                if taken == TakenBack::Done {
                    let done = if choice == Choice::Withdraw { "desk-said-withdrawn" } else { "desk-said-discarded" };
                    say(&send, Sentence::plain(done), None);
                }
            }
            Err(error) => overtaken(&send, &error),
        }
    });
}

/// Send a held or failed item again as it is, in its old place.
pub(crate) fn retry(send: Send, op: Uuid) {
    run(send, RetryOp { op }, |_| {});
}

/// Open what a search found. A conversation that is not on this desk is fetched, and kept.
pub(crate) fn open_hit(send: &Send, hit: &Hit, here: bool) {
    let ticket = hit.row.id;
    send.dispatch(Action::OpenHit(ticket, hit.said.as_ref().map(|said| said.n)));
    if !here {
        let send = send.clone();
        spawn_local(async move {
            match call(FetchThread { ticket }).await {
                Ok(()) => written(&send),
                Err(error) => failed(&send, &error),
            }
        });
    }
}

/// Find out whether there is room again, by keeping what is being written.
pub(crate) fn try_storage(send: Send, pen: &Pen) {
    let kept = pen.ticket.map(|ticket| SaveDraft { ticket, note: pen.mode == Mode::Note, text: pen.text().to_owned() });
    spawn_local(async move {
        let room = match kept {
            Some(draft) => call(draft).await,
            None => Ok(()),
        };
        match room {
            // What came meanwhile is fetched anew; that tells more about the room there is.
            Ok(()) => match call(SyncNow {}).await {
                Ok(()) => written(&send),
                Err(error) => failed(&send, &error),
            },
            Err(error) if error.code == CommandCode::DiskFull => {
                say(&send, Sentence::plain("desk-said-still-full"), None);
            }
            Err(error) => failed(&send, &error),
        }
    });
}

/// Take what rings, and open it.
pub(crate) fn take_ringing(store: &Store, ring: &RingView) {
    let who = store.session.who.as_ref().map(|who| PersonRef { id: who.user.id, name: who.user.name.clone() });
    let send = store.dispatcher();
    assign(send.clone(), ring.ticket, None, who, store.me());
    send.dispatch(Action::Show(ring.ticket));
}

/// Change a setting; the screen follows the core's answer.
pub(crate) fn set(send: Send, command: SetSettings) {
    spawn_local(async move {
        match call(command).await {
            Ok(settings) => send.dispatch(Action::Session(session::Action::Settings(settings))),
            Err(error) => failed(&send, &error),
        }
    });
}

/// End the app. Who leaves has paused: what is being written is kept first, and everything that was asked for is answered.
pub(crate) fn quit() {
    if let Some(element) = browser::focused() {
        drop(element.blur());
    }
    spawn_local(async {
        bridge::settled().await;
        drop(call(Quit {}).await);
    });
}

/// Be on duty, away or off.
pub(crate) fn set_duty(send: Send, duty: Duty) {
    tell_alerts(send, SetDuty { duty });
}

/// Want something else of a reason.
pub(crate) fn set_rule(send: Send, rule: Rule) {
    tell_alerts(send, SetRule { rule });
}

/// Be left in peace at other hours.
pub(crate) fn set_quiet(send: Send, quiet: QuietHours) {
    tell_alerts(send, SetQuiet { quiet });
}

/// Put what rings off for ten minutes.
pub(crate) fn snooze_ringing(send: Send, ring: &RingView) {
    run(send, SnoozeAlert { ticket: ring.ticket }, |_| {});
}

/// Try a way by which alerts come.
pub(crate) fn try_alert(send: Send, path: TestPath) {
    run(send, TryAlert { path }, |_| {});
}

/// Say whether it is to be seen.
pub(crate) fn saw_alert(send: Send, path: TestPath, seen: bool) {
    run(send, SawAlert { path, seen }, |_| {});
}

fn tell_alerts(send: Send, command: impl Command<Answer = gemilang_protocol::desk::views::Alerts> + 'static) {
    spawn_local(async move {
        match call(command).await {
            Ok(told) => send.dispatch(Action::Alerts(alerts::Action::Told(told))),
            Err(error) => failed(&send, &error),
        }
    });
}

/// Read on in the ledger.
pub(crate) fn older_alerts(store: &Store) {
    let (send, asks) = (store.dispatcher(), store.alerts.asks());
    let before = store.alerts.entries.last().map(|entry| entry.id);
    spawn_local(async move {
        match call(ListAlerts { result: asks.0, q: asks.1.clone(), before }).await {
            Ok(ledger) => send.dispatch(Action::Alerts(alerts::Action::Older(asks, ledger))),
            Err(error) => failed(&send, &error),
        }
    });
}

/// Try to reach the service now.
pub(crate) fn sync_now(send: Send) {
    run(send, SyncNow {}, |_| {});
}

/// The field of a mode, by which its rules are worded.
pub(crate) fn field_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "message",
        Mode::Note => "note",
    }
}
