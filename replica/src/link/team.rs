//! The team, the opening hours and blocked customers at the staff door. Nothing of it is kept on the desk.

use gemilang_protocol::team::{Invite, MemberChange, Team, TeamChanged};
use gemilang_protocol::{Block, OpeningHours, Person, Role};
use uuid::Uuid;

use super::session::PATIENCE;
use super::{Link, LinkError, json};

impl Link {
    /// Everybody, and who was asked to join.
    ///
    /// # Errors
    /// No answer, or refused: only admins are told.
    pub async fn team(&self) -> Result<Team, LinkError> {
        json(self.get("/admin/team").timeout(PATIENCE)).await
    }

    /// Asks somebody to join, by mail.
    ///
    /// # Errors
    /// No answer, or refused: no address, or one that has an account.
    pub async fn invite(&self, email: &str, role: Role) -> Result<Team, LinkError> {
        let invite = Invite { email: email.to_owned(), role };
        json(self.http.post(self.url("/admin/people")).bearer_auth(&self.token).json(&invite).timeout(PATIENCE)).await
    }

    /// Sends an invitation once more.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn resend_invitation(&self, id: Uuid) -> Result<Team, LinkError> {
        let door = self.url(&format!("/admin/invitations/{id}"));
        json(self.http.post(door).bearer_auth(&self.token).timeout(PATIENCE)).await
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn withdraw_invitation(&self, id: Uuid) -> Result<Team, LinkError> {
        let door = self.url(&format!("/admin/invitations/{id}"));
        json(self.http.delete(door).bearer_auth(&self.token).timeout(PATIENCE)).await
    }

    /// Changes what somebody may do, or whether they may come in.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn change_member(&self, person: Uuid, change: &MemberChange) -> Result<TeamChanged, LinkError> {
        let door = self.url(&format!("/admin/people/{person}"));
        json(self.http.patch(door).bearer_auth(&self.token).json(change).timeout(PATIENCE)).await
    }

    /// Ends all of somebody's sessions.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn end_member_sessions(&self, person: Uuid) -> Result<Team, LinkError> {
        let door = self.url(&format!("/admin/people/{person}/sessions"));
        json(self.http.delete(door).bearer_auth(&self.token).timeout(PATIENCE)).await
    }

    /// When the house is open, if anybody has said so.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn hours(&self) -> Result<Option<OpeningHours>, LinkError> {
        json(self.get("/admin/opening-hours").timeout(PATIENCE)).await
    }

    /// Says when the house is open.
    ///
    /// # Errors
    /// No answer, or refused: a rule of the table is broken, or its person is no admin.
    pub async fn set_hours(&self, hours: &OpeningHours) -> Result<OpeningHours, LinkError> {
        let door = self.url("/admin/opening-hours");
        json(self.http.put(door).bearer_auth(&self.token).json(hours).timeout(PATIENCE)).await
    }

    /// Shuts a customer out of the portal, or lets them in again.
    ///
    /// # Errors
    /// No answer, or refused.
    pub async fn block_customer(&self, customer: Uuid, blocked: bool) -> Result<Person, LinkError> {
        let door = self.url(&format!("/admin/people/{customer}/blocked"));
        json(self.http.put(door).bearer_auth(&self.token).json(&Block { blocked }).timeout(PATIENCE)).await
    }
}
