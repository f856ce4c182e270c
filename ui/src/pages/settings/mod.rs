//! Settings: what one chose, for oneself and for this computer. All parts stand on one page; the navigation beside it leads to each.

/// What is kept here, and the facts for whoever helps.
mod about;
/// Name, password, sessions.
mod account;
/// Theme, contrast, size, motion.
mod appearance;
/// Server, language, start.
mod general;

use gemilang_protocol::desk::commands::SetSettings;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use self::about::About;
use self::account::Account;
use self::appearance::Appearance;
use self::general::General;
use crate::acts::{self, use_store};
use crate::browser;
use crate::components::icon::icon;
use crate::components::ringer::Ringer;
use crate::store::Action;
use crate::store::navigation::{Page, Part};
use crate::store::palette::{self, Over};
use crate::words::use_words;

/// How far under the upper edge a part counts as the one that is read, in pixels.
const NEAR: f64 = 96.0;

#[derive(Properties, PartialEq)]
pub(crate) struct SettingsProps {
    /// Which part was asked for.
    pub part: Part,
}

/// The page.
#[component]
pub(crate) fn Settings(props: &SettingsProps) -> Html {
    let store = use_store();
    let page = use_node_ref();
    let at = use_state(|| props.part);
    // Where a jump ended: the last part may not reach the upper edge, and is the one that was asked for all the same.
    let jumped = use_mut_ref(|| 0);
    {
        let (page, at, jumped) = (page.clone(), at.setter(), jumped.clone());
        use_effect_with(props.part, move |part| {
            jump(&page, *part);
            *jumped.borrow_mut() = top(&page);
            at.set(*part);
        });
    }
    let on_part = {
        let (send, page, at, jumped) = (store.dispatcher(), page.clone(), at.setter(), jumped.clone());
        Callback::from(move |to: Part| {
            send.dispatch(Action::Go(Page::Settings(to)));
            jump(&page, to);
            *jumped.borrow_mut() = top(&page);
            at.set(to);
        })
    };
    let on_scroll = {
        let (page, at, jumped) = (page.clone(), at.setter(), jumped.clone());
        Callback::from(move |_: Event| {
            if top(&page) != *jumped.borrow() {
                *jumped.borrow_mut() = -1;
                at.set(read_now(&page));
            }
        })
    };
    html! {
        <>
            <SubNav at={*at} {on_part} />
            <main class="pane">
                <Ringer />
                <div class="scroll" ref={page} onscroll={on_scroll}><div class="set-page">
                    <General /><Account /><Appearance /><About />
                </div></div>
            </main>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct SubNavProps {
    /// The part that is read; none where something else is on screen.
    #[prop_or_default]
    pub at: Option<Part>,
    /// A part was chosen.
    pub on_part: Callback<Part>,
}

/// The parts, the pages beside them, and what is for admins only.
#[component]
pub(crate) fn SubNav(props: &SubNavProps) -> Html {
    let store = use_store();
    let words = use_words();
    let part = |to: Part| {
        let on = props.at == Some(to);
        let go = {
            let on_part = props.on_part.clone();
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                on_part.emit(to);
            })
        };
        html! {
            <a class={classes!("nav-item", on.then_some("is-on"))} href="#" data-part={to.id()} aria-current={on.then_some("true")} onclick={go}>
                { icon(to.icon()) }<span class="cut">{ words.get(to.key()) }</span>
            </a>
        }
    };
    let page = |to: Page, glyph: &'static str, key: &str| {
        let on = store.place.page == to;
        let go = {
            let send = store.dispatcher();
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                send.dispatch(Action::Go(to));
            })
        };
        html! {
            <a class={classes!("nav-item", on.then_some("is-on"))} href="#" aria-current={on.then_some("page")} onclick={go}>{ icon(glyph) }<span class="cut">{ words.get(key) }</span></a>
        }
    };
    let to_keys = {
        let send = store.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            send.dispatch(Action::Palette(palette::Action::Over(Some(Over::Keys))));
        })
    };
    html! {
        <nav class="pane subnav" aria-label={words.get("desk-settings")}>
            <div class="head"><h1>{ words.get("desk-settings") }</h1></div>
            { for [Part::General, Part::Account, Part::Appearance].map(part) }
            { page(Page::Alerts, "bell", "desk-alerts") }
            <a class="nav-item" href="#" data-part="keys" aria-haspopup="dialog" onclick={to_keys}>{ icon("keys") }<span class="cut">{ words.get("desk-keys") }</span></a>
            { part(Part::About) }
            if store.is_admin() {
                <div class="nav-title">{ words.get("desk-set-admins") }</div>
                { page(Page::Team, "users", "desk-team") }
                { page(Page::Hours, "clock", "desk-hours") }
            }
        </nav>
    }
}

/// Brings a part to the upper edge.
fn jump(page: &NodeRef, part: Part) {
    if part == Part::ALL[0] {
        if let Some(page) = page.cast::<Element>() {
            page.set_scroll_top(0);
        }
    } else if let Some(section) = browser::by_id(part.id()) {
        section.scroll_into_view();
    }
}

fn top(page: &NodeRef) -> i32 {
    page.cast::<Element>().map_or(0, |page| page.scroll_top())
}

/// The part that is read where the page stands now.
fn read_now(page: &NodeRef) -> Part {
    let Some(page) = page.cast::<Element>() else { return Part::default() };
    if page.scroll_top() + page.client_height() >= page.scroll_height() - 1 {
        return Part::About;
    }
    let edge = page.get_bounding_client_rect().top() + NEAR;
    let is_above =
        |part: &Part| browser::by_id(part.id()).is_some_and(|it| it.get_bounding_client_rect().top() <= edge);
    Part::ALL.into_iter().rfind(is_above).unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub(super) struct SwitchProps {
    /// The name of the field.
    pub name: &'static str,
    /// What it is about.
    pub text: String,
    /// What it means.
    #[prop_or_default]
    pub meta: Html,
    /// Whether it is on.
    pub on: bool,
    /// The change it asks for.
    pub set: Callback<bool, SetSettings>,
}

/// One line with a switch.
#[component]
pub(super) fn Switch(props: &SwitchProps) -> Html {
    let store = use_store();
    let onchange = {
        let (send, set) = (store.dispatcher(), props.set.clone());
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            acts::set(send.clone(), set.emit(field.checked()));
        })
    };
    html! {
        <label class="set-row">
            <span class="grow"><span>{ &props.text }</span><span class="meta">{ props.meta.clone() }</span></span>
            <input type="checkbox" class="switch" role="switch" name={props.name} aria-label={props.text.clone()} checked={props.on} {onchange} />
        </label>
    }
}
