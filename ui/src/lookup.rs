//! Shutting a customer out of the portal and letting them in again: the service does it, and what it refuses is said.

use gemilang_protocol::Person;
use gemilang_protocol::desk::commands::BlockCustomer;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send, use_store};
use crate::bridge::call;
use crate::components::dialog::Confirm;
use crate::names;
use crate::store::Action;
use crate::store::lookup;
use crate::store::snack::Sentence;
use crate::words::use_words;

/// Ask before shutting somebody out; letting them in needs no question.
pub(crate) fn ask(send: Send, person: &Person) {
    if person.active {
        send.dispatch(Action::LookUp(lookup::Action::AskBlock(Some(person.clone()))));
    } else {
        block(send, person, false);
    }
}

fn block(send: Send, person: &Person, blocked: bool) {
    let (customer, name) = (person.id, names::short(&person.name));
    spawn_local(async move {
        match call(BlockCustomer { customer, blocked }).await {
            Ok(person) => {
                send.dispatch(Action::LookUp(lookup::Action::Changed(person)));
                let key = if blocked { "desk-said-blocked" } else { "desk-said-unblocked" };
                acts::say(&send, Sentence::with(key, &[("name", &name)]), None);
            }
            Err(error) => acts::failed(&send, &error),
        }
    });
}

/// The question, while there is one.
#[component]
pub(crate) fn BlockAsk() -> Html {
    let store = use_store();
    let words = use_words();
    let Some(person) = store.lookup.asks_block.clone() else { return Html::default() };
    let title = words.with("desk-block-ask", &[("name", names::short(&person.name).into())]);
    let on_no = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::LookUp(lookup::Action::AskBlock(None))))
    };
    let on_yes = {
        let (send, close) = (store.dispatcher(), on_no.clone());
        Callback::from(move |()| {
            close.emit(());
            block(send.clone(), &person, true);
        })
    };
    html! {
        <Confirm {title} text={words.get("desk-block-text")} more={words.get("desk-block-stays")} verb={words.get("desk-block-yes")} {on_yes} {on_no} />
    }
}
