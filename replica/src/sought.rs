//! Sought: customers and orders meant by what is typed. Each word begins one of theirs; figures stand anywhere in a phone number, however it is written; a customer is meant by the number of an order of theirs as well. One piece of code for whoever looks customers up and whoever files a ticket for one.

use chrono::NaiveDate;
use gemilang_protocol::{Order, Person};
use serde::de::DeserializeOwned;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::error::Result;
use crate::words::words;

/// Figures of a number that are worth looking for.
const FIGURES: usize = 3;
/// Tickets whose customers wrote last.
const LATELY: i64 = 300;
/// Orders whose customers are meant by a number at most.
const ORDERS: i64 = 500;

/// What the file keeps of a customer to be found by.
pub(crate) fn of_person(person: &Person) -> String {
    let phone: String = person.phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
    format!(" {} {} {phone}", spaced(&person.name), spaced(&person.email))
}

/// The same of an order.
pub(crate) fn of_order(order: &Order) -> String {
    let Order { number, package, venue, customer, .. } = order;
    format!(" {}", [number, package, venue, &customer.name].map(|text| spaced(text)).join(" "))
}

/// The words of a text, a blank between them.
fn spaced(text: &str) -> String {
    words(text).join(" ")
}

/// One thing that was typed.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    /// Its words after a blank: they follow each other, and the last may go on.
    words: String,
    /// What of it may stand in a phone number, without the nought or the country it begins with.
    figures: Option<String>,
}

impl Part {
    fn new(typed: &str) -> Self {
        let figures: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_phone = figures.len() >= FIGURES && !typed.chars().any(char::is_alphabetic);
        let figures = is_phone.then(|| {
            let rest = figures.strip_prefix("62").or(figures.strip_prefix('0')).unwrap_or(&figures);
            rest.to_owned()
        });
        Self { words: format!(" {}", spaced(typed)), figures }
    }
}

/// What was typed, part by part. A number may be typed with blanks in it.
fn parts(q: &str) -> Vec<Part> {
    let whole = Part::new(q);
    if whole.figures.is_some() {
        return vec![whole];
    }
    q.split_whitespace().map(Part::new).filter(|part| !part.words.trim().is_empty()).collect()
}

/// The customers meant by `q`, by name, at most so many, and how many there are. Without words those who wrote last.
pub(crate) async fn customers(tx: &mut SqliteConnection, q: &str, most: usize) -> Result<(Vec<Person>, u64)> {
    let parts = parts(q);
    if parts.is_empty() {
        return lately(tx, most).await;
    }
    let mut by_order = Vec::new();
    for part in &parts {
        by_order.push(with_order(tx, part).await?);
    }
    let among = |sql: &mut QueryBuilder<Sqlite>| {
        sql.push(" from people indexed by people_sought where staff = 0");
        for (Part { words, figures }, theirs) in parts.iter().zip(&by_order) {
            sql.push(" and (instr(sought, ").push_bind(words.clone()).push(") > 0");
            if let Some(figures) = figures {
                sql.push(" or instr(sought, ").push_bind(figures.clone()).push(") > 0");
            }
            if let Some(theirs) = theirs {
                sql.push(" or id in (select unhex(value) from json_each(").push_bind(theirs.clone()).push("))");
            }
            sql.push(")");
        }
    };
    let mut walk = QueryBuilder::new("select id");
    among(&mut walk);
    walk.push(" order by name, id limit ").push_bind(limit(most));
    let mut ids: Vec<Uuid> = walk.build_query_scalar().fetch_all(&mut *tx).await?;
    let mut total = ids.len();
    if total > most {
        // More than are shown: counted apart, so that the first ones need not be sorted out of all.
        let mut count = QueryBuilder::new("select count(*)");
        among(&mut count);
        let all: i64 = count.build_query_scalar().fetch_one(&mut *tx).await?;
        total = usize::try_from(all).unwrap_or(total);
        ids.truncate(most);
    }
    Ok((people(tx, &ids).await?, total as u64))
}

/// Whose order is called so: their ids, if there are any. A number begins what an order is found by.
async fn with_order(tx: &mut SqliteConnection, part: &Part) -> Result<Option<String>> {
    if !part.words.contains(|letter: char| letter.is_ascii_digit()) {
        return Ok(None);
    }
    let ids: Vec<String> = query_scalar(
        r#"select distinct replace("order" ->> '$.customer.id', '-', '') from orders where number in (
            select number from orders indexed by orders_sought
            where instr(substr(sought, 1, length(number) + 1), ?) > 0 limit ?)"#,
    )
    .bind(&part.words)
    .bind(ORDERS)
    .fetch_all(tx)
    .await?;
    Ok((!ids.is_empty()).then(|| serde_json::to_string(&ids)).transpose()?)
}

/// Who wrote last.
async fn lately(tx: &mut SqliteConnection, most: usize) -> Result<(Vec<Person>, u64)> {
    let latest: Vec<Uuid> =
        query_scalar("select customer_id from tickets order by last_message_at desc, key desc limit ?")
            .bind(LATELY)
            .fetch_all(&mut *tx)
            .await?;
    let mut ids: Vec<Uuid> = Vec::new();
    for id in latest {
        if ids.len() < most && !ids.contains(&id) {
            ids.push(id);
        }
    }
    let people = people(tx, &ids).await?;
    let total = people.len() as u64;
    Ok((people, total))
}

/// People in the order of their ids, as far as they are here.
async fn people(tx: &mut SqliteConnection, ids: &[Uuid]) -> Result<Vec<Person>> {
    let hex: Vec<_> = ids.iter().map(|id| id.simple().to_string()).collect();
    let rows: Vec<String> =
        query_scalar("select p.person from json_each(?) j cross join people p on p.id = unhex(j.value) order by j.key")
            .bind(serde_json::to_string(&hex)?)
            .fetch_all(tx)
            .await?;
    read(&rows)
}

/// The orders meant by `q`, at most so many, and how many there are: the next weddings first, then those that are over, the
/// last one first. Without words the next weddings alone; `today` is what they are told from.
pub(crate) async fn orders(
    tx: &mut SqliteConnection,
    q: &str,
    today: NaiveDate,
    most: usize,
) -> Result<(Vec<Order>, u64)> {
    let parts: Vec<String> = q.split_whitespace().map(|it| format!(" {}", spaced(it))).collect();
    let parts: Vec<&String> = parts.iter().filter(|part| !part.trim().is_empty()).collect();
    let among = |sql: &mut QueryBuilder<Sqlite>, days: &'static str| {
        sql.push(" from orders indexed by orders_sought where ").push(days).push_bind(today);
        for part in &parts {
            sql.push(" and instr(sought, ").push_bind((*part).clone()).push(") > 0");
        }
    };
    let mut numbers: Vec<String> = Vec::new();
    let mut total = 0;
    for (days, order) in [
        ("event_date >= ", " order by event_date, number limit "),
        ("event_date < ", " order by event_date desc, number limit "),
    ] {
        if parts.is_empty() && !numbers.is_empty() {
            break;
        }
        let mut walk = QueryBuilder::new("select number");
        among(&mut walk, days);
        walk.push(order).push_bind(limit(most));
        let found: Vec<String> = walk.build_query_scalar().fetch_all(&mut *tx).await?;
        if found.len() > most {
            let mut count = QueryBuilder::new("select count(*)");
            among(&mut count, days);
            let all: i64 = count.build_query_scalar().fetch_one(&mut *tx).await?;
            total += all.unsigned_abs();
        } else {
            total += found.len() as u64;
        }
        numbers.extend(found);
        if parts.is_empty() {
            break;
        }
    }
    numbers.truncate(most);
    let rows: Vec<String> = query_scalar(
        r#"select o."order" from json_each(?) j cross join orders o on o.number = j.value order by j.key"#,
    )
    .bind(serde_json::to_string(&numbers)?)
    .fetch_all(tx)
    .await?;
    Ok((read(&rows)?, total))
}

/// One more than is shown tells whether there are more.
fn limit(most: usize) -> i64 {
    i64::try_from(most + 1).unwrap_or(i64::MAX)
}

fn read<T: DeserializeOwned>(rows: &[String]) -> Result<Vec<T>> {
    Ok(rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_it_is_written() {
        for typed in ["0812-3456", "+62 812 3456", "812 3456", "(0812) 3456"] {
            assert_eq!(parts(typed)[0].figures.as_deref(), Some("8123456"), "{typed}");
            assert_eq!(parts(typed).len(), 1);
        }
        let both = parts("sari GO-2291");
        assert_eq!(both.iter().map(|part| part.words.as_str()).collect::<Vec<_>>(), [" sari", " go 2291"]);
        assert!(both.iter().all(|part| part.figures.is_none()));
        assert!(parts(" % - ").is_empty());
        assert_eq!(parts("12")[0].figures, None, "that may stand anywhere");
    }
}
