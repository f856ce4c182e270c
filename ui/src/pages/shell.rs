//! The frame after sign-in: nav, the page, the menus of the open ticket, the keys, the snack.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent as Key;
use yew::prelude::*;

use crate::acts::{use_pen, use_store};
use crate::browser::{self, use_window_event, use_window_event_at};
use crate::components::file_ticket::FileTicket;
use crate::components::keys::KeySheet;
use crate::components::menu::Anchor;
use crate::components::merge::MergeDialog;
use crate::components::nav::Nav;
use crate::components::palette::Palette;
use crate::components::saved_views::SaveForm;
use crate::components::snack::Snack;
use crate::components::thread::FLOW;
use crate::components::ticket_menus::{Kind, TicketMenu};
use crate::doing::Hands;
use crate::lookup::BlockAsk;
use crate::pages::alerts::Alerts;
use crate::pages::dashboard::Dashboard;
use crate::pages::lookup::{CustomerPage, LookUp, OrderPage};
use crate::pages::notices::Notices;
use crate::pages::outbox::Outbox;
use crate::pages::search::Search;
use crate::pages::settings::Settings;
use crate::pages::team::Team;
use crate::pages::workspace::Workspace;
use crate::store::deeds::{self, Deed, Pressed};
use crate::store::lookup::Kind as Looked;
use crate::store::navigation::Page;
use crate::store::palette::Over;
use crate::words::use_words;

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
    crate::filing::use_restored();
    let words = use_words();
    let hands = Hands { store: store.clone(), pen, words, on_menu: on_menu.clone() };
    {
        let hands = hands.clone();
        use_window_event_at("keydown", true, move |event| {
            if let Ok(event) = event.dyn_into::<Key>() {
                key(&event, true, &hands);
            }
        });
    }
    {
        let hands = hands.clone();
        use_window_event("keydown", move |event| {
            if let Ok(event) = event.dyn_into::<Key>() {
                key(&event, false, &hands);
            }
        });
    }
    // What is chosen in the palette is done with what is known once it is gone.
    let latest = use_mut_ref(|| hands.clone());
    *latest.borrow_mut() = hands;
    let on_deed = use_callback((), move |deed: Deed, ()| {
        let hands = latest.borrow().clone();
        hands.perform(deed);
    });
    let open = (*menu).map(|(kind, _)| kind);
    let (class, page) = match store.place.page {
        Page::Dashboard => (Some("wide"), html! { <Dashboard /> }),
        Page::Inbox(_) => (None, html! { <Workspace {open} on_menu={on_menu.clone()} /> }),
        Page::Outbox => (Some("two"), html! { <Outbox on_menu={on_menu.clone()} /> }),
        Page::Search => (Some("wide"), html! { <Search /> }),
        Page::Alerts => (Some("wide"), html! { <Alerts /> }),
        Page::Customers => (Some("wide"), html! { <LookUp kind={Looked::Customers} /> }),
        Page::Orders => (Some("wide"), html! { <LookUp kind={Looked::Orders} /> }),
        Page::Customer(id) => (Some("wide"), html! { <CustomerPage {id} /> }),
        Page::Order(id) => (Some("wide"), html! { <OrderPage {id} /> }),
        Page::Team | Page::Hours => (Some("set"), html! { <Team /> }),
        Page::Settings(part) => (Some("set"), html! { <Settings {part} /> }),
    };
    let thread = store.open.here().filter(|_| store.place.page.has_thread()).cloned();
    html! {
        <div class="shell">
            <Notices />
            <div class={classes!("desk", class)}><Nav />{ page }</div>
            if let (Some((kind, anchor)), Some(thread)) = (*menu, thread) {
                <div role="region" aria-label={words.get("desk-ticket-menu")}><TicketMenu {kind} {anchor} {thread} {on_close} on_menu={on_menu.clone()} /></div>
            }
            <BlockAsk />
            <Snack />
            if store.palette.open == Some(Over::Palette) { <Palette {on_deed} /> }
            if store.palette.open == Some(Over::Keys) { <KeySheet /> }
            if store.palette.open == Some(Over::File) { <FileTicket /> }
            if store.palette.open == Some(Over::View) { <SaveForm /> }
            if store.palette.open == Some(Over::Merge) { <MergeDialog /> }
        </div>
    }
}

/// One key. Those that fields have no use for are heard before any field keeps them; all others only where nobody writes.
fn key(event: &Key, first: bool, hands: &Hands) {
    if event.default_prevented() || event.is_composing() || browser::is_covered() {
        return;
    }
    let name = event.key();
    let pressed = Pressed {
        key: &name,
        ctrl: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
    };
    if first != pressed.leaves_fields() || (!first && browser::is_typing()) {
        return;
    }
    // In the conversation the arrows scroll.
    if name.starts_with("Arrow") && browser::focused().is_some_and(|it| it.id() == FLOW) {
        return;
    }
    if let Some(deed) = deeds::pressed(&hands.store, pressed)
        && hands.perform(deed)
    {
        event.prevent_default();
    }
}
