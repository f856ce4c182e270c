//! The bulk bar: what can be done to all picked tickets at once. It stands where the chips stand, so that nothing moves.

use gemilang_protocol::{Person, PersonRef, Priority, Status, Time};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{self, Many, use_store};
use crate::browser;
use crate::components::avatar;
use crate::components::filters::mine_first;
use crate::components::icon::{icon14, priority_glyph, status_glyph};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::when_menu::WhenMenu;
use crate::later;
use crate::store::{Action, list};
use crate::words::use_words;

/// What is changed of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Assign,
    Status,
    Priority,
    Snooze,
}

/// The buttons' ids, by which keys press them.
pub(crate) const ASSIGN: &str = "bulk-assign";
pub(crate) const STATUS: &str = "bulk-status";
pub(crate) const PRIORITY: &str = "bulk-priority";
pub(crate) const SNOOZE: &str = "bulk-snooze";

/// The bulk bar.
#[component]
pub(crate) fn Bulk() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<(What, Anchor)>);
    let count = store.list.picks.count();
    let on_close = {
        let menu = menu.clone();
        Callback::from(move |()| menu.set(None))
    };
    let button = |what: What, id: &'static str, key: &'static str, glyph: Html| {
        let open = (*menu).is_some_and(|(it, _)| it == what);
        let menu = menu.clone();
        let on_click =
            Callback::from(move |_: MouseEvent| menu.set(browser::by_id(id).map(|it| (what, Anchor::of(&it)))));
        html! { <button type="button" {id} class={classes!("btn", "btn-xs", "btn-quiet", open.then_some("is-open"))} aria-haspopup="menu" aria-expanded={open.to_string()} onclick={on_click}>{ glyph }{ words.get(key) }</button> }
    };
    let none = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::List(list::Action::PickNone)))
    };
    let snooze = {
        let (store, close) = (store.clone(), on_close.clone());
        Callback::from(move |until: Option<Time>| {
            close.emit(());
            // What is over waits for nobody.
            let waits: Vec<Uuid> = store.list.picked().filter(|row| row.status.is_active()).map(|row| row.id).collect();
            let word = until.map(|until| words.ahead(store.now, until));
            later::snooze(store.dispatcher(), &waits, until, word);
        })
    };
    // There is room for its glyph alone.
    let snooze_button = {
        let open = (*menu).is_some_and(|(it, _)| it == What::Snooze);
        let menu = menu.clone();
        let on_click = Callback::from(move |_: MouseEvent| {
            menu.set(browser::by_id(SNOOZE).map(|it| (What::Snooze, Anchor::of(&it))));
        });
        html! { <button type="button" id={SNOOZE} class={classes!("btn", "btn-icon", "btn-xs", open.then_some("is-open"))} aria-haspopup="dialog" aria-expanded={open.to_string()} aria-label={words.get("desk-snooze")} title={format!("{} (Z)", words.get("desk-snooze"))} onclick={on_click}>{ icon14("moon") }</button> }
    };
    let label = words.get("desk-picks-none");
    html! {
        <div class="bulk" role="toolbar" aria-label={words.get("desk-picks")}>
            <b role="status">{ words.with("desk-picks-count", &[("n", count.into())]) }</b>
            { button(What::Assign, ASSIGN, "desk-assign", icon14("user")) }
            { button(What::Status, STATUS, "desk-status", status_glyph(Status::InProgress)) }
            { button(What::Priority, PRIORITY, "desk-priority", priority_glyph(Priority::High)) }
            { snooze_button }
            <button type="button" class="btn btn-icon btn-xs" aria-label={label.clone()} title={format!("{label} (Esc)")} onclick={none}>{ icon14("x") }</button>
            if let Some((What::Snooze, anchor)) = *menu {
                <WhenMenu {anchor} label={words.get("desk-snooze-until")} now={store.now} endless=true on_choose={snooze} on_close={on_close.clone()} />
            } else if let Some((what, anchor)) = *menu { <BulkMenu {what} {anchor} {on_close} /> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BulkMenuProps {
    what: What,
    anchor: Anchor,
    on_close: Callback<()>,
}

#[component]
fn BulkMenu(props: &BulkMenuProps) -> Html {
    let store = use_store();
    let words = use_words();
    let me = store.me();
    // What all of them are is told as the present choice.
    let same = |is: &dyn Fn(&gemilang_protocol::desk::views::TicketRow) -> bool| store.list.picked().all(|row| is(row));
    let (label, choices): (&str, Vec<(Many, Opt)>) = match props.what {
        What::Assign => {
            let people = mine_first(&store.staff, me)
                .into_iter()
                .map(|person: &Person| Some(PersonRef { id: person.id, name: person.name.clone() }))
                .chain([None]);
            let choices = people.map(|person| {
                let is_on = same(&|row| row.assignee.as_ref().map(|it| it.id) == person.as_ref().map(|it| it.id));
                let option = match &person {
                    Some(who) => Opt {
                        glyph: avatar::staff_beside(who, "av-sm"),
                        text: who.name.clone(),
                        meta: (Some(who.id) == me).then(|| words.get("desk-you")),
                        is_on,
                        ..Opt::default()
                    },
                    None => Opt {
                        glyph: html! { <span class="av av-none av-sm"></span> },
                        text: words.get("desk-let-go"),
                        is_on,
                        ..Opt::default()
                    },
                };
                (Many::Assign(person), option)
            });
            ("desk-assign", choices.collect())
        }
        What::Status => {
            let choices = Status::ALL.iter().map(|it| {
                let is_on = same(&|row| row.status == *it);
                let option = Opt { glyph: status_glyph(*it), text: words.status(*it), is_on, ..Opt::default() };
                (Many::Status(*it), option)
            });
            ("desk-status", choices.collect())
        }
        What::Priority => {
            let choices = Priority::ALL.iter().map(|it| {
                let is_on = same(&|row| row.priority == *it);
                let option = Opt { glyph: priority_glyph(*it), text: words.priority(*it), is_on, ..Opt::default() };
                (Many::Priority(*it), option)
            });
            ("desk-priority", choices.collect())
        }
        What::Snooze => return Html::default(),
    };
    let (many, options): (Vec<_>, Vec<_>) = choices.into_iter().unzip();
    let on_choose = {
        let (store, close) = (store.clone(), props.on_close.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            acts::change_picked(&store, many[at].clone(), words);
        })
    };
    let numbered = props.what != What::Assign;
    let numbers = html! { <>{ words.get("desk-menu-numbers") }{ " " }<kbd>{ "Esc" }</kbd>{ " " }{ words.get("desk-menu-back") }</> };
    html! { <Menu anchor={props.anchor} label={words.get(label)} {options} {on_choose} on_close={props.on_close.clone()} {numbered} foot={numbered.then_some(numbers)} width={228} /> }
}
