//! Saved views: as the service tells them, with what their person did to them laid over it. What was done here is kept at once, and told by [`tell`] when there is a line.

/// What a view counts.
mod count;
/// Telling the service.
pub(crate) mod tell;

use std::collections::BTreeMap;

use gemilang_protocol::desk::changes::Changed;
use gemilang_protocol::desk::views::{SavedViewRow, TicketQuery};
use gemilang_protocol::saved_view::MOST;
use gemilang_protocol::{Code, FieldError, PersonRef, Role, SavedList, SavedView, SavedViewChange, validate};
use sqlx::{Row, SqliteConnection, query, query_as};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::{ReplicaError, Result};
use crate::file::{Durability, Replica};

/// A change that waits, and what became of it so far.
struct Waiting {
    change: SavedViewChange,
    /// It may have arrived.
    sent: bool,
    refused: Option<Code>,
}

/// What is known of one view.
#[derive(Default)]
struct Known {
    told: Option<SavedView>,
    waiting: Option<Waiting>,
}

impl Known {
    /// What it shows here; nothing where it is deleted, or was to be.
    fn list(&self) -> Option<&SavedList> {
        let told = self.told.as_ref().and_then(|view| view.list.as_ref());
        match &self.waiting {
            Some(waiting) => waiting.change.list.as_ref().or(waiting.refused.and(told)),
            None => told,
        }
    }

    fn owner(&self, me: Uuid) -> Uuid {
        self.told.as_ref().map_or(me, |view| view.owner)
    }

    fn is_shared(&self) -> bool {
        let waiting = self.waiting.as_ref().is_some_and(|waiting| waiting.change.shared);
        self.told.as_ref().map_or(waiting, |view| view.shared)
    }
}

impl Replica {
    /// The saved views, personal ones first, by name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn saved_views(&self) -> Result<Vec<SavedViewRow>> {
        let mut tx = self.read().await?;
        let known = known(&mut tx).await?;
        let staff: Vec<(Uuid, String, String)> =
            query_as("select id, name, person ->> '$.role' from people where staff").fetch_all(&mut *tx).await?;
        let me = self.me();
        let is_admin = self.is_admin(&staff);
        let mut rows: Vec<_> = known
            .iter()
            .filter_map(|(id, known)| {
                let list = known.list()?;
                let owner = known.owner(me.id);
                let name = staff.iter().find(|(id, ..)| *id == owner).map(|(_, name, _)| name.clone());
                let own_name = if owner == me.id { me.name.clone() } else { String::new() };
                let refused = known.waiting.as_ref().and_then(|waiting| waiting.refused);
                Some(SavedViewRow {
                    id: *id,
                    name: list.name.clone(),
                    shared: known.is_shared(),
                    owner: PersonRef { id: owner, name: name.unwrap_or(own_name) },
                    may_change: owner == me.id || is_admin,
                    query: list.query(),
                    unsent: known.waiting.is_some() && refused.is_none(),
                    refused,
                    deleting: known.waiting.as_ref().is_some_and(|waiting| waiting.change.list.is_none()),
                })
            })
            .collect();
        rows.sort_by_cached_key(|row| (row.shared, row.name.to_lowercase(), row.id));
        Ok(rows)
    }

    /// Keeps a list under a name: a new view under the id `fresh`, or another list in the place of one's own. `op` is for the change.
    ///
    /// # Errors
    /// A text breaks a rule or there are [`MOST`] already, there is no such view that this person may change, or the disk is full.
    pub async fn save_view(
        &self,
        view: Option<Uuid>,
        (fresh, op): (Uuid, Uuid),
        shared: bool,
        name: &str,
        shows: &TicketQuery,
    ) -> Result<Uuid> {
        let name = validate::view_name(name).map_err(|rule| ReplicaError::Invalid { field: "view", rule })?;
        let q = validate::view_text(&shows.q).map_err(|rule| ReplicaError::Invalid { field: "q", rule })?;
        let list = SavedList { q, ..SavedList::of(name, shows) };
        let id = view.unwrap_or(fresh);
        self.change_view(id, op, shared, Some(list), view.is_none()).await?;
        Ok(id)
    }

    /// Deletes a view for everybody who has it.
    ///
    /// # Errors
    /// There is no such view that this person may change, or the disk is full.
    pub async fn delete_view(&self, view: Uuid, op: Uuid) -> Result<()> {
        self.change_view(view, op, false, None, false).await
    }

    async fn change_view(
        &self,
        id: Uuid,
        op_id: Uuid,
        shared: bool,
        list: Option<SavedList>,
        is_new: bool,
    ) -> Result<()> {
        let me = self.me().id;
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Kept).await?;
        let mut known = known(&mut tx).await?;
        if is_new {
            let own = known.values().filter(|it| it.list().is_some() && it.owner(me) == me).count();
            if own >= MOST {
                return Err(ReplicaError::Invalid { field: "view", rule: FieldError::TooMany { most: MOST } });
            }
        }
        let before = known.remove(&id).unwrap_or_default();
        if !is_new {
            let staff: Vec<(Uuid, String, String)> =
                query_as("select id, name, person ->> '$.role' from people where id = ?")
                    .bind(me)
                    .fetch_all(&mut *tx)
                    .await?;
            if before.list().is_none() || before.owner(me) != me && !self.is_admin(&staff) {
                return Err(ReplicaError::NotFound);
            }
        }
        let was_sent = before.waiting.as_ref().is_some_and(|waiting| waiting.sent);
        if list.is_none() && before.told.is_none() && !was_sent {
            // Nobody else has ever heard of it.
            query("delete from saved_view_changes where view = ?").bind(id).execute(&mut *tx).await?;
        } else {
            let shared = if is_new { shared } else { before.is_shared() };
            let change = SavedViewChange { op_id, view: id, shared, list };
            query(
                "insert into saved_view_changes (view, change) values (?, ?)
                on conflict (view) do update set change = excluded.change, refused = null",
            )
            .bind(id)
            .bind(serde_json::to_string(&change)?)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.views_changed();
        Ok(())
    }

    /// Sends a refused change again, or gives it up: then the view is as it was.
    ///
    /// # Errors
    /// The disk is full.
    pub async fn settle_view(&self, view: Uuid, again: bool) -> Result<()> {
        let mut writer = self.writer().await;
        let mut tx = writer.begin_beside(Durability::Kept).await?;
        query(if again {
            "update saved_view_changes set refused = null where view = ?"
        } else {
            "delete from saved_view_changes where view = ? and refused is not null"
        })
        .bind(view)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        self.keep_words(&mut writer).await;
        drop(writer);
        self.views_changed();
        Ok(())
    }

    /// By what is known of them now rather than when they signed in.
    fn is_admin(&self, staff: &[(Uuid, String, String)]) -> bool {
        let me = self.me();
        staff
            .iter()
            .find(|(id, ..)| *id == me.id)
            .map_or(me.role == Role::Admin, |(.., role)| role == Role::Admin.as_str())
    }

    /// Tells the page, and whoever tells the service.
    fn views_changed(&self) {
        self.announce(Changed { views: true, ..Changed::default() });
        self.wake_views();
    }
}

/// All there is, by id.
async fn known(connection: &mut SqliteConnection) -> Result<BTreeMap<Uuid, Known>> {
    let mut all: BTreeMap<Uuid, Known> = BTreeMap::new();
    let told: Vec<(Uuid, String)> = query_as("select id, view from saved_views").fetch_all(&mut *connection).await?;
    for (id, view) in told {
        all.entry(id).or_default().told = Some(serde_json::from_str(&view)?);
    }
    for row in query("select view, change, sent, refused from saved_view_changes").fetch_all(connection).await? {
        let refused: Option<String> = row.try_get("refused")?;
        all.entry(row.try_get("view")?).or_default().waiting = Some(Waiting {
            change: serde_json::from_str(row.try_get("change")?)?,
            sent: row.try_get("sent")?,
            refused: refused.map(|code| serde_json::from_value(serde_json::Value::String(code))).transpose()?,
        });
    }
    Ok(all)
}

/// Stores views as they are now. A lower `n` never replaces a higher, but for what was told before the service was restored.
pub(crate) fn put(batch: &mut Batch, views: &[&SavedView]) -> Result<()> {
    if views.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> =
        views.iter().map(|view| Ok((Hex(view.id), view.n, serde_json::to_string(view)?))).collect::<Result<_>>()?;
    batch
        .add(
            "insert into saved_views (id, n, told, view)
            select unhex(value ->> 0), value ->> 1, 1, value ->> 2 from jsonb_each(?) where true
            on conflict (id) do update set n = excluded.n, told = 1, view = excluded.view
            where excluded.n >= saved_views.n or not saved_views.told",
        )
        .rows(&rows)?;
    Ok(())
}

/// The place in the feed is lost: what was told so far may be gone at the service.
pub(crate) fn forget(batch: &mut Batch) {
    batch.add("update saved_views set told = 0");
}

/// Everything was fetched anew. What nobody told of again is gone at the service: one's own is offered to it once more, under
/// an op that is the same whenever that happens, and others' views go here as well.
pub(crate) async fn offer_lost(tx: &mut SqliteConnection, me: Uuid) -> Result<bool> {
    let lost: Vec<String> =
        sqlx::query_scalar("select view from saved_views where not told").fetch_all(&mut *tx).await?;
    for view in &lost {
        let SavedView { id, owner, shared, list, .. } = serde_json::from_str(view)?;
        if owner == me && list.is_some() {
            let change = SavedViewChange { op_id: id, view: id, shared, list };
            query("insert into saved_view_changes (view, change) values (?, ?) on conflict do nothing")
                .bind(id)
                .bind(serde_json::to_string(&change)?)
                .execute(&mut *tx)
                .await?;
        }
    }
    query("delete from saved_views where not told").execute(tx).await?;
    Ok(!lost.is_empty())
}

/// What waits to be sent, for its second place.
pub(crate) async fn unsent(connection: &mut SqliteConnection) -> Result<Vec<SavedViewChange>> {
    let rows: Vec<String> = sqlx::query_scalar("select change from saved_view_changes").fetch_all(connection).await?;
    rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
}

/// Puts back what was rescued; whether it was on the wire is not known any more.
pub(crate) async fn carry_over(connection: &mut SqliteConnection, changes: &[SavedViewChange]) -> Result<()> {
    for change in changes {
        query("insert into saved_view_changes (view, change, sent) values (?, ?, 1) on conflict do nothing")
            .bind(change.view)
            .bind(serde_json::to_string(change)?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
