//! What is read from the core, and when: only what is on screen, again whenever its revision grows. Answers to older questions are dropped by the store.

/// Where a ticket stands, and which tags there are.
mod places;
/// Saved views and their counts.
mod saved_views;

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use gemilang_protocol::Company;
use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::changes::{
    ALERTS, CHANGED, COMPANY, Changed, OPEN_ALERTS, OPEN_LIST, OPEN_TICKET, OpenTicket, QUIT, SNACK, SYNC_STATUS, Snack,
};
use gemilang_protocol::desk::commands::{
    CommandCode, FindTickets, GetAlerts, GetBoot, GetCompany, GetCustomer, GetDashboard, GetNavigation, GetOrder,
    GetSyncStatus, GetThread, ListAlerts, ListOutbox, ListSent, ListStaff, ListTickets, Look, LookUpCustomers,
    LookUpOrders, Search, SearchService, Stir,
};
use gemilang_protocol::desk::views::{Alerts, Inbox, SyncStatus, TicketQuery};
use gloo_timers::callback::{Interval, Timeout};
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

pub(crate) use self::places::read_tags;
use crate::acts::{self, Send, Store};
use crate::bridge::{call, listen};
use crate::browser::{self, use_window_event};
use crate::store::list::{self, MOST_PICKED};
use crate::store::navigation::Page;
use crate::store::palette::{self, Over};
use crate::store::part::WIDE;
use crate::store::snack::Sentence;
use crate::store::{Action, alerts, lookup, outbox, search, session, snack, sync, thread};

/// How often the ages on screen are told anew, in milliseconds.
const TICK_MS: u32 = 15_000;
/// Input is told to the core this far apart at least, in milliseconds.
const STIR_MS: f64 = 4_000.0;
/// After this pause in typing the service is asked as well, in milliseconds.
const PAUSE_MS: u32 = 350;

/// Ask for the first frame, hear the core, and let time pass.
#[hook]
pub(crate) fn use_start(send: &Send) {
    let send = send.clone();
    use_effect_with((), move |()| {
        hear(&send);
        boot(send.clone());
        let tick = Interval::new(TICK_MS, move || send.dispatch(Action::Tick(browser::now())));
        move || drop(tick)
    });
}

fn hear(send: &Send) {
    let to = send.clone();
    listen(CHANGED, move |changed: Changed| {
        to.dispatch(Action::Tick(browser::now()));
        for number in &changed.sent_anyway {
            acts::say(&to, Sentence::with("desk-said-sent-anyway", &[("number", &number.to_string())]), None);
        }
        to.dispatch(Action::Changed(changed));
    });
    let to = send.clone();
    listen(SYNC_STATUS, move |status: SyncStatus| to.dispatch(Action::Sync(sync::Action::Status(status))));
    let to = send.clone();
    listen(ALERTS, move |told: Alerts| to.dispatch(Action::Alerts(alerts::Action::Told(told))));
    let to = send.clone();
    listen(COMPANY, move |company: Company| to.dispatch(Action::Company(Rc::new(company))));
    let to = send.clone();
    listen(OPEN_TICKET, move |open: OpenTicket| to.dispatch(Action::Show(open.ticket)));
    let to = send.clone();
    listen(OPEN_LIST, move |()| to.dispatch(Action::Go(Page::Inbox(Inbox::All))));
    let to = send.clone();
    listen(OPEN_ALERTS, move |()| to.dispatch(Action::Go(Page::Alerts)));
    listen(QUIT, |()| acts::quit());
    let to = send.clone();
    listen(SNACK, move |said: Snack| {
        let sentence = Sentence { key: said.key, args: said.args };
        to.dispatch(Action::Snack(snack::Action::Say(sentence, None)));
    });
}

fn boot(send: Send) {
    spawn_local(async move {
        match call(GetBoot {}).await {
            Ok(mut boot) => {
                if let Some(first) = boot.first.take() {
                    send.dispatch(Action::Counts(first.navigation));
                    send.dispatch(Action::Dashboard(Rc::new(first.dashboard)));
                }
                let open = boot.open.filter(|_| boot.signed_in.is_some());
                send.dispatch(Action::Session(session::Action::Booted(Some(Box::new(boot)))));
                if let Some(ticket) = open {
                    send.dispatch(Action::Show(ticket));
                }
            }
            // Without an answer there is still a form to sign in with; what it says next tells what is wrong.
            Err(_) => send.dispatch(Action::Session(session::Action::Booted(None))),
        }
    });
}

/// Read what is on screen, now and whenever it changed.
#[hook]
pub(crate) fn use_reads(store: &Store) {
    let who = store.me();
    let page = store.place.page;
    let revision = store.sync.revision;
    let send = store.dispatcher();
    let turns = use_memo((), |()| Readings::default());
    {
        let (send, turns) = (send.clone(), turns.clone());
        use_effect_with((who, revision.rows), move |(who, _)| {
            if who.is_some() {
                read(send, &turns.counts, GetNavigation {}, Action::Counts);
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        // Whoever goes off duty or comes to the team stands in it too.
        use_effect_with((who, page == Page::Dashboard, revision.rows, revision.people), move |(who, shown, ..)| {
            if who.is_some() && *shown {
                read(send, &turns.dashboard, GetDashboard {}, |dashboard| Action::Dashboard(Rc::new(dashboard)));
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let asks = store.place.is_inbox().then(|| (store.list.query.clone(), store.list.wants));
        use_effect_with((who, asks, revision.rows), move |(who, asks, _)| {
            if let (Some((query, from)), Some(_)) = (asks, who) {
                let (query, from) = (query.clone(), *from);
                let page = TicketQuery { offset: from, limit: WIDE, calendar: calendar(), ..query.clone() };
                read(send, &turns.rows, ListTickets { query: page }, move |list| {
                    let rows = list.rows.into_iter().map(Rc::new).collect();
                    Action::List(list::Action::Arrived { query, from, rows, total: list.total, more: list.more })
                });
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let asks = store.list.picks_wanted.clone().map(|places| (store.list.query.clone(), places));
        use_effect_with((who, asks), move |(who, asks)| {
            if let (Some((query, places)), Some(_)) = (asks, who) {
                picks(send, &turns.picks, query.clone(), places.clone());
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let ticket = store.open.ticket.filter(|_| page.has_thread());
        // Their customer may be another, too.
        use_effect_with((who, ticket, revision.thread, revision.people), move |(who, ticket, _, _)| {
            if let (Some(ticket), Some(_)) = (*ticket, who) {
                open(send, &turns.thread, ticket);
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let asks = (page == Page::Search).then(|| store.search.asks().to_owned()).filter(|q| !q.is_empty());
        use_effect_with((who, asks, revision.rows), move |(who, asks, _)| {
            if let (Some(q), Some(_)) = (asks, who) {
                find(send, &turns.search, q.clone());
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let asks = (store.palette.open == Some(Over::Palette)).then(|| store.palette.asks().to_owned());
        let recent = store.palette.recent.clone();
        use_effect_with((who, asks, revision.rows), move |(who, asks, _)| {
            if let (Some(q), Some(_)) = (asks.clone(), who) {
                let command = FindTickets { q: q.clone(), recent };
                read(send, &turns.palette, command, |list| {
                    Action::Palette(palette::Action::Found { q, rows: Rc::new(list.rows), total: list.total })
                });
            }
        });
    }
    use_look_up(store, &turns);
    saved_views::use_saved_views(store, &turns);
    places::use_places(store);
    places::use_tags(store);
    {
        // The service is asked once the typing pauses, and again when there is a line.
        let send = send.clone();
        let asks = (page == Page::Search && store.search.is_for_service() && store.sync.is_connected())
            .then(|| store.search.asks().to_owned());
        use_effect_with((who, asks), move |(who, asks)| {
            let pause =
                asks.clone().filter(|_| who.is_some()).map(|q| Timeout::new(PAUSE_MS, move || find_there(send, q)));
            move || drop(pause)
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        // What was filed here and is not here yet is told as it stands in the outbox.
        let files = store.open.missing && store.open.ticket.is_some_and(|it| store.filing.filed.contains_key(&it));
        use_effect_with((who, page == Page::Outbox || files, revision.outbox), move |(who, shown, _)| {
            if who.is_some() && *shown {
                read(send.clone(), &turns.outbox, ListOutbox {}, |items| {
                    Action::Outbox(outbox::Action::Arrived(Rc::new(items)))
                });
                read(send, &turns.sent, ListSent {}, |items| Action::Outbox(outbox::Action::Sent(Rc::new(items))));
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        use_effect_with((who, revision.people), move |(who, _)| {
            if who.is_some() {
                read(send, &turns.staff, ListStaff {}, |staff| Action::Staff(Rc::new(staff)));
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        use_effect_with(who, move |who| {
            if who.is_some() {
                read(send, &turns.status, GetSyncStatus {}, |status| Action::Sync(sync::Action::Status(status)));
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        use_effect_with(who, move |who| {
            if who.is_some() {
                read(send.clone(), &turns.company, GetCompany {}, |company| Action::Company(Rc::new(company)));
                read(send, &turns.alerts, GetAlerts {}, |told| Action::Alerts(alerts::Action::Told(told)));
            }
        });
    }
    {
        let (send, turns) = (send.clone(), turns.clone());
        let asks = (page == Page::Alerts).then(|| store.alerts.asks());
        use_effect_with((who, asks, store.alerts.told.revision), move |(who, asks, _)| {
            if let (Some(asks), Some(_)) = (asks.clone(), who) {
                let command = ListAlerts { result: asks.0, q: asks.1.clone(), before: None };
                read(send, &turns.ledger, command, |ledger| Action::Alerts(alerts::Action::Arrived(asks, ledger)));
            }
        });
    }
    use_stirs();
    // The core decides about alerts by what its person is looking at, and tells colleagues. Nobody looks at a window in the tray.
    let shown = use_state_eq(browser::is_shown);
    {
        let shown = shown.clone();
        use_window_event("visibilitychange", move |_| shown.set(browser::is_shown()));
    }
    let ticket = store.open.ticket.filter(|_| page.has_thread() && *shown);
    use_effect_with((who, ticket), move |(who, ticket)| {
        if who.is_some() {
            let ticket = *ticket;
            spawn_local(async move {
                drop(call(Look { ticket }).await);
            });
        }
    });
}

/// Customers and orders: what is asked for, or who and what is on screen.
#[hook]
fn use_look_up(store: &Store, turns: &Rc<Readings>) {
    let (who, page) = (store.me(), store.place.page);
    let revision = (store.sync.revision.rows, store.sync.revision.people);
    {
        let (send, turns) = (store.dispatcher(), turns.clone());
        let asks = (page == Page::Customers).then(|| store.lookup.customers.asks().to_owned());
        use_effect_with((who, asks, revision), move |(who, asks, _)| {
            if let (Some(q), Some(_)) = (asks.clone(), who) {
                read(send, &turns.customers, LookUpCustomers { q: q.clone() }, |found| {
                    Action::LookUp(lookup::Action::Customers(q, found))
                });
            }
        });
    }
    {
        let (send, turns) = (store.dispatcher(), turns.clone());
        let asks = (page == Page::Orders).then(|| store.lookup.orders.asks().to_owned());
        let today = store.zone.day(store.now);
        use_effect_with((who, asks, today, revision), move |(who, asks, today, _)| {
            if let (Some(q), Some(_)) = (asks.clone(), who) {
                let command = LookUpOrders { q: q.clone(), today: *today };
                read(send, &turns.orders, command, |found| Action::LookUp(lookup::Action::Orders(q, found)));
            }
        });
    }
    let (send, turns) = (store.dispatcher(), turns.clone());
    use_effect_with((who, page, revision), move |(who, page, _)| match (page, who) {
        (Page::Customer(id), Some(_)) => {
            let arrived = |view| Action::LookUp(lookup::Action::Customer(Rc::new(view)));
            read_one(send, &turns.one, *id, GetCustomer { customer: *id }, arrived);
        }
        (Page::Order(id), Some(_)) => {
            let arrived = |view| Action::LookUp(lookup::Action::Order(Rc::new(view)));
            read_one(send, &turns.one, *id, GetOrder { order: *id }, arrived);
        }
        _ => {}
    });
}

/// As [`read`], of something that may not be here.
fn read_one<C>(send: Send, turns: &Turns, id: Uuid, command: C, arrived: impl FnOnce(C::Answer) -> Action + 'static)
where
    C: gemilang_protocol::desk::commands::Command + 'static,
{
    let is_news = turns.take();
    spawn_local(async move {
        match call(command).await {
            Ok(answer) if is_news() => send.dispatch(arrived(answer)),
            Ok(_) => {}
            Err(error) if error.code == CommandCode::NotFound => {
                send.dispatch(Action::LookUp(lookup::Action::Missing(id)));
            }
            Err(error) => unread(&send, &error),
        }
    });
}

/// Tells the core now and then that somebody is at the keyboard or the pointer: whoever reads is not called to what they read.
#[hook]
fn use_stirs() {
    let last = use_mut_ref(|| f64::MIN);
    let stir = move || {
        let now = browser::steady();
        if now - *last.borrow() >= STIR_MS {
            *last.borrow_mut() = now;
            spawn_local(async move {
                drop(call(Stir {}).await);
            });
        }
    };
    use_window_event("keydown", {
        let stir = stir.clone();
        move |_| stir()
    });
    use_window_event("pointerdown", {
        let stir = stir.clone();
        move |_| stir()
    });
    use_window_event("wheel", {
        let stir = stir.clone();
        move |_| stir()
    });
    use_window_event("pointermove", move |_| stir());
}

/// The core answers several readings of one thing side by side, and an older one may come last: it is no news any more.
#[derive(Clone, Default)]
struct Turns(Rc<Cell<(u32, u32)>>);

impl Turns {
    /// The next reading: whether its answer is news is asked when it is here.
    fn take(&self) -> impl FnOnce() -> bool + use<> {
        let turns = self.0.clone();
        let (begun, told) = turns.get();
        let mine = begun + 1;
        turns.set((mine, told));
        move || {
            let (begun, told) = turns.get();
            turns.set((begun, told.max(mine)));
            mine > told
        }
    }
}

/// What is read, each with its own turns.
#[derive(Default)]
struct Readings {
    counts: Turns,
    dashboard: Turns,
    rows: Turns,
    picks: Turns,
    thread: Turns,
    search: Turns,
    palette: Turns,
    outbox: Turns,
    sent: Turns,
    staff: Turns,
    status: Turns,
    alerts: Turns,
    company: Turns,
    ledger: Turns,
    customers: Turns,
    orders: Turns,
    one: Turns,
    views: Turns,
}

fn read<C>(send: Send, turns: &Turns, command: C, arrived: impl FnOnce(C::Answer) -> Action + 'static)
where
    C: gemilang_protocol::desk::commands::Command + 'static,
{
    let is_news = turns.take();
    spawn_local(async move {
        match call(command).await {
            Ok(answer) if is_news() => send.dispatch(arrived(answer)),
            Ok(_) => {}
            Err(error) => unread(&send, &error),
        }
    });
}

fn find(send: Send, turns: &Turns, q: String) {
    let is_news = turns.take();
    spawn_local(async move {
        let begun = browser::steady();
        match call(Search { q: q.clone(), calendar: calendar() }).await {
            Ok(found) if is_news() => {
                let took = (browser::steady() - begun) as u32;
                let (hits, total) = (Rc::new(found.hits), found.total);
                send.dispatch(Action::Search(search::Action::Found { q, hits, total, took }));
            }
            Ok(_) => {}
            Err(error) => unread(&send, &error),
        }
    });
}

/// Days are typed and read by the clock of this device.
fn calendar() -> Calendar {
    let zone = browser::zone();
    Calendar { today: zone.day(browser::now()), zone }
}

fn find_there(send: Send, q: String) {
    spawn_local(async move {
        send.dispatch(Action::Search(search::Action::Asked(q.clone())));
        let found = call(SearchService { q: q.clone(), calendar: calendar() }).await.ok().map(Rc::new);
        send.dispatch(Action::Search(search::Action::Answered(q, found)));
    });
}

/// Rows that are to be picked and are not all on screen.
fn picks(send: Send, turns: &Turns, query: TicketQuery, places: Range<u32>) {
    let is_news = turns.take();
    spawn_local(async move {
        let mut rows = Vec::new();
        while rows.len() < places.len() {
            let offset = places.start + rows.len() as u32;
            let page =
                TicketQuery { offset, limit: WIDE.min(places.end - offset), calendar: calendar(), ..query.clone() };
            match call(ListTickets { query: page }).await {
                Ok(list) if list.rows.is_empty() => break,
                Ok(list) => rows.extend(list.rows.into_iter().map(Rc::new)),
                Err(error) => return unread(&send, &error),
            }
        }
        if is_news() {
            let (most, n) = (places.len() >= MOST_PICKED as usize, rows.len().to_string());
            send.dispatch(Action::List(list::Action::Picked { query, rows, from: places.start }));
            if most {
                acts::say(&send, Sentence::with("desk-said-picked-most", &[("n", &n)]), None);
            }
        }
    });
}

fn open(send: Send, turns: &Turns, ticket: Uuid) {
    let is_news = turns.take();
    spawn_local(async move {
        let answer = call(GetThread { ticket }).await;
        if !is_news() {
            return;
        }
        match answer {
            Ok(thread) => {
                send.dispatch(Action::Thread(thread::Action::Arrived(Rc::new(thread), browser::is_looked_at())));
            }
            Err(error) if error.code == CommandCode::NotFound => {
                send.dispatch(Action::Thread(thread::Action::Missing(ticket)));
            }
            Err(error) => unread(&send, &error),
        }
    });
}

// A read that fails for a reason that passes is tried again with the next change; only what lasts is said.
fn unread(send: &Send, error: &gemilang_protocol::desk::commands::CommandError) {
    if let Some(fault) = sync::Fault::of(error.code) {
        send.dispatch(Action::Sync(sync::Action::Faulted(fault)));
    }
}

#[cfg(test)]
mod tests {
    use super::Turns;

    #[test]
    fn an_older_answer_that_comes_last_is_no_news() {
        let turns = Turns::default();
        let (first, second, third) = (turns.take(), turns.take(), turns.take());
        assert!(second());
        assert!(!first(), "the second knew more");
        assert!(third());
    }
}
