//! The one door by which a ticket changes: read how it stands, plan, write all of it in one statement that only takes hold if nobody was faster.

use gemilang_protocol::{Act, Code, Event, Internal, Message, SenderType, Status, Time};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::merge::{is_free, merged};
use super::plan::{Head, Intent, Plan};
use super::{sql, told};
use crate::domain::{Actor, events, messages};
use crate::sabotage::{self, Guard};
use crate::{App, Error, Result};

/// An op's name and the fingerprint of what it asks for, by which a retry is told from a second use of its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpKey {
    /// Made by the client, unique for ever.
    pub id: Uuid,
    /// SHA-256 of who asks for what on which ticket.
    pub hash: Vec<u8>,
}

impl OpKey {
    /// The key of an op that asks for `what`, which must not hold what may differ between tries.
    pub fn new(id: Uuid, ticket_id: Uuid, actor: Uuid, what: &impl serde::Serialize) -> Self {
        let body = serde_json::to_vec(what).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(ticket_id.as_bytes());
        hash.update(actor.as_bytes());
        hash.update(&body);
        let id = if sabotage::is_off(Guard::Dedupe) { Uuid::now_v7() } else { id };
        Self { id, hash: hash.finalize().to_vec() }
    }
}

/// What an op had seen of the ticket, for the hold and the race.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The ticket's `n` its author had seen.
    pub n: i64,
    /// Whether it waited unsent for so long that the customer may have moved on.
    pub waited: bool,
    /// What it changes, from what.
    pub act: Act,
}

/// Somebody wants something of a ticket.
#[derive(Debug)]
pub struct Request<'a> {
    /// Which ticket.
    pub ticket_id: Uuid,
    /// Who.
    pub actor: &'a Actor,
    /// By which op, when a client named one.
    pub op: Option<OpKey>,
    /// The author's clock.
    pub written_at: Time,
    /// What.
    pub intent: Intent,
    /// What they had seen; nothing for who acts on what is there.
    pub seen: Option<Seen>,
}

/// An op's stored answer: its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landed {
    /// The event's number.
    pub n: i64,
    /// The service's clock.
    pub created_at: Time,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It is in the feed.
    Landed(Landed),
    /// A reply that must not be sent blindly: this came in between.
    Held(Box<Message>),
}

/// Does what is wanted, once for each op.
///
/// # Errors
/// `not_found`, `id_taken`, `ticket_closed`, `merged`, a lost race; the database.
pub async fn change(app: &App, request: Request<'_>) -> Result<Done> {
    let mut connection = app.db.acquire().await?;
    let now = app.clock.now();
    // Nearly always nobody else is at this ticket. If somebody was faster, the second try holds its row.
    if let Some(done) = attempt(&mut connection, app, &request, now, false).await? {
        return Ok(done);
    }
    let mut transaction = sqlx::Connection::begin(&mut *connection).await?;
    let done = asked_within(&mut transaction, app, &request).await?;
    transaction.commit().await?;
    app.committed();
    Ok(done)
}

/// Does what is wanted within a transaction that does more, holding the ticket's row from here to its commit. Tell
/// [`App::committed`] afterwards. Answers whether the ticket is there for its actor.
///
/// # Errors
/// The database.
pub(crate) async fn within(
    db: &mut PgConnection,
    app: &App,
    ticket_id: Uuid,
    actor: &Actor,
    intent: Intent,
) -> Result<bool> {
    let now = app.clock.now();
    let request = Request { ticket_id, actor, op: None, written_at: now, intent, seen: None };
    match asked_within(db, app, &request).await {
        Ok(_) => Ok(true),
        Err(Error::Refused(Code::NotFound)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The same for what somebody asked for.
///
/// # Errors
/// As [`change`].
pub(super) async fn asked_within(db: &mut PgConnection, app: &App, request: &Request<'_>) -> Result<Done> {
    // Nobody can be faster than who holds the row.
    attempt(db, app, request, app.clock.now(), true).await?.ok_or(Error::Stored("a held row moved"))
}

/// Tries once; nothing when somebody was faster.
async fn attempt(
    db: &mut PgConnection,
    app: &App,
    request: &Request<'_>,
    now: Time,
    hold: bool,
) -> Result<Option<Done>> {
    let reader = (request.actor.side == SenderType::Customer).then_some(request.actor.person.id);
    let (head, aside) = sql::head(db, request.ticket_id, reader, hold).await?.ok_or(Code::NotFound)?;
    if let Some(op) = &request.op
        && let Some(landed) = stored(db, op).await?
    {
        return Ok(Some(Done::Landed(landed)));
    }
    if let Some(done) = stopped(db, request, &head).await? {
        return Ok(Some(done));
    }
    let plan = Plan::new(&head, request.actor, &request.intent, now);
    // Who asks without an op for what is so already needs no event to be told by; an op's event is its stored answer.
    let silent = request.op.is_none() && plan.events.iter().all(|event| event.body.is_silent());
    if silent || plan.events.is_empty() {
        return Ok(Some(Done::Landed(Landed { n: head.n, created_at: now })));
    }
    let written = sql::Written {
        plan: &plan,
        actor: request.actor,
        op: request.op.as_ref(),
        written_at: request.written_at,
        now,
        generation: app.generation(),
    };
    let writing = app.writing();
    match sql::apply(db, &written).await {
        Ok(Some(places)) => {
            // Who holds the row commits later.
            if !hold {
                app.committed_rows(writing, Some(aside.latest), || told::rows(&written, aside, &places));
            }
            Ok(Some(Done::Landed(Landed { n: head.n + 1, created_at: now })))
        }
        Ok(None) => Ok(None),
        // The op is in the feed by now, or its id names something else; outside a transaction we can still look.
        Err(error) if error.is_unique_violation() => match (&request.op, hold) {
            (Some(op), false) => {
                let landed = stored(db, op).await?.ok_or(Code::IdTaken)?;
                Ok(Some(Done::Landed(landed)))
            }
            _ => Err(Code::IdTaken.into()),
        },
        Err(error) => Err(error),
    }
}

/// The answer an op got before.
///
/// # Errors
/// `voided` when it was withdrawn, `id_taken` when its id was used for something else; the database.
pub async fn stored(db: &mut PgConnection, op: &OpKey) -> Result<Option<Landed>> {
    match sql::find_op(db, op.id).await? {
        None => Ok(None),
        Some(borne) if borne.hash.as_deref() == Some(op.hash.as_slice()) => Ok(Some(borne.landed)),
        Some(borne) if borne.void => Err(Code::Voided.into()),
        Some(_) => Err(Code::IdTaken.into()),
    }
}

/// Settles an op that got no answer: it has landed, or from now on it never will (nothing is answered).
/// A void is an event of the ticket under the op's own id, so that the one unique index decides between it and the op, whoever comes first.
///
/// # Errors
/// `not_found` for the ticket, `id_taken` when somebody else's op bears the id; the database.
pub async fn void(app: &App, ticket_id: Uuid, actor: &Actor, op_id: Uuid) -> Result<Option<Landed>> {
    if let Some(settled) = borne(app, actor, op_id).await? {
        return Ok(settled);
    }
    let request = Request {
        ticket_id,
        actor,
        op: Some(OpKey::new(op_id, ticket_id, actor.person.id, &"void")),
        written_at: app.clock.now(),
        intent: Intent::Void,
        seen: None,
    };
    match change(app, request).await {
        Ok(_) => Ok(None),
        // The op, or another void of it, came in between.
        Err(Error::Refused(Code::IdTaken | Code::Voided)) => {
            borne(app, actor, op_id).await?.ok_or_else(|| Code::IdTaken.into())
        }
        Err(error) => Err(error),
    }
}

/// What an op's id stands for, if for anything: what landed, or that nothing ever will.
async fn borne(app: &App, actor: &Actor, op_id: Uuid) -> Result<Option<Option<Landed>>> {
    let mut connection = app.db.acquire().await?;
    match sql::find_op(&mut connection, op_id).await? {
        None => Ok(None),
        Some(borne) if borne.actor_id != Some(actor.person.id) => Err(Code::IdTaken.into()),
        Some(borne) => Ok(Some((!borne.void).then_some(borne.landed))),
    }
}

/// Why a request goes no further, if it does not.
async fn stopped(db: &mut PgConnection, request: &Request<'_>, head: &Head) -> Result<Option<Done>> {
    let writes = matches!(request.intent, Intent::Message { .. } | Intent::SendLater { .. } | Intent::SendNow { .. });
    if head.internal.merged.is_some() && !is_free(&request.intent) {
        return Err(merged(db, head.id).await?);
    }
    if request.actor.side == SenderType::Customer && writes && head.status == Status::Closed {
        return Err(Code::TicketClosed.into());
    }
    if is_full(&request.intent, &head.internal) {
        return Err(Code::TooMany.into());
    }
    let Some(seen) = &request.seen else {
        return Ok(None);
    };
    if lost(&seen.act, head) {
        let kind = match &seen.act {
            Act::Assign { .. } => "assigned",
            // It was sent, or called off by somebody else.
            Act::CallOff { .. } => "message",
            other => other.kind(),
        };
        let winner: Option<Event> = events::latest_of(db, head.id, kind).await?;
        return Err(Error::LostRace(winner.map(Box::new)));
    }
    if writes && head.n > seen.n {
        let me = request.actor.person.id;
        let unseen = messages::sql::first_unseen(db, head.id, seen.n, me, seen.waited).await?;
        return Ok(unseen.map(|message| Done::Held(Box::new(message))));
    }
    Ok(None)
}

/// Whether it would be one more than a ticket may hold.
fn is_full(intent: &Intent, internal: &Internal) -> bool {
    match intent {
        Intent::SendLater { .. } => internal.later.len() >= Internal::LATER_MOST,
        Intent::Tag { tag, on: true } => internal.tags.len() >= Internal::TAGS_MOST && !internal.has_tag(tag),
        Intent::Link { to, on: true } => internal.links.len() >= Internal::LINKS_MOST && !internal.is_linked(to.id),
        _ => false,
    }
}

/// Whether the thing an op changes is no longer what its author saw, nor already what they want.
fn lost(act: &Act, head: &Head) -> bool {
    match act {
        Act::Assign { from, to } => {
            let is = head.assigned_to.as_ref().map(|person| person.id);
            is != *from && is != *to
        }
        Act::Status { from, to } => head.status != *from && head.status != *to,
        Act::Priority { from, to } => head.priority != *from && head.priority != *to,
        Act::Category { from, to } => head.category != *from && head.category != *to,
        Act::Subject { from, to } => head.subject != *from && head.subject != *to,
        Act::Order { from, to } => {
            let is = head.order.as_ref().map(|(_, number)| number);
            is != from.as_ref() && is != to.as_ref()
        }
        Act::CallOff { id, .. } => head.internal.later(*id).is_none(),
        Act::Tag { .. }
        | Act::Link { .. }
        | Act::Merge { .. }
        | Act::File { .. }
        | Act::Reply { .. }
        | Act::Note { .. }
        | Act::Snooze { .. }
        | Act::Wake {}
        | Act::SendLater { .. }
        | Act::Read { .. } => false,
    }
}

/// Marks the other side's messages up to `up_to` as read. Answers the ticket's latest event, new or not.
///
/// # Errors
/// `not_found`; the database.
pub async fn read(app: &App, ticket_id: Uuid, actor: &Actor, op: Option<&OpKey>, up_to: i64) -> Result<Landed> {
    let mut connection = app.db.acquire().await?;
    let reader = (actor.side == SenderType::Customer).then_some(actor.person.id);
    let now = app.clock.now();
    // Each try fails only because another change took hold, so somebody always gets on.
    loop {
        let (head, _) = sql::head(&mut connection, ticket_id, reader, false).await?.ok_or(Code::NotFound)?;
        if let Some(op) = op
            && let Some(landed) = stored(&mut connection, op).await?
        {
            return Ok(landed);
        }
        let nothing = Landed { n: head.n, created_at: now };
        let up_to = up_to.min(head.n);
        if !sql::has_unread(&mut connection, ticket_id, actor.side, up_to).await? {
            return Ok(nothing);
        }
        let read = sql::Read { ticket_id, n: head.n, actor, op, up_to, now, generation: app.generation() };
        let writing = app.writing();
        match sql::read(&mut connection, &read).await {
            Ok(true) => {
                writing.committed();
                return Ok(Landed { n: head.n + 1, created_at: now });
            }
            Ok(false) => {}
            Err(error) if error.is_unique_violation() => {}
            Err(error) => return Err(error),
        }
    }
}
