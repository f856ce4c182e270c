//! Rows on their way into a table: one as the arguments of its statement, several as one argument that the statement takes
//! apart, which is the faster way for many and the slower one for the single message of a live page.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::batch::{Batch, Hex};
use crate::error::Result;

/// A value of a row.
pub(crate) enum Cell<'r> {
    Nothing,
    Whole(i64),
    Text(Cow<'r, str>),
    Id(Uuid),
}

impl Batch {
    /// Puts rows into a table. `into` names it and its columns, `then` says what is to be done with rows that are there already.
    pub(crate) fn put<const N: usize>(
        &mut self,
        into: &'static str,
        rows: &[[Cell<'_>; N]],
        then: &'static str,
    ) -> Result<()> {
        match rows {
            [] => {}
            [row] => {
                self.add(into).go_on(" values (?").go_on(&", ?".repeat(N - 1)).go_on(") ").go_on(then);
                for cell in row {
                    self.bind_cell(cell)?;
                }
            }
            rows => {
                self.add(into);
                for column in 0..N {
                    let value = format!("value ->> {column}");
                    let is_id = rows.iter().any(|row| matches!(row[column], Cell::Id(_)));
                    self.go_on(if column == 0 { " select " } else { ", " });
                    self.go_on(&if is_id { format!("unhex({value})") } else { value });
                }
                // Without a condition the parser takes `on conflict` for a part of a join.
                self.go_on(" from jsonb_each(?) where true ").go_on(then);
                self.bind(serde_json::to_string(&rows.iter().map(Cells).collect::<Vec<_>>())?)?;
            }
        }
        Ok(())
    }

    /// The statement's next argument.
    pub(crate) fn bind_cell(&mut self, cell: &Cell<'_>) -> Result<&mut Self> {
        match cell {
            Cell::Nothing => self.bind(None::<i64>),
            Cell::Whole(number) => self.bind(*number),
            Cell::Text(text) => self.bind(text.as_ref()),
            Cell::Id(id) => self.bind(*id),
        }
    }
}

/// A row as JSON.
struct Cells<'r, const N: usize>(&'r [Cell<'r>; N]);

impl<const N: usize> Serialize for Cells<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Id(id) => Hex(*id).serialize(serializer),
        }
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(is_so: bool) -> Self {
        Self::Whole(i64::from(is_so))
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'r> From<&'r String> for Cell<'r> {
    fn from(text: &'r String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Uuid> for Cell<'_> {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl<'r, T: Into<Cell<'r>>> From<Option<T>> for Cell<'r> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, T::into)
    }
}
