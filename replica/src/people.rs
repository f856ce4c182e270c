//! People: who is who, and who can be assigned.

use gemilang_protocol::desk::views::Caller;
use gemilang_protocol::{Person, PersonRef};
use sqlx::{SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;
use crate::file::Replica;
use crate::orders;

impl Replica {
    /// Active staff, by name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn staff(&self) -> Result<Vec<Person>> {
        let mut tx = self.read().await?;
        let rows: Vec<String> =
            query_scalar("select person from people where staff order by name").fetch_all(&mut *tx).await?;
        Ok(rows
            .iter()
            .map(|row| serde_json::from_str(row))
            .collect::<Result<Vec<Person>, _>>()?
            .into_iter()
            .filter(|person| person.active)
            .collect())
    }
}

/// Customers offered at once.
const CALLERS: usize = 8;

impl Replica {
    /// Customers meant by a name, a phone number, an address or the number of an order; without words those who wrote last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn find_customers(&self, q: &str) -> Result<Vec<Caller>> {
        let words: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
        let mut tx = self.read().await?;
        let people = if words.is_empty() { lately(&mut tx).await? } else { meant(&mut tx, &words).await? };
        let mut callers = Vec::with_capacity(people.len());
        for person in people {
            let orders = orders::of_customer(&mut tx, person.id).await?;
            let active: i64 = query_scalar(
                "select count(*) from tickets
                where customer_id = ? and status in ('open', 'in_progress', 'waiting_customer')",
            )
            .bind(person.id)
            .fetch_one(&mut *tx)
            .await?;
            callers.push(Caller { person, orders, active: active.unsigned_abs() });
        }
        Ok(callers)
    }
}

/// Who wrote last.
async fn lately(tx: &mut SqliteConnection) -> Result<Vec<Person>> {
    let rows: Vec<String> = query_scalar(
        "select p.person from (select customer_id, max(last_message_at) as at
            from (select customer_id, last_message_at from tickets order by last_message_at desc, key desc limit 64)
            group by customer_id) t
        join people p on p.id = t.customer_id order by t.at desc limit ?",
    )
    .bind(i64::try_from(CALLERS).unwrap_or(i64::MAX))
    .fetch_all(tx)
    .await?;
    rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
}

/// Those in whose name, number, address or orders every word stands. The records are walked once: some ten milliseconds
/// for fifty thousand, because only names are looked at letter by letter.
async fn meant(tx: &mut SqliteConnection, words: &[String]) -> Result<Vec<Person>> {
    // The longest word leaves the fewest to be looked at. A phone is kept as +62…, and written as 0812-….
    let longest = words.iter().max_by_key(|word| word.len()).map_or("", String::as_str);
    let within = digits(longest).unwrap_or_else(|| format!("\"email\":\"{longest}"));
    let order = longest.contains(|it: char| it.is_ascii_digit()).then_some(longest);
    let rows: Vec<String> = query_scalar(
        r#"select person from people where not staff and (instr(lower(name), ?1) > 0 or instr(person, ?2) > 0
            or ?3 is not null and id in (select unhex(replace("order" ->> '$.customer.id', '-', '')) from orders
                where instr(lower(number), ?3) > 0))
        order by name limit 200"#,
    )
    .bind(longest)
    .bind(within)
    .bind(order)
    .fetch_all(&mut *tx)
    .await?;
    let mut found = Vec::new();
    for row in rows {
        let person: Person = serde_json::from_str(&row)?;
        let orders = orders::of_customer(tx, person.id).await?;
        let (name, email) = (person.name.to_lowercase(), person.email.to_lowercase());
        let is_meant = words.iter().all(|word| {
            let phone = digits(word)
                .is_some_and(|digits| person.phone.as_deref().is_some_and(|phone| phone.contains(digits.as_str())));
            let order = orders.iter().any(|order| order.number.to_lowercase().contains(word.as_str()));
            phone
                || order
                || email.starts_with(word.as_str())
                || name.split_whitespace().any(|it| it.starts_with(word.as_str()))
        });
        if is_meant {
            found.push(person);
        }
        if found.len() == CALLERS {
            break;
        }
    }
    Ok(found)
}

/// The digits of a phone as it is kept, without the country; nothing where it is none.
fn digits(word: &str) -> Option<String> {
    let plain: String = word.chars().filter(char::is_ascii_digit).collect();
    let is_phone =
        plain.len() >= 3 && word.chars().all(|it| it.is_ascii_digit() || matches!(it, '+' | '-' | '.' | '(' | ')'));
    let plain = plain.strip_prefix("62").or_else(|| plain.strip_prefix('0')).unwrap_or(&plain);
    is_phone.then(|| plain.to_owned())
}

/// A name for an id: from the records, else the own one, else empty.
pub(crate) async fn named(
    connection: &mut SqliteConnection,
    replica: &Replica,
    id: Option<Uuid>,
) -> Result<Option<PersonRef>> {
    let Some(id) = id else { return Ok(None) };
    let name: Option<String> =
        query_scalar("select name from people where id = ?").bind(id).fetch_optional(connection).await?;
    Ok(Some(PersonRef { id, name: name.unwrap_or_else(|| own_name(replica, id)) }))
}

/// The signed-in person's name is known even before their record is here.
pub(crate) fn own_name(replica: &Replica, id: Uuid) -> String {
    if replica.me().id == id { replica.me().name.clone() } else { String::new() }
}

pub(crate) async fn find(connection: &mut SqliteConnection, id: Uuid) -> Result<Option<Person>> {
    let row: Option<String> =
        query_scalar("select person from people where id = ?").bind(id).fetch_optional(connection).await?;
    Ok(row.map(|row| serde_json::from_str(&row)).transpose()?)
}

/// Stores people as they are now. Told by the feed they are: a part of a bootstrap may have been read before, and never
/// undoes what the feed has told; whatever was newer than that, the feed tells too.
pub(crate) fn put(batch: &mut Batch, people: &[&Person], told: bool) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = people
        .iter()
        .map(|person| Ok((Hex(person.id), &person.name, person.role.is_staff(), serde_json::to_string(person)?)))
        .collect::<Result<_>>()?;
    batch
        .add(
            "insert into people (told, id, name, staff, person)
            select ?, unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3 from jsonb_each(?) where true
            on conflict (id) do update set name = excluded.name, staff = excluded.staff, person = excluded.person,
                told = excluded.told
            where excluded.told or not people.told",
        )
        .bind(told)?
        .rows(&rows)?;
    Ok(())
}
