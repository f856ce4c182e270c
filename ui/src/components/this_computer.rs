//! This computer: whether it starts the app, and whether the app goes on when its window is closed.

use gemilang_protocol::desk::commands::SetSettings;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::{self, AS_IT_IS, use_store};
use crate::words::use_words;

/// Two switches.
#[component]
pub(crate) fn ThisComputer() -> Html {
    let store = use_store();
    let words = use_words();
    let settings = &store.session.settings;
    let line = |name: &'static str, key: &str, on: bool, set: fn(bool) -> SetSettings| {
        let send = store.dispatcher();
        let onchange = Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            acts::set(send.clone(), set(field.checked()));
        });
        html! {
            <label class="set-row">
                <span class="grow">{ words.get(key) }<span class="meta">{ words.get(&format!("{key}-text")) }</span></span>
                <input type="checkbox" class="switch" role="switch" {name} checked={on} {onchange} />
            </label>
        }
    };
    html! {
        <section class="block">
            <h2 class="block-title">{ words.get("desk-here") }</h2>
            <div class="lines-table">
                { line("start-at-login", "desk-here-start", settings.start_at_login, |on| SetSettings { start_at_login: Some(on), ..AS_IT_IS }) }
                { line("keep-running", "desk-here-stay", settings.keep_running, |on| SetSettings { keep_running: Some(on), ..AS_IT_IS }) }
            </div>
        </section>
    }
}
