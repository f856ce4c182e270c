//! The root: holds the store and the composer, sets theme and language on the document, and chooses between sign-in and the desk.

use std::rc::Rc;

use gemilang_locales::Language;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::account;
use crate::acts::{self, Pen, Store, use_pen, use_store};
use crate::browser::{self, use_window_event_at};
use crate::pages::shell::Shell;
use crate::pages::sign_in::SignIn;
use crate::reads::{use_reads, use_start};
use crate::store::Desk;
use crate::store::composer::{self, Composer};
use crate::words::Words;

/// Draws the page into its place in index.html; the icons beside it stay.
pub fn start() {
    if let Some(place) = browser::by_id("app") {
        yew::Renderer::<App>::with_root(place).render();
    }
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let store = use_reducer(|| Desk::new(browser::now(), browser::zone()));
    let pen = use_reducer(Composer::default);
    let settings = &store.session.settings;
    let language = Language::from_tag(&settings.language).unwrap_or_default();
    let words = Words { language, zone: store.zone };
    use_start(&store.dispatcher());
    // Everywhere, also in a field and before anybody is signed in.
    let (send, size) = (store.dispatcher(), settings.text_size);
    use_window_event_at("keydown", true, move |event| {
        let Ok(key) = event.dyn_into::<KeyboardEvent>() else { return };
        if !(key.ctrl_key() || key.meta_key()) {
            return;
        }
        if key.key().eq_ignore_ascii_case("q") {
            key.prevent_default();
            acts::quit();
        } else if account::size_by_key(&send, &key.key(), size) {
            key.prevent_default();
        }
    });
    use_reads(&store);
    let looks = (settings.theme.clone(), settings.contrast, settings.reduce_motion);
    use_effect_with((language, looks), |(language, (theme, contrast, still))| {
        dress(*language, theme, *contrast, *still);
    });
    html! {
        <ContextProvider<Words> context={words}>
            <ContextProvider<Store> context={store}>
                <ContextProvider<Pen> context={pen}>
                    <Screen />
                </ContextProvider<Pen>>
            </ContextProvider<Store>>
        </ContextProvider<Words>>
    }
}

/// Sign-in, or the desk.
#[component]
fn Screen() -> Html {
    let store = use_store();
    let pen = use_pen();
    {
        let (before, pen) = (use_mut_ref(|| None), pen.dispatcher());
        use_effect_with(store.me(), move |me| {
            let before = before.replace(*me);
            if before.is_some() && before != *me {
                pen.dispatch(composer::Action::Forget);
            }
        });
    }
    // A ticket that comes on screen brings its draft.
    let here: Option<Rc<_>> = store.open.here().cloned();
    use_effect_with((store.open.ticket, here.as_ref().map(|thread| thread.ticket.id)), move |_| {
        pen.dispatch(match here {
            Some(thread) => composer::Action::Opened(thread),
            None => composer::Action::Closed,
        });
    });
    if !store.session.booted {
        return Html::default();
    }
    if store.session.who.is_none() || store.session.again {
        return html! { <SignIn /> };
    }
    html! { <Shell /> }
}

/// Looks and language on the document itself, so that CSS and screen readers follow.
fn dress(language: Language, theme: &str, contrast: bool, still: bool) {
    let Some(root) = browser::document().and_then(|document| document.document_element()) else {
        return;
    };
    let theme = match theme {
        "light" | "dark" => theme,
        _ => "auto",
    };
    drop(root.set_attribute("data-bs-theme", theme));
    drop(root.set_attribute("lang", language.tag()));
    // What is not chosen is left to the system.
    for (name, value, on) in [("data-contrast", "more", contrast), ("data-motion", "less", still)] {
        drop(if on { root.set_attribute(name, value) } else { root.remove_attribute(name) });
    }
}
