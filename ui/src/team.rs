//! What an admin does to the team: the service does it, the page waits and says so.

use std::rc::Rc;

use gemilang_protocol::desk::commands::{
    ChangeMember, Command, CommandError, EndMemberSessions, InviteMember, ListTeam, ResendInvitation,
    WithdrawInvitation,
};
use gemilang_protocol::team::{self, MemberChange};
use gemilang_protocol::{Person, Role};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send};
use crate::bridge::call;
use crate::names;
use crate::store::Action;
use crate::store::snack::Sentence;
use crate::store::team::Action as Told;

/// Read it.
pub(crate) fn read(send: Send) {
    ask(send, ListTeam {}, None);
}

/// Ask somebody to join; `done` hears what was refused.
pub(crate) fn invite(send: Send, email: String, role: Role, done: Callback<Option<CommandError>>) {
    spawn_local(async move {
        let answer = call(InviteMember { email: email.clone(), role }).await;
        let refused = answer.as_ref().err().cloned();
        if let Ok(team) = answer {
            acts::say(&send, Sentence::with("desk-said-invited", &[("email", email.trim())]), None);
            send.dispatch(Action::Team(Told::Told(Ok(Rc::new(team)))));
        }
        done.emit(refused);
    });
}

/// Send an invitation once more.
pub(crate) fn resend(send: Send, invitation: Uuid, email: &str) {
    ask(send, ResendInvitation { invitation }, Some(Sentence::with("desk-said-invited", &[("email", email)])));
}

/// Take an invitation back.
pub(crate) fn withdraw(send: Send, invitation: Uuid) {
    ask(send, WithdrawInvitation { invitation }, Some(Sentence::plain("desk-said-uninvited")));
}

/// End all of somebody's sessions.
pub(crate) fn end_sessions(send: Send, person: &Person) {
    let said = Sentence::with("desk-said-member-sessions", &[("name", &names::short(&person.name))]);
    ask(send, EndMemberSessions { person: person.id }, Some(said));
}

/// Change what somebody may do. `said` is the key of what is said then.
pub(crate) fn change(send: Send, person: &Person, change: MemberChange, said: &'static str) {
    let (id, name) = (person.id, names::short(&person.name));
    send.dispatch(Action::Team(Told::Asked));
    spawn_local(async move {
        match call(ChangeMember { person: id, change }).await {
            Ok(changed) => {
                send.dispatch(Action::Team(Told::Released(name.clone(), Rc::new(changed.released))));
                send.dispatch(Action::Team(Told::Told(Ok(Rc::new(changed.team)))));
                acts::say(&send, Sentence::with(said, &[("name", &name)]), None);
            }
            Err(error) => send.dispatch(Action::Team(Told::Told(Err(error)))),
        }
    });
}

fn ask(send: Send, command: impl Command<Answer = team::Team> + 'static, said: Option<Sentence>) {
    send.dispatch(Action::Team(Told::Asked));
    spawn_local(async move {
        let answer = call(command).await.map(Rc::new);
        if let (Ok(_), Some(said)) = (&answer, said) {
            acts::say(&send, said, None);
        }
        send.dispatch(Action::Team(Told::Told(answer)));
    });
}
