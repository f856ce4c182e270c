//! A new generation begins when the database is not the one that the feed's numbers came from: restored into another cluster or another database, or to an earlier moment, which Postgres calls another timeline.

use gemilang_protocol::Time;
use sqlx::{Connection, PgConnection};

use super::sql;
use crate::Result;

/// The generation to write with from now on.
///
/// # Errors
/// The database.
pub async fn settle(db: &mut PgConnection, now: Time) -> Result<i32> {
    let mut transaction = db.begin().await?;
    // Two processes that start at once must agree.
    sql::lock_generations(&mut transaction).await?;
    let known = sql::generation(&mut transaction).await?;
    let generation = match known {
        Some(known) if known.goes_on() => known.generation,
        Some(known) => known.generation + 1,
        None => 1,
    };
    if known.is_none_or(|known| known.generation != generation) {
        sql::insert_generation(&mut transaction, generation, now).await?;
        tracing::info!(generation, "the feed begins a new generation");
    }
    transaction.commit().await?;
    Ok(generation)
}

/// Whether a generation that was settled on earlier is still that of the database which answers now.
///
/// # Errors
/// The database.
pub async fn stands(db: &mut PgConnection, generation: i32) -> Result<bool> {
    let known = sql::generation(db).await?;
    Ok(known.is_some_and(|known| known.generation == generation && known.goes_on()))
}
