//! One of the team: role, duty, tickets, when they were last seen, and what can be done with them.

use gemilang_protocol::team::{Member, MemberChange};
use gemilang_protocol::{PersonRef, Role};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{Store, use_store};
use crate::components::avatar;
use crate::components::dialog::Confirm;
use crate::components::filters::show_tickets_of;
use crate::components::icon::{icon, icon12};
use crate::components::menu::{Anchor, Menu, Opt};
use crate::store::team::Deed;
use crate::words::{Words, use_words};
use crate::{browser, names, team};

#[derive(Properties, PartialEq)]
pub(super) struct MemberProps {
    /// Who.
    pub member: Member,
    /// What hangs from the line.
    pub open: Option<Open>,
    /// Hangs something from it.
    pub on_open: Callback<(Uuid, Option<Open>)>,
}

/// What hangs from a line, or lies over the page because of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Open {
    /// The choice of a role.
    Role(Anchor),
    /// What can be done with them.
    Deeds(Anchor),
    /// The question whether they are to be shut out.
    Confirm,
}

const ROLES: [Role; 2] = [Role::Agent, Role::Admin];

/// The line.
#[component]
pub(super) fn MemberLine(props: &MemberProps) -> Html {
    let store = use_store();
    let words = use_words();
    let member = &props.member;
    let person = &member.person;
    let is_me = store.me() == Some(person.id);
    let deeds = Deed::of(member, store.me());
    let hang = |kind: fn(Anchor) -> Open| {
        let (open, id) = (props.on_open.clone(), person.id);
        Callback::from(move |event: MouseEvent| {
            open.emit((id, browser::button(&event).map(|it| kind(Anchor::of(&it)))));
        })
    };
    let see = {
        let (store, member) = (store.clone(), member.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            perform(&store, &member, Deed::Tickets, words);
        })
    };
    let role = words.get(&format!("role-{}", person.role));
    let who = PersonRef { id: person.id, name: person.name.clone() };
    let label =
        words.with("desk-team-role-of", &[("name", person.name.as_str().into()), ("role", role.as_str().into())]);
    let seen = match member.last_seen_at {
        Some(time) => words.age(store.now, time),
        None => words.get("desk-team-never"),
    };
    html! {
        <div class={classes!("line", "mate", (!person.active).then_some("off"))} role="row" data-member={person.email.clone()}>
            <span role="cell">{ avatar::staff_beside(&who, "") }</span>
            <span class="who" role="cell"><span class="cut block-line" title={person.name.clone()}>{ &person.name }</span><span class="meta cut" title={person.email.clone()}>{ &person.email }</span></span>
            <span role="cell">
                if is_me || !person.active {
                    <span class="pick still">{ role }</span>
                } else {
                    <button type="button" class="pick" aria-haspopup="menu" aria-label={label} disabled={store.team.busy} onclick={hang(Open::Role)}>{ role }{ icon12("cd") }</button>
                }
            </span>
            <span role="cell" class="duty soft">{ duty(words, &store, member) }</span>
            <span role="cell" class="num">
                if member.tickets > 0 {
                    <a href="#" aria-label={words.with("desk-team-see", &[("n", member.tickets.into())])} onclick={see}>{ words.number(member.tickets.into()) }</a>
                } else { { "0" } }
            </span>
            <span role="cell" class="mute num seen" title={member.last_seen_at.map(|time| words.full(time))}>{ seen }</span>
            <span role="cell">
                if !deeds.is_empty() {
                    <button type="button" class={classes!("btn", "btn-icon", matches!(props.open, Some(Open::Deeds(_))).then_some("is-open"))} aria-haspopup="menu" aria-label={words.with("desk-team-deeds", &[("name", person.name.as_str().into())])} disabled={store.team.busy} onclick={hang(Open::Deeds)}>{ icon("more") }</button>
                }
            </span>
        </div>
    }
}

/// What hangs from a line: beside the table, where menus and dialogs may stand.
#[component]
pub(super) fn MemberOver(props: &MemberProps) -> Html {
    let store = use_store();
    let words = use_words();
    let member = &props.member;
    let person = &member.person;
    let deeds = Deed::of(member, store.me());
    let on_close = {
        let (open, id) = (props.on_open.clone(), person.id);
        Callback::from(move |()| open.emit((id, None)))
    };
    let role_chosen = {
        let (close, send, person) = (on_close.clone(), store.dispatcher(), person.clone());
        Callback::from(move |at: usize| {
            close.emit(());
            if ROLES[at] != person.role {
                let change = MemberChange { role: Some(ROLES[at]), ..MemberChange::default() };
                team::change(send.clone(), &person, change, "desk-said-role");
            }
        })
    };
    let deed_chosen = {
        let (open, store, member, deeds) = (props.on_open.clone(), store.clone(), member.clone(), deeds.clone());
        Callback::from(move |at: usize| {
            let deed = deeds[at];
            open.emit((member.person.id, (deed == Deed::Deactivate).then_some(Open::Confirm)));
            if deed != Deed::Deactivate {
                perform(&store, &member, deed, words);
            }
        })
    };
    match props.open {
        Some(Open::Role(anchor)) => {
            html! { <Menu {anchor} label={words.get("desk-team-role")} options={roles(words, person.role)} on_choose={role_chosen} {on_close} width={232} /> }
        }
        Some(Open::Deeds(anchor)) => {
            let label = words.with("desk-team-deeds", &[("name", person.name.as_str().into())]);
            html! { <Menu {anchor} {label} options={options(words, member, &deeds)} on_choose={deed_chosen} {on_close} width={208} /> }
        }
        Some(Open::Confirm) => html! { <Goodbye member={member.clone()} {on_close} /> },
        None => Html::default(),
    }
}

fn perform(store: &Store, member: &Member, deed: Deed, words: Words) {
    let send = store.dispatcher();
    match deed {
        Deed::Tickets => show_tickets_of(&send, &member.person.name, words),
        Deed::EndSessions => team::end_sessions(send, &member.person),
        Deed::OffDuty | Deed::Deactivate | Deed::Activate => {
            let said = match deed {
                Deed::OffDuty => "desk-said-off-duty",
                Deed::Activate => "desk-said-activated",
                _ => "desk-said-deactivated",
            };
            if let Some(change) = deed.change() {
                team::change(send, &member.person, change, said);
            }
        }
    }
}

fn duty(words: Words, store: &Store, member: &Member) -> Html {
    let person = &member.person;
    if !person.active {
        return html! { <span class="tagword">{ words.get("desk-team-inactive") }</span> };
    }
    let (dot, said) = match person.duty.paused_until(store.now) {
        Some(until) => ("dot-catchup", words.with("desk-duty-paused", &[("time", words.clock(until).into())])),
        None if person.duty.is_on(store.now) => ("", words.get("desk-duty-on")),
        None => ("dot-offline", words.get("desk-duty-off")),
    };
    html! { <><span class={classes!("dot", dot)}></span>{ said }</> }
}

fn roles(words: Words, is: Role) -> Vec<Opt> {
    let of = |role: &Role| Opt {
        text: words.get(&format!("role-{role}")),
        meta: Some(words.get(&format!("desk-team-role-{role}"))),
        is_on: *role == is,
        ..Opt::default()
    };
    ROLES.iter().map(of).collect()
}

fn options(words: Words, member: &Member, deeds: &[Deed]) -> Vec<Opt> {
    let of = |deed: &Deed| {
        let (glyph, text) = match deed {
            Deed::Tickets => (icon("list"), words.with("desk-team-see", &[("n", member.tickets.into())])),
            Deed::OffDuty => (icon("moon"), words.get("desk-team-off-duty")),
            Deed::EndSessions => (icon("out"), words.get("desk-team-end-sessions")),
            Deed::Deactivate => (icon("lock"), words.get("desk-team-deactivate")),
            Deed::Activate => (icon("check"), words.get("desk-team-activate")),
        };
        Opt { glyph, text, danger: *deed == Deed::Deactivate, ..Opt::default() }
    };
    deeds.iter().map(of).collect()
}

#[derive(Properties, PartialEq)]
struct GoodbyeProps {
    member: Member,
    on_close: Callback<()>,
}

/// Before somebody is shut out: what becomes of their tickets and sessions, and what stays.
#[component]
fn Goodbye(props: &GoodbyeProps) -> Html {
    let store = use_store();
    let words = use_words();
    let member = props.member.clone();
    let name = names::short(&member.person.name);
    let about = [("name", name.as_str().into()), ("n", member.tickets.into()), ("sessions", member.sessions.into())];
    let text = |key: &str| words.with(key, &about);
    let on_yes = {
        let close = props.on_close.clone();
        Callback::from(move |()| {
            close.emit(());
            perform(&store, &member, Deed::Deactivate, words);
        })
    };
    html! {
        <Confirm title={text("desk-team-goodbye")} text={text("desk-team-goodbye-tickets")} more={text("desk-team-goodbye-stays")} verb={words.get("desk-team-goodbye-yes")} {on_yes} on_no={props.on_close.clone()} />
    }
}
