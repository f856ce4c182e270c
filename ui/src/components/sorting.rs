//! The menu by which a list is put in another order.

use gemilang_protocol::desk::views::Sort;
use yew::prelude::*;

use crate::acts::use_store;
use crate::components::icon::icon;
use crate::components::menu::{Anchor, Menu, Opt};
use crate::store::{Action, list};
use crate::words::use_words;

/// The key of an order's name.
pub(crate) const fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Latest => "desk-sort-latest",
        Sort::Waiting => "desk-sort-waiting",
        Sort::Filed => "desk-sort-filed",
        Sort::Priority => "desk-sort-priority",
    }
}

const fn sort_icon(sort: Sort) -> &'static str {
    match sort {
        Sort::Latest => "bolt",
        Sort::Waiting => "clock",
        Sort::Filed => "plus",
        Sort::Priority => "bell",
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct SortMenuProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// Done.
    pub on_close: Callback<()>,
}

/// The orders a list can stand in.
#[component]
pub(crate) fn SortMenu(props: &SortMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let now = store.list.query.sort;
    let options = Sort::ALL
        .iter()
        .map(|sort| Opt {
            glyph: icon(sort_icon(*sort)),
            text: words.get(sort_key(*sort)),
            is_on: *sort == now,
            ..Opt::default()
        })
        .collect::<Vec<_>>();
    let on_choose = {
        let (send, close) = (store.dispatcher(), props.on_close.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            send.dispatch(Action::List(list::Action::Sort(Sort::ALL[at])));
        })
    };
    html! { <Menu anchor={props.anchor} label={words.get("desk-sort")} {options} {on_choose} on_close={props.on_close.clone()} width={228} /> }
}
