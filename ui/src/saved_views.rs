//! Keeping lists under names: the command is sent, what was done is said with a way back. Nothing waits for the network.

use gemilang_protocol::desk::commands::{DeleteView, SaveView, SettleView};
use gemilang_protocol::desk::views::{SavedViewRow, TicketQuery};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;

use crate::acts::{self, Send, Store};
use crate::bridge::call;
use crate::store::palette::{self, Over};
use crate::store::saved_views::{Action as Do, Form};
use crate::store::snack::{Sentence, Undo};
use crate::store::{Action, sync};

/// Ask for a name for what the list shows.
pub(crate) fn name(send: &Send, query: &TicketQuery) {
    open(send, Form::new(query));
}

/// Ask for another name for a view.
pub(crate) fn rename(send: &Send, row: &SavedViewRow) {
    if let Some(form) = Form::of(row) {
        open(send, form);
    }
}

fn open(send: &Send, form: Form) {
    send.dispatch(Action::Saved(Do::Name(Box::new(form))));
    send.dispatch(Action::Palette(palette::Action::Over(Some(Over::View))));
}

/// Keep what is in the form. What breaks a rule is said beside its field.
pub(crate) fn keep(store: &Store, done: impl FnOnce() + 'static) {
    let send = store.dispatcher();
    let form = store.saved.form.clone();
    if let Err((field, rule)) = form.check() {
        send.dispatch(Action::Saved(Do::Wrong(field, rule)));
        done();
        return;
    }
    let before = form.view.and_then(|view| store.saved.row(view)).cloned();
    let Form { view, query, name, shared, .. } = form;
    spawn_local(async move {
        let said = name.trim().to_owned();
        let answer = call(SaveView { view, shared, name, query: query.clone() }).await;
        done();
        match answer {
            Ok(id) => {
                send.dispatch(Action::Palette(palette::Action::Over(None)));
                changed(&send);
                if view.is_none() {
                    send.dispatch(Action::Kept { view: id, query: Box::new(query) });
                }
                say(&send, "desk-said-view-kept", &said, before.and_then(|row| back(&row)));
            }
            Err(error) => match (error.field.clone(), error.rule.clone()) {
                (Some(field), Some(rule)) => send.dispatch(Action::Saved(Do::Wrong(field, rule))),
                _ => acts::failed(&send, &error),
            },
        }
    });
}

/// The open view shows from now on what the list does.
pub(crate) fn save_changes(store: &Store) {
    let Some(row) = store.saved.changed(&store.list.query).cloned() else { return };
    let form = Form { query: store.list.query.clone(), ..Form::of(&row).unwrap_or_default() };
    let send = store.dispatcher();
    if let Err((field, rule)) = form.check() {
        // Where it stands, and with room to say why not.
        open(&send, form);
        send.dispatch(Action::Saved(Do::Wrong(field, rule)));
        return;
    }
    let (name, undo) = (row.name.clone(), back(&row));
    let command = SaveView { view: Some(row.id), shared: row.shared, name: row.name, query: form.query };
    run(send, command, move |send| say(send, "desk-said-view-changed", &name, undo));
}

/// Delete a view for everybody who has it; for ten seconds it can be made again.
pub(crate) fn delete(send: Send, row: &SavedViewRow) {
    let name = row.name.clone();
    let undo = row.query.clone().map(|query| Undo::View {
        view: None,
        name: row.name.clone(),
        shared: row.shared,
        query: Box::new(query),
    });
    run(send, DeleteView { view: row.id }, move |send| say(send, "desk-said-view-deleted", &name, undo));
}

/// Send a refused change again, or give it up.
pub(crate) fn settle(send: Send, view: Uuid, again: bool) {
    run(send, SettleView { view, again }, |_| ());
}

/// As it was before what is taken back.
pub(crate) fn undo(send: Send, command: SaveView) {
    run(send, command, |send| acts::say(send, Sentence::plain("desk-said-undone"), None));
}

fn back(row: &SavedViewRow) -> Option<Undo> {
    let query = Box::new(row.query.clone()?);
    Some(Undo::View { view: Some(row.id), name: row.name.clone(), shared: row.shared, query })
}

fn say(send: &Send, key: &str, name: &str, undo: Option<Undo>) {
    acts::say(send, Sentence::with(key, &[("name", name)]), undo);
}

/// The navigation is read again without waiting for the announcement.
fn changed(send: &Send) {
    send.dispatch(Action::Sync(sync::Action::Mended));
    send.dispatch(Action::Sync(sync::Action::ViewsWritten));
}

fn run<C>(send: Send, command: C, done: impl FnOnce(&Send) + 'static)
where
    C: gemilang_protocol::desk::commands::Command + 'static,
{
    spawn_local(async move {
        match call(command).await {
            Ok(_) => {
                changed(&send);
                done(&send);
            }
            Err(error) => acts::failed(&send, &error),
        }
    });
}
