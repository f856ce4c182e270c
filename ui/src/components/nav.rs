//! The navigation: the person with their menu, the search, the pages and views with their counts, the status line.

use gemilang_locales::Language;
use gemilang_protocol::PersonRef;
use gemilang_protocol::desk::views::Inbox;
use yew::prelude::*;

use crate::account;
use crate::acts::{self, use_store};
use crate::browser;
use crate::components::avatar;
use crate::components::icon::{Brandmark, icon};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::saved_views::SavedNav;
use crate::components::search::Seek;
use crate::components::status_line::StatusLine;
use crate::doing;
use crate::names::initials;
use crate::store::navigation::{Page, Part, VIEWS, view_icon, view_key};
use crate::store::{Action, session};
use crate::words::{Words, use_words};

/// The navigation.
#[component]
pub(crate) fn Nav() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<Anchor>);
    let page = store.place.page;

    let go = |to: Page| {
        let send = store.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            send.dispatch(Action::Go(to));
        })
    };
    let item = |to: Page, class: Option<&'static str>, glyph: &'static str, name: String, count: Html| {
        // All settings are one place.
        let is_saved = matches!(to, Page::Inbox(_)) && store.saved.opened().is_some();
        let on = page == to && !is_saved
            || matches!(
                (page, to),
                (Page::Settings(_) | Page::Team | Page::Hours, Page::Settings(_))
                    | (Page::Customer(_), Page::Customers)
                    | (Page::Order(_), Page::Orders)
            );
        html! {
            <a class={classes!("nav-item", class, on.then_some("is-on"))} href="#" aria-current={on.then_some("page")} title={name.clone()} onclick={go(to)}>
                { icon(glyph) }<span class="cut">{ name }</span>{ count }
            </a>
        }
    };
    let views = VIEWS.iter().map(|inbox| {
        let count = store.place.count(*inbox);
        let urgent = *inbox == Inbox::Urgent && count.is_some_and(|count| count > 0);
        let count = match count {
            Some(count) if urgent => html! { <span class="count-urgent">{ words.number(count) }</span> },
            Some(count) => html! { <span class="count">{ words.number(count) }</span> },
            None => Html::default(),
        };
        item(Page::Inbox(*inbox), urgent.then_some("urgent"), view_icon(*inbox), words.get(view_key(*inbox)), count)
    });
    let unsent = store.place.counts.unsent;
    let unsent_count = if unsent > 0 {
        html! { <span class="count">{ words.number(unsent) }</span> }
    } else {
        Html::default()
    };
    let who = store.session.who.clone();
    let open = {
        let menu = menu.clone();
        Callback::from(move |event: MouseEvent| {
            menu.set(browser::button(&event).map(|it| Anchor::of(&it)));
        })
    };
    html! {
        <nav class="pane nav-pane" aria-label={words.get("desk-nav")}>
            <div class="head">
                <Brandmark />
                <span class="grow cut">{ "Gemilang Desk" }</span>
                if let Some(who) = &who {
                    <button type="button" class={classes!("btn", "btn-icon", menu.is_some().then_some("is-open"))} aria-haspopup="menu" aria-expanded={menu.is_some().to_string()} aria-label={words.with("desk-account", &[("initials", initials(&who.user.name).into()), ("name", who.user.name.as_str().into())])} title={who.user.name.clone()} onclick={open}>
                        { avatar::staff_beside(&PersonRef { id: who.user.id, name: who.user.name.clone() }, "") }
                    </button>
                }
            </div>
            <Seek />
            <div class="scroll nav-scroll">
                { item(Page::Dashboard, None, "dash", words.get("desk-dashboard"), Html::default()) }
                <div class="nav-title">{ words.get("desk-inbox") }</div>
                { for views }
                { item(Page::Outbox, (unsent > 0).then_some("warn"), "outbox", words.get("desk-outbox"), unsent_count) }
                <SavedNav />
                <div class="nav-title">{ words.get("desk-look-up") }</div>
                { item(Page::Customers, None, "users", words.get("desk-customers"), Html::default()) }
                { item(Page::Orders, None, "rings", words.get("desk-orders"), Html::default()) }
            </div>
            <div class="nav-foot">
                { item(Page::Alerts, None, "bell", words.get("desk-alerts"), duty_tag(words, &store)) }
                { item(Page::Settings(Part::General), None, "sliders", words.get("desk-settings"), Html::default()) }
                <StatusLine status={store.sync.status.clone()} />
            </div>
            if let Some(anchor) = *menu {
                <AccountMenu {anchor} on_close={let menu = menu.clone(); move |()| menu.set(None)} />
            }
        </nav>
    }
}

/// Whether what is urgent rings for whoever sits here.
fn duty_tag(words: Words, store: &acts::Store) -> Html {
    let duty = store.alerts.told.duty;
    if duty.is_on(store.now) {
        return html! { <span class="tagword success">{ words.get("desk-duty-on") }</span> };
    }
    let said = match duty.paused_until(store.now) {
        Some(until) => words.with("desk-duty-paused-short", &[("time", words.clock(until).into())]),
        None => words.get("desk-duty-off"),
    };
    html! { <span class="tagword">{ said }</span> }
}

#[derive(Properties, PartialEq)]
struct AccountProps {
    anchor: Anchor,
    on_close: Callback<()>,
}

#[component]
fn AccountMenu(props: &AccountProps) -> Html {
    let store = use_store();
    let words = use_words();
    let options = options(words, &store.session);
    let on_choose = {
        let (store, close) = (store.clone(), props.on_close.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            match at {
                0..=2 => doing::set(&store, None, Some(THEMES[at].0)),
                3 | 4 => doing::set(&store, Some(Language::ALL[at - 3].tag()), None),
                _ => account::sign_out(store.dispatcher(), false),
            }
        })
    };
    html! { <Menu anchor={props.anchor} label={words.get("desk-account-menu")} {options} {on_choose} on_close={props.on_close.clone()} width={216} /> }
}

/// The themes: word, icon, key of the name.
pub(crate) const THEMES: [(&str, &str, &str); 3] = [
    ("light", "sun", "desk-theme-light"),
    ("dark", "moon", "desk-theme-dark"),
    ("system", "screen", "desk-theme-system"),
];

fn options(words: Words, session: &session::Session) -> Vec<Opt> {
    let theme = match session.settings.theme.as_str() {
        "" => "system",
        theme => theme,
    };
    let mut options: Vec<_> = THEMES
        .iter()
        .map(|(name, glyph, key)| Opt {
            glyph: icon(glyph),
            text: words.get(key),
            is_on: theme == *name,
            ..Opt::default()
        })
        .collect();
    options[0].group = Some(words.get("desk-theme"));
    options.extend(Language::ALL.iter().enumerate().map(|(at, language)| Opt {
        glyph: icon("globe"),
        text: language.name().to_owned(),
        is_on: words.language == *language,
        group: (at == 0).then(|| words.get("desk-language")),
        ..Opt::default()
    }));
    let name = session.who.as_ref().map(|who| who.user.name.clone());
    options.push(Opt { glyph: icon("out"), text: words.get("desk-sign-out"), group: name, ..Opt::default() });
    options
}
