//! The way to every ticket and every deed, where people look for it: at the head of the nav.

use yew::prelude::*;

use crate::acts::use_store;
use crate::components::icon::icon;
use crate::components::keys::kbds;
use crate::store::Action;
use crate::store::deeds::{self, Deed};
use crate::store::palette::{self, Over};
use crate::words::use_words;

/// The button that looks like the field it leads to.
#[component]
pub(crate) fn Seek() -> Html {
    let store = use_store();
    let words = use_words();
    let on_click = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Palette(palette::Action::Over(Some(Over::Palette)))))
    };
    let label = words.get("desk-find");
    html! {
        <button type="button" class="nav-find" aria-haspopup="dialog" aria-keyshortcuts="Control+K" aria-label={label.clone()} title={format!("{label} (Ctrl K)")} onclick={on_click}>
            { icon("search") }
            <span class="cut">{ label }</span>
            <span aria-hidden="true">{ kbds(deeds::keys(Deed::Find)) }</span>
        </button>
    }
}
