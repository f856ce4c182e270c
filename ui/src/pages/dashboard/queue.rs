//! The urgent queue: whom it is about, who has it, how soon the wedding is, and when admins are called to what rings.

use gemilang_protocol::PersonRef;
use gemilang_protocol::alert::RingView;
use gemilang_protocol::desk::views::{Inbox, OpState, TicketRow};
use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::acts::{self, Store};
use crate::browser;
use crate::components::icon::priority_alone;
use crate::names;
use crate::store::alerts::forwards_in;
use crate::words::{Words, use_words};

/// A line of it.
pub(super) fn row(row: &TicketRow, words: Words, store: &Store) -> Html {
    let now = store.now;
    let whose = match &row.assignee {
        None => words.get("desk-queue-nobody"),
        Some(person) => {
            let mine = Some(person.id) == store.me();
            let name = if mine { words.get("desk-you-object") } else { names::short(&person.name) };
            words.with("desk-queue-taken", &[("name", name.into())])
        }
    };
    let unsent = match row.unsent {
        Some(OpState::Held) => Some(words.get("desk-queue-held")),
        _ => None,
    };
    let facts: Vec<_> =
        [row.number.to_string(), words.age(now, row.last_message_at), whose].into_iter().chain(unsent).collect();
    let ring = store.alerts.told.ringing.iter().find(|ring| ring.ticket == row.id);
    let show = super::open(store, row.id, Inbox::Active);
    let button = if row.assignee.is_none() {
        let (send, who, id) = (store.dispatcher(), store.session.who.clone(), row.id);
        let take = Callback::from(move |_: MouseEvent| {
            let to = who.as_ref().map(|who| PersonRef { id: who.user.id, name: who.user.name.clone() });
            acts::assign(send.clone(), id, None, to, who.as_ref().map(|who| who.user.id));
        });
        html! { <button type="button" class="btn btn-sm btn-outline-secondary" onclick={take}>{ words.get("desk-take") }</button> }
    } else {
        html! { <button type="button" class="btn btn-sm btn-outline-secondary" onclick={show.clone()}>{ words.get("desk-open") }</button> }
    };
    let days = row.event_date.map(|day| words.days_to(now, day, row.event_zone.unwrap_or(words.zone)));
    html! {
        <div class="line queue" key={row.id.to_string()}>
            <span class="mid">{ priority_alone(row.priority, words.priority(row.priority)) }</span>
            <a class="what" href="#" data-ticket={row.number.to_string()} onclick={show}>
                <span class="cut block-line" title={format!("{}: {}", row.customer.name, row.subject)}><b>{ &row.customer.name }</b>{ " " }<span class="soft">{ words.said(&row.subject) }</span></span>
                <span class="meta cut block-line" title={facts.join(" · ")}>
                    { facts.join(" · ") }
                    if let Some(ring) = ring { <Forwarding ring={ring.clone()} /> }
                </span>
            </a>
            if let Some(days) = days { <span class="hday" title={words.get("desk-days-to-event")}>{ days }</span> } else { <span></span> }
            { button }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ForwardingProps {
    /// What rings.
    ring: RingView,
}

/// How long it is until all admins are called.
#[component]
fn Forwarding(props: &ForwardingProps) -> Html {
    let words = use_words();
    let now = use_state_eq(browser::now);
    {
        let now = now.setter();
        use_effect_with((), move |()| {
            let tick = Interval::new(1_000, move || now.set(browser::now()));
            move || drop(tick)
        });
    }
    let Some((minutes, seconds)) = forwards_in(&props.ring, *now) else { return Html::default() };
    let time = format!("{minutes}:{seconds:02}");
    html! { <span class="ring-meta num">{ " · " }{ words.with("desk-queue-forwarded", &[("time", time.into())]) }</span> }
}
