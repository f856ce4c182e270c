//! Keys as they are told: beside a deed, and all of them on one sheet.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::icon::icon;
use crate::components::palette::use_keyboard;
use crate::store::Action;
use crate::store::deeds::{Chord, Group, TABLE};
use crate::store::fuzzy::{Fit, matched};
use crate::store::palette;
use crate::words::{Words, use_words};

const FIELD: &str = "keys-field";
const CLOSE: &str = "keys-close";

/// Keys pressed together.
pub(crate) fn kbds(chord: Chord) -> Html {
    if chord.is_empty() {
        return Html::default();
    }
    html! { <span class="keys">{ for chord.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</span> }
}

/// The sheet of keys.
#[component]
pub(crate) fn KeySheet() -> Html {
    let store = use_store();
    let words = use_words();
    let q = use_state(String::new);
    use_keyboard(FIELD);
    let close = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::Palette(palette::Action::Over(None))))
    };
    let on_input = {
        let q = q.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            q.set(field.value());
        })
    };
    let on_keys = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Escape" => close.emit(()),
                "Tab" => {
                    let in_field = browser::focused().is_some_and(|it| it.id() == FIELD);
                    browser::focus(if in_field { CLOSE } else { FIELD });
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    // What was clicked anywhere else on the sheet leaves the keyboard in it.
    let stay = Callback::from(|event: MouseEvent| {
        let within = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if within.is_some_and(|it| it.closest("input, button").ok().flatten().is_none()) {
            event.prevent_default();
        }
    });
    let on_close = close.reform(|_: MouseEvent| ());
    let columns: Vec<Html> = Group::COLUMNS
        .iter()
        .map(|groups| groups.iter().filter_map(|it| section(*it, &q, words)).collect::<Vec<_>>())
        .filter(|sections| !sections.is_empty())
        .map(|sections| html! { <div class="col">{ for sections }</div> })
        .collect();
    let seek = words.get("desk-keys-find");
    html! {
        <div onkeydown={on_keys}>
            <div class="scrim" onclick={on_close.clone()}></div>
            <div class="dialog key-dialog" role="dialog" aria-modal="true" aria-labelledby="keys-title" onmousedown={stay}>
                <header>
                    <h2 class="grow" id="keys-title">{ words.get("desk-keys") }</h2>
                    <input id={FIELD} class="form-control" type="text" autocomplete="off" spellcheck="false" placeholder={seek.clone()} aria-label={seek} value={(*q).clone()} oninput={on_input} />
                    <button type="button" id={CLOSE} class="btn btn-icon" aria-label={words.get("desk-close")} onclick={on_close}>{ icon("x") }</button>
                </header>
                <div class="in">
                    if columns.is_empty() { <p class="soft" role="status">{ words.get("desk-keys-none") }</p> } else { <div class="keysheet">{ for columns }</div> }
                </div>
                <footer><span class="meta grow">{ words.get("desk-keys-letters") }{ " " }<kbd>{ "Esc" }</kbd>{ " " }{ words.get("desk-keys-back") }</span></footer>
            </div>
        </div>
    }
}

/// A group's lines, as far as they are looked for.
fn section(group: Group, q: &str, words: Words) -> Option<Html> {
    let lines: Vec<Html> = TABLE
        .iter()
        .filter(|entry| entry.group == group)
        .filter_map(|entry| entry.sheet)
        .map(|(key, keys)| (words.get(key), keys))
        .filter(|(text, keys)| is_meant(text, keys, q))
        .map(|(text, keys)| html! { <div><dt>{ text }</dt><dd>{ kbds(keys) }</dd></div> })
        .collect();
    (!lines.is_empty()).then(|| html! { <section><h3>{ words.get(group.key()) }</h3><dl>{ for lines }</dl></section> })
}

/// By its words, or by its keys: what does `ctrl k` do?
fn is_meant(text: &str, keys: Chord, q: &str) -> bool {
    matched(text, q).is_some_and(|(fit, _)| fit < Fit::Near)
        || matched(&keys.join(" "), q).is_some_and(|(fit, _)| fit == Fit::Begins)
}
