//! The next weddings, each with the number of active tickets about it.

use gemilang_protocol::desk::views::Wedding;
use gemilang_protocol::{Order, Time, Zone};
use sqlx::{SqliteConnection, query_as};

use crate::error::Result;

/// How many.
const WEDDINGS: i64 = 5;

/// A wedding is over when its day is over at its venue: the west has today for longest.
pub(super) const NEXT: &str = r#"select o."order",
        (select count(*) from tickets t
            where t.order_number = o.number and t.status in ('open', 'in_progress', 'waiting_customer'))
    from orders o
    where o.event_date >= ?1
        and o.event_date >= case o."order" ->> '$.zone' when ?4 then ?2 when ?5 then ?3 else ?1 end
        and o."order" ->> '$.status' not in ('cancelled', 'done')
    order by o.event_date, o.number limit ?6"#;

/// Those that are still to come, the nearest first.
pub(super) async fn next(connection: &mut SqliteConnection, now: Time) -> Result<Vec<Wedding>> {
    let rows: Vec<(String, i64)> = query_as(NEXT)
        .bind(Zone::Wib.day(now).to_string())
        .bind(Zone::Wita.day(now).to_string())
        .bind(Zone::Wit.day(now).to_string())
        .bind(Zone::Wita.as_str())
        .bind(Zone::Wit.as_str())
        .bind(WEDDINGS)
        .fetch_all(connection)
        .await?;
    let wedding = |(order, active): &(String, i64)| {
        let order: Order = serde_json::from_str(order)?;
        Ok(Wedding {
            order: order.id,
            number: order.number,
            customer: order.customer.name,
            event_date: order.event_date,
            venue: order.venue,
            zone: order.zone,
            active: active.unsigned_abs(),
        })
    };
    rows.iter().map(wedding).collect()
}
