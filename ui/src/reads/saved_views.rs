//! Saved views: read when they changed, and counted off the page's way, no oftener than the pace allows.

use std::cell::RefCell;
use std::rc::Rc;

use gemilang_protocol::desk::commands::{CountSavedViews, ListSavedViews};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Readings, calendar, read, unread};
use crate::acts::{Send, Store};
use crate::bridge::call;
use crate::browser;
use crate::store::Action;
use crate::store::saved_views::{Action as Do, Pace};

/// Reads them, and what they count.
#[hook]
pub(super) fn use_saved_views(store: &Store, turns: &Rc<Readings>) {
    let (who, revision) = (store.me(), store.sync.revision);
    {
        let (send, turns) = (store.dispatcher(), turns.clone());
        use_effect_with((who, revision.views, revision.people), move |(who, ..)| {
            if who.is_some() {
                read(send, &turns.views, ListSavedViews {}, |rows| Action::Saved(Do::Arrived(rows)));
            }
        });
    }
    let pace = use_memo((), |()| RefCell::new(Pace::default()));
    let send = store.dispatcher();
    // Tickets, orders and people, the views themselves, and the day.
    let counts = (revision.rows, revision.people, store.saved.rows.clone(), store.zone.day(store.now));
    use_effect_with((who, counts), move |(who, (.., views, _))| {
        if who.is_some() && !views.is_empty() {
            ask(send, pace);
        }
    });
}

/// Counts as soon as it may be.
fn ask(send: Send, pace: Rc<RefCell<Pace>>) {
    let after = pace.borrow_mut().ask(browser::steady());
    let Some(after) = after else { return };
    Timeout::new(after, move || {
        spawn_local(async move {
            pace.borrow_mut().begin();
            let begun = browser::steady();
            let answer = call(CountSavedViews { calendar: calendar() }).await;
            let again = pace.borrow_mut().end(begun, browser::steady());
            match answer {
                Ok(counts) => send.dispatch(Action::Saved(Do::Counted(counts))),
                Err(error) => unread(&send, &error),
            }
            if again {
                ask(send, pace);
            }
        });
    })
    .forget();
}
