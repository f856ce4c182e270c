//! Pull, push and size.

use gemilang_protocol::{Cursor, Op, OpAnswer, PushAnswer, PushRequest, VoidRequest};
use serde::Deserialize;

use super::{Link, LinkError, json, text};
use crate::page::Incoming;

#[derive(Deserialize)]
struct Size {
    tickets: u64,
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

    /// Hands over at most [`PushRequest::MOST`] ops, in the order written.
    ///
    /// # Errors
    /// No answer (some may have landed: the same ops again get the same answers), or all refused.
    pub async fn push(&self, ops: Vec<Op>) -> Result<PushAnswer, LinkError> {
        let request = self.http.post(self.url("/sync/v1/push")).bearer_auth(&self.token).json(&PushRequest { ops });
        json(request).await
    }

    /// Settles an op that got no answer: it has landed, or it never will.
    ///
    /// # Errors
    /// No answer, or refused; the op is as uncertain as before.
    pub async fn void(&self, request: VoidRequest) -> Result<OpAnswer, LinkError> {
        json(self.http.post(self.url("/sync/v1/void")).bearer_auth(&self.token).json(&request)).await
    }

    /// How many tickets the service has: what the first sync measures itself against.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn size(&self) -> Result<u64, LinkError> {
        let size: Size = json(self.get("/sync/v1/size")).await?;
        Ok(size.tickets)
    }
}
