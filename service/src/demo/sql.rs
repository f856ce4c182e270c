//! Statements of the demo: whether anybody is there yet, and bulk rows, a batch at a time.

use sqlx::{PgExecutor, PgTransaction};
use uuid::Uuid;

use super::seed::Batch;
use crate::Result;

/// Whether the database has people already.
pub(super) async fn has_people(db: impl PgExecutor<'_>) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from users) as "exists!""#).fetch_one(db).await?)
}

/// Everybody of one kind.
pub(super) async fn people(db: impl PgExecutor<'_>, customers: bool) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("select id from users where (role = 'customer') = $1 and active order by id", customers,)
        .fetch_all(db)
        .await?)
}

/// Customers for load, who cannot sign in; those that are there already stay as they are.
pub(super) async fn insert_customers(
    transaction: &mut PgTransaction<'_>,
    ids: &[Uuid],
    names: &[String],
    emails: &[String],
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             insert into users (id, name, email, role, email_confirmed_at)
             select id, name, email, 'customer', now() from unnest($1::uuid[], $2::text[], $3::text[]) as new (id, name, email)
             on conflict do nothing
             returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $4 from person",
        ids,
        names,
        emails,
        generation,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Tickets with everything that belongs to them.
pub(super) async fn insert_batch(transaction: &mut PgTransaction<'_>, batch: &Batch, generation: i32) -> Result<()> {
    let tickets = &batch.tickets;
    sqlx::query!(
        "with filed as (
             insert into support_tickets (id, subject, category, priority, status, customer_id, assigned_to, last_n, unread_staff,
                 last_message_text, last_message_sender_type, last_message_sender_id, created_at, updated_at, last_message_at,
                 first_responded_at, resolved_at, closed_at)
             select id, subject, category, priority, status, customer_id, assigned_to, last_n, unread_staff,
                 last_text, last_side, last_sender, created_at, updated_at, last_at,
                 first_responded_at,
                 case when status = 'resolved' then updated_at end,
                 case when status = 'closed' then updated_at end
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::bigint[], $9::int[],
                 $10::text[], $11::text[], $12::uuid[], $13::timestamptz[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[])
                 as new (id, subject, category, priority, status, customer_id, assigned_to, last_n, unread_staff,
                 last_text, last_side, last_sender, created_at, updated_at, last_at, first_responded_at)
             returning id, customer_id, created_at
         )
         insert into ticket_people (ticket_id, user_id, added_at) select id, customer_id, created_at from filed",
        &tickets.id,
        &tickets.subject,
        &tickets.category,
        &tickets.priority,
        &tickets.status,
        &tickets.customer,
        &tickets.assigned as &[Option<Uuid>],
        &tickets.last_n,
        &tickets.unread,
        &tickets.last_text,
        &tickets.last_side,
        &tickets.last_sender,
        &tickets.created_at,
        &tickets.updated_at,
        &tickets.last_at,
        &tickets.first_responded_at as &[Option<gemilang_protocol::Time>],
    )
    .execute(&mut **transaction)
    .await?;
    let messages = &batch.messages;
    sqlx::query!(
        "insert into chat_messages (id, ticket_id, n, sender_type, sender_id, message, is_read, read_at, written_at, created_at)
         select id, ticket_id, n, side, sender_id, message, is_read, case when is_read then at end, at, at
         from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::text[], $7::bool[], $8::timestamptz[])
             as new (id, ticket_id, n, side, sender_id, message, is_read, at)",
        &messages.id,
        &messages.ticket,
        &messages.n,
        &messages.side,
        &messages.sender,
        &messages.text,
        &messages.is_read,
        &messages.at,
    )
    .execute(&mut **transaction)
    .await?;
    let events = &batch.events;
    sqlx::query!(
        "insert into ticket_events (ticket_id, n, actor_id, actor_type, kind, data, written_at, created_at, generation, urgent)
         select ticket_id, n, actor_id, side, kind, data, at, at, $9, urgent
         from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::smallint[])
             as new (ticket_id, n, actor_id, side, kind, data, at, urgent)",
        &events.ticket,
        &events.n,
        &events.actor,
        &events.side,
        &events.kind,
        &events.data,
        &events.at,
        &events.urgent,
        generation,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
