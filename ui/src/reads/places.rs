//! Where a ticket that was named stands in the list on screen, asked once; and the tags there are, when one is being typed.

use gemilang_protocol::desk::commands::{FindPlace, ListTags};
use gemilang_protocol::desk::views::TicketQuery;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{calendar, unread};
use crate::acts::{Send, Store};
use crate::bridge::call;
use crate::store::navigation::Page;
use crate::store::{Action, completion};

/// Asks for the place of a ticket that was named and whose row is not here.
#[hook]
pub(super) fn use_places(store: &Store) {
    let send = store.dispatcher();
    let list = &store.list;
    let asks = list.locates.filter(|_| list.answered && store.place.is_inbox());
    let asks = asks.map(|ticket| (ticket, list.query.clone()));
    use_effect_with((store.me(), asks), move |(who, asks)| {
        if let (Some((ticket, query)), Some(_)) = (asks.clone(), who) {
            spawn_local(async move {
                let asked = TicketQuery { calendar: calendar(), ..query.clone() };
                match call(FindPlace { query: asked, ticket }).await {
                    Ok(place) => send.dispatch(Action::Located(query, ticket, place)),
                    Err(error) => unread(&send, &error),
                }
            });
        }
    });
}

/// Reads the tags when one begins to be typed.
#[hook]
pub(super) fn use_tags(store: &Store) {
    let send = store.dispatcher();
    let asks = store.place.page == Page::Search && completion::wants_tags(&store.search.q);
    use_effect_with((store.me(), asks), move |(who, asks)| {
        if who.is_some() && *asks {
            read_tags(send);
        }
    });
}

/// Reads the tags there are.
pub(crate) fn read_tags(send: Send) {
    spawn_local(async move {
        match call(ListTags {}).await {
            Ok(tags) => send.dispatch(Action::Tags(tags)),
            Err(error) => unread(&send, &error),
        }
    });
}
