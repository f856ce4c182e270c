//! Export: all that a customer gave us and was told by us, in one piece. Notes of the staff are not among it.

use gemilang_protocol::{Event, Message, Order, Person, Ticket, Time};

use super::devices::{self, Device};
use super::messages::{self, Part};
use super::tickets::{self, Filter};
use super::{Paging, events, orders};
use crate::auth::Session;
use crate::{App, Result};

/// Rows asked for at once.
const AT_ONCE: i64 = 100;

/// All of a customer's data.
#[derive(Debug, serde::Serialize)]
pub struct Export {
    /// When it was put together.
    pub made_at: Time,
    /// Who.
    pub person: Person,
    /// Where they are signed in.
    pub devices: Vec<Device>,
    /// Their orders, as they are shown to them: none before their address is confirmed.
    pub orders: Vec<Order>,
    /// Their tickets and those shared with them, newest first.
    pub tickets: Vec<Conversation>,
}

/// A ticket with all that was said in it.
#[derive(Debug, serde::Serialize)]
pub struct Conversation {
    /// As it stands.
    pub ticket: Ticket,
    /// What was said.
    pub messages: Vec<Message>,
    /// What happened.
    pub events: Vec<Event>,
}

/// Puts it together.
///
/// # Errors
/// The database.
pub async fn of_customer(app: &App, session: &Session) -> Result<Export> {
    let me = session.person.id;
    let mut found = Vec::new();
    let mut paging = Paging { after: None, limit: AT_ONCE };
    loop {
        let page = tickets::list_for_customer(app, me, &Filter::default(), &paging).await?;
        for ticket in page.items {
            let messages = said(app, me, &ticket).await?;
            let events = events::list_for_customer(app, ticket.id).await?;
            found.push(Conversation { ticket, messages, events });
        }
        paging.after = page.next;
        if paging.after.is_none() {
            break;
        }
    }
    Ok(Export {
        made_at: app.clock.now(),
        person: session.person.clone(),
        devices: devices::of_customer(app, me).await?,
        orders: orders::of_customer(app, me).await?,
        tickets: found,
    })
}

async fn said(app: &App, me: uuid::Uuid, ticket: &Ticket) -> Result<Vec<Message>> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let after = Some(all.last().map_or(0, |message| message.n));
        let page = messages::list(app, ticket.id, Some(me), Part { after, before: None, limit: AT_ONCE }).await?;
        let last = i64::try_from(page.len()).is_ok_and(|len| len < AT_ONCE);
        all.extend(page);
        if last {
            return Ok(all);
        }
    }
}
