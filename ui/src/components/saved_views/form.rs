//! The form that names a list: its name, and whether it is for the whole team. What breaks a rule stands beside its field.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::acts::use_store;
use crate::browser;
use crate::components::dialog;
use crate::components::icon::{icon, icon14};
use crate::components::palette::use_keyboard;
use crate::saved_views;
use crate::store::Action;
use crate::store::palette;
use crate::store::saved_views::Action as Do;
use crate::words::use_words;

/// The field of the name.
const NAME: &str = "saved-name";

/// The form.
#[component]
pub(crate) fn SaveForm() -> Html {
    let store = use_store();
    let words = use_words();
    let node = use_node_ref();
    let form = store.saved.form.clone();
    use_keyboard(NAME);
    use_effect_with((), |()| browser::select(NAME));
    let close = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::Palette(palette::Action::Over(None))))
    };
    // Pressed twice before it is answered it is kept once.
    let busy: Rc<RefCell<bool>> = use_mut_ref(|| false);
    let submit = {
        let store = store.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            browser::focus(NAME);
            if !busy.replace(true) {
                let busy = busy.clone();
                saved_views::keep(&store, move || *busy.borrow_mut() = false);
            }
        })
    };
    let keys = dialog::keys(&node, &close, |_| false);
    let typed = {
        let send = store.dispatcher();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            send.dispatch(Action::Saved(Do::Typed(field.value())));
        })
    };
    let choices = [(false, "mark", "desk-saved-for-me"), (true, "users", "desk-saved-for-all")].map(|(shared, glyph, key)| {
        let send = store.dispatcher();
        let choose = Callback::from(move |_: Event| send.dispatch(Action::Saved(Do::Shared(shared))));
        let value = if shared { "all" } else { "me" };
        html! { <label><input type="radio" name="saved-for" {value} checked={form.shared == shared} onchange={choose} />{ icon14(glyph) }{ words.get(key) }</label> }
    });
    let wrong = form.wrong.as_ref().map(|(field, rule)| words.field(field, rule));
    let title = if form.view.is_some() { "desk-saved-rename-title" } else { "desk-saved-title" };
    let hint = if form.shared { "desk-saved-for-all-hint" } else { "desk-saved-for-me-hint" };
    let on_close = close.reform(|_: MouseEvent| ());
    html! {
        <div onkeydown={keys}>
            <div class="scrim" onclick={on_close.clone()}></div>
            <div class="dialog save-dialog" role="dialog" aria-modal="true" aria-labelledby="saved-title" ref={node}>
                <form onsubmit={submit} novalidate=true>
                    <header><h2 class="grow" id="saved-title">{ words.get(title) }</h2><button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} title={format!("{} (Esc)", words.get("desk-close"))} onclick={on_close.clone()}>{ icon("x") }</button></header>
                    <div class="in">
                        <label class="label" for={NAME}>{ words.get("desk-saved-name") }</label>
                        <input id={NAME} name="view" class={classes!("form-control", wrong.is_some().then_some("is-invalid"))} autocomplete="off" spellcheck="false" placeholder={words.get("desk-saved-example")} value={form.name.clone()} oninput={typed} aria-invalid={wrong.is_some().to_string()} aria-describedby="saved-said" />
                        <div id="saved-said" aria-live="polite">if let Some(wrong) = wrong { <p class="field-said">{ icon14("warn") }<span>{ wrong }</span></p> }</div>
                        if form.view.is_none() {
                            <span class="label" id="saved-for">{ words.get("desk-saved-for") }</span>
                            <span class="seg" role="radiogroup" aria-labelledby="saved-for">{ for choices }</span>
                            <p class="meta">{ words.get(hint) }</p>
                        }
                    </div>
                    <footer>
                        <button type="button" class="btn btn-outline-secondary" onclick={on_close}>{ words.get("desk-cancel") }</button>
                        <button type="submit" id="saved-submit" class="btn btn-primary">{ words.get("desk-saved-keep") }<span class="keys"><kbd>{ "↵" }</kbd></span></button>
                    </footer>
                </form>
            </div>
        </div>
    }
}
