//! Links: `gemilang://ticket/GW-1042` opens that ticket, whether the app was not running, hidden or open. What is not a ticket of this
//! desk is said in words over the list of all.

use std::time::Duration;

use gemilang_protocol::TicketNumber;
use gemilang_protocol::desk::changes::{OPEN_LIST, SNACK, Snack};
use gemilang_protocol::desk::views::{Inbox, Line, TicketQuery};
use gemilang_replica::Replica;
use tauri::{AppHandle, Manager};
use uuid::Uuid;

use crate::desk::Desk;
use crate::session::Session;
use crate::{alerts, events, window};

/// What the scheme is called with all three systems; `tauri.conf.json` registers it.
const SCHEME: &str = "gemilang:";
/// A ticket that is not here may be on its way: so long at most is it waited for.
const ON_ITS_WAY: Duration = Duration::from_secs(10);

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// To a ticket.
    Ticket(TicketNumber),
    /// Nowhere that this app knows.
    Unknown,
}

impl Link {
    /// The link among the words the app was started with, if there is one.
    pub(crate) fn among(arguments: &[String]) -> Option<Self> {
        arguments.iter().skip(1).find_map(|argument| Self::read(argument))
    }

    /// A link of ours, as systems hand it over: some add a slash, some write it in other letters.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let scheme = text.get(..SCHEME.len())?;
        if !scheme.eq_ignore_ascii_case(SCHEME) {
            return None;
        }
        let mut parts = text[SCHEME.len()..].split(['?', '#']).next()?.split('/').filter(|part| !part.is_empty());
        let link = match (parts.next(), parts.next(), parts.next()) {
            (Some(noun), Some(number), None) if noun.eq_ignore_ascii_case("ticket") => {
                number.parse().map_or(Self::Unknown, Self::Ticket)
            }
            _ => Self::Unknown,
        };
        Some(link)
    }
}

/// Goes where a link leads. Somebody who is not signed in yet goes there afterwards.
pub(crate) async fn follow(app: AppHandle, link: Link) {
    window::raise(&app);
    let desk = app.state::<Desk>();
    // Before the page hears, and before anybody is there, nothing can be opened.
    desk.booted().await;
    let said = match link {
        Link::Unknown => Snack { key: "desk-link-unknown".to_owned(), args: Vec::new() },
        Link::Ticket(number) => {
            let session = loop {
                if let Some(session) = desk.session() {
                    break session;
                }
                desk.somebody_came().await;
            };
            match find(&session, number).await {
                Some(ticket) => return alerts::open(&app, ticket),
                None => Snack {
                    key: "desk-link-not-here".to_owned(),
                    args: vec![("number".to_owned(), number.to_string())],
                },
            }
        }
    };
    tracing::warn!(key = said.key, "a link leads nowhere");
    events::emit(&app, OPEN_LIST, ());
    events::emit(&app, SNACK, said);
}

/// The ticket of this number; one that is not here yet is waited for as long as rows are still arriving.
async fn find(session: &Session, number: TicketNumber) -> Option<Uuid> {
    if let Some(ticket) = here(&session.replica, number).await {
        return Some(ticket);
    }
    let mut status = session.status.clone();
    let live = status.wait_for(|status| {
        matches!(status.line, Line::Live | Line::Offline { .. } | Line::ServiceAway { .. } | Line::SessionEnded)
    });
    // Whatever came of it: what is here now is all there is.
    let _ = tokio::time::timeout(ON_ITS_WAY, live).await;
    here(&session.replica, number).await
}

async fn here(replica: &Replica, number: TicketNumber) -> Option<Uuid> {
    let query = TicketQuery { inbox: Inbox::All, q: number.to_string(), limit: 1, ..TicketQuery::default() };
    match replica.tickets(&query).await {
        Ok(list) => list.rows.first().filter(|row| row.number == number).map(|row| row.id),
        Err(error) => {
            tracing::error!(%error, "the ticket of a link cannot be looked for");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_systems_write_it() {
        let ticket = Some(Link::Ticket(TicketNumber(1042)));
        for text in [
            "gemilang://ticket/GW-1042",
            "gemilang://ticket/GW-1042/",
            "GEMILANG://Ticket/gw-1042?from=mail",
            "gemilang:ticket/1042",
        ] {
            assert_eq!(Link::read(text), ticket, "{text}");
        }
        for text in [
            "gemilang:",
            "gemilang://",
            "gemilang://ticket",
            "gemilang://ticket/GW-",
            "gemilang://ticket/a/b",
            "gemilang://order/7",
        ] {
            assert_eq!(Link::read(text), Some(Link::Unknown), "{text}");
        }
        for text in ["", "--hidden", "https://gemilang.example/ticket/GW-1042", "gemilangé"] {
            assert_eq!(Link::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_program_itself_is_no_link() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(Link::among(&words(&["gemilang:", "--hidden"])), None);
        assert_eq!(Link::among(&words(&["desk", "--hidden", "gemilang://x"])), Some(Link::Unknown));
    }
}
