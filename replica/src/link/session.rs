//! Around a session: is there a service of ours, sign in, sign out.

use std::time::Duration;

use gemilang_protocol::alert::AlertChoices;
use gemilang_protocol::session::{Device, NewPassword, ServerInfo, Session, SignIn};
use gemilang_protocol::{Code, Duty, PROTOCOL_VERSION, Person};
use uuid::Uuid;

use super::{Link, LinkError, client, json, normalise_server, text};

/// A person waits in front of the form.
pub(super) const PATIENCE: Duration = Duration::from_secs(12);

/// Asks whether a Gemilang service answers at this address, before anybody types a password.
///
/// # Errors
/// No address, no answer, not ours, or newer than this app.
pub async fn check_server(server: &str) -> Result<ServerInfo, LinkError> {
    let server = normalise_server(server)?;
    let request = client()?.get(format!("{server}/healthz")).timeout(PATIENCE);
    let info: ServerInfo = match json(request).await {
        Err(LinkError::Refused(problem)) if problem.status < 500 => {
            return Err(LinkError::NotOurs(problem.detail));
        }
        other => other?,
    };
    if info.product != ServerInfo::PRODUCT {
        return Err(LinkError::NotOurs(info.product));
    }
    if info.protocol > PROTOCOL_VERSION {
        tracing::info!(theirs = info.protocol, ours = PROTOCOL_VERSION, "service speaks a newer protocol");
    }
    Ok(info)
}

/// Signs in at the staff door.
///
/// # Errors
/// No address, no answer, or refused (wrong credentials, throttled with its wait, a customer's account).
pub async fn sign_in(server: &str, email: &str, password: &str) -> Result<Session, LinkError> {
    sign_in_on(server, email, password, None).await
}

/// The same, from a computer with a name, by which its person finds the session again.
///
/// # Errors
/// As [`sign_in`].
pub async fn sign_in_on(
    server: &str,
    email: &str,
    password: &str,
    device: Option<String>,
) -> Result<Session, LinkError> {
    let server = normalise_server(server)?;
    let request = client()?.post(format!("{server}/admin/session")).timeout(PATIENCE).json(&SignIn {
        email: email.to_owned(),
        password: password.to_owned(),
        device,
    });
    json(request).await
}

/// A list of the staff door.
#[derive(serde::Deserialize)]
struct Items<T> {
    items: Vec<T>,
}

impl Link {
    /// Tells whether what is urgent rings for this person; answers them as everybody sees them then.
    ///
    /// # Errors
    /// No answer, or refused: a pause that is over by now.
    pub async fn set_duty(&self, duty: Duty) -> Result<Person, LinkError> {
        json(self.http.put(self.url("/sync/v1/duty")).bearer_auth(&self.token).json(&duty).timeout(PATIENCE)).await
    }

    /// Tells what this person wants of alerts, for all their desks; answers them as everybody sees them then.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn set_alerts(&self, choices: &AlertChoices) -> Result<Person, LinkError> {
        json(self.http.put(self.url("/sync/v1/alerts")).bearer_auth(&self.token).json(choices).timeout(PATIENCE)).await
    }

    /// Chooses a new password; all other sessions of its person end with it.
    ///
    /// # Errors
    /// No answer, or refused: the current one is another, or the new one breaks a rule.
    pub async fn change_password(&self, current: &str, new: &str) -> Result<(), LinkError> {
        let asked = NewPassword { current_password: current.to_owned(), password: new.to_owned() };
        let request = self.http.post(self.url("/admin/session/password")).bearer_auth(&self.token).json(&asked);
        text(request.timeout(PATIENCE)).await.map(drop)
    }

    /// Where this person is signed in, the last used first.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn sessions(&self) -> Result<Vec<Device>, LinkError> {
        Ok(json::<Items<Device>>(self.get("/admin/sessions").timeout(PATIENCE)).await?.items)
    }

    /// Ends one of this person's sessions; one that is over already is no refusal.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn end_session(&self, session: Uuid) -> Result<(), LinkError> {
        let door = self.url(&format!("/admin/sessions/{session}"));
        match text(self.http.delete(door).bearer_auth(&self.token).timeout(PATIENCE)).await {
            Err(LinkError::Refused(problem)) if problem.code == Code::NotFound => Ok(()),
            other => other.map(drop),
        }
    }

    /// Ends all of this person's sessions but this one.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn end_other_sessions(&self) -> Result<(), LinkError> {
        text(self.http.delete(self.url("/admin/sessions")).bearer_auth(&self.token).timeout(PATIENCE)).await.map(drop)
    }

    /// Ends the session at the service. The replica and its outbox stay.
    ///
    /// # Errors
    /// No answer, or refused; the token is to be forgotten all the same.
    pub async fn sign_out(&self) -> Result<(), LinkError> {
        let request = self.http.delete(self.url("/admin/session")).bearer_auth(&self.token).timeout(PATIENCE);
        text(request).await.map(drop)
    }
}
