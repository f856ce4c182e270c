//! What a person does to their account and on the page of settings. What the service has to do is waited for, and said.

use std::rc::Rc;

use gemilang_protocol::desk::commands::{
    ChangePassword, Command, CommandError, EndOtherSessions, EndSession, GetAbout, ListSessions, SetSettings, SignOut,
};
use gemilang_protocol::desk::views::About;
use gemilang_protocol::session::Device;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send};
use crate::bridge::call;
use crate::store::account::{self, Ending, NewPassword};
use crate::store::snack::Sentence;
use crate::store::{Action, session, size};

/// Read where one is signed in.
pub(crate) fn read_sessions(send: Send) {
    ask(send, ListSessions {}, None);
}

/// End one session, or all others.
pub(crate) fn end(send: Send, ending: Ending) {
    send.dispatch(Action::Account(account::Action::Ends(ending)));
    match ending {
        Ending::One(session) => ask(send, EndSession { session }, Some("desk-said-session-ended")),
        Ending::Others => ask(send, EndOtherSessions {}, Some("desk-said-sessions-ended")),
    }
}

fn ask(send: Send, command: impl Command<Answer = Vec<Device>> + 'static, said: Option<&'static str>) {
    spawn_local(async move {
        let answer = call(command).await.map(Rc::new);
        if let (Ok(_), Some(said)) = (&answer, said) {
            acts::say(&send, Sentence::plain(said), None);
        }
        send.dispatch(Action::Account(account::Action::Sessions(answer)));
    });
}

/// Choose a new password, which ends all other sessions.
pub(crate) fn change_password(send: Send, form: &NewPassword, done: Callback<Option<CommandError>>) {
    let command = ChangePassword { current: form.current.clone(), new: form.new.clone() };
    spawn_local(async move {
        let refused = call(command).await.err();
        if refused.is_none() {
            acts::say(&send, Sentence::plain("desk-said-password"), None);
            read_sessions(send);
        }
        done.emit(refused);
    });
}

/// Sign out; `elsewhere` to go to another server. What is unsent stays on this computer.
pub(crate) fn sign_out(send: Send, elsewhere: bool) {
    spawn_local(async move {
        match call(SignOut {}).await {
            Ok(()) => send.dispatch(Action::Session(session::Action::SignedOut { elsewhere })),
            Err(error) => acts::failed(&send, &error),
        }
    });
}

/// Read what this desk is and keeps.
pub(crate) fn read_about(arrived: Callback<About>) {
    spawn_local(async move {
        // Without an answer nothing is claimed.
        if let Ok(about) = call(GetAbout {}).await {
            arrived.emit(about);
        }
    });
}

/// Another size by a key with Ctrl; true when the key asks for one.
pub(crate) fn size_by_key(send: &Send, key: &str, now: u16) -> bool {
    if !matches!(key, "+" | "=" | "-" | "_" | "−" | "0") {
        return false;
    }
    if let Some(wanted) = size::asked_by(key, now) {
        acts::set(send.clone(), SetSettings { text_size: Some(wanted), ..SetSettings::AS_IT_IS });
    }
    true
}
