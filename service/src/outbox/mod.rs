//! What leaves the house by mail. A letter is put here in the transaction of its cause; a worker writes it and a carrier takes it.
//! Nothing here decides who is told what: that is the rule of whoever puts it.

/// Capture, or SMTP.
pub mod carrier;
/// From a letter to the mail as it is read: words, links, headers.
pub mod compose;
/// When the next try is, and when it is given up. Pure.
pub mod plan;
pub(crate) mod sql;
/// The worker.
pub mod work;

use std::sync::Arc;

use gemilang_protocol::Time;
use serde::{Deserialize, Serialize};
use sqlx::PgExecutor;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{App, Error, Result};

/// What somebody is told. Words, addresses and links are the mail's, made when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Letter {
    /// Confirm that the address is yours.
    Confirm {},
    /// A link to sign in with.
    SignIn {},
    /// A link to choose a new password with.
    Reset {},
    /// Somebody signed in with your account in a browser that never did.
    NewSignIn {
        /// Which, as `Chrome, Android`; may be empty.
        device: String,
        /// When.
        at: Time,
    },
    /// An admin asks you to join the staff.
    Staff {
        /// Which invitation.
        invitation: Uuid,
    },
    /// Somebody asks you to look at their tickets.
    Invitation {
        /// Which share.
        share: Uuid,
    },
}

impl Letter {
    /// The word in the `kind` column, and in the keys of its texts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Confirm {} => "confirm",
            Self::SignIn {} => "sign_in",
            Self::Reset {} => "reset",
            Self::NewSignIn { .. } => "new_sign_in",
            Self::Staff { .. } => "staff",
            Self::Invitation { .. } => "invitation",
        }
    }

    /// As its two columns.
    pub(crate) fn columns(&self) -> Result<(&'static str, serde_json::Value)> {
        let value = serde_json::to_value(self).map_err(|_| Error::Stored("letter"))?;
        Ok((self.kind(), value.get("data").cloned().unwrap_or_default()))
    }

    /// From its two columns.
    fn of(kind: &str, data: &serde_json::Value) -> Result<Self, UnreadError> {
        const KINDS: [&str; 6] = ["confirm", "sign_in", "reset", "new_sign_in", "invitation", "staff"];
        if !KINDS.contains(&kind) {
            return Err(UnreadError::Newer);
        }
        Ok(serde_json::from_value(serde_json::json!({ "kind": kind, "data": data }))?)
    }
}

/// Why a letter cannot be read.
#[derive(Debug, thiserror::Error)]
enum UnreadError {
    /// Another worker, as new as who wrote it, will know it.
    #[error("a letter of a kind that this service does not know")]
    Newer,
    /// Nobody will.
    #[error("its data cannot be read: {0}")]
    Broken(#[from] serde_json::Error),
}

/// Says that something was put into the outbox; the worker of this process wakes. Others look by themselves.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Wakes the worker. Never waits.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    async fn rung(&self) {
        self.0.notified().await;
    }
}

/// Puts a letter into the outbox, in the transaction of what causes it. Ring the post bell of the app after the commit.
///
/// # Errors
/// The database.
pub async fn put(db: impl PgExecutor<'_>, letter: &Letter, recipient: &str, now: Time) -> Result<()> {
    let (kind, data) = letter.columns()?;
    sql::insert(db, Uuid::now_v7(), kind, recipient, &data, now).await
}

/// A letter that could not be delivered, as an operator reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dead {
    /// Which.
    pub id: Uuid,
    /// What it should have told.
    pub kind: String,
    /// Whom.
    pub recipient: String,
    /// Tries made.
    pub attempts: i32,
    /// What the last of them met.
    pub fault: String,
    /// When it was put into the outbox.
    pub created_at: Time,
}

/// The letters that could not be delivered, newest first, 200 at most.
///
/// # Errors
/// The database.
pub async fn dead(app: &App) -> Result<Vec<Dead>> {
    sql::dead(&app.db).await
}

/// Tries all of them afresh, and answers how many.
///
/// # Errors
/// The database.
pub async fn revive(app: &App) -> Result<u64> {
    let revived = sql::revive(&app.db, app.clock.now()).await?;
    app.post.ring();
    Ok(revived)
}

/// Forgets what has been done for a month.
///
/// # Errors
/// The database.
pub async fn prune(app: &App) -> Result<()> {
    sql::prune(&app.db, app.clock.now() - plan::KEPT).await
}
