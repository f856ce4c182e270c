//! Telling the demo to the service: every person, order and moment goes through the doors that real ones use, with the clock set to its time.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Datelike, NaiveDate};
use gemilang_protocol::hours::{Day, Exception, Hours, WallClock};
use gemilang_protocol::{Code, FieldError, OpeningHours, PersonRef, SenderType, Time, Zone};
use uuid::Uuid;

use super::keys::Keys;
use super::people::{ORDERS, PEOPLE};
use super::stories;
use super::story::{Step, Story, moments};
use crate::domain::Actor;
use crate::domain::hours;
use crate::domain::orders::{self, NewOrder};
use crate::domain::people::{self, NewPerson};
use crate::domain::tickets::{self, Edit, Intent, NewTicket, OpKey, Request};
use crate::{App, Clock, Error, Result};

/// How long before the stories people and orders came.
const BEFORE: chrono::Duration = chrono::Duration::days(60);

/// Everybody by their key.
type People = HashMap<&'static str, PersonRef>;

pub(super) async fn everything(app: &App, keys: &Keys) -> Result<()> {
    let mut app = app.clone();
    app.clock = Clock::at(keys.at - BEFORE);
    let people = tell_people(&app, keys).await?;
    for order in ORDERS {
        app.clock.forward(Duration::from_secs(60));
        let order = NewOrder {
            number: order.number.to_owned(),
            customer_id: people[order.customer].id,
            package: order.package.to_owned(),
            event_date: order.zone.day(keys.at) + chrono::Duration::days(order.in_days),
            venue: order.venue.to_owned(),
            zone: order.zone,
            status: order.status,
        };
        orders::put(&app, &order).await?;
    }
    hours::put(&app, opening_hours(Zone::Wib.day(keys.at)), Some(people["rina"].id)).await?;
    let stories: Vec<&Story> = stories::all().collect();
    let mut filed: HashMap<usize, Uuid> = HashMap::new();
    for moment in moments(&stories, keys.at) {
        app.clock = Clock::at(moment.at);
        let step = moment.step.map_or_else(|| "filed".to_owned(), |step| step.to_string());
        let id = keys.id(&format!("story {} {step}", moment.story), moment.at);
        let telling = Telling {
            app: &app,
            people: &people,
            story: stories[moment.story],
            // A story's first moment is its filing, which gives the ticket its id.
            ticket: *filed.entry(moment.story).or_insert(id),
            id,
            at: moment.at,
        };
        match moment.step {
            None => telling.file().await?,
            Some(step) => telling.step(step).await?,
        }
    }
    Ok(())
}

/// When the house is open: shorter and with a break on Sundays, when weddings are; closed on the holidays of the year to come that have a
/// date of their own.
fn opening_hours(today: NaiveDate) -> OpeningHours {
    let span = |opens, closes| Some(Hours { opens: WallClock::new(opens, 0)?, closes: WallClock::new(closes, 0)? });
    let day = |spans: [Option<Hours>; 2]| Day(spans.into_iter().flatten().collect());
    let holidays =
        [(1, 1, "Tahun Baru"), (5, 1, "Hari Buruh"), (8, 17, "Hari Kemerdekaan"), (12, 25, "Hari Raya Natal")];
    let exceptions = holidays.into_iter().filter_map(|(month, day, note)| {
        let this = NaiveDate::from_ymd_opt(today.year(), month, day)?;
        let date = if this < today { this.with_year(today.year() + 1)? } else { this };
        Some(Exception { date, hours: Day::CLOSED, note: note.to_owned() })
    });
    let (usual, sunday) = (day([span(8, 20), None]), day([span(9, 12), span(13, 16)]));
    OpeningHours {
        zone: Zone::Wib,
        week: std::array::from_fn(|day| if day < 6 { usual.clone() } else { sunday.clone() }),
        exceptions: exceptions.collect(),
    }
}

async fn tell_people(app: &App, keys: &Keys) -> Result<People> {
    let mut people = People::new();
    for person in PEOPLE {
        app.clock.forward(Duration::from_secs(60));
        let new = NewPerson {
            name: person.name.to_owned(),
            email: person.email.to_owned(),
            phone: Some(person.phone.to_owned()),
            password: keys.password(person.key),
            role: person.role,
            language: "id",
            zone: person.zone,
            confirmed: true,
        };
        let id = match people::create(app, new).await {
            Ok(person) => person.id,
            Err(error) if is_taken(&error) => people::find_by_email(app, person.email).await?.ok_or(Code::NotFound)?.id,
            Err(error) => return Err(error),
        };
        people.insert(person.key, PersonRef { id, name: person.name.to_owned() });
    }
    Ok(people)
}

/// Somebody with this address came in an earlier telling.
fn is_taken(error: &Error) -> bool {
    matches!(error, Error::Validation(fields) if fields.0.get("email") == Some(&FieldError::Taken))
}

/// One moment of one story.
struct Telling<'a> {
    app: &'a App,
    people: &'a People,
    story: &'a Story,
    ticket: Uuid,
    /// The id of what happens now: of the op, and of the message or note it writes.
    id: Uuid,
    at: Time,
}

impl Telling<'_> {
    async fn file(&self) -> Result<()> {
        let story = self.story;
        let ticket = NewTicket {
            id: self.ticket,
            message_id: self.ticket,
            customer_id: self.people[story.customer].id,
            subject: story.subject.to_owned(),
            category: story.category,
            priority: story.priority,
            order: (!story.order.is_empty()).then(|| story.order.to_owned()),
            follows: None,
            description: story.text.to_owned(),
            written_at: Some(self.at),
        };
        tickets::file(self.app, ticket).await.map(drop)
    }

    async fn step(&self, step: usize) -> Result<()> {
        let op = self.id;
        if let Step::Reply(who, _) = self.story.then[step].1 {
            // Nobody answers what they have not read.
            self.read(who).await?;
        }
        let text = |text: &str| text.to_owned();
        let (who, intent) = match self.story.then[step].1 {
            Step::Take(who) => (who, self.assign(who)),
            Step::Give(who, to) => (who, self.assign(to)),
            Step::Reply(who, message) => (who, Intent::Message { id: op, text: text(message) }),
            Step::Write(message) => (self.story.customer, Intent::Message { id: op, text: text(message) }),
            Step::Note(who, note) => (who, Intent::Note { id: op, text: text(note), mentions: Vec::new() }),
            Step::Status(who, to) => (who, Intent::Status { to, reason: None }),
            Step::Priority(who, to) => {
                let priority = Some(to);
                (who, Intent::Edit(Edit { priority, ..Edit::default() }))
            }
            Step::Seen(who) => return self.read(who).await,
            Step::Read => return self.read(self.story.customer).await,
            Step::Close => {
                let actor = self.actor(self.story.customer);
                return tickets::close_as_customer(self.app, &actor, self.ticket).await.map(drop);
            }
        };
        let actor = self.actor(who);
        let request = Request {
            ticket_id: self.ticket,
            op: Some(OpKey::new(op, self.ticket, actor.person.id, &step)),
            actor: &actor,
            written_at: self.at,
            intent,
            seen: None,
        };
        tickets::change(self.app, request).await.map(drop)
    }

    fn assign(&self, to: &str) -> Intent {
        Intent::Assign { to: Some(self.people[to].clone()) }
    }

    async fn read(&self, who: &str) -> Result<()> {
        let head = tickets::find_for_staff(self.app, self.ticket).await?;
        tickets::write::read(self.app, self.ticket, &self.actor(who), None, head.n).await.map(drop)
    }

    fn actor(&self, who: &str) -> Actor {
        let side = if who == self.story.customer { SenderType::Customer } else { SenderType::Admin };
        Actor { person: self.people[who].clone(), side }
    }
}
