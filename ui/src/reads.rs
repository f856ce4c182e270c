//! What is read from the core, and when: only what is on screen, again whenever its revision grows. Answers to older questions are dropped by the store.

use std::rc::Rc;

use gemilang_protocol::desk::changes::{CHANGED, Changed, OPEN_TICKET, OpenTicket, SNACK, SYNC_STATUS, Snack};
use gemilang_protocol::desk::commands::{
    CommandCode, GetBoot, GetDashboard, GetNavigation, GetSyncStatus, GetThread, ListOutbox, ListSent, ListStaff,
    ListTickets, Look, Search, SearchService,
};
use gemilang_protocol::desk::views::{SyncStatus, TicketQuery};
use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::acts::{self, Send, Store};
use crate::bridge::{call, listen};
use crate::browser;
use crate::store::list::{self, PAGE};
use crate::store::navigation::Page;
use crate::store::snack::Sentence;
use crate::store::{Action, outbox, search, session, snack, sync, thread};

/// How often the ages on screen are told anew, in milliseconds.
const TICK_MS: u32 = 15_000;
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
    listen(OPEN_TICKET, move |open: OpenTicket| to.dispatch(Action::Show(open.ticket)));
    let to = send.clone();
    listen(SNACK, move |said: Snack| {
        let sentence = Sentence { key: said.key, args: said.args };
        to.dispatch(Action::Snack(snack::Action::Say(sentence, None)));
    });
}

fn boot(send: Send) {
    spawn_local(async move {
        match call(GetBoot {}).await {
            Ok(boot) => {
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
    {
        let send = send.clone();
        use_effect_with((who, revision.rows), move |(who, _)| {
            if who.is_some() {
                read(send, GetNavigation {}, Action::Counts);
            }
        });
    }
    {
        let send = send.clone();
        use_effect_with((who, page == Page::Dashboard, revision.rows), move |(who, shown, _)| {
            if who.is_some() && *shown {
                read(send, GetDashboard {}, |dashboard| Action::Dashboard(Rc::new(dashboard)));
            }
        });
    }
    {
        let send = send.clone();
        let asks = store.place.is_inbox().then(|| (store.list.query.clone(), store.list.window));
        use_effect_with((who, asks, revision.rows), move |(who, asks, _)| {
            if let (Some((query, window)), Some(_)) = (asks, who) {
                rows(send, query.clone(), *window);
            }
        });
    }
    {
        let send = send.clone();
        let ticket = store.open.ticket.filter(|_| page.has_thread());
        use_effect_with((who, ticket, revision.thread), move |(who, ticket, _)| {
            if let (Some(ticket), Some(_)) = (*ticket, who) {
                open(send, ticket);
            }
        });
    }
    {
        let send = send.clone();
        let asks = (page == Page::Search).then(|| store.search.asks().to_owned()).filter(|q| !q.is_empty());
        use_effect_with((who, asks, revision.rows), move |(who, asks, _)| {
            if let (Some(q), Some(_)) = (asks, who) {
                find(send, q.clone());
            }
        });
    }
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
        let send = send.clone();
        use_effect_with((who, page == Page::Outbox, revision.outbox), move |(who, shown, _)| {
            if who.is_some() && *shown {
                read(send.clone(), ListOutbox {}, |items| Action::Outbox(outbox::Action::Arrived(Rc::new(items))));
                read(send, ListSent {}, |items| Action::Outbox(outbox::Action::Sent(Rc::new(items))));
            }
        });
    }
    {
        let send = send.clone();
        use_effect_with((who, revision.people), move |(who, _)| {
            if who.is_some() {
                read(send, ListStaff {}, |staff| Action::Staff(Rc::new(staff)));
            }
        });
    }
    {
        let send = send.clone();
        use_effect_with(who, move |who| {
            if who.is_some() {
                read(send, GetSyncStatus {}, |status| Action::Sync(sync::Action::Status(status)));
            }
        });
    }
    // The core decides about alerts by what its person is looking at.
    let ticket = store.open.ticket.filter(|_| page.has_thread());
    use_effect_with((who, ticket), move |(who, ticket)| {
        if who.is_some() {
            let ticket = *ticket;
            spawn_local(async move {
                drop(call(Look { ticket }).await);
            });
        }
    });
}

fn read<C>(send: Send, command: C, arrived: impl FnOnce(C::Answer) -> Action + 'static)
where
    C: gemilang_protocol::desk::commands::Command + 'static,
{
    spawn_local(async move {
        match call(command).await {
            Ok(answer) => send.dispatch(arrived(answer)),
            Err(error) => unread(&send, &error),
        }
    });
}

fn find(send: Send, q: String) {
    spawn_local(async move {
        let begun = browser::steady();
        match call(Search { q: q.clone() }).await {
            Ok(found) => {
                let took = (browser::steady() - begun) as u32;
                let (hits, total) = (Rc::new(found.hits), found.total);
                send.dispatch(Action::Search(search::Action::Found { q, hits, total, took }));
            }
            Err(error) => unread(&send, &error),
        }
    });
}

fn find_there(send: Send, q: String) {
    spawn_local(async move {
        send.dispatch(Action::Search(search::Action::Asked(q.clone())));
        let found = call(SearchService { q: q.clone() }).await.ok().map(Rc::new);
        send.dispatch(Action::Search(search::Action::Answered(q, found)));
    });
}

fn rows(send: Send, query: TicketQuery, window: u32) {
    spawn_local(async move {
        let (mut rows, mut total) = (Vec::new(), 0);
        while (rows.len() as u32) < window {
            let page = TicketQuery { offset: rows.len() as u32, limit: PAGE, ..query.clone() };
            match call(ListTickets { query: page }).await {
                Ok(list) => {
                    total = list.total;
                    let end = list.rows.len() < PAGE as usize;
                    rows.extend(list.rows.into_iter().map(Rc::new));
                    if end {
                        break;
                    }
                }
                Err(error) => return unread(&send, &error),
            }
        }
        send.dispatch(Action::List(list::Action::Arrived { query, rows, total }));
    });
}

fn open(send: Send, ticket: uuid::Uuid) {
    spawn_local(async move {
        match call(GetThread { ticket }).await {
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
