//! Filters: what narrows a list. A menu in two steps (by what, then which), and a removable chip for each.

use gemilang_protocol::desk::views::{AssigneeFilter, TicketQuery};
use gemilang_protocol::{Category, Person, PersonRef, Priority, Status};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::use_store;
use crate::components::avatar;
use crate::components::icon::{category_icon, icon, icon12, priority_glyph, status_glyph};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::names;
use crate::store::list::{self, Filter};
use crate::store::{Action, Desk};
use crate::words::{Words, use_words};

/// By what a list can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Status,
    Priority,
    Category,
    Assignee,
}

const BY: [(By, &str); 4] = [
    (By::Status, "desk-status"),
    (By::Priority, "desk-priority"),
    (By::Category, "desk-category"),
    (By::Assignee, "desk-assignee"),
];

fn by_glyph(by: By) -> Html {
    match by {
        By::Status => status_glyph(Status::InProgress),
        By::Priority => priority_glyph(Priority::High),
        By::Category => icon("tag"),
        By::Assignee => icon("user"),
    }
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
    let by = use_state(|| None::<By>);
    let Some(chosen) = *by else {
        let options = BY
            .iter()
            .map(|(by, key)| Opt { glyph: by_glyph(*by), text: words.get(key), leads_on: true, ..Opt::default() })
            .collect::<Vec<_>>();
        let on_choose = Callback::from(move |at: usize| by.set(Some(BY[at].0)));
        return html! { <Menu key="by" anchor={props.anchor} label={words.get("desk-filter")} {options} {on_choose} on_close={props.on_close.clone()} width={212} /> };
    };
    let choices = choices(chosen, &store, words);
    let label = BY.iter().find(|(by, _)| *by == chosen).map(|(_, key)| words.get(key)).unwrap_or_default();
    let on_choose = {
        let filters: Vec<_> = choices.iter().map(|(filter, _)| *filter).collect();
        let (send, close) = (store.dispatcher(), props.on_close.clone());
        Callback::from(move |at: usize| {
            send.dispatch(Action::List(list::Action::Filter(filters[at])));
            close.emit(());
        })
    };
    let options: Vec<_> = choices.into_iter().map(|(_, option)| option).collect();
    html! { <Menu key="which" anchor={props.anchor} {label} {options} {on_choose} on_close={props.on_close.clone()} width={236} /> }
}

/// The choices of one step; the present one, chosen again, is dropped.
fn choices(by: By, desk: &Desk, words: Words) -> Vec<(Filter, Opt)> {
    let query = &desk.list.query;
    let choice = |glyph: Html, text: String, is_on: bool| Opt { glyph, text, is_on, ..Opt::default() };
    match by {
        By::Status => Status::ALL
            .iter()
            .map(|it| {
                let on = query.status == Some(*it);
                (Filter::Status((!on).then_some(*it)), choice(status_glyph(*it), words.status(*it), on))
            })
            .collect(),
        By::Priority => Priority::ALL
            .iter()
            .rev()
            .map(|it| {
                let on = query.priority == Some(*it);
                (Filter::Priority((!on).then_some(*it)), choice(priority_glyph(*it), words.priority(*it), on))
            })
            .collect(),
        By::Category => Category::ALL
            .iter()
            .map(|it| {
                let on = query.category == Some(*it);
                (Filter::Category((!on).then_some(*it)), choice(icon(category_icon(*it)), words.category(*it), on))
            })
            .collect(),
        By::Assignee => {
            let nobody = AssigneeFilter::Nobody;
            let on = query.assignee == Some(nobody);
            let mut choices = vec![(
                Filter::Assignee((!on).then_some(nobody)),
                choice(html! { <span class="av av-none av-sm"></span> }, words.get("desk-view-unassigned"), on),
            )];
            choices.extend(mine_first(&desk.staff, desk.me()).into_iter().map(|person| {
                let it = AssigneeFilter::Person(person.id);
                let on = query.assignee == Some(it);
                let who = PersonRef { id: person.id, name: person.name.clone() };
                (
                    Filter::Assignee((!on).then_some(it)),
                    choice(avatar::staff_beside(&who, "av-sm"), person.name.clone(), on),
                )
            }));
            choices
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
    let q = store.list.query.q.trim();
    let search = (!q.is_empty()).then(|| (format!("“{q}”"), list::Action::Search(String::new())));
    let filters = set(&store.list.query, &store.staff, words);
    let filters = filters.into_iter().map(|(text, filter)| (text, list::Action::Filter(filter)));
    let chips: Vec<_> = search
        .into_iter()
        .chain(filters)
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
        </div>
    }
}

fn set(query: &TicketQuery, staff: &[Person], words: Words) -> Vec<(String, Filter)> {
    let mut set = Vec::new();
    if let Some(status) = query.status {
        set.push((words.status(status), Filter::Status(None)));
    }
    if let Some(priority) = query.priority {
        set.push((words.priority(priority), Filter::Priority(None)));
    }
    if let Some(category) = query.category {
        set.push((words.category(category), Filter::Category(None)));
    }
    match query.assignee {
        Some(AssigneeFilter::Nobody) => set.push((words.get("desk-view-unassigned"), Filter::Assignee(None))),
        Some(AssigneeFilter::Person(id)) => {
            let name = staff.iter().find(|person| person.id == id).map(|person| names::short(&person.name));
            set.push((name.unwrap_or_else(|| words.get("desk-assignee")), Filter::Assignee(None)));
        }
        None => {}
    }
    set
}
