//! Statements on `saved_views`, and their rows of the feed.

use gemilang_protocol::{SavedList, SavedView, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::Result;

struct Row {
    id: Uuid,
    n: i64,
    owner_id: Uuid,
    shared: bool,
    name: Option<String>,
    inbox: Option<String>,
    sort: Option<String>,
    q: Option<String>,
}

impl From<Row> for SavedView {
    fn from(row: Row) -> Self {
        let list = (|| Some(SavedList { name: row.name?, inbox: row.inbox?, sort: row.sort?, q: row.q? }))();
        Self { id: row.id, n: row.n, owner: row.owner_id, shared: row.shared, list }
    }
}

/// Everybody else who changes views of this person's waits.
pub(super) async fn lock_owner(db: impl PgExecutor<'_>, owner: Uuid) -> Result<()> {
    sqlx::query_scalar!("select id from users where id = $1 for no key update", owner).fetch_one(db).await?;
    Ok(())
}

/// A view as it is, until the transaction ends.
pub(super) async fn lock(db: impl PgExecutor<'_>, id: Uuid) -> Result<Option<SavedView>> {
    let row = sqlx::query_as!(
        Row,
        "select id, n, owner_id, shared, name, inbox, sort, q from saved_views where id = $1 for update",
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(SavedView::from))
}

/// The record that an op changed, if it did.
pub(super) async fn answered(db: impl PgExecutor<'_>, op_id: Uuid) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!("select record_id from record_events where op_id = $1", op_id).fetch_optional(db).await?)
}

/// How many somebody keeps.
pub(super) async fn count(db: impl PgExecutor<'_>, owner: Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from saved_views where owner_id = $1 and name is not null"#,
        owner
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn insert(db: impl PgExecutor<'_>, view: &SavedView, now: Time) -> Result<()> {
    let list = view.list.as_ref();
    sqlx::query!(
        "insert into saved_views (id, n, owner_id, shared, name, inbox, sort, q, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        view.id,
        view.n,
        view.owner,
        view.shared,
        list.map(|list| &list.name),
        list.map(|list| &list.inbox),
        list.map(|list| &list.sort),
        list.map(|list| &list.q),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn update(db: impl PgExecutor<'_>, view: &SavedView, now: Time) -> Result<()> {
    let list = view.list.as_ref();
    sqlx::query!(
        "update saved_views set n = $2, name = $3, inbox = $4, sort = $5, q = $6, updated_at = $7 where id = $1",
        view.id,
        view.n,
        list.map(|list| &list.name),
        list.map(|list| &list.inbox),
        list.map(|list| &list.sort),
        list.map(|list| &list.q),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The row of the feed, by which the op is known for ever.
pub(super) async fn tell(db: impl PgExecutor<'_>, id: Uuid, op_id: Uuid, generation: i32) -> Result<()> {
    sqlx::query!(
        "insert into record_events (kind, record_id, generation, op_id) values ('saved_view', $1, $2, $3)",
        id,
        generation,
        op_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Views as they are now, deleted ones included.
pub(crate) async fn find_many(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<SavedView>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, n, owner_id, shared, name, inbox, sort, q from saved_views where id = any ($1)",
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(SavedView::from).collect())
}

/// What a person's desk is to have: their own, and all shared ones.
pub(crate) async fn of_reader(db: impl PgExecutor<'_>, reader: Uuid) -> Result<Vec<SavedView>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id!", n as "n!", owner_id as "owner_id!", shared as "shared!", name, inbox, sort, q from (
               select id, n, owner_id, shared, name, inbox, sort, q from saved_views where shared and name is not null
               union all
               select id, n, owner_id, shared, name, inbox, sort, q from saved_views
               where owner_id = $1 and not shared and name is not null
           ) as views"#,
        reader,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(SavedView::from).collect())
}
