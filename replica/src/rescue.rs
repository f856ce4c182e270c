//! Rescue: a file that is damaged is set aside and made anew, and what a person wrote is carried over first. For that the unsent words stand in a second, small file too.

use std::path::{Path, PathBuf};

use gemilang_protocol::session::SessionUser;
use gemilang_protocol::{Op, SavedViewChange, Time};
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection, query};
use uuid::Uuid;

use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica, Writer};
use crate::filing;
use crate::saved_views;
use crate::time::{from_micros, micros};

/// What SQLite keeps beside a file.
const LOGS: [&str; 2] = ["-wal", "-shm"];

/// What became of a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// Where it is now.
    pub aside: PathBuf,
    /// Unsent ops that were carried over.
    pub ops: usize,
    /// Drafts that were carried over.
    pub drafts: usize,
}

/// What a person wrote and nobody else has.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Words {
    ops: Vec<Kept>,
    drafts: Vec<Draft>,
    /// The form of a ticket for a customer, as it is kept.
    #[serde(default)]
    filing: Option<String>,
    /// Changes of saved views.
    #[serde(default)]
    views: Vec<SavedViewChange>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    op: Op,
    wish: Option<String>,
    edited_act: Option<String>,
    edited_id: Option<Uuid>,
    /// Why it failed, if it did: it waits for a person's choice.
    #[serde(default)]
    failed: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    ticket: Uuid,
    kind: String,
    text: String,
    saved_at: Time,
}

impl Replica {
    /// Opens the file as [`Replica::open`] does; a damaged one is set aside and made anew with the words that were in it.
    ///
    /// # Errors
    /// The disk is full, or a newer app wrote the file.
    pub async fn open_or_rebuild(file: &Path, me: SessionUser, now: Time) -> Result<(Self, Option<Rescued>)> {
        let fresh = beside(file, "new");
        let aside = beside(file, &format!("damaged-{}", now.format("%Y%m%d-%H%M%S%.6f")));
        if !file.exists() && fresh.exists() {
            // The last rescue was cut off between its steps. A log of the damaged file must not be worked into the new one.
            set_logs_aside(file, &aside)?;
            rename(&fresh, file)?;
            remove_one(&beside(&fresh, "words"))?;
        }
        let damage = match Self::open(file, me.clone()).await {
            Ok(replica) => return Ok((replica, None)),
            Err(ReplicaError::Damaged(damage)) => damage,
            Err(error) => return Err(error),
        };
        tracing::error!(damage, file = %file.display(), "the replica is damaged: it is set aside and made anew");
        let words = rescue(file).await;
        let rescued = Rescued { aside, ops: words.ops.len(), drafts: words.drafts.len() };
        remove(&fresh)?;
        let replica = Self::open(&fresh, me.clone()).await?;
        replica.carry_over(&words, now).await?;
        replica.close().await?;
        drop(replica);
        rename(file, &rescued.aside)?;
        set_logs_aside(file, &rescued.aside)?;
        for tail in LOGS {
            remove_one(&with_tail(&fresh, tail))?;
        }
        rename(&fresh, file)?;
        remove_one(&beside(&fresh, "words"))?;
        Ok((Self::open(file, me).await?, Some(rescued)))
    }

    async fn carry_over(&self, words: &Words, now: Time) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin(Durability::Kept).await?;
        query("update file set rebuilt_at = ?").bind(micros(now)).execute(&mut *tx).await?;
        for Kept { op, wish, edited_act, edited_id, failed } in &words.ops {
            // Whether it was on the wire is not known any more: under its id it lands once, whatever has become of it.
            query(
                "insert into outbox (op_id, ticket_id, kind, act, seen_n, written_at, frozen_at,
                    wish, edited_act, edited_id, state, reason)
                values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, iif(?11 is null, 'queued', 'failed'), ?11) on conflict do nothing",
            )
            .bind(op.op_id)
            .bind(op.ticket_id)
            .bind(op.act.kind())
            .bind(serde_json::to_string(&op.act)?)
            .bind(op.seen_n)
            .bind(micros(op.written_at))
            .bind(micros(now))
            .bind(wish)
            .bind(edited_act)
            .bind(edited_id)
            .bind(failed)
            .execute(&mut *tx)
            .await?;
        }
        for Draft { ticket, kind, text, saved_at } in &words.drafts {
            query("insert into drafts (ticket_id, kind, text, saved_at) values (?, ?, ?, ?) on conflict do nothing")
                .bind(ticket)
                .bind(kind)
                .bind(text)
                .bind(micros(*saved_at))
                .execute(&mut *tx)
                .await?;
        }
        if let Some(draft) = &words.filing {
            filing::put(&mut tx, draft).await?;
        }
        saved_views::carry_over(&mut tx, &words.views).await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        Ok(())
    }

    /// Writes the unsent words into their second file. Called by whoever holds the writer, after each commit of a person's words.
    pub(crate) async fn keep_words(&self, writer: &mut Writer) {
        let file = beside(self.path(), "words");
        let kept = async {
            let words = words(writer.connection()).await?;
            let json = serde_json::to_vec(&words)?;
            let written = tokio::task::spawn_blocking(move || write(&file, &json)).await;
            written
                .unwrap_or_else(|error| Err(std::io::Error::other(error)))
                .map_err(|error| sqlx::Error::Io(error).into())
        };
        // The words are in the replica all the same.
        if let Err(error) = kept.await.map_err(|error: ReplicaError| error) {
            tracing::warn!(%error, "the unsent words have no second place");
        }
    }
}

/// What can be had of the words in a damaged file, else of those in the second one.
async fn rescue(file: &Path) -> Words {
    match from_damaged(file).await {
        Ok(words) => words,
        Err(error) => {
            tracing::warn!(%error, "the outbox cannot be read from the damaged file: the second place is used");
            let json = std::fs::read(beside(file, "words")).unwrap_or_default();
            serde_json::from_slice(&json).unwrap_or_default()
        }
    }
}

async fn from_damaged(file: &Path) -> Result<Words> {
    let mut connection = Replica::connect_as_is(file).await?;
    words(&mut connection).await
}

async fn words(connection: &mut SqliteConnection) -> Result<Words> {
    let ops = query(
        "select op_id, ticket_id, act, seen_n, written_at, wish, edited_act, edited_id,
            case state when 'failed' then reason end as failed from outbox
        where state <> 'sent' order by ord",
    )
    .fetch_all(&mut *connection)
    .await?;
    let drafts = query("select ticket_id, kind, text, saved_at from drafts").fetch_all(&mut *connection).await?;
    // A damaged file may be from before there was such a table.
    let has_filing = query("select name from sqlite_master where name = 'filing'");
    let filing = match has_filing.fetch_optional(&mut *connection).await? {
        Some(_) => filing::find(&mut *connection).await?,
        None => None,
    };
    // An older app's file has no such table; of one that is damaged this is the least.
    let views = saved_views::unsent(connection).await.unwrap_or_default();
    Ok(Words {
        filing,
        ops: ops
            .iter()
            .map(|row| {
                let op = Op {
                    op_id: row.try_get("op_id")?,
                    ticket_id: row.try_get("ticket_id")?,
                    seen_n: row.try_get("seen_n")?,
                    written_at: from_micros(row.try_get("written_at")?),
                    act: serde_json::from_str(row.try_get("act")?)?,
                };
                Ok(Kept {
                    op,
                    wish: row.try_get("wish")?,
                    edited_act: row.try_get("edited_act")?,
                    edited_id: row.try_get("edited_id")?,
                    failed: row.try_get("failed")?,
                })
            })
            .collect::<Result<_>>()?,
        drafts: drafts
            .iter()
            .map(|row| {
                Ok(Draft {
                    ticket: row.try_get("ticket_id")?,
                    kind: row.try_get("kind")?,
                    text: row.try_get("text")?,
                    saved_at: from_micros(row.try_get("saved_at")?),
                })
            })
            .collect::<Result<_>>()?,
        views,
    })
}

/// Whole or not at all: written beside, brought to the disk, then moved over the old one.
fn write(file: &Path, json: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let draft = with_tail(file, "~");
    let mut open = std::fs::File::create(&draft)?;
    open.write_all(json)?;
    open.sync_all()?;
    std::fs::rename(&draft, file)
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    with_tail(file, &format!(".{extension}"))
}

fn with_tail(file: &Path, tail: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

/// A log belongs to the file it was written for.
fn set_logs_aside(file: &Path, aside: &Path) -> Result<()> {
    for tail in LOGS {
        let from = with_tail(file, tail);
        if from.exists() {
            rename(&from, &with_tail(aside, tail))?;
        }
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(|error| sqlx::Error::Io(error).into())
}

/// What a rescue that was cut off left behind.
fn remove(file: &Path) -> Result<()> {
    for tail in ["", "-wal", "-shm"] {
        remove_one(&with_tail(file, tail))?;
    }
    Ok(())
}

fn remove_one(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(sqlx::Error::Io(error).into()),
        _ => Ok(()),
    }
}
