//! People: who is who, and who can be assigned.

use gemilang_protocol::desk::views::Caller;
use gemilang_protocol::{Person, PersonRef};
use sqlx::{SqliteConnection, query_scalar};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;
use crate::file::Replica;
use crate::{orders, sought};

impl Replica {
    /// Active staff, by name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn staff(&self) -> Result<Vec<Person>> {
        active_staff(&mut *self.read().await?).await
    }
}

/// Active staff, by name.
pub(crate) async fn active_staff(connection: &mut SqliteConnection) -> Result<Vec<Person>> {
    let rows: Vec<String> =
        query_scalar("select person from people where staff order by name").fetch_all(connection).await?;
    let people = rows.iter().map(|row| serde_json::from_str(row)).collect::<Result<Vec<Person>, _>>()?;
    Ok(people.into_iter().filter(|person| person.active).collect())
}

/// Customers offered at once.
const CALLERS: usize = 8;

impl Replica {
    /// Customers meant by a name, a phone number, an address or the number of an order; without words those who wrote last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn find_customers(&self, q: &str) -> Result<Vec<Caller>> {
        let mut tx = self.read().await?;
        let (people, _) = sought::customers(&mut tx, q, CALLERS).await?;
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
        .map(|person| {
            let sought = sought::of_person(person);
            Ok((Hex(person.id), &person.name, person.role.is_staff(), serde_json::to_string(person)?, sought))
        })
        .collect::<Result<_>>()?;
    batch
        .add(
            "insert into people (told, id, name, staff, person, sought)
            select ?, unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4 from jsonb_each(?) where true
            on conflict (id) do update set name = excluded.name, staff = excluded.staff, person = excluded.person,
                sought = excluded.sought, told = excluded.told
            where excluded.told or not people.told",
        )
        .bind(told)?
        .rows(&rows)?;
    Ok(())
}
