//! Saved views: a list that somebody keeps under a name, for themselves or for all staff. A list is an inbox, an order and one text, see [`crate::desk::asked`].

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::desk::asked::Asked;
use crate::desk::views::TicketQuery;

/// Views one person may keep.
pub const MOST: usize = 50;

/// A saved view as the service tells it: to all staff, or to its owner alone. Which of the two never changes: to share one is to make another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Which.
    pub id: Uuid,
    /// Grows with each change of it: a lower one never replaces a higher.
    pub n: i64,
    /// Who made it. They and admins change it.
    pub owner: Uuid,
    /// Whether all staff have it.
    pub shared: bool,
    /// What it shows; nothing once it is deleted, which it stays.
    pub list: Option<SavedList>,
}

/// What a saved view shows. Inbox and order are kept as words, so that one a newer app made passes through an older one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedList {
    /// What people call it.
    pub name: String,
    /// The inbox, as [`crate::desk::views::Inbox`] is written.
    pub inbox: String,
    /// The order, as [`crate::desk::views::Sort`] is written.
    pub sort: String,
    /// What narrows it, as typed.
    pub q: String,
}

/// A change of a saved view, made on a desk. Under the same `op_id` it happens once; the last one that arrives counts, and a deleted view stays so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedViewChange {
    /// Made by the desk, unique for ever.
    pub op_id: Uuid,
    /// Which view; made by the desk that made the view.
    pub view: Uuid,
    /// Whether all staff have it; heeded when it is made.
    pub shared: bool,
    /// What it shows from now on; nothing deletes it.
    pub list: Option<SavedList>,
}

impl SavedList {
    /// A list under a name.
    pub fn of(name: String, query: &TicketQuery) -> Self {
        Self { name, inbox: word(&query.inbox), sort: word(&query.sort), q: query.q.trim().to_owned() }
    }

    /// What it asks for; nothing where a newer app wrote what this one cannot read.
    pub fn query(&self) -> Option<TicketQuery> {
        let can_read = Asked::read(&self.q, chrono::NaiveDate::default()).problems.is_empty();
        let query = TicketQuery {
            inbox: read(&self.inbox)?,
            sort: read(&self.sort)?,
            q: self.q.clone(),
            ..TicketQuery::default()
        };
        can_read.then_some(query)
    }
}

fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Row;
    use crate::desk::views::{Inbox, Sort};

    #[test]
    fn a_list_is_kept_and_read_back_and_what_is_newer_is_not_guessed() {
        let query = TicketQuery {
            inbox: Inbox::Unassigned,
            sort: Sort::Waiting,
            q: " kategori:vendor acara:14h ".into(),
            ..TicketQuery::default()
        };
        let list = SavedList::of("Acara ≤ 14 hari".into(), &query);
        assert_eq!((list.inbox.as_str(), list.sort.as_str()), ("unassigned", "waiting"));
        assert_eq!(list.query(), Some(TicketQuery { q: "kategori:vendor acara:14h".into(), ..query }));
        for newer in [
            SavedList { inbox: "handed_over".into(), ..list.clone() },
            SavedList { sort: "mood".into(), ..list.clone() },
            SavedList { q: "suasana:cerah".into(), ..list },
        ] {
            assert_eq!(newer.query(), None, "{newer:?}");
        }
    }

    #[test]
    fn it_travels_as_a_row_of_its_own() {
        let list = SavedList {
            name: "Vendor".into(),
            inbox: "active".into(),
            sort: "latest".into(),
            q: "kategori:vendor".into(),
        };
        let (id, owner) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let row = Row::SavedView(SavedView { id, n: 3, owner, shared: true, list: Some(list.clone()) });
        let written = json!({"row": "saved_view", "id": id, "n": 3, "owner": owner, "shared": true, "list": {
            "name": "Vendor", "inbox": "active", "sort": "latest", "q": "kategori:vendor"}});
        assert_eq!(serde_json::to_value(&row).unwrap(), written);
        assert_eq!(serde_json::from_value::<Row>(written).unwrap(), row);
        let change = SavedViewChange { op_id: owner, view: id, shared: false, list: None };
        let written = json!({"op_id": owner, "view": id, "shared": false, "list": null});
        assert_eq!(serde_json::to_value(&change).unwrap(), written);
        assert_eq!(serde_json::from_value::<SavedViewChange>(written).unwrap(), change);
        let more = crate::desk::views::TicketList { more: true, total: 1_000, ..Default::default() };
        assert_eq!(serde_json::to_value(&more).unwrap(), json!({"rows": [], "total": 1_000, "more": true}));
    }
}
