//! The search field: all tickets, as one types. It stands in the nav, and over the list where the nav is a rail.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::icon::icon;
use crate::store::{Action, list};
use crate::words::use_words;

/// The ids of both fields; only one of them is on screen.
const IDS: [&str; 2] = ["search", "search-narrow"];

#[derive(Properties, PartialEq)]
pub(crate) struct SearchProps {
    /// Its id, one of two.
    pub id: &'static str,
}

/// The search field.
#[component]
pub(crate) fn Search(props: &SearchProps) -> Html {
    let store = use_store();
    let words = use_words();
    let on_input = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Search(field.value()));
        })
    };
    let keys = {
        let send = store.dispatcher();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Escape" => {
                    send.dispatch(Action::Search(String::new()));
                    let field: HtmlInputElement = event.target_unchecked_into();
                    drop(field.blur());
                }
                "Enter" | "ArrowDown" => {
                    event.prevent_default();
                    let field: HtmlInputElement = event.target_unchecked_into();
                    drop(field.blur());
                    send.dispatch(Action::List(list::Action::Move(1)));
                }
                _ => {}
            }
        })
    };
    let label = words.get("desk-search-tickets");
    html! {
        <label class={classes!("nav-find", (props.id == IDS[1]).then_some("narrow"))} for={props.id}>
            { icon("search") }
            <input id={props.id} name="q" type="text" autocomplete="off" spellcheck="false" placeholder={label.clone()} aria-label={label} value={store.list.query.q.clone()} oninput={on_input} onkeydown={keys} />
            <kbd aria-hidden="true">{ "/" }</kbd>
        </label>
    }
}

/// Put the keyboard into the field that is on screen.
pub(crate) fn focus() {
    if let Some(id) = IDS.into_iter().find(|id| browser::visible(id).is_some()) {
        browser::focus(id);
    }
}
