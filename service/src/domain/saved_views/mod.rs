//! Saved views: kept by their owner, changed by them or an admin, told to all staff or to their owner alone.

pub(crate) mod sql;

use gemilang_protocol::saved_view::MOST;
use gemilang_protocol::{Code, FieldError, Fields, Person, Role, SavedList, SavedView, SavedViewChange, validate};

use crate::{App, Error, Result};

/// Letters in the word of an inbox or an order, which may be a newer app's.
const WORD_MOST: usize = 32;

/// Makes, changes or deletes a view. The last change that arrives counts; the same change happens once, and what was deleted stays so.
///
/// # Errors
/// `validation`; `not_found` for somebody else's personal view, `forbidden` for a shared one that only its owner or an admin
/// changes; `id_taken` for an op that did something else; the database.
pub async fn change(app: &App, who: &Person, change: SavedViewChange) -> Result<SavedView> {
    if change.op_id.is_nil() || change.view.is_nil() {
        return Err(Code::Malformed.into());
    }
    let list = change.list.map(checked).transpose()?;
    let (now, generation) = (app.clock.now(), app.generation());
    let mut transaction = app.db.begin().await?;
    // One change of theirs at a time: a limit is one only if two are not counted side by side.
    sql::lock_owner(&mut *transaction, who.id).await?;
    let before = sql::lock(&mut *transaction, change.view).await?;
    if let Some(view) = sql::answered(&mut *transaction, change.op_id).await? {
        return before.filter(|before| before.id == view && before.is_for(who)).ok_or_else(|| Code::IdTaken.into());
    }
    let view = match before {
        None => {
            if list.is_some() && sql::count(&mut *transaction, who.id).await? >= MOST as i64 {
                return Err(Error::field("view", FieldError::TooMany { most: MOST }));
            }
            let view = SavedView { id: change.view, n: 1, owner: who.id, shared: change.shared, list };
            // Somebody else's may bear the id since it was looked for.
            sql::insert(&mut *transaction, &view, now).await.map_err(taken)?;
            view
        }
        Some(before) if !before.is_for(who) => return Err(Code::NotFound.into()),
        Some(before) if before.owner != who.id && who.role != Role::Admin => return Err(Code::Forbidden.into()),
        Some(gone) if gone.list.is_none() => return Ok(gone),
        Some(before) => {
            let view = SavedView { n: before.n + 1, list, ..before };
            sql::update(&mut *transaction, &view, now).await?;
            view
        }
    };
    sql::tell(&mut *transaction, view.id, change.op_id, generation).await.map_err(taken)?;
    transaction.commit().await?;
    app.committed();
    Ok(view)
}

/// An id that stands for something else already is no fault of the database.
fn taken(error: Error) -> Error {
    if error.is_unique_violation() { Code::IdTaken.into() } else { error }
}

/// A list whose every rule is kept. Which inboxes and orders there are is the desks' business: a newer one may know more.
fn checked(list: SavedList) -> Result<SavedList, Error> {
    let mut fields = Fields::default();
    let name = fields.take("view", validate::view_name(&list.name));
    let q = fields.take("q", validate::view_text(&list.q));
    let is_word = |word: &str| {
        (1..=WORD_MOST).contains(&word.len()) && word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    if !is_word(&list.inbox) || !is_word(&list.sort) {
        return Err(Code::Malformed.into());
    }
    match (name, q) {
        (Some(name), Some(q)) => Ok(SavedList { name, q, ..list }),
        _ => Err(fields.into()),
    }
}

trait Audience {
    /// Whether somebody may know of it.
    fn is_for(&self, who: &Person) -> bool;
}

impl Audience for SavedView {
    fn is_for(&self, who: &Person) -> bool {
        self.shared || self.owner == who.id
    }
}
