//! The team, for admins: who is there, what they may do, who was asked to join, and letting somebody go. Below it the opening hours.

/// When the house is open.
mod hours;
/// Somebody who was asked to join.
mod invitation;
/// Asking somebody to join.
mod invite;
/// One of the team.
mod member;

use uuid::Uuid;
use yew::prelude::*;

use self::hours::HoursBlock;
use self::invitation::InvitationLine;
use self::invite::InviteForm;
use self::member::{MemberLine, MemberOver, Open};
use crate::acts::use_store;
use crate::components::empty::Empty;
use crate::components::icon::icon14;
use crate::components::ringer::Ringer;
use crate::pages::settings::SubNav;
use crate::store::Action;
use crate::store::navigation::{Page, Part};
use crate::store::team::Action as Told;
use crate::words::use_words;
use crate::{browser, team};

/// The page.
#[component]
pub(crate) fn Team() -> Html {
    let store = use_store();
    let words = use_words();
    let invites = use_state(|| false);
    let over = use_state(|| None::<(Uuid, Open)>);
    let on_open = use_callback((), {
        let over = over.setter();
        move |(id, open): (Uuid, Option<Open>), ()| over.set(open.map(|open| (id, open)))
    });
    let (admin, connected) = (store.is_admin(), store.sync.is_connected());
    {
        // People come and go at other desks too.
        let send = store.dispatcher();
        use_effect_with((store.me(), admin, connected, store.sync.revision.people), move |(_, admin, connected, _)| {
            if *admin && *connected {
                team::read(send);
            }
        });
    }
    let to_part = {
        let send = store.dispatcher();
        Callback::from(move |part: Part| send.dispatch(Action::Go(Page::Settings(part))))
    };
    let toggle = {
        let invites = invites.clone();
        Callback::from(move |_: MouseEvent| invites.set(!*invites))
    };
    let close = {
        let invites = invites.setter();
        Callback::from(move |()| {
            invites.set(false);
            browser::focus("act-invite");
        })
    };
    let told = store.team.told.clone();
    let (people, on_duty) = store.team.counts(store.now);
    let count = told.as_ref().map(|_| words.with("desk-team-count", &[("n", people.into()), ("m", on_duty.into())]));
    let fault = store.team.fault.as_ref().map(|error| match error.field.as_deref() {
        Some("admins") => words.get("desk-team-last-admin"),
        _ if error.code == gemilang_protocol::desk::commands::CommandCode::ServerSilent => {
            words.get("desk-set-needs-line")
        }
        _ => words.error(error),
    });
    let fault = fault.or_else(|| (!connected && told.is_none()).then(|| words.get("desk-set-needs-line")));
    html! {
        <>
            <SubNav on_part={to_part} />
            <main class="pane"><Ringer /><div class="scroll"><div class="set-page broad">
                if !admin {
                    <Empty icon="lock" title={words.get("desk-team-admins")} text={words.get("error-forbidden")} />
                } else {
                    <section class="block">
                        <div class="block-title"><h2>{ words.get("desk-team") }</h2><span class="meta grow">{ count }</span>
                            <button type="button" id="act-invite" class="btn btn-sm btn-primary" aria-expanded={invites.to_string()} onclick={toggle}>{ icon14("plus") }{ words.get("desk-team-invite") }</button>
                        </div>
                        if *invites { <InviteForm on_close={close} /> }
                        if let Some(fault) = fault { <p class="banner danger in-block" role="alert">{ icon14("warn") }<span>{ fault }</span></p> }
                        <ReleasedList />
                        if let Some(told) = told {
                            <div class="lines-table" role="table" aria-label={words.get("desk-team")}>
                                <div class="line mate hd" role="row">
                                    <span role="columnheader" aria-hidden="true"></span><span role="columnheader">{ words.get("desk-team-name") }</span><span role="columnheader" class="of-pick">{ words.get("desk-team-role") }</span><span role="columnheader">{ words.get("desk-team-duty") }</span><span role="columnheader" class="num">{ words.get("desk-team-active") }</span><span role="columnheader">{ words.get("desk-team-seen") }</span><span role="columnheader" aria-hidden="true"></span>
                                </div>
                                { for told.people.iter().map(|member| html! { <MemberLine key={member.person.id.to_string()} member={member.clone()} open={over.filter(|(id, _)| *id == member.person.id).map(|(_, open)| open)} on_open={on_open.clone()} /> }) }
                                { for told.invitations.iter().map(|it| html! { <InvitationLine key={it.id.to_string()} invitation={it.clone()} /> }) }
                            </div>
                            if let Some((member, open)) = over.and_then(|(id, open)| Some((told.people.iter().find(|it| it.person.id == id)?, open))) {
                                <MemberOver member={member.clone()} open={Some(open)} on_open={on_open.clone()} />
                            }
                        }
                    </section>
                    <HoursBlock />
                }
            </div></div></main>
        </>
    }
}

/// What became nobody's because somebody was shut out: each leads to its ticket.
#[component]
fn ReleasedList() -> Html {
    let store = use_store();
    let words = use_words();
    let Some((name, tickets)) = store.team.released.clone() else { return Html::default() };
    let seen = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Team(Told::Seen)))
    };
    let lines = tickets.iter().map(|ticket| {
        let open = {
            let (send, id) = (store.dispatcher(), ticket.id);
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                send.dispatch(Action::Show(id));
            })
        };
        html! { <li key={ticket.id.to_string()} class="cut" title={ticket.subject.clone()}><a href="#" onclick={open}>{ ticket.number.to_string() }</a>{ " " }{ words.said(&ticket.subject) }</li> }
    });
    let title = words.with("desk-team-released", &[("n", tickets.len().into()), ("name", name.as_str().into())]);
    html! {
        <div class="banner info in-block released" role="status">
            <div class="grow"><b>{ title }</b><ul>{ for lines }</ul></div>
            <button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} title={words.get("desk-close")} onclick={seen}>{ icon14("x") }</button>
        </div>
    }
}
