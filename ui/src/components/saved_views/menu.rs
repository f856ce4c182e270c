//! What can be done with the open view: keep what was changed, put it back, call it otherwise, delete it. And the button that keeps a narrowed list.

use gemilang_protocol::desk::views::{SavedViewRow, Sort};
use yew::prelude::*;

use crate::acts::{Store, use_store};
use crate::browser;
use crate::components::icon::{icon, icon12};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::saved_views;
use crate::store::Action;
use crate::words::{Words, use_words};

/// The button in the head of the list.
const VIEW: &str = "saved-view";
/// The button beside the filters.
const KEEP: &str = "saved-keep";

/// What a line of the menu does.
#[derive(Clone, Copy, PartialEq)]
enum Do {
    Save,
    New,
    Back,
    Rename,
    Again,
    GiveUp,
    Delete,
}

/// What can be done with the open view now.
fn can(row: &SavedViewRow, is_changed: bool) -> Vec<Do> {
    let mut all = Vec::new();
    if row.refused.is_some() {
        all.extend([Do::Again, Do::GiveUp]);
    }
    if is_changed {
        if row.may_change {
            all.push(Do::Save);
        }
        all.extend([Do::New, Do::Back]);
    }
    if row.may_change {
        all.extend([Do::Rename, Do::Delete]);
    }
    all
}

fn option(what: Do, row: &SavedViewRow, words: Words) -> Opt {
    let (glyph, key) = match what {
        Do::Save => ("check", "desk-saved-changes"),
        Do::New => ("plus", "desk-saved-new"),
        Do::Back => ("undo", "desk-saved-back"),
        Do::Rename => ("edit", "desk-saved-rename"),
        Do::Again => ("refresh", "desk-saved-again"),
        Do::GiveUp => ("x", "desk-saved-give-up"),
        Do::Delete => ("trash", "desk-saved-delete"),
    };
    let is_delete = what == Do::Delete;
    Opt {
        glyph: icon(glyph),
        text: words.get(key),
        meta: (is_delete && row.shared).then(|| words.get("desk-saved-delete-all")),
        danger: is_delete,
        ..Opt::default()
    }
}

fn perform(what: Do, row: &SavedViewRow, store: &Store) {
    let send = store.dispatcher();
    match what {
        Do::Save => saved_views::save_changes(store),
        Do::New => saved_views::name(&send, &store.list.query),
        Do::Back => send.dispatch(Action::OpenView(row.id)),
        Do::Rename => saved_views::rename(&send, row),
        Do::Again => saved_views::settle(send, row.id, true),
        Do::GiveUp => saved_views::settle(send, row.id, false),
        Do::Delete => saved_views::delete(send, row),
    }
}

#[derive(Properties, PartialEq)]
struct ViewMenuProps {
    anchor: Anchor,
    row: SavedViewRow,
    on_close: Callback<()>,
}

#[component]
fn ViewMenu(props: &ViewMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let all = can(&props.row, store.saved.changed(&store.list.query).is_some());
    let options: Vec<_> = all.iter().map(|what| option(*what, &props.row, words)).collect();
    let on_choose = {
        let (store, row, close) = (store.clone(), props.row.clone(), props.on_close.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            perform(all[at], &row, &store);
        })
    };
    let label = words.with("desk-saved-menu", &[("name", props.row.name.as_str().into())]);
    html! { <Menu anchor={props.anchor} {label} {options} {on_choose} on_close={props.on_close.clone()} width={232} /> }
}

/// The button of the open view, in the head of its list.
#[component]
pub(crate) fn ViewButton() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let Some(row) = store.saved.opened().cloned() else { return Html::default() };
    if can(&row, store.saved.changed(&store.list.query).is_some()).is_empty() {
        return Html::default();
    }
    let open = {
        let menu = menu.clone();
        Callback::from(move |_: MouseEvent| menu.set(browser::by_id(VIEW).map(|it| Anchor::of(&it))))
    };
    let on_close = {
        let menu = menu.clone();
        move |()| menu.set(None)
    };
    let label = words.with("desk-saved-menu", &[("name", row.name.as_str().into())]);
    html! {
        <>
            <button type="button" id={VIEW} class={classes!("btn", "btn-icon", menu.is_some().then_some("is-open"))} aria-haspopup="menu" aria-expanded={menu.is_some().to_string()} aria-label={label.clone()} title={label} onclick={open}>{ icon("more") }</button>
            if let Some(anchor) = *menu { <ViewMenu {anchor} {row} {on_close} /> }
        </>
    }
}

/// Keeps what narrows the list: at once under a new name, or by the menu of the open view that was changed.
#[component]
pub(crate) fn Keep() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let list = &store.list;
    let changed = store.saved.changed(&list.query).cloned();
    let is_kept = store.saved.opened().is_some() && changed.is_none();
    if is_kept || !list.is_narrowed() && list.query.sort == Sort::Latest && changed.is_none() {
        return Html::default();
    }
    let press = {
        let (store, menu, has_menu) = (store.clone(), menu.clone(), changed.is_some());
        Callback::from(move |_: MouseEvent| {
            if has_menu {
                menu.set(browser::by_id(KEEP).map(|it| Anchor::of(&it)));
            } else {
                saved_views::name(&store.dispatcher(), &store.list.query);
            }
        })
    };
    let on_close = {
        let menu = menu.clone();
        move |()| menu.set(None)
    };
    let hint = words.get(if changed.is_some() { "desk-saved-changed" } else { "desk-saved-keep-hint" });
    html! {
        <>
            <button type="button" id={KEEP} class="chip chip-add" aria-haspopup={if changed.is_some() { "menu" } else { "dialog" }} aria-expanded={changed.is_some().then(|| menu.is_some().to_string())} title={hint} onclick={press}>{ icon12("mark") }{ words.get("desk-saved-keep") }if changed.is_some() { { icon12("cd") } }</button>
            if let (Some(anchor), Some(row)) = (*menu, changed) { <ViewMenu {anchor} {row} {on_close} /> }
        </>
    }
}
