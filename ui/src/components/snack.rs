//! The snack: what was just done, bottom left, ten seconds, with a way back.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::store::Action;
use crate::store::snack;
use crate::words::use_words;

/// What was just done.
#[component]
pub(crate) fn Snack() -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    let serial = store.snacks.serial;
    {
        let send = store.dispatcher();
        use_effect_with((serial, store.snacks.stays_ms()), move |(serial, stays_ms)| {
            let serial = *serial;
            let over = Timeout::new(*stays_ms, move || {
                send.dispatch(Action::Snack(snack::Action::Over(serial)));
            });
            move || drop(over)
        });
    }
    // The region stays, so that what appears in it is read out.
    let shown = store.snacks.shown.as_ref().map(|(sentence, undo)| {
        let args: Vec<_> = sentence
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().into()))
            .collect();
        let back = undo.clone().map(|undo| {
            let (store, pen) = (store.clone(), pen.clone());
            let on_click = Callback::from(move |_: MouseEvent| {
                store.dispatch(Action::Snack(snack::Action::Undone));
                acts::undo(&store, &pen, undo.clone());
            });
            html! { <button type="button" class="btn btn-xs" onclick={on_click}>{ words.get("desk-undo") }<kbd>{ "Ctrl Z" }</kbd></button> }
        });
        html! { <div class={classes!("snack", back.is_none().then_some("bare"))}><span>{ words.with(&sentence.key, &args) }</span>{ back }</div> }
    });
    html! { <div class="snack-at" role="status">{ shown }</div> }
}
