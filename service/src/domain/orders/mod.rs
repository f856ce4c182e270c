//! Orders: a copy of what the main platform sold, upserted by number.

pub(crate) mod sql;

use chrono::NaiveDate;
use gemilang_protocol::{FieldError, Fields, Order, OrderStatus, Zone, validate};
use uuid::Uuid;

use crate::domain::people;
use crate::{App, Error, Result};

/// What the main platform says of an order, as it came.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct OrderForm {
    /// Whose it is.
    pub customer_email: String,
    /// What was bought.
    pub package: String,
    /// The wedding day, as `2026-12-05`.
    pub event_date: String,
    /// Where.
    pub venue: String,
    /// The venue's zone; nothing means WIB.
    pub zone: String,
    /// Where the order stands; nothing means confirmed.
    pub status: String,
}

/// An order to be written, every rule checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer_id: Uuid,
    /// What was bought.
    pub package: String,
    /// The wedding day.
    pub event_date: NaiveDate,
    /// Where.
    pub venue: String,
    /// The venue's zone.
    pub zone: Zone,
    /// Where the order stands.
    pub status: OrderStatus,
}

/// The orders that a customer is shown, the nearest wedding first: none before the address they were sold to is known
/// to be theirs, because anybody can register with it.
///
/// # Errors
/// The database.
pub async fn of_customer(app: &App, customer_id: Uuid) -> Result<Vec<Order>> {
    sql::of_customer(&app.db, customer_id, true, 200).await
}

/// All orders of a customer, as staff know them.
///
/// # Errors
/// The database.
pub async fn known_of(app: &App, customer_id: Uuid) -> Result<Vec<Order>> {
    sql::of_customer(&app.db, customer_id, false, 200).await
}

/// Orders of a customer, or whose number, customer, package or venue holds `q`.
///
/// # Errors
/// The database.
pub async fn list(app: &App, customer_id: Option<Uuid>, q: Option<&str>) -> Result<Vec<Order>> {
    let pattern = q.map(str::trim).filter(|q| !q.is_empty()).map(|q| {
        let plain = q.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{plain}%")
    });
    sql::search(&app.search_db, customer_id, pattern.as_deref(), 50).await
}

/// Writes an order: a new one, or what is new about a known one.
///
/// # Errors
/// `validation`; the database.
pub async fn upsert(app: &App, number: &str, form: &OrderForm) -> Result<Order> {
    let order = check(app, number, form).await?;
    sql::upsert(&app.db, Uuid::now_v7(), &order, app.clock.now(), app.generation()).await?;
    app.committed();
    sql::find(&app.db, &order.number).await
}

/// Writes an order whose rules are kept already.
///
/// # Errors
/// The database.
pub async fn put(app: &App, order: &NewOrder) -> Result<Order> {
    sql::upsert(&app.db, Uuid::now_v7(), order, app.clock.now(), app.generation()).await?;
    app.committed();
    sql::find(&app.db, &order.number).await
}

async fn check(app: &App, number: &str, form: &OrderForm) -> Result<NewOrder> {
    let mut fields = Fields::default();
    let number = number.trim().to_uppercase();
    let plain = !number.is_empty()
        && number.len() <= 40
        && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/'));
    if !plain {
        fields.put("number", FieldError::BadCharacter);
    }
    let customer = match validate::email(&form.customer_email) {
        Ok(email) => people::find_by_email(app, &email).await?.filter(|person| !person.role.is_staff()),
        Err(error) => {
            fields.put("customer_email", error);
            None
        }
    };
    if customer.is_none() {
        fields.put("customer_email", FieldError::NotAPerson);
    }
    let package = fields.take("package", validate::subject(&form.package));
    let event_date = fields.take("event_date", day(form.event_date.trim()).ok_or(FieldError::NotInList));
    let venue = match form.venue.trim() {
        "" => Some(String::new()),
        venue => fields.take("venue", validate::subject(venue)),
    };
    let zone = match form.zone.trim() {
        "" => Some(Zone::Wib),
        zone => fields.take("zone", validate::word(zone)),
    };
    let status = match form.status.trim() {
        "" => Some(OrderStatus::Confirmed),
        status => fields.take("status", validate::word(status)),
    };
    match (customer, package, event_date, venue, zone, status) {
        (Some(customer), Some(package), Some(event_date), Some(venue), Some(zone), Some(status))
            if fields.is_empty() =>
        {
            Ok(NewOrder { number, customer_id: customer.id, package, event_date, venue, zone, status })
        }
        _ => Err(Error::Validation(fields)),
    }
}

/// A calendar day in a year in which somebody may marry.
fn day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    let year = chrono::Datelike::year(&day);
    (1900..=2999).contains(&year).then_some(day)
}
