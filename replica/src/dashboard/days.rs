//! The last fourteen days: how many tickets came in and how many were resolved, each read from its index alone.

use chrono::Days;
use gemilang_protocol::desk::views::Day;
use gemilang_protocol::{Time, Zone};
use sqlx::{SqliteConnection, query_as};

use crate::error::Result;
use crate::time::micros;

/// How many.
const DAYS: u64 = 14;

/// A day. Nowhere in Indonesia are clocks put forward or back.
const DAY: i64 = 86_400_000_000;

/// Both are read from their index alone, the fortnight of it.
pub(super) const FILED: &str =
    "select (created_at - ?1) / ?2, count(*) from tickets where created_at >= ?1 and created_at < ?3 group by 1";
pub(super) const RESOLVED: &str =
    "select (resolved_at - ?1) / ?2, count(*) from tickets where resolved_at >= ?1 and resolved_at < ?3 group by 1";

/// The days up to `now`, the oldest first.
pub(super) async fn last(connection: &mut SqliteConnection, now: Time, zone: Zone) -> Result<Vec<Day>> {
    let today = zone.day(now);
    let first = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let mut days: Vec<_> =
        first.iter_days().take(DAYS as usize).map(|day| Day { day, filed: 0, resolved: 0 }).collect();
    let from = micros(zone.begin(first));
    for (statement, resolved) in [(FILED, false), (RESOLVED, true)] {
        let counts: Vec<(i64, i64)> = query_as(statement)
            .bind(from)
            .bind(DAY)
            .bind(from + DAY * days.len() as i64)
            .fetch_all(&mut *connection)
            .await?;
        for (day, tickets) in counts {
            if let Some(day) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
                let figure = if resolved { &mut day.resolved } else { &mut day.filed };
                *figure = u32::try_from(tickets).unwrap_or(u32::MAX);
            }
        }
    }
    Ok(days)
}
