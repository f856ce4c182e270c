//! The workspace: list, thread, side pane.

use yew::prelude::*;

use crate::acts::use_store;
use crate::components::empty::Empty;
use crate::components::list_pane::ListPane;
use crate::components::menu::Anchor;
use crate::components::side_pane::SidePane;
use crate::components::thread::Thread;
use crate::components::ticket_menus::Kind;
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub(crate) struct WorkspaceProps {
    /// Which menu is open.
    pub open: Option<Kind>,
    /// Opens a menu.
    pub on_menu: Callback<(Kind, Anchor)>,
}

/// The workspace.
#[component]
pub(crate) fn Workspace(props: &WorkspaceProps) -> Html {
    let store = use_store();
    let words = use_words();
    let hints = [
        (&["J", "K"][..], "desk-hint-move"),
        (&["↵"][..], "desk-hint-open"),
        (&["/"][..], "desk-hint-search"),
        (&["F"][..], "desk-hint-filter"),
    ];
    html! {
        <>
            <ListPane />
            <Thread on_menu={props.on_menu.clone()}>
                <div class="middle">
                    <Empty icon="chat" title={words.get("desk-choose")} text={store.sync.is_first().then(|| words.get("desk-choose-first"))}>
                        <dl class="hintkeys">
                            { for hints.iter().map(|(keys, hint)| html! {
                                <><dt><span class="keys">{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</span></dt><dd>{ words.get(hint) }</dd></>
                            }) }
                        </dl>
                    </Empty>
                </div>
            </Thread>
            if let Some(thread) = store.open.thread.clone() {
                <SidePane {thread} open={props.open} on_menu={props.on_menu.clone()} />
            }
        </>
    }
}
