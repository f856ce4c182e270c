//! Statements on `staff_invitations`, and on `users` as far as they are the staff.

use gemilang_protocol::team::{Invitation, Member, Released};
use gemilang_protocol::{PersonRef, Role, TicketNumber, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::domain::people::sql::PersonRow;
use crate::{Error, Result};

pub(super) async fn members(db: impl PgExecutor<'_>, now: Time) -> Result<Vec<Member>> {
    let rows = sqlx::query!(
        r#"select u.id, u.name, u.email, u.phone, u.role, u.language, u.zone, u.active, u.duty, u.duty_until, u.alerts,
                  u.created_at,
                  greatest(d.seen_at, (select max(s.last_seen_at) from sessions s
                                       where s.user_id = u.id and s.kind = 'staff')) as last_seen_at,
                  (select count(*) from sessions s
                   where s.user_id = u.id and s.kind <> 'machine' and s.expires_at > $1) as "sessions!",
                  (select count(*) from support_tickets t
                   where t.assigned_to = u.id and t.status in ('open', 'in_progress', 'waiting_customer')) as "tickets!"
           from users u left join desks_seen d on d.user_id = u.id
           where u.role <> 'customer' order by u.active desc, u.name, u.id"#,
        now,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let person = PersonRow {
                id: row.id,
                name: row.name,
                email: row.email,
                phone: row.phone,
                role: row.role,
                language: row.language,
                zone: row.zone,
                active: row.active,
                duty: row.duty,
                duty_until: row.duty_until,
                alerts: row.alerts,
                created_at: row.created_at,
            };
            Ok(Member {
                person: person.try_into()?,
                last_seen_at: row.last_seen_at,
                sessions: u32::try_from(row.sessions).unwrap_or(u32::MAX),
                tickets: u32::try_from(row.tickets).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// An invitation with who sent it.
struct InvitationRow {
    id: Uuid,
    email: String,
    role: String,
    by_id: Uuid,
    by_name: String,
    expires_at: Time,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = Error;

    fn try_from(row: InvitationRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            email: row.email,
            role: read_role(&row.role)?,
            by: PersonRef { id: row.by_id, name: row.by_name },
            expires_at: row.expires_at,
        })
    }
}

fn read_role(word: &str) -> Result<Role> {
    word.parse().map_err(|_| Error::Stored("role"))
}

pub(super) async fn invitations(db: impl PgExecutor<'_>) -> Result<Vec<Invitation>> {
    let rows = sqlx::query_as!(
        InvitationRow,
        "select i.id, i.email, i.role, u.id as by_id, u.name as by_name, i.expires_at
         from staff_invitations i join users u on u.id = i.invited_by order by i.created_at desc, i.id",
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

pub(super) async fn look(db: impl PgExecutor<'_>, token_hash: &[u8], now: Time) -> Result<Option<Invitation>> {
    let row = sqlx::query_as!(
        InvitationRow,
        "select i.id, i.email, i.role, u.id as by_id, u.name as by_name, i.expires_at
         from staff_invitation_links l
         join staff_invitations i on i.id = l.invitation_id
         join users u on u.id = i.invited_by
         where l.token_hash = $1 and i.expires_at > $2 and u.active and u.role = 'admin'",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(Invitation::try_from).transpose()
}

/// What was asked last of an address counts; its id stays, and with it the links that were sent.
pub(super) async fn invite(
    db: impl PgExecutor<'_>,
    id: Uuid,
    email: &str,
    role: &str,
    by: Uuid,
    now: Time,
    expires_at: Time,
) -> Result<Uuid> {
    Ok(sqlx::query_scalar!(
        "insert into staff_invitations (id, email, role, invited_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (email) do update
         set role = excluded.role, invited_by = excluded.invited_by, expires_at = excluded.expires_at
         returning id",
        id,
        email,
        role,
        by,
        now,
        expires_at,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn prolong(db: impl PgExecutor<'_>, id: Uuid, expires_at: Time) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "update staff_invitations set expires_at = $2 where id = $1 returning email",
        id,
        expires_at,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn withdraw(db: impl PgExecutor<'_>, id: Uuid) -> Result<bool> {
    let gone = sqlx::query!("delete from staff_invitations where id = $1", id).execute(db).await?;
    Ok(gone.rows_affected() == 1)
}

/// Who may not ask any more has asked nobody: their links open nothing.
pub(super) async fn forget_invitations(db: impl PgExecutor<'_>, by: Uuid) -> Result<()> {
    sqlx::query!("delete from staff_invitations where invited_by = $1", by).execute(db).await?;
    Ok(())
}

/// Those of the staff who may not come in and still have tickets.
pub(super) async fn gone_with_tickets(db: impl PgExecutor<'_>) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select u.id from users u
         where u.role <> 'customer' and not u.active
           and exists (select from support_tickets t where t.assigned_to = u.id and t.status <> 'closed')
         order by u.id",
    )
    .fetch_all(db)
    .await?)
}

/// A link of an invitation; of one that was withdrawn none is made.
pub(super) async fn insert_link(db: impl PgExecutor<'_>, id: Uuid, token_hash: &[u8]) -> Result<()> {
    sqlx::query!(
        "insert into staff_invitation_links (token_hash, invitation_id)
         select $2, id from staff_invitations where id = $1 for share",
        id,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the invitation of a link away: of two who come at once one finds it.
pub(super) async fn spend(db: impl PgExecutor<'_>, token_hash: &[u8], now: Time) -> Result<Option<(String, Role)>> {
    let row = sqlx::query!(
        "delete from staff_invitations
         where id = (select invitation_id from staff_invitation_links where token_hash = $1) and expires_at > $2
           and exists (select from users u where u.id = invited_by and u.active and u.role = 'admin')
         returning email, role",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((row.email, read_role(&row.role)?))).transpose()
}

/// Holds everybody who is an admin, in the order of ids.
pub(super) async fn hold_admins(db: impl PgExecutor<'_>) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("select id from users where role = 'admin' and active order by id for update")
        .fetch_all(db)
        .await?)
}

pub(super) async fn change(
    db: impl PgExecutor<'_>,
    id: Uuid,
    role: Option<&str>,
    active: Option<bool>,
    now: Time,
    generation: i32,
) -> Result<()> {
    sqlx::query!(
        "with person as (
             update users set role = coalesce($2, role), active = coalesce($3, active), updated_at = $4
             where id = $1 returning id
         )
         insert into record_events (kind, record_id, generation) select 'person', id, $5 from person",
        id,
        role,
        active,
        now,
        generation,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is somebody's and not closed, by number; and whether it is active.
pub(super) async fn assigned(db: impl PgExecutor<'_>, id: Uuid) -> Result<Vec<(Released, bool)>> {
    let rows = sqlx::query!(
        "select id, number, subject, status from support_tickets
         where assigned_to = $1 and status <> 'closed' order by number",
        id,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let ticket = Released { id: row.id, number: TicketNumber(row.number), subject: row.subject };
            (ticket, row.status != "resolved")
        })
        .collect())
}
