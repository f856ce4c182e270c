//! Statements for the one row of opening hours.

use gemilang_protocol::{OpeningHours, Time};
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Error, Result};

pub(super) async fn find(db: impl PgExecutor<'_>) -> Result<Option<OpeningHours>> {
    let row = sqlx::query!(
        r#"select zone, week as "week: Json<[gemilang_protocol::hours::Day; 7]>",
                  exceptions as "exceptions: Json<Vec<gemilang_protocol::hours::Exception>>"
           from opening_hours"#
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(OpeningHours {
            zone: row.zone.parse().map_err(|_| Error::Stored("zone"))?,
            week: row.week.0,
            exceptions: row.exceptions.0,
        })
    })
    .transpose()
}

pub(super) async fn put(db: impl PgExecutor<'_>, hours: &OpeningHours, at: Time, by: Option<Uuid>) -> Result<()> {
    sqlx::query!(
        "insert into opening_hours (zone, week, exceptions, changed_at, changed_by) values ($1, $2, $3, $4, $5)
         on conflict (only_one) do update
         set zone = excluded.zone, week = excluded.week, exceptions = excluded.exceptions,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        hours.zone.as_str(),
        Json(&hours.week) as _,
        Json(&hours.exceptions) as _,
        at,
        by,
    )
    .execute(db)
    .await?;
    Ok(())
}
