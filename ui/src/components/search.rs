//! The way to the search, where people look for it: at the head of the nav.

use yew::prelude::*;

use crate::acts::use_store;
use crate::components::icon::icon;
use crate::store::Action;
use crate::store::navigation::Page;
use crate::words::use_words;

/// The button that looks like the field it leads to.
#[component]
pub(crate) fn Seek() -> Html {
    let store = use_store();
    let words = use_words();
    let on_click = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Seek))
    };
    let on = store.place.page == Page::Search;
    let label = words.get("desk-search-tickets");
    html! {
        <button type="button" class={classes!("nav-find", on.then_some("is-on"))} aria-current={on.then_some("page")} aria-label={label.clone()} title={format!("{label} (/)")} onclick={on_click}>
            { icon("search") }
            <span class="cut">{ label }</span>
            <kbd aria-hidden="true">{ "/" }</kbd>
        </button>
    }
}
