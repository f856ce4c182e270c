//! Filters: what narrows a list, which is what can be typed into a search. A menu in two steps (by what, then which), and a removable chip for each piece.

use chrono::NaiveDate;
use gemilang_locales::dates;
use gemilang_protocol::desk::asked::spelled::{self, Operator, State};
use gemilang_protocol::desk::asked::tokens::{Kind, tokens};
use gemilang_protocol::desk::asked::{Asked, Whose, dropped, written};
use gemilang_protocol::desk::views::Inbox;
use gemilang_protocol::{Category, Person, PersonRef, Priority, Status};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{Send, use_store};
use crate::components::avatar;
use crate::components::icon::{category_icon, icon, icon12, priority_glyph, status_glyph};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::saved_views::Keep;
use crate::names;
use crate::reads::read_tags;
use crate::store::navigation::Page;
use crate::store::{Action, Desk, list};
use crate::words::{Words, use_words};

const BY: [(Operator, &str); 5] = [
    (Operator::Status, "desk-status"),
    (Operator::Priority, "desk-priority"),
    (Operator::Category, "desk-category"),
    (Operator::Assignee, "desk-assignee"),
    (Operator::Label, "desk-tags"),
];

/// Tags in the menu; all others can be typed.
const MOST_TAGS: usize = 12;

fn by_glyph(by: Operator) -> Html {
    match by {
        Operator::Status => status_glyph(Status::InProgress),
        Operator::Priority => priority_glyph(Priority::High),
        Operator::Category => icon("list"),
        Operator::Label => icon("tag"),
        _ => icon("user"),
    }
}

/// An operator and its value as they are typed in the language of the screen.
fn typed(operator: Operator, value: &str, words: Words) -> String {
    written(operator.spelled().word(words.is_english()), value)
}

/// A status as it is typed.
pub(crate) fn typed_status(status: Status, words: Words) -> String {
    typed(Operator::Status, spelled::status(status).word(words.is_english()), words)
}

#[derive(Properties, PartialEq)]
pub(crate) struct FilterMenuProps {
    /// Where it hangs.
    pub anchor: Anchor,
    /// Done.
    pub on_close: Callback<()>,
}

/// The menu that narrows the list.
#[component]
pub(crate) fn FilterMenu(props: &FilterMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let by = use_state(|| None::<Operator>);
    {
        let send = store.dispatcher();
        use_effect_with((), |()| read_tags(send));
    }
    let by_what: Vec<_> = BY.iter().filter(|(by, _)| *by != Operator::Label || !store.tags.is_empty()).collect();
    let Some(chosen) = *by else {
        let options = by_what
            .iter()
            .map(|(by, key)| Opt { glyph: by_glyph(*by), text: words.get(key), leads_on: true, ..Opt::default() })
            .collect::<Vec<_>>();
        let kinds: Vec<_> = by_what.iter().map(|(by, _)| *by).collect();
        let on_choose = Callback::from(move |at: usize| by.set(Some(kinds[at])));
        return html! { <Menu key="by" anchor={props.anchor} label={words.get("desk-filter")} {options} {on_choose} on_close={props.on_close.clone()} width={212} /> };
    };
    let choices = choices(chosen, &store, words);
    let label = BY.iter().find(|(by, _)| *by == chosen).map(|(_, key)| words.get(key)).unwrap_or_default();
    let on_choose = {
        let filters: Vec<_> = choices.iter().map(|(filter, _)| filter.clone()).collect();
        let (send, close) = (store.dispatcher(), props.on_close.clone());
        Callback::from(move |at: usize| {
            send.dispatch(Action::List(list::Action::Filter(chosen, filters[at].clone())));
            close.emit(());
        })
    };
    let options: Vec<_> = choices.into_iter().map(|(_, option)| option).collect();
    html! { <Menu key="which" anchor={props.anchor} {label} {options} {on_choose} on_close={props.on_close.clone()} width={236} /> }
}

/// All active tickets of somebody.
pub(crate) fn show_tickets_of(send: &Send, name: &str, words: Words) {
    send.dispatch(Action::Go(Page::Inbox(Inbox::Active)));
    send.dispatch(Action::List(list::Action::Filter(Operator::Assignee, Some(typed(Operator::Assignee, name, words)))));
}

/// The choices of one step, as they are typed; the present one, chosen again, is dropped.
fn choices(by: Operator, desk: &Desk, words: Words) -> Vec<(Option<String>, Opt)> {
    let asked = desk.list.asked();
    let english = words.is_english();
    let choice = |value: &str, glyph: Html, text: String, is_on: bool| {
        ((!is_on).then(|| typed(by, value, words)), Opt { glyph, text, is_on, ..Opt::default() })
    };
    match by {
        Operator::Status => Status::ALL
            .iter()
            .map(|it| {
                let value = spelled::status(*it).word(english);
                choice(value, status_glyph(*it), words.status(*it), asked.statuses == [*it])
            })
            .collect(),
        Operator::Priority => Priority::ALL
            .iter()
            .rev()
            .map(|it| {
                let value = spelled::priority(*it).word(english);
                choice(value, priority_glyph(*it), words.priority(*it), asked.priorities == [*it])
            })
            .collect(),
        Operator::Category => Category::ALL
            .iter()
            .map(|it| {
                let value = spelled::category(*it).word(english);
                choice(value, icon(category_icon(*it)), words.category(*it), asked.categories == [*it])
            })
            .collect(),
        Operator::Label => desk
            .tags
            .iter()
            .take(MOST_TAGS)
            .map(|tag| choice(tag, icon("tag"), tag.clone(), asked.tags == [tag.as_str()]))
            .collect(),
        _ => {
            let nobody = choice(
                spelled::nobody().word(english),
                html! { <span class="av av-none av-sm"></span> },
                words.get("desk-view-unassigned"),
                asked.assignees == [Whose::Nobody],
            );
            let people = mine_first(&desk.staff, desk.me()).into_iter().map(|person| {
                let who = PersonRef { id: person.id, name: person.name.clone() };
                let is_me = Some(person.id) == desk.me();
                let value = if is_me { spelled::mine().word(english) } else { &person.name };
                let is_on = match &*asked.assignees {
                    [Whose::Mine] => is_me,
                    [Whose::Named(name)] => *name == person.name,
                    _ => false,
                };
                choice(value, avatar::staff_beside(&who, "av-sm"), person.name.clone(), is_on)
            });
            std::iter::once(nobody).chain(people).collect()
        }
    }
}

/// The staff that can have tickets, oneself first.
pub(crate) fn mine_first(staff: &[Person], me: Option<Uuid>) -> Vec<&Person> {
    let mut people: Vec<_> = staff.iter().filter(|person| person.active).collect();
    people.sort_by_key(|person| (Some(person.id) != me, person.name.to_lowercase()));
    people
}

#[derive(Properties, PartialEq)]
pub(crate) struct ChipsProps {
    /// Opens the menu that narrows the list.
    pub on_more: Callback<MouseEvent>,
}

/// What narrows the list now, each removable, and the way to narrow it further.
#[component]
pub(crate) fn Chips(props: &ChipsProps) -> Html {
    let store = use_store();
    let words = use_words();
    let q = store.list.query.q.as_str();
    let today = words.zone.day(store.now);
    let set = pieces(q, today, &store.staff, words);
    let set = set.into_iter().map(|(text, places)| (text, list::Action::Search(dropped(q, &places))));
    let chips: Vec<_> = set
        .map(|(text, action)| {
            let send = store.dispatcher();
            let drop_it = Callback::from(move |_: MouseEvent| send.dispatch(Action::List(action.clone())));
            let label = words.with("desk-filter-drop", &[("name", text.as_str().into())]);
            html! { <button type="button" class="chip is-on" onclick={drop_it} aria-label={label}>{ text }{ icon12("x") }</button> }
        })
        .collect();
    html! {
        <div class="chips">
            { for chips }
            <button type="button" class="chip chip-add" aria-haspopup="menu" title={format!("{} (F)", words.get("desk-filter"))} onclick={props.on_more.clone()}>{ icon12("plus") }{ words.get("desk-filter") }</button>
            <Keep />
        </div>
    }
}

/// What is asked for, piece by piece in words, and where each stands in what was typed; the words to be found are one piece.
fn pieces(q: &str, today: NaiveDate, staff: &[Person], words: Words) -> Vec<(String, Vec<usize>)> {
    let mut pieces = Vec::new();
    let mut found: (Vec<&str>, Vec<usize>) = Default::default();
    for token in tokens(q) {
        match &token.kind {
            Kind::Operator(operator, value) => {
                pieces.push((told(*operator, value, token.text, today, staff, words), vec![token.at]));
            }
            Kind::Without(word) => {
                pieces.push((words.with("desk-chip-without", &[("word", word.as_str().into())]), vec![token.at]));
            }
            Kind::Nothing | Kind::Turned(_) => {}
            Kind::Word | Kind::Exact(_) | Kind::Unknown(_) => {
                found.0.push(token.text);
                found.1.push(token.at);
            }
        }
    }
    if !found.0.is_empty() {
        pieces.insert(0, (format!("“{}”", found.0.join(" ")), found.1));
    }
    pieces
}

/// An operator in words; one that cannot be read as it was typed.
fn told(operator: Operator, value: &str, text: &str, today: NaiveDate, staff: &[Person], words: Words) -> String {
    let asked = Asked::read(&format!("{text} "), today);
    let day =
        |key: &str, day: NaiveDate| words.with(key, &[("day", dates::day_short(today, day, words.language).into())]);
    let told = match operator {
        Operator::Status => match &*asked.statuses {
            [status] => Some(words.status(*status)),
            [] => None,
            _ => Some(words.get("desk-chip-active")),
        },
        Operator::Priority => asked.priorities.first().map(|it| words.priority(*it)),
        Operator::Category => asked.categories.first().map(|it| words.category(*it)),
        Operator::Assignee => asked.assignees.first().map(|whose| match whose {
            Whose::Mine => words.get("desk-search-me"),
            Whose::Nobody => words.get("desk-view-unassigned"),
            Whose::Named(name) => staff
                .iter()
                .find(|person| Whose::is_called(&person.name, name))
                .map_or_else(|| name.clone(), |person| names::short(&person.name)),
        }),
        Operator::Is => asked.states.first().map(|state| words.get(state_key(*state))),
        Operator::From => Some(words.with("desk-chip-from", &[("name", value.into())])),
        Operator::Venue => Some(words.with("desk-chip-venue", &[("name", value.into())])),
        Operator::Label => {
            asked.tags.first().map(|tag| words.with("desk-chip-label", &[("name", tag.as_str().into())]))
        }
        Operator::Event => asked.event.map(|(first, last)| {
            let key = if first == last { "desk-chip-event" } else { "desk-chip-event-until" };
            words.with(key, &[("day", dates::date_short(last, words.language).into())])
        }),
        Operator::Since => asked.since.map(|it| day("desk-chip-since", it)),
        Operator::Until | Operator::Before => asked.until.map(|it| day("desk-chip-until", it)),
    };
    told.unwrap_or_else(|| text.to_owned())
}

const fn state_key(state: State) -> &'static str {
    match state {
        State::Unread => "desk-chip-unread",
        State::Unsent => "desk-chip-unsent",
        State::Held => "desk-chip-held",
        State::Failed => "desk-chip-failed",
    }
}
