//! Colleague: another member of the staff, who works through the API while the desk under test looks on.

use gemilang_protocol::session::{Session, SessionUser, SignIn};
use gemilang_protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::failure::{Failure, Result};
use crate::service::{Account, Service};

/// Somebody signed in at the staff door.
#[derive(Debug)]
pub struct Colleague {
    /// Who.
    pub user: SessionUser,
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Colleague {
    /// Signs in.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn sign_in(url: &str, account: &Account) -> Result<Self> {
        let http = reqwest::Client::new();
        let body = SignIn { email: account.email.clone(), password: account.password.clone(), device: None };
        let answer = http.post(format!("{url}/admin/session")).json(&body).send().await?;
        let session: Session = answer.error_for_status()?.json().await?;
        Ok(Self { user: session.user, http, url: url.to_owned(), token: session.token })
    }

    /// Joins the staff of a service and signs in.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn joins(service: &Service, name: &str) -> Result<Self> {
        let account = Account::new(name);
        service.add_staff(&account)?;
        Self::sign_in(&service.url(), &account).await
    }

    /// Takes a ticket, named by its number.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn take(&self, number: &str) -> Result<()> {
        self.patch(number, "/assign", json!({ "assigned_to": self.user.id })).await
    }

    /// Takes every ticket that rings, so that no screen moves by itself.
    ///
    /// # Errors
    /// The service refuses; the database.
    pub async fn takes_what_rings(&self, database: &sqlx::PgPool) -> Result<()> {
        let ringing = "select id::text from support_tickets where priority = 'urgent' and assigned_to is null
            and status in ('open', 'in_progress', 'waiting_customer')";
        for ticket in sqlx::query_scalar::<_, String>(ringing).fetch_all(database).await? {
            self.give(&ticket, Some(self.user.id)).await?;
        }
        Ok(())
    }

    /// Changes the priority of a ticket, named by its number.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn set_priority(&self, number: &str, to: gemilang_protocol::Priority) -> Result<()> {
        self.patch(number, "", json!({ "priority": to })).await
    }

    /// Changes the status of a ticket, named by its number.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn set_status(&self, number: &str, to: gemilang_protocol::Status) -> Result<()> {
        self.patch(number, "/status", json!({ "status": to })).await
    }

    /// Answers the customer of a ticket, named by its number.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn reply(&self, number: &str, message: &str) -> Result<()> {
        self.post(number, "messages", json!({ "message": message })).await
    }

    /// Has read a ticket, named by its number.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn read(&self, number: &str) -> Result<()> {
        self.post(number, "read", json!({ "up_to": 1_000 })).await
    }

    /// Is on duty from now on, until the service sees for a while that they have no desk.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn on_duty(&self) -> Result<()> {
        let request = self.http.put(format!("{}/sync/v1/duty", self.url)).header(PROTOCOL_HEADER, PROTOCOL_VERSION);
        request.bearer_auth(&self.token).json(&json!({ "is": "on" })).send().await?.error_for_status()?;
        Ok(())
    }

    async fn post(&self, number: &str, door: &str, body: Value) -> Result<()> {
        let id = self.find(number).await?;
        let request = self.http.post(format!("{}/admin/support/tickets/{id}/{door}", self.url));
        request.bearer_auth(&self.token).json(&body).send().await?.error_for_status()?;
        Ok(())
    }

    async fn patch(&self, number: &str, door: &str, body: Value) -> Result<()> {
        let id = self.find(number).await?;
        let request = self.http.patch(format!("{}/admin/support/tickets/{id}{door}", self.url));
        request.bearer_auth(&self.token).json(&body).send().await?.error_for_status()?;
        Ok(())
    }

    /// Gives a ticket to somebody, or to nobody.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn give(&self, ticket: &str, to: Option<Uuid>) -> Result<()> {
        let request = self.http.patch(format!("{}/admin/support/tickets/{ticket}/assign", self.url));
        request.bearer_auth(&self.token).json(&json!({ "assigned_to": to })).send().await?.error_for_status()?;
        Ok(())
    }

    /// The id of a ticket, named by its number.
    ///
    /// # Errors
    /// There is none.
    pub async fn find(&self, number: &str) -> Result<String> {
        let request = self.http.get(format!("{}/admin/support/tickets?limit=100", self.url));
        let list: Value = request.bearer_auth(&self.token).send().await?.error_for_status()?.json().await?;
        list["items"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|ticket| ticket["number"] == number)
            .and_then(|ticket| ticket["id"].as_str())
            .map(str::to_owned)
            .ok_or_else(|| Failure::Answer(format!("no ticket {number}")))
    }
}
