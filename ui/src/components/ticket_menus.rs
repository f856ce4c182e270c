//! The menus of a ticket: status (figures choose), priority, assignee, and the ways to send.

use std::rc::Rc;

use gemilang_protocol::desk::commands::SetSettings;
use gemilang_protocol::desk::views::{Thread, UNDO_SECONDS};
use gemilang_protocol::{Category, Internal, Person, PersonRef, Priority, Status, Time};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{self, use_pen, use_store};
use crate::browser;
use crate::components::around::{LinkMenu, MoreMenu, TagMenu};
use crate::components::avatar;
use crate::components::filters::mine_first;
use crate::components::icon::{category_icon, icon, priority_glyph, status_glyph};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::message_menu::MessageMenu;
use crate::components::order_menu::OrderMenu;
use crate::components::when_menu::WhenMenu;
use crate::later;
use crate::lookup;
use crate::store::Action;
use crate::store::deeds::{self, Deed};
use crate::store::navigation::Page;
use crate::store::snack::Sentence;
use crate::words::use_words;

/// Which menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its status.
    Status,
    /// Its priority.
    Priority,
    /// What it is about.
    Category,
    /// What can be done about its customer.
    Customer,
    /// Who has it.
    Assign,
    /// How to send.
    Send,
    /// When to send.
    Later,
    /// Until when not to see it.
    Snooze,
    /// What it is filed under.
    Tag,
    /// Which other ticket has to do with it.
    Link,
    /// Which order it is about.
    Order,
    /// What can be done with a message.
    Message(Uuid),
    /// What is done more seldom.
    More,
}

impl Kind {
    /// The elements it can hang from, the first one on screen wins.
    pub(crate) const fn anchors(self) -> [&'static str; 2] {
        match self {
            Self::Status => ["prop-status", "fact-status"],
            Self::Priority => ["prop-priority", "fact-priority"],
            Self::Category => ["prop-category", "fact-category"],
            Self::Order => ["prop-order", "act-more"],
            Self::Customer => ["act-customer", "act-customer"],
            Self::Assign => ["prop-assignee", "act-more"],
            Self::Tag => ["prop-tags", "act-more"],
            Self::Link => ["prop-links", "act-more"],
            Self::More | Self::Message(_) => ["act-more", "act-more"],
            Self::Send | Self::Later => ["send-more", "send-more"],
            Self::Snooze => ["act-snooze", "act-snooze"],
        }
    }
}

/// A click that opens a menu at its button.
pub(crate) fn opens(kind: Kind, on_menu: &Callback<(Kind, Anchor)>) -> Callback<MouseEvent> {
    let on_menu = on_menu.clone();
    Callback::from(move |event: MouseEvent| {
        if let Some(button) = browser::button(&event) {
            on_menu.emit((kind, Anchor::of(&button)));
        }
    })
}

/// Where the ways to send lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ways,
    Later,
    Undo,
}

#[derive(Properties, PartialEq)]
pub(crate) struct TicketMenuProps {
    /// Which menu.
    pub kind: Kind,
    /// Where it hangs.
    pub anchor: Anchor,
    /// The ticket.
    pub thread: Rc<Thread>,
    /// Opens another one in its place.
    pub on_menu: Callback<(Kind, Anchor)>,
    /// Done.
    pub on_close: Callback<()>,
}

/// A menu of a ticket.
#[component]
pub(crate) fn TicketMenu(props: &TicketMenuProps) -> Html {
    let store = use_store();
    let pen = use_pen();
    let words = use_words();
    // The second step of the ways to send.
    let step = use_state(|| Step::Ways);
    let event = props.thread.order.as_ref().map(|order| order.event_date);
    let ticket = &props.thread.ticket;
    let (id, send, close) = (ticket.id, store.dispatcher(), props.on_close.clone());
    let numbers = html! { <>{ words.get("desk-menu-numbers") }{ " " }<kbd>{ "Esc" }</kbd>{ " " }{ words.get("desk-menu-back") }</> };
    match props.kind {
        Kind::Status => {
            let from = ticket.status;
            let options = Status::ALL
                .iter()
                .map(|it| Opt {
                    glyph: status_glyph(*it),
                    text: words.status(*it),
                    is_on: *it == from,
                    ..Opt::default()
                })
                .collect::<Vec<_>>();
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                let to = Status::ALL[at];
                acts::set_status(send.clone(), id, from, to, words.status(to));
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-status")} {options} {on_choose} on_close={props.on_close.clone()} numbered=true foot={numbers} /> }
        }
        Kind::Priority => {
            let from = ticket.priority;
            let options = Priority::ALL
                .iter()
                .map(|it| Opt {
                    glyph: priority_glyph(*it),
                    text: words.priority(*it),
                    is_on: *it == from,
                    ..Opt::default()
                })
                .collect::<Vec<_>>();
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                let to = Priority::ALL[at];
                acts::set_priority(send.clone(), id, from, to, words.priority(to));
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-priority")} {options} {on_choose} on_close={props.on_close.clone()} numbered=true foot={numbers} width={216} /> }
        }
        Kind::Category => {
            let from = ticket.category;
            let options = Category::ALL
                .iter()
                .map(|it| Opt {
                    glyph: icon(category_icon(*it)),
                    text: words.category(*it),
                    is_on: *it == from,
                    ..Opt::default()
                })
                .collect::<Vec<_>>();
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                let to = Category::ALL[at];
                acts::set_category(send.clone(), id, from, to, words.category(to));
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-category")} {options} {on_choose} on_close={props.on_close.clone()} numbered=true foot={numbers} width={216} /> }
        }
        Kind::Customer => {
            let customer = ticket.customer.id;
            let person = props.thread.customer.clone();
            let mut options = vec![Opt { glyph: icon("list"), text: words.get("desk-customer-all"), ..Opt::default() }];
            if let Some(person) = &person {
                let (glyph, key) = if person.active { ("lock", "desk-block") } else { ("check", "desk-unblock") };
                options.push(Opt { glyph: icon(glyph), text: words.get(key), danger: person.active, ..Opt::default() });
            }
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                match &person {
                    Some(person) if at == 1 => lookup::ask(send.clone(), person),
                    _ => send.dispatch(Action::Go(Page::Customer(customer))),
                }
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-customer-deeds")} {options} {on_choose} on_close={props.on_close.clone()} width={216} /> }
        }
        Kind::Assign => {
            let (from, me) = (ticket.assigned_to, store.me());
            let people: Vec<Option<PersonRef>> = mine_first(&store.staff, me)
                .into_iter()
                .map(|person: &Person| Some(PersonRef { id: person.id, name: person.name.clone() }))
                .chain(from.is_some().then_some(None))
                .collect();
            let options = people
                .iter()
                .map(|person| match person {
                    Some(person) => Opt {
                        glyph: avatar::staff_beside(person, "av-sm"),
                        text: person.name.clone(),
                        meta: (Some(person.id) == me).then(|| words.get("desk-you")),
                        is_on: from == Some(person.id),
                        ..Opt::default()
                    },
                    None => Opt {
                        glyph: html! { <span class="av av-none av-sm"></span> },
                        text: words.get("desk-let-go"),
                        ..Opt::default()
                    },
                })
                .collect::<Vec<_>>();
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                acts::assign(send.clone(), id, from, people[at].clone(), me);
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-assign")} {options} {on_choose} on_close={props.on_close.clone()} width={236} /> }
        }
        Kind::Snooze => {
            let now = store.now;
            let on_choose = Callback::from(move |until: Option<Time>| {
                close.emit(());
                later::snooze(send.clone(), &[id], until, until.map(|until| words.ahead(now, until)));
            });
            html! { <WhenMenu anchor={props.anchor} label={words.get("desk-snooze-until")} now={store.now} {event} endless=true {on_choose} on_close={props.on_close.clone()} /> }
        }
        Kind::Tag => {
            html! { <TagMenu anchor={props.anchor} thread={props.thread.clone()} on_close={props.on_close.clone()} /> }
        }
        Kind::Link => {
            html! { <LinkMenu anchor={props.anchor} thread={props.thread.clone()} on_close={props.on_close.clone()} /> }
        }
        Kind::Order => {
            html! { <OrderMenu anchor={props.anchor} thread={props.thread.clone()} on_close={props.on_close.clone()} /> }
        }
        Kind::Message(message) => {
            html! { <MessageMenu anchor={props.anchor} thread={props.thread.clone()} {message} on_close={props.on_close.clone()} /> }
        }
        Kind::More => {
            html! { <MoreMenu anchor={props.anchor} thread={props.thread.clone()} on_menu={props.on_menu.clone()} on_close={props.on_close.clone()} /> }
        }
        Kind::Send | Kind::Later if props.kind == Kind::Later || *step == Step::Later => {
            let now = store.now;
            let on_choose = Callback::from(move |at: Option<Time>| {
                close.emit(());
                if let Some(at) = at {
                    later::send_later(send.clone(), &pen, at, words.ahead(now, at));
                }
            });
            html! { <WhenMenu anchor={props.anchor} label={words.get("desk-send-later")} now={store.now} {event} {on_choose} on_close={props.on_close.clone()} /> }
        }
        Kind::Send if *step == Step::Undo => {
            let seconds = store.session.settings.undo_seconds;
            let options = UNDO_SECONDS
                .iter()
                .map(|it| Opt {
                    glyph: icon("undo"),
                    text: words.with("desk-undo-seconds", &[("seconds", (*it).into())]),
                    is_on: *it == seconds,
                    ..Opt::default()
                })
                .collect::<Vec<_>>();
            let on_choose = Callback::from(move |at: usize| {
                close.emit(());
                acts::set(send.clone(), SetSettings { undo_seconds: Some(UNDO_SECONDS[at]), ..SetSettings::AS_IT_IS });
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-undo-send")} {options} {on_choose} on_close={props.on_close.clone()} width={276} foot={html! { words.get("desk-undo-send-foot") }} /> }
        }
        Kind::Send | Kind::Later => {
            let seconds = store.session.settings.undo_seconds;
            let full = ticket.internal.later.len() >= Internal::LATER_MOST;
            let options = vec![
                Opt {
                    glyph: status_glyph(Status::WaitingCustomer),
                    text: words.get("desk-send-wait"),
                    meta: Some(
                        words.with("desk-send-then", &[("status", words.status(Status::WaitingCustomer).into())]),
                    ),
                    keys: &["Ctrl", "Alt", "↵"],
                    ..Opt::default()
                },
                Opt {
                    glyph: status_glyph(Status::Resolved),
                    text: words.get("desk-send-resolve"),
                    meta: Some(words.with("desk-send-then", &[("status", words.status(Status::Resolved).into())])),
                    keys: &["Ctrl", "Shift", "↵"],
                    ..Opt::default()
                },
                Opt {
                    glyph: icon("clock"),
                    text: words.get("desk-send-later-more"),
                    meta: Some(words.get("desk-send-later-text")),
                    keys: deeds::keys(Deed::SendLater),
                    ..Opt::default()
                },
                Opt {
                    glyph: icon("undo"),
                    text: words.get("desk-undo-send"),
                    meta: Some(words.with("desk-undo-seconds", &[("seconds", seconds.into())])),
                    leads_on: true,
                    ..Opt::default()
                },
            ];
            let on_choose = Callback::from(move |at: usize| {
                if at == 2 && full {
                    close.emit(());
                    return acts::say(&send, Sentence::plain("error-too_many"), None);
                }
                if at >= 2 {
                    return step.set(if at == 2 { Step::Later } else { Step::Undo });
                }
                close.emit(());
                let then = if at == 0 { Status::WaitingCustomer } else { Status::Resolved };
                acts::submit(send.clone(), &pen, Some(then));
            });
            html! { <Menu anchor={props.anchor} label={words.get("desk-send-ways")} {options} {on_choose} on_close={props.on_close.clone()} width={376} /> }
        }
    }
}
