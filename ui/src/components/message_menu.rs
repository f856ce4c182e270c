//! What can be done with a customer's message, and the button that leads there. One of these buttons is on the way of Tab; from it the arrows lead to the others.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::Thread;
use gemilang_protocol::{EventBody, Message, TicketRef};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::acts::{self, Send, use_store};
use crate::browser;
use crate::components::icon::{icon, icon14};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::thread::FLOW;
use crate::components::ticket_menus::{Kind, opens};
use crate::store::palette::{self, Over};
use crate::store::snack::Sentence;
use crate::store::split::{Split, can_split};
use crate::store::{Action, filing};
use crate::words::{Words, use_words};

/// The class of the buttons.
const BUTTON: &str = "msg-more";

/// What stands at messages beside what they say.
pub(crate) struct AtMessages {
    words: Words,
    /// Where copies of messages went.
    gone: HashMap<Uuid, TicketRef>,
    /// The newest that something can be done with.
    last: Option<Uuid>,
    on_menu: Callback<(Kind, Anchor)>,
    on_show: Callback<Uuid>,
}

impl AtMessages {
    /// At those of this conversation.
    pub(crate) fn new(
        thread: &Thread,
        words: Words,
        on_menu: Callback<(Kind, Anchor)>,
        on_show: Callback<Uuid>,
    ) -> Self {
        let events = thread.parts.iter().flat_map(|part| &part.events).chain(&thread.events);
        let gone = events.filter_map(|event| match event.body {
            EventBody::Split { message, to } => Some((message, to)),
            _ => None,
        });
        let last = thread.messages.iter().rfind(|it| can_split(it)).map(|it| it.id);
        Self { words, gone: gone.collect(), last, on_menu, on_show }
    }

    /// The button beside a message.
    pub(crate) fn button(&self, message: &Message) -> Html {
        if !can_split(message) {
            return Html::default();
        }
        let label = self.words.get("desk-message-deeds");
        let stop = if self.last == Some(message.id) { "0" } else { "-1" };
        html! {
            <button type="button" class={classes!("btn", "btn-icon", "btn-xs", BUTTON)} tabindex={stop} aria-haspopup="menu" aria-label={label.clone()} title={label}
                onclick={opens(Kind::Message(message.id), &self.on_menu)} onkeydown={Callback::from(|event: KeyboardEvent| walk(&event))}>{ icon("more") }</button>
        }
    }

    /// Where a copy of it went.
    pub(crate) fn mark(&self, message: &Message) -> Html {
        let Some(to) = self.gone.get(&message.id).copied() else { return Html::default() };
        let on_click = self.on_show.reform(move |event: MouseEvent| {
            event.prevent_default();
            to.id
        });
        html! { <div class="marks" data-split={to.number.to_string()}>{ icon14("split") }<span>{ self.words.get("desk-split-to") }{ " " }<a href="#" onclick={on_click}>{ to.number.to_string() }</a></span></div> }
    }
}

/// From one button to the next.
fn walk(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowUp" | "k" => -1,
        "ArrowDown" | "j" => 1,
        _ => return,
    };
    event.stop_propagation();
    event.prevent_default();
    let Some(all) = browser::by_id(FLOW).and_then(|flow| flow.query_selector_all(&format!(".{BUTTON}")).ok()) else {
        return;
    };
    let all: Vec<HtmlElement> = (0..all.length()).filter_map(|n| all.get(n)?.dyn_into().ok()).collect();
    let here = browser::focused().and_then(|it| all.iter().position(|one| one.is_same_node(Some(&it))));
    let there = here.and_then(|here| all.get(here.checked_add_signed(by)?));
    if let Some(there) = there {
        browser::focus_still(there);
        browser::reveal(there.parent_element().as_ref().unwrap_or(there));
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct MessageMenuProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Which message.
    pub message: Uuid,
    /// Done.
    pub on_close: Callback<()>,
}

/// What can be done with a message.
#[component]
pub(crate) fn MessageMenu(props: &MessageMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let options = vec![
        Opt {
            glyph: icon("split"),
            text: words.get("desk-split-more"),
            meta: Some(words.get("desk-split-what")),
            ..Opt::default()
        },
        Opt { glyph: icon("copy"), text: words.get("desk-message-copy"), ..Opt::default() },
    ];
    let on_choose = {
        let (send, close, thread, message) =
            (store.dispatcher(), props.on_close.clone(), props.thread.clone(), props.message);
        Callback::from(move |at: usize| {
            let said = Split::of(&thread, message).map(|split| split.quote.words.clone());
            let copied = at == 1 && said.is_some_and(|said| browser::copy(&said));
            close.emit(());
            match at {
                0 => split(&send, Split::of(&thread, message)),
                _ if copied => acts::say(&send, Sentence::plain("desk-message-copied"), None),
                _ => {}
            }
        })
    };
    html! { <Menu anchor={props.anchor} label={words.get("desk-message-deeds")} {options} {on_choose} on_close={props.on_close.clone()} width={276} /> }
}

/// Open the form for a message that is split off.
pub(crate) fn split(send: &Send, split: Option<Split>) {
    if let Some(split) = split {
        send.dispatch(Action::Filing(filing::Action::Split(Rc::new(split))));
        send.dispatch(Action::Palette(palette::Action::Over(Some(Over::File))));
    }
}
