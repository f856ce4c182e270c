//! The frame after sign-in: nav, the page, the menus of the open ticket, the keys, the snack.

use gemilang_protocol::PersonRef;
use gemilang_protocol::desk::views::{OpState, OutboxItem};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent as Key;
use yew::prelude::*;

use crate::acts::{self, Pen, Store, use_pen, use_store};
use crate::browser::{self, use_window_event};
use crate::components::list_pane::FILTER;
use crate::components::menu::Anchor;
use crate::components::nav::Nav;
use crate::components::snack::Snack;
use crate::components::thread::FLOW;
use crate::components::ticket_menus::{Kind, TicketMenu};
use crate::pages::alerts::Alerts;
use crate::pages::dashboard::Dashboard;
use crate::pages::notices::Notices;
use crate::pages::outbox::Outbox;
use crate::pages::search::Search;
use crate::pages::workspace::Workspace;
use crate::store::composer::{self, Mode};
use crate::store::navigation::Page;
use crate::store::outbox::{self, Choice, Place, choices};
use crate::store::{Action, list, snack};

/// The frame.
#[component]
pub(crate) fn Shell() -> Html {
    let store = use_store();
    let pen = use_pen();
    let menu = use_state(|| None::<(Kind, Anchor)>);
    let on_menu = use_callback((), {
        let menu = menu.setter();
        move |open, ()| menu.set(Some(open))
    });
    let on_close = {
        let menu = menu.clone();
        Callback::from(move |()| menu.set(None))
    };
    {
        let (store, on_menu) = (store.clone(), on_menu.clone());
        use_window_event("keydown", move |event| {
            if let Ok(event) = event.dyn_into::<Key>() {
                key(&event, &store, &pen, &on_menu);
            }
        });
    }
    let open = (*menu).map(|(kind, _)| kind);
    let (class, page) = match store.place.page {
        Page::Dashboard => (Some("wide"), html! { <Dashboard /> }),
        Page::Inbox(_) => (None, html! { <Workspace {open} on_menu={on_menu.clone()} /> }),
        Page::Outbox => (Some("two"), html! { <Outbox on_menu={on_menu.clone()} /> }),
        Page::Search => (Some("wide"), html! { <Search /> }),
        Page::Alerts => (Some("wide"), html! { <Alerts /> }),
    };
    let thread = store.open.here().filter(|_| store.place.page.has_thread()).cloned();
    html! {
        <div class="shell">
            <Notices />
            <div class={classes!("desk", class)}><Nav />{ page }</div>
            if let (Some((kind, anchor)), Some(thread)) = (*menu, thread) {
                <TicketMenu {kind} {anchor} {thread} {on_close} />
            }
            <Snack />
        </div>
    }
}

/// One key, outside of fields and menus.
fn key(event: &Key, store: &Store, pen: &Pen, on_menu: &Callback<(Kind, Anchor)>) {
    if event.default_prevented() || event.is_composing() || browser::by_id("confirm-title").is_some() {
        return;
    }
    let send = store.dispatcher();
    let name = event.key();
    if (event.ctrl_key() || event.meta_key()) && name.eq_ignore_ascii_case("z") && !browser::is_typing() {
        if let Some((_, Some(undo))) = store.snacks.shown {
            event.prevent_default();
            send.dispatch(Action::Snack(snack::Action::Close));
            acts::undo(store, pen, undo);
        }
        return;
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() || browser::is_typing() {
        return;
    }
    let in_list = store.place.is_inbox();
    let lower = name.to_lowercase();
    let done = match lower.as_str() {
        "/" => {
            send.dispatch(Action::Seek);
            true
        }
        "j" | "arrowdown" | "k" | "arrowup" if in_list => {
            let in_flow = browser::focused().is_some_and(|it| it.id() == FLOW) && name.starts_with("Arrow");
            if !in_flow {
                let by = if lower == "j" || lower == "arrowdown" { 1 } else { -1 };
                send.dispatch(Action::List(list::Action::Move(by)));
            }
            !in_flow
        }
        "j" | "arrowdown" | "k" | "arrowup" if store.place.page == Page::Outbox => {
            let in_flow = browser::focused().is_some_and(|it| it.id() == FLOW) && name.starts_with("Arrow");
            if !in_flow {
                let by = if lower == "j" || lower == "arrowdown" { 1 } else { -1 };
                send.dispatch(Action::Outbox(outbox::Action::Move(by)));
            }
            !in_flow
        }
        "f" if in_list => {
            if let Some(button) = browser::by_id(FILTER).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
                button.click();
            }
            true
        }
        // What rings comes before what is open.
        "t" if let Some((ring, _)) = store.alerts.rings() => {
            acts::take_ringing(store, ring);
            true
        }
        "escape" => {
            escape(store);
            true
        }
        _ => ticket_key(lower.as_str(), store, pen, on_menu),
    };
    if done {
        event.prevent_default();
    }
}

/// Back: the drawer closes, a hit leads back to the hits, the keyboard returns to the list.
fn escape(store: &Store) {
    if store.place.drawer {
        store.dispatch(Action::Drawer(false));
    } else if store.place.from_search || store.place.page == Page::Search {
        store.dispatch(Action::Back);
    } else if store.place.is_inbox() && store.list.selected.is_some() {
        store.dispatch(Action::List(list::Action::Move(0)));
    }
}

/// A key about the open ticket. True when it did something.
fn ticket_key(name: &str, store: &Store, pen: &Pen, on_menu: &Callback<(Kind, Anchor)>) -> bool {
    if !store.place.page.has_thread() {
        return false;
    }
    let Some(thread) = store.open.here().cloned() else {
        return false;
    };
    let send = store.dispatcher();
    let ticket = &thread.ticket;
    let hang = |kind: Kind| {
        let button = kind.anchors().into_iter().find_map(browser::visible);
        if let Some(button) = &button {
            on_menu.emit((kind, Anchor::of(button)));
        }
        button.is_some()
    };
    match name {
        "t" => {
            let who = store.session.who.as_ref().map(|who| PersonRef { id: who.user.id, name: who.user.name.clone() });
            acts::assign(send, ticket.id, ticket.assigned_to, who, store.me());
            true
        }
        "r" => {
            pen.dispatch(composer::Action::Mode(Mode::Reply));
            true
        }
        "n" => {
            pen.dispatch(composer::Action::Mode(Mode::Note));
            true
        }
        "e" => {
            // In the outbox the item the keyboard stands on, else the held reply, else the newest words that can be changed.
            let can =
                |item: &&OutboxItem| choices(item).iter().any(|choice| matches!(choice, Choice::Edit | Choice::EditOn));
            let (item, place) = if store.place.page == Page::Outbox {
                (store.outbox.standing_on().filter(can), Place::Outbox)
            } else {
                let held = thread.unsent.iter().find(|item| item.state == OpState::Held);
                (held.or_else(|| thread.unsent.iter().rfind(can)), Place::Thread)
            };
            if let Some(item) = item {
                acts::edit(send, item, place);
            }
            item.is_some()
        }
        "s" => hang(Kind::Status),
        "p" => hang(Kind::Priority),
        "a" => hang(Kind::Assign),
        "i" => {
            send.dispatch(Action::Drawer(!store.place.drawer));
            true
        }
        _ => false,
    }
}
