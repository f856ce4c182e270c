//! `sync.catch_up`: a desk was away while ten thousand messages were written; from the start of its engine until it is live again.

use sqlx::postgres::PgPool;

use super::desk::Desk;
use crate::Failure;
use crate::figures::{Good, Report};
use crate::service::House;

/// Tickets that get a message in each round, and rounds.
const TICKETS: i64 = 1_000;
const ROUNDS: i64 = 10;
/// Milliseconds.
const LIMIT: f64 = 2_000.0;

pub(crate) async fn measure(house: &House, desk: &mut Desk, report: &mut Report) -> Result<(), Failure> {
    let pool = PgPool::connect(&house.database).await?;
    for _ in 0..ROUNDS {
        write(&pool).await?;
    }
    desk.sync().await?;
    desk.heard("usable").await?;
    let live = desk.heard("live").await?;
    let indexed = desk.heard("indexed").await?;
    let memory = desk.heard("memory").await?;
    let note = format!(
        "{} messages written while the desk was away, its start included; words found after {indexed:.0} ms, core {memory:.0} MB at most",
        TICKETS * ROUNDS
    );
    report.add(("sync.catch_up", "ms"), (live, LIMIT), (Good::Low, 1.0), true, note);
    Ok(())
}

/// A message of the customer on each of the newest active tickets, as the service writes one.
async fn write(pool: &PgPool) -> Result<(), Failure> {
    sqlx::query(
        "with head as (
            update support_tickets t
            set last_n = last_n + 1, unread_staff = unread_staff + 1, last_message_text = 'Kak, apakah sudah ada kabar dari vendor?',
                last_message_sender_type = 'customer', last_message_sender_id = customer_id, last_message_at = now(), updated_at = now()
            where id in (select id from support_tickets where status in ('open', 'in_progress') order by created_at desc limit $1)
            returning id, last_n, customer_id
        ), message as (
            insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, written_at, created_at)
            select gen_random_uuid(), id, last_n, 'customer', customer_id, 'Kak, apakah sudah ada kabar dari vendor?', now(), now() from head
            returning id, ticket_id, n, sender_id
        )
        insert into ticket_events (ticket_id, n, actor_id, actor_type, kind, data, written_at, created_at, generation)
        select ticket_id, n, sender_id, 'customer', 'message', jsonb_build_object('message', id), now(), now(),
            (select max(generation) from feed_generations)
        from message",
    )
    .bind(TICKETS)
    .execute(pool)
    .await?;
    Ok(())
}
