//! Bulk data for load: tickets with messages and the events that a real life would have left, written in batches because a transaction holds back the feed's horizon while it is open.

use chrono::Duration;
use gemilang_protocol::event::StatusReason;
use gemilang_protocol::ticket::Excerpt;
use gemilang_protocol::{Category, EventBody, Priority, SenderType, Status, Time};
use uuid::Uuid;

use super::story::{Step, Story};
use super::{DemoError, sql, stories};
use crate::{App, Clock, Config};

/// Tickets written in one transaction.
const BATCH: u64 = 200;
/// Minutes over which the tickets are spread, back from now: two years.
const SPREAD: i64 = 2 * 365 * 24 * 60;
/// First names for customers of the load.
const FIRST: [&str; 16] = [
    "Adinda", "Bayu", "Citra", "Dewi", "Eko", "Fitri", "Galih", "Hana", "Intan", "Joko", "Kartika", "Lukman", "Made",
    "Nadia", "Putri", "Wahyu",
];
/// Last names for customers of the load.
const LAST: [&str; 16] = [
    "Anggraini",
    "Baskoro",
    "Cahyani",
    "Damanik",
    "Fauzi",
    "Gunawan",
    "Hidayat",
    "Kurniawan",
    "Lubis",
    "Maharani",
    "Nasution",
    "Pratama",
    "Rahmawati",
    "Saputra",
    "Tarigan",
    "Wijaya",
];

/// How much.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// Tickets.
    pub tickets: u64,
    /// Messages, the first of each ticket included.
    pub messages: u64,
}

/// Columns of `support_tickets`.
#[derive(Default)]
pub(super) struct Tickets {
    pub(super) id: Vec<Uuid>,
    pub(super) subject: Vec<String>,
    pub(super) category: Vec<String>,
    pub(super) priority: Vec<String>,
    pub(super) status: Vec<String>,
    pub(super) customer: Vec<Uuid>,
    pub(super) assigned: Vec<Option<Uuid>>,
    pub(super) last_n: Vec<i64>,
    pub(super) unread: Vec<i32>,
    pub(super) last_text: Vec<String>,
    pub(super) last_side: Vec<String>,
    pub(super) last_sender: Vec<Uuid>,
    pub(super) created_at: Vec<Time>,
    pub(super) updated_at: Vec<Time>,
    pub(super) last_at: Vec<Time>,
    pub(super) first_responded_at: Vec<Option<Time>>,
}

/// Columns of `chat_messages`.
#[derive(Default)]
pub(super) struct Messages {
    pub(super) id: Vec<Uuid>,
    pub(super) ticket: Vec<Uuid>,
    pub(super) n: Vec<i64>,
    pub(super) side: Vec<String>,
    pub(super) sender: Vec<Uuid>,
    pub(super) text: Vec<String>,
    pub(super) is_read: Vec<bool>,
    pub(super) at: Vec<Time>,
}

/// Columns of `ticket_events`.
#[derive(Default)]
pub(super) struct Events {
    pub(super) ticket: Vec<Uuid>,
    pub(super) n: Vec<i64>,
    pub(super) actor: Vec<Uuid>,
    pub(super) side: Vec<String>,
    pub(super) kind: Vec<String>,
    pub(super) data: Vec<serde_json::Value>,
    pub(super) at: Vec<Time>,
    pub(super) urgent: Vec<i16>,
}

/// Rows of one transaction.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) tickets: Tickets,
    pub(super) messages: Messages,
    pub(super) events: Events,
}

/// Who writes in the load.
struct Cast {
    customers: Vec<Uuid>,
    staff: Vec<Uuid>,
}

/// Adds tickets and messages for load, and says now and then how far it is.
///
/// # Errors
/// The database; `not_found` when there is no staff to answer.
pub async fn seed(config: Config, amount: Amount, progress: impl Fn(u64)) -> Result<(), DemoError> {
    let clock = Clock::System;
    let app = App::new(config, clock.clone())?;
    app.start().await;
    let now = clock.now();
    let cast = cast(&app, now, amount.tickets).await?;
    let each = amount.messages.div_ceil(amount.tickets.max(1)).max(1);
    let lines = Lines::new();
    let mut done = 0;
    while done < amount.tickets {
        let end = amount.tickets.min(done + BATCH);
        let mut batch = Batch::default();
        for index in done..end {
            batch.ticket(&lines, &cast, index, each, began(now, index, amount.tickets));
        }
        let mut transaction = app.db.begin().await.map_err(crate::Error::from)?;
        sql::insert_batch(&mut transaction, &batch, app.generation()).await?;
        transaction.commit().await.map_err(crate::Error::from)?;
        app.committed();
        done = end;
        progress(done);
    }
    app.ending.cancel();
    Ok(())
}

/// The oldest first, so that numbers rise with the time.
fn began(now: Time, index: u64, of: u64) -> Time {
    let share = i64::try_from(index * 1_000_000 / of.max(1)).unwrap_or_default();
    now - Duration::minutes(SPREAD - SPREAD * share / 1_000_000)
}

/// One customer for twenty tickets, at least 50; staff must be there.
async fn cast(app: &App, now: Time, tickets: u64) -> Result<Cast, DemoError> {
    let count = usize::try_from((tickets / 20).clamp(50, 50_000)).unwrap_or(50);
    let (mut ids, mut names, mut emails) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..count {
        let (first, last) = (FIRST[index % 16], LAST[index / 16 % 16]);
        ids.push(id(now));
        names.push(format!("{first} {last}"));
        let (first, last) = (first.to_lowercase(), last.to_lowercase());
        emails.push(format!("{first}.{last}.{index}@beban.example"));
    }
    let mut transaction = app.db.begin().await.map_err(crate::Error::from)?;
    sql::insert_customers(&mut transaction, &ids, &names, &emails, app.generation()).await?;
    transaction.commit().await.map_err(crate::Error::from)?;
    let cast = Cast { customers: sql::people(&app.db, true).await?, staff: sql::people(&app.db, false).await? };
    if cast.staff.is_empty() {
        return Err(crate::Error::from(gemilang_protocol::Code::NotFound).into());
    }
    Ok(cast)
}

/// What is said in the stories, by side.
struct Lines {
    stories: Vec<&'static Story>,
    customer: Vec<&'static str>,
    staff: Vec<&'static str>,
}

impl Lines {
    fn new() -> Self {
        let stories: Vec<_> = stories::all().collect();
        let mut lines = Self { stories, customer: Vec::new(), staff: Vec::new() };
        for (_, step) in lines.stories.iter().flat_map(|story| story.then) {
            match step {
                Step::Write(text) => lines.customer.push(text),
                Step::Reply(_, text) => lines.staff.push(text),
                _ => {}
            }
        }
        lines
    }
}

impl Batch {
    /// One ticket of `each` messages, customer and staff by turns.
    fn ticket(&mut self, lines: &Lines, cast: &Cast, index: u64, each: u64, began: Time) {
        let pick = usize::try_from(mixed(index) % (1 << 31)).unwrap_or_default();
        let story = lines.stories[pick % lines.stories.len()];
        let customer = cast.customers[pick / 7 % cast.customers.len()];
        let agent = cast.staff[pick / 11 % cast.staff.len()];
        let ticket = id(began);
        // As in a real house: most are over, a few dozen in a thousand are urgent.
        let status = match pick / 13 % 100 {
            0..4 => Status::Open,
            4..10 => Status::InProgress,
            10..15 => Status::WaitingCustomer,
            15..30 => Status::Resolved,
            _ => Status::Closed,
        };
        let priority = match pick / 17 % 100 {
            0..3 => Priority::Urgent,
            3..20 => Priority::High,
            20..80 => Priority::Medium,
            _ => Priority::Low,
        };
        let category = Category::ALL[pick / 19 % Category::ALL.len()];
        let answered = status != Status::Open && each > 1;
        let mut n = 0;
        let mut last = (story.text, customer, SenderType::Customer, began);
        let mut first_responded_at = None;
        for turn in 0..each {
            let by_staff = answered && turn % 2 == 1;
            let at = began + Duration::minutes(i64::try_from(turn * 37).unwrap_or_default());
            let (sender, side) = if by_staff { (agent, SenderType::Admin) } else { (customer, SenderType::Customer) };
            let said = pick.wrapping_add(usize::try_from(turn).unwrap_or_default() * 5);
            let text = match (turn, by_staff) {
                (0, _) => story.text,
                (_, true) => lines.staff[said % lines.staff.len()],
                (_, false) => lines.customer[said % lines.customer.len()],
            };
            n += 1;
            let message = if turn == 0 { ticket } else { id(at) };
            let body =
                if turn == 0 { EventBody::Created { message, follows: None } } else { EventBody::Message { message } };
            let urgent = i16::from(turn == 0 && priority == Priority::Urgent);
            self.events.push(ticket, n, (sender, side), &body, at, urgent);
            let is_read = answered;
            self.messages.push(&Line { id: message, ticket, n, sender, side, text, is_read, at });
            last = (text, sender, side, at);
            if by_staff && first_responded_at.is_none() {
                first_responded_at = Some(at);
                n += 1;
                let body = EventBody::Status {
                    from: Status::Open,
                    to: Status::InProgress,
                    reason: Some(StatusReason::FirstReply),
                };
                self.events.push(ticket, n, (sender, side), &body, at, 0);
            }
        }
        let stands = if answered { Status::InProgress } else { Status::Open };
        let updated_at = last.3 + Duration::minutes(5);
        if status != stands {
            n += 1;
            let body = EventBody::Status { from: stands, to: status, reason: None };
            let over = matches!(status, Status::Resolved | Status::Closed);
            let urgent = -i16::from(over && priority == Priority::Urgent);
            self.events.push(ticket, n, (agent, SenderType::Admin), &body, updated_at, urgent);
        }
        let tickets = &mut self.tickets;
        tickets.id.push(ticket);
        tickets.subject.push(story.subject.to_owned());
        tickets.category.push(category.as_str().to_owned());
        tickets.priority.push(priority.as_str().to_owned());
        tickets.status.push(status.as_str().to_owned());
        tickets.customer.push(customer);
        tickets.assigned.push((status != Status::Open).then_some(agent));
        tickets.last_n.push(n);
        tickets.unread.push(if answered { 0 } else { i32::try_from(each).unwrap_or(i32::MAX) });
        tickets.last_text.push(Excerpt::cut(last.0));
        tickets.last_side.push(last.2.as_str().to_owned());
        tickets.last_sender.push(last.1);
        tickets.created_at.push(began);
        tickets.updated_at.push(updated_at);
        tickets.last_at.push(last.3);
        tickets.first_responded_at.push(first_responded_at);
    }
}

/// One message.
struct Line<'a> {
    id: Uuid,
    ticket: Uuid,
    n: i64,
    sender: Uuid,
    side: SenderType,
    text: &'a str,
    is_read: bool,
    at: Time,
}

impl Messages {
    fn push(&mut self, line: &Line<'_>) {
        self.id.push(line.id);
        self.ticket.push(line.ticket);
        self.n.push(line.n);
        self.side.push(line.side.as_str().to_owned());
        self.sender.push(line.sender);
        self.text.push(line.text.to_owned());
        self.is_read.push(line.is_read);
        self.at.push(line.at);
    }
}

impl Events {
    fn push(
        &mut self,
        ticket: Uuid,
        n: i64,
        (actor, side): (Uuid, SenderType),
        body: &EventBody,
        at: Time,
        urgent: i16,
    ) {
        let data = serde_json::to_value(body).map_or(serde_json::Value::Null, |mut whole| whole["data"].take());
        self.ticket.push(ticket);
        self.n.push(n);
        self.actor.push(actor);
        self.side.push(side.as_str().to_owned());
        self.kind.push(body.kind().to_owned());
        self.data.push(data);
        self.at.push(at);
        self.urgent.push(urgent);
    }
}

/// A fresh id that sorts by its time.
fn id(at: Time) -> Uuid {
    let millis = at.timestamp_millis().max(0).unsigned_abs();
    uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid()
}

/// Spreads neighbours far apart, the same way each time (splitmix64).
const fn mixed(index: u64) -> u64 {
    let mut z = index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
