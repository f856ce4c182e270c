//! Bootstrap, pull, push and void; conversations that are not on this desk, and the search for them.

use gemilang_protocol::desk::asked::{Asked, Whose};
use gemilang_protocol::{
    Cursor, KnownOps, Op, OpAnswer, PushAnswer, PushRequest, SavedView, SavedViewChange, Ticket, Time, VoidRequest,
};
use uuid::Uuid;

use super::{Link, LinkError, json, text};
use crate::page::{Incoming, IncomingPart, IncomingRow};

/// A list of the staff door, as far as it is read here.
#[derive(serde::Deserialize)]
struct Tickets {
    items: Vec<Ticket>,
}

impl Link {
    /// The next page of the feed after `cursor`; from the beginning without one.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn pull(&self, cursor: Option<&Cursor>) -> Result<Incoming, LinkError> {
        let door = self.door("/sync/v1/pull", cursor)?;
        let body = text(self.http.get(door).bearer_auth(&self.token)).await?;
        let mut page = Incoming::read(&body).map_err(|error| LinkError::NotOurs(error.to_string()))?;
        // A pull follows what was asked for, however the service writes that place today.
        page.from = cursor.cloned();
        Ok(page)
    }

    /// Hands over at most [`PushRequest::MOST`] ops, in the order written; `now` by the clock that they were written by.
    ///
    /// # Errors
    /// No answer (some may have landed: the same ops again get the same answers), or all refused.
    pub async fn push(&self, ops: Vec<Op>, now: Time) -> Result<PushAnswer, LinkError> {
        let request = PushRequest { ops, sent_at: Some(now) };
        let request = self.http.post(self.url("/sync/v1/push")).bearer_auth(&self.token).json(&request);
        json(request).await
    }

    /// Settles an op that got no answer: it has landed, or it never will.
    ///
    /// # Errors
    /// No answer, or refused; the op is as uncertain as before.
    pub async fn void(&self, request: VoidRequest) -> Result<OpAnswer, LinkError> {
        json(self.http.post(self.url("/sync/v1/void")).bearer_auth(&self.token).json(&request)).await
    }

    /// Tells what was done to a saved view; answers it as it is now.
    ///
    /// # Errors
    /// No answer (the same change again happens once), or refused.
    pub async fn change_view(&self, change: &SavedViewChange) -> Result<SavedView, LinkError> {
        json(self.http.post(self.url("/sync/v1/saved-views")).bearer_auth(&self.token).json(change)).await
    }

    /// Which of these ops the service has.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn known(&self, ops: &[Uuid]) -> Result<Vec<Uuid>, LinkError> {
        let mut known = Vec::new();
        for ops in ops.chunks(KnownOps::MOST) {
            let asked = KnownOps { ops: ops.to_vec() };
            let request = self.http.post(self.url("/sync/v1/known")).bearer_auth(&self.token).json(&asked);
            known.extend(json::<KnownOps>(request).await?.ops);
        }
        Ok(known)
    }

    /// The part of the bootstrap that begins at `from`; the first one without.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn bootstrap(&self, from: Option<&Cursor>) -> Result<IncomingPart, LinkError> {
        let door = self.door("/sync/v1/bootstrap", from)?;
        let body = text(self.http.get(door).bearer_auth(&self.token)).await?;
        let mut part = IncomingPart::read(&body).map_err(|error| LinkError::NotOurs(error.to_string()))?;
        part.from = from.cloned();
        Ok(part)
    }

    /// Tickets that hold the words asked for, newest first, narrowed by what the service can narrow by; `me` asks.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn search(&self, asked: &Asked, me: Uuid) -> Result<Vec<Ticket>, LinkError> {
        let mut url = self.door("/admin/support/tickets", None)?;
        ask(&mut url, asked, me);
        Ok(json::<Tickets>(self.http.get(url).bearer_auth(&self.token)).await?.items)
    }

    /// A conversation whole, as [`crate::Replica::keep_thread`] keeps it.
    ///
    /// # Errors
    /// No answer, or refused: it is not there.
    pub async fn thread(&self, ticket: Uuid) -> Result<IncomingRow, LinkError> {
        Ok(IncomingRow::read(&text(self.get(&format!("/sync/v1/thread/{ticket}"))).await?))
    }
}

/// What is asked for, as the door takes it: words, and one value of each filter; several are told apart here.
fn ask(url: &mut reqwest::Url, asked: &Asked, me: Uuid) {
    let mut pairs = url.query_pairs_mut();
    pairs.append_pair("q", &asked.marks()).append_pair("limit", "50");
    if let [status] = &*asked.statuses {
        pairs.append_pair("status", status.as_str());
    }
    if let [priority] = &*asked.priorities {
        pairs.append_pair("priority", priority.as_str());
    }
    if let [category] = &*asked.categories {
        pairs.append_pair("category", category.as_str());
    }
    match &*asked.assignees {
        [Whose::Mine] => {
            pairs.append_pair("assigned_to", &me.to_string());
        }
        [Whose::Nobody] => {
            pairs.append_pair("assigned_to", "none");
        }
        _ => {}
    }
}
