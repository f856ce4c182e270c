//! Places: how many tickets a list holds, and where in it one stands. The same conditions and the same walks as its rows.

use gemilang_protocol::Priority;
use gemilang_protocol::desk::asked::Asked;
use gemilang_protocol::desk::views::{Sort, TicketQuery};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_as};
use uuid::Uuid;

use super::list::{along, count, found};
use super::narrow::Narrow;
use crate::error::Result;
use crate::file::Replica;
use crate::search;

/// How a list is kept.
enum Held {
    /// A ticket's number was typed.
    Numbered(Vec<Uuid>),
    /// What words found, and whether there are more.
    Found(Vec<i64>, bool),
    /// An index.
    Walked,
}

impl Replica {
    /// How many tickets a list holds, and whether there are more than are counted: what [`Replica::tickets`] says of it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn counted(&self, wanted: &TicketQuery) -> Result<(u64, bool)> {
        let asked = Asked::read(&wanted.q, wanted.calendar.today);
        if search::asking(&asked).is_some() {
            self.index_if_idle().await?;
        }
        let mut tx = self.read().await?;
        let narrow = Narrow::new(&mut tx, wanted, &asked, self.me().id).await?;
        Ok(match self.held(&mut tx, &narrow).await? {
            Held::Numbered(tickets) => (tickets.len() as u64, false),
            Held::Found(keys, more) => (keys.len() as u64, more),
            Held::Walked => count(&mut tx, &narrow).await?,
        })
    }

    /// The place of a ticket in a list, from 0; nothing where the list does not hold it, or not among those that it counts.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn find_place(&self, wanted: &TicketQuery, ticket: Uuid) -> Result<Option<u32>> {
        let asked = Asked::read(&wanted.q, wanted.calendar.today);
        if search::asking(&asked).is_some() {
            self.index_if_idle().await?;
        }
        let mut tx = self.read().await?;
        let narrow = Narrow::new(&mut tx, wanted, &asked, self.me().id).await?;
        let stands: Option<(i64, i64, i64, String)> =
            query_as("select key, last_message_at, created_at, priority from tickets where id = ?")
                .bind(ticket)
                .fetch_optional(&mut *tx)
                .await?;
        let Some((key, active, filed, priority)) = stands else { return Ok(None) };
        let place = match self.held(&mut tx, &narrow).await? {
            Held::Numbered(tickets) => return Ok(at(tickets.iter().position(|it| *it == ticket))),
            Held::Found(keys, _) => return Ok(at(keys.iter().position(|it| *it == key))),
            Held::Walked if !holds(&mut tx, &narrow, key).await? => return Ok(None),
            Held::Walked => match wanted.sort {
                Sort::Latest => before(&mut tx, &narrow, "(t.last_message_at, t.key) > ", (active, key)).await?,
                Sort::Waiting => before(&mut tx, &narrow, "(t.last_message_at, t.key) < ", (active, key)).await?,
                Sort::Filed => before(&mut tx, &narrow, "(t.created_at, t.key) > ", (filed, key)).await?,
                Sort::Priority => {
                    let mut above = 0;
                    for more_urgent in Priority::ALL.iter().rev().take_while(|it| it.as_str() != priority) {
                        above += count(&mut tx, &narrow.only(*more_urgent)).await?.0;
                    }
                    let own = Priority::ALL.iter().find(|it| it.as_str() == priority);
                    let same = own.map_or_else(|| narrow.clone(), |own| narrow.only(*own));
                    above + before(&mut tx, &same, "(t.last_message_at, t.key) > ", (active, key)).await?
                }
            },
        };
        let is_counted = asked.is_counted() || place < search::MOST_COUNTED as u64;
        Ok(u32::try_from(place).ok().filter(|_| is_counted))
    }

    async fn held(&self, tx: &mut SqliteConnection, narrow: &Narrow<'_>) -> Result<Held> {
        if let Ok(number) = narrow.wanted.q.trim().parse() {
            let list = self.numbered(number).await?;
            if list.total > 0 {
                return Ok(Held::Numbered(list.rows.iter().map(|row| row.id).collect()));
            }
        }
        Ok(match search::asking(narrow.asked) {
            Some(matching) => {
                let (keys, more) = found(tx, narrow, &matching).await?;
                Held::Found(keys, more)
            }
            None if narrow.asked.has_words() => Held::Found(Vec::new(), false),
            None => Held::Walked,
        })
    }
}

fn at(place: Option<usize>) -> Option<u32> {
    place.and_then(|place| u32::try_from(place).ok())
}

/// Whether a list lets a ticket through.
async fn holds(tx: &mut SqliteConnection, narrow: &Narrow<'_>, key: i64) -> Result<bool> {
    let mut one = QueryBuilder::<Sqlite>::new("select count(*) from tickets t where t.key = ");
    one.push_bind(key);
    narrow.all(&mut one);
    let one: i64 = one.build_query_scalar().fetch_one(tx).await?;
    Ok(one > 0)
}

/// How many tickets a walk meets before it comes to one.
async fn before(
    tx: &mut SqliteConnection,
    narrow: &Narrow<'_>,
    stand: &'static str,
    (at, key): (i64, i64),
) -> Result<u64> {
    let mut walk = QueryBuilder::<Sqlite>::new("select count(*) from ");
    walk.push(along(narrow)).push(" where ").push(stand).push("(").push_bind(at).push(", ").push_bind(key).push(")");
    narrow.all(&mut walk);
    let before: i64 = walk.build_query_scalar().fetch_one(tx).await?;
    Ok(before.unsigned_abs())
}
