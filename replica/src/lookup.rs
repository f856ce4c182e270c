//! Looking up: which customer and which order is meant by what is typed, and all that is theirs.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use futures_util::TryStreamExt;
use gemilang_protocol::desk::views::{CustomerRow, CustomerView, Customers, OrderView, Orders};
use gemilang_protocol::{Order, Person};
use sqlx::{AssertSqlSafe, SqliteConnection, query_as, query_scalar};
use uuid::Uuid;

use crate::error::{ReplicaError, Result};
use crate::file::Replica;
use crate::people;
use crate::words::{begin, words};

/// Customers or orders shown at once.
const MOST: usize = 50;
/// Tickets whose customers wrote last.
const LATELY: i64 = 300;
/// Figures of a number that are worth looking for.
const FIGURES: usize = 4;

impl Replica {
    /// The customers meant by `q`, by name: each word begins one of name or address, or its figures stand in the number.
    /// Without words those who wrote last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn look_up_customers(&self, q: &str) -> Result<Customers> {
        let mut tx = self.read().await?;
        let wanted = Wanted::new(q);
        let (people, total) = match wanted {
            Some(wanted) => holding(&mut tx, &wanted).await?,
            None => lately(&mut tx).await?,
        };
        let ids: Vec<_> = people.iter().map(|person| person.id.simple().to_string()).collect();
        let counts: Vec<(Uuid, i64, i64)> = query_as(
            "select customer_id, count(*), sum(status in ('open', 'in_progress', 'waiting_customer')) from tickets
            where customer_id in (select unhex(value) from json_each(?)) group by customer_id",
        )
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(&mut *tx)
        .await?;
        let counts: HashMap<_, _> = counts.into_iter().map(|(id, tickets, active)| (id, (tickets, active))).collect();
        let rows = people
            .into_iter()
            .map(|person| {
                let (tickets, active) = counts.get(&person.id).copied().unwrap_or_default();
                CustomerRow { person, tickets: tickets.unsigned_abs(), active: active.unsigned_abs() }
            })
            .collect();
        Ok(Customers { rows, total })
    }

    /// A customer with all that is theirs.
    ///
    /// # Errors
    /// Not on this desk, or the file cannot be read.
    pub async fn customer(&self, id: Uuid) -> Result<CustomerView> {
        let mut tx = self.read().await?;
        let person = people::find(&mut tx, id).await?.ok_or(ReplicaError::NotFound)?;
        Ok(CustomerView { person, orders: orders_of(&mut tx, id).await?, tickets: self.tickets_of(&mut tx, id).await? })
    }
}

/// What is looked for.
struct Wanted {
    words: Vec<String>,
    /// Of what is a phone number and nothing else: without the nought or the country it begins with.
    figures: Option<String>,
}

impl Wanted {
    fn new(q: &str) -> Option<Self> {
        let words = words(q);
        let figures: String = words.concat();
        let is_number = figures.len() >= FIGURES && figures.chars().all(|figure| figure.is_ascii_digit());
        let figures = is_number.then(|| {
            let rest = figures.strip_prefix("62").or(figures.strip_prefix('0'));
            rest.unwrap_or(&figures).to_owned()
        });
        (!words.is_empty()).then_some(Self { words, figures })
    }

    /// What a record must hold somewhere to be looked at.
    fn patterns(&self) -> Vec<String> {
        let parts = match &self.figures {
            Some(figures) => vec![figures.clone()],
            None => self.words.clone(),
        };
        parts.into_iter().map(|part| format!("%{part}%")).collect()
    }

    fn is(&self, person: &Person) -> bool {
        let by_number = self.figures.as_ref().zip(person.phone.as_ref()).is_some_and(|(it, phone)| phone.contains(it));
        by_number || begin(&self.words, &[&person.name, &person.email])
    }
}

async fn lately(tx: &mut SqliteConnection) -> Result<(Vec<Person>, u64)> {
    let ids: Vec<Uuid> =
        query_scalar("select customer_id from tickets order by last_message_at desc, key desc limit ?")
            .bind(LATELY)
            .fetch_all(&mut *tx)
            .await?;
    let mut people: Vec<Person> = Vec::new();
    for id in ids {
        if people.len() < MOST && !people.iter().any(|person| person.id == id) {
            people.extend(people::find(tx, id).await?);
        }
    }
    let total = people.len() as u64;
    Ok((people, total))
}

async fn holding(tx: &mut SqliteConnection, wanted: &Wanted) -> Result<(Vec<Person>, u64)> {
    let patterns = wanted.patterns();
    // The statement is made of question marks only.
    let statement = format!(
        "select person from people where not staff{} order by name, id",
        " and person like ?".repeat(patterns.len())
    );
    let mut statement = query_scalar(AssertSqlSafe(statement));
    for pattern in patterns {
        statement = statement.bind(pattern);
    }
    let mut walk = statement.fetch(tx);
    let (mut people, mut total) = (Vec::new(), 0);
    while let Some(row) = walk.try_next().await? {
        let row: String = row;
        let person: Person = serde_json::from_str(&row)?;
        if wanted.is(&person) {
            total += 1;
            if people.len() < MOST {
                people.push(person);
            }
        }
    }
    Ok((people, total))
}

impl Replica {
    /// The orders meant by `q`: each word begins one of number, package, venue or customer. The next weddings first, then those
    /// that are over, the last one first. Without words the next weddings alone; `today` is what they are told from.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn look_up_orders(&self, q: &str, today: NaiveDate) -> Result<Orders> {
        let words = words(q);
        let mut tx = self.read().await?;
        if words.is_empty() {
            let rows: Vec<String> =
                query_scalar(r#"select "order" from orders where event_date >= ? order by event_date, number limit ?"#)
                    .bind(today)
                    .bind(i64::try_from(MOST).unwrap_or(i64::MAX))
                    .fetch_all(&mut *tx)
                    .await?;
            let rows = read(&rows)?;
            return Ok(Orders { total: rows.len() as u64, rows });
        }
        // The statement is made of question marks only.
        let held = r#" and "order" like ?"#.repeat(words.len());
        let mut statement = query_scalar(AssertSqlSafe(format!(r#"select "order" from orders where true{held}"#)));
        for word in &words {
            statement = statement.bind(format!("%{word}%"));
        }
        let mut walk = statement.fetch(&mut *tx);
        let mut rows = Vec::new();
        while let Some(row) = walk.try_next().await? {
            let row: String = row;
            let order: Order = serde_json::from_str(&row)?;
            if begin(&words, &[&order.number, &order.package, &order.venue, &order.customer.name]) {
                rows.push(order);
            }
        }
        let total = rows.len() as u64;
        rows.sort_by_key(|order| {
            let (is_over, day) = (order.event_date < today, order.event_date);
            (is_over, (!is_over).then_some(day), Reverse(day))
        });
        rows.truncate(MOST);
        Ok(Orders { rows, total })
    }

    /// An order with the tickets about it.
    ///
    /// # Errors
    /// Not on this desk, or the file cannot be read.
    pub async fn order(&self, id: Uuid) -> Result<OrderView> {
        self.index_if_idle().await?;
        let mut tx = self.read().await?;
        let row: Option<String> = query_scalar(r#"select "order" from orders where "order" ->> '$.id' = ?"#)
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        let order: Order = serde_json::from_str(&row.ok_or(ReplicaError::NotFound)?)?;
        Ok(OrderView {
            customer: people::find(&mut tx, order.customer.id).await?,
            tickets: self.tickets_about(&mut tx, &order).await?,
            order,
        })
    }
}

/// A customer's, the last wedding first.
async fn orders_of(connection: &mut SqliteConnection, customer: Uuid) -> Result<Vec<Order>> {
    let rows: Vec<String> = query_scalar(
        r#"select "order" from orders where "order" ->> '$.customer.id' = ? order by event_date desc, number"#,
    )
    .bind(customer.to_string())
    .fetch_all(connection)
    .await?;
    read(&rows)
}

fn read(rows: &[String]) -> Result<Vec<Order>> {
    Ok(rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<_, _>>()?)
}
