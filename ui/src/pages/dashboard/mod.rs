//! The dashboard: greeting, the five counts and the total, the urgent queue, the newest tickets; beside them the last days, the team and the
//! next weddings. Every figure and line leads on.

/// Who has how much.
mod load;
/// What is urgent.
mod queue;
/// The last fourteen days.
mod trend;
/// The next weddings.
mod weddings;

use std::rc::Rc;

use chrono::Timelike;
use gemilang_locales::names::called;
use gemilang_protocol::desk::asked::spelled::Operator;
use gemilang_protocol::desk::views::{Dashboard as View, Inbox, TicketRow};
use gemilang_protocol::{Priority, Status, Time, Zone};
use uuid::Uuid;
use yew::prelude::*;

use crate::acts::{Store, use_store};
use crate::components::avatar;
use crate::components::duty_switch::DutySwitch;
use crate::components::empty::Empty;
use crate::components::filters::typed_status;
use crate::components::icon::{icon14, priority_glyph, status_alone, status_glyph};
use crate::components::ringer::Ringer;
use crate::painted;
use crate::store::Action;
use crate::store::list;
use crate::store::navigation::{Page, figure_goes_to};
use crate::store::palette::{self, Over};
use crate::words::{Words, use_words};

/// The dashboard.
#[component]
pub(crate) fn Dashboard() -> Html {
    let store = use_store();
    let words = use_words();
    let name = store.session.who.as_ref().map(|who| called(&who.user.name).to_owned()).unwrap_or_default();
    let greeting = words.with(greeting_key(store.now, words.zone), &[("name", name.into())]);
    let file = {
        let send = store.dispatcher();
        Callback::from(move |_: MouseEvent| send.dispatch(Action::Palette(palette::Action::Over(Some(Over::File)))))
    };
    painted::use_rows(store.dashboard.is_some());
    html! {
        <main class="pane">
            <Ringer />
            <div class="scroll">
                <div class="page">
                    <header class="page-head">
                        <div class="grow"><h1>{ greeting }</h1><span class="soft num">{ words.full(store.now) }</span></div>
                        <DutySwitch />
                        <button type="button" id="act-file" class="btn btn-outline-secondary" aria-keyshortcuts="C" onclick={file}>{ icon14("plus") }{ words.get("desk-dashboard-file") }{ " " }<kbd>{ "C" }</kbd></button>
                    </header>
                    if let Some(view) = store.dashboard.clone() { { body(&view, words, &store) } }
                </div>
            </div>
        </main>
    }
}

/// The greeting of the hour, as people here part the day.
fn greeting_key(now: Time, zone: Zone) -> &'static str {
    match zone.at(now).hour() {
        4..=10 => "desk-greeting-morning",
        11..=14 => "desk-greeting-noon",
        15..=17 => "desk-greeting-afternoon",
        _ => "desk-greeting-evening",
    }
}

fn body(view: &Rc<View>, words: Words, store: &Store) -> Html {
    let stats = &view.stats;
    let go = |inbox: Inbox, status: Option<Status>| {
        let send = store.dispatcher();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            send.dispatch(Action::Go(Page::Inbox(inbox)));
            if let Some(status) = status {
                let value = typed_status(status, words);
                send.dispatch(Action::List(list::Action::Filter(Operator::Status, Some(value))));
            }
        })
    };
    let meta = |key: &str, n: u64| words.with(key, &[("n", n.into())]);
    let count = |n: i64| words.number(u64::try_from(n).unwrap_or(0));
    let figure = |status: Status, value: i64, under: String| {
        let (inbox, status) = figure_goes_to(status);
        html! {
            <a href="#" data-figure={status.as_str()} onclick={go(inbox, Some(status))}><span class="name">{ status_glyph(status) }{ words.status(status) }</span><span class="val">{ count(value) }</span><span class="meta">{ under }</span></a>
        }
    };
    let waiting = u64::try_from(stats.waiting_customer).unwrap_or(0);
    html! {
        <>
            <div class="figures">
                { figure(Status::Open, stats.open, meta("desk-figure-unassigned", view.open_unassigned)) }
                { figure(Status::InProgress, stats.in_progress, meta("desk-figure-waiting", waiting)) }
                { figure(Status::Resolved, stats.resolved, meta("desk-figure-today", view.resolved_today)) }
                { figure(Status::Closed, stats.closed, meta("desk-figure-today", view.closed_today)) }
                <a href="#" data-figure="urgent" class={(stats.urgent > 0).then_some("hot")} onclick={go(Inbox::Urgent, None)}><span class="name">{ priority_glyph(Priority::Urgent) }{ words.priority(Priority::Urgent) }</span><span class="val">{ count(stats.urgent) }</span><span class="meta">{ meta("desk-figure-unassigned", view.urgent_unassigned) }</span></a>
                <a href="#" data-figure="total" onclick={go(Inbox::All, None)}><span class="name">{ words.get("desk-view-all") }</span><span class="val">{ count(stats.total) }</span><span class="meta">{ meta("desk-figure-filed", view.filed_today) }</span></a>
            </div>
            <div class="cols">
                <div>
                    <section class="block">
                        <h2 class="block-title">{ words.get("desk-urgent-queue") }<a href="#" onclick={go(Inbox::Urgent, None)}>{ words.get("desk-see-all") }</a></h2>
                        if view.urgent.is_empty() {
                            <div class="lines-table"><Empty icon="check" title={words.get("desk-empty-urgent")} /></div>
                        } else {
                            <div class="lines-table">{ for view.urgent.iter().map(|row| queue::row(row, words, store)) }</div>
                        }
                    </section>
                    <section class="block">
                        <h2 class="block-title">{ words.get("desk-newest") }<a href="#" onclick={go(Inbox::Active, None)}>{ words.get("desk-view-active") }</a></h2>
                        if view.newest.is_empty() {
                            <div class="lines-table"><Empty icon="inbox" title={words.get("desk-empty-all")} text={words.get("desk-empty-view-text")} /></div>
                        } else {
                            <div class="lines-table">{ for view.newest.iter().map(|row| recent(row, words, store)) }</div>
                        }
                    </section>
                </div>
                <aside class="beside" aria-label={words.get("desk-dashboard-beside")}>
                    { trend::block(view, words, store) }
                    { load::block(&view.load, words, store) }
                    { weddings::block(&view.weddings, words, store) }
                </aside>
            </div>
        </>
    }
}

fn open(store: &Store, ticket: Uuid, inbox: Inbox) -> Callback<MouseEvent> {
    let send = store.dispatcher();
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        send.dispatch(Action::Go(Page::Inbox(inbox)));
        send.dispatch(Action::Pick(Some(ticket)));
    })
}

fn recent(row: &TicketRow, words: Words, store: &Store) -> Html {
    let inbox = if row.status.is_active() { Inbox::Active } else { Inbox::Closed };
    html! {
        <a class="line recent" href="#" key={row.id.to_string()} data-ticket={row.number.to_string()} onclick={open(store, row.id, inbox)}>
            { status_alone(row.status, words.status(row.status)) }
            <span class="mute num">{ row.number.to_string() }</span>
            <span class="cut" title={row.subject.clone()}>{ words.said(&row.subject) }</span>
            <span class="cut soft" title={row.customer.name.clone()}>{ &row.customer.name }</span>
            <time class="mute num end" title={words.full(row.created_at)}>{ words.age(store.now, row.created_at) }</time>
            { avatar::assignee(row.assignee.as_ref(), &words.get("desk-view-unassigned")) }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples::time;

    #[test]
    fn the_day_is_greeted_by_the_clock_of_the_reader() {
        assert_eq!(greeting_key(time("2026-11-30T07:32:00Z"), Zone::Wib), "desk-greeting-noon");
        assert_eq!(greeting_key(time("2026-11-30T07:32:00Z"), Zone::Wit), "desk-greeting-afternoon");
        assert_eq!(greeting_key(time("2026-11-29T22:00:00Z"), Zone::Wib), "desk-greeting-morning");
        assert_eq!(greeting_key(time("2026-11-30T19:00:00Z"), Zone::Wib), "desk-greeting-evening");
    }
}
