//! Pages as they come over the wire. Each row is read by itself, so that one that only a newer app knows is kept raw and holds nothing up.

use std::borrow::Cow;

use gemilang_protocol::sync::{TicketChange, WholeThread};
use gemilang_protocol::{Cursor, Frame, Order, Page, Person, Present, Row, SavedView, Ticket, Time};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A page of the feed, read row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The cursor these rows follow.
    pub from: Option<Cursor>,
    /// The cursor after them.
    pub to: Cursor,
    /// What could be read.
    pub rows: Vec<IncomingRow>,
    /// Whether more rows are there already.
    pub more: bool,
    /// With these rows everything committed before this time is here.
    pub complete_to: Option<Time>,
}

/// A part of a bootstrap, read row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingPart {
    /// Where it begins; nothing for the first.
    pub from: Option<Cursor>,
    /// Where the next one begins; nothing after the last.
    pub to: Option<Cursor>,
    /// The place in the feed from which it goes on.
    pub feed: Cursor,
    /// What could be read.
    pub rows: Vec<IncomingRow>,
    /// Tickets at the service.
    pub tickets: u64,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub enum IncomingRow {
    /// A ticket changed.
    Ticket(Box<TicketChange>),
    /// A person changed.
    Person(Box<Person>),
    /// An order changed.
    Order(Box<Order>),
    /// A saved view changed.
    SavedView(Box<SavedView>),
    /// A ticket with all that was ever said and done.
    Thread(Box<WholeThread>),
    /// A ticket whose conversation is not here.
    Head(Box<Ticket>),
    /// A newer app's: the head, if at least that can be read, and the row as it came.
    Unknown(Option<Box<Ticket>>, String),
}

/// What came over the socket.
#[derive(Debug, Clone, PartialEq)]
pub enum IncomingFrame {
    /// Rows.
    Page(Incoming),
    /// Still here.
    Ping {
        /// A reader at `cursor` holds everything before this time.
        complete_to: Option<Time>,
        /// Where the feed stands.
        cursor: Cursor,
    },
    /// Who has which ticket before them.
    Presence {
        /// What was told before is forgotten.
        anew: bool,
        /// Who came.
        came: Vec<Present>,
        /// Who left.
        left: Vec<Present>,
    },
    /// Somebody is writing.
    Typing(Present),
    /// A newer app's.
    Unknown,
}

#[derive(Deserialize)]
struct WirePage {
    #[serde(default)]
    from: Option<Cursor>,
    to: Cursor,
    rows: Vec<Box<RawValue>>,
    #[serde(default)]
    more: bool,
    #[serde(default)]
    complete_to: Option<Time>,
}

#[derive(Deserialize)]
struct WirePart {
    #[serde(default)]
    from: Option<Cursor>,
    #[serde(default)]
    to: Option<Cursor>,
    feed: Cursor,
    rows: Vec<Box<RawValue>>,
    #[serde(default)]
    tickets: u64,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    row: Cow<'a, str>,
}

#[derive(Deserialize)]
struct FrameKind<'a> {
    #[serde(borrow)]
    frame: Cow<'a, str>,
}

#[derive(Deserialize)]
struct WirePing {
    #[serde(default)]
    complete_to: Option<Time>,
    cursor: Cursor,
}

#[derive(Deserialize)]
struct HeadOnly {
    ticket: Ticket,
}

/// What an object says first, if it is this: the service names frames and rows before all else, and most of reading one
/// twice would be passing over the rest of it.
fn name<'j>(json: &'j str, says: &str) -> Option<Cow<'j, str>> {
    let (name, _) = json.strip_prefix("{\"")?.strip_prefix(says)?.strip_prefix("\":\"")?.split_once('"')?;
    (!name.contains('\\')).then_some(Cow::Borrowed(name))
}

impl Incoming {
    /// Reads a page.
    ///
    /// # Errors
    /// It is not a page at all; an unknown row is no error.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let page: WirePage = serde_json::from_str(json)?;
        Ok(Self {
            from: page.from,
            to: page.to,
            rows: page.rows.iter().map(|row| IncomingRow::read(row.get())).collect(),
            more: page.more,
            complete_to: page.complete_to,
        })
    }
}

impl IncomingPart {
    /// Reads a part.
    ///
    /// # Errors
    /// It is not a part at all; an unknown row is no error.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let part: WirePart = serde_json::from_str(json)?;
        Ok(Self {
            from: part.from,
            to: part.to,
            feed: part.feed,
            rows: part.rows.iter().map(|row| IncomingRow::read(row.get())).collect(),
            tickets: part.tickets,
        })
    }
}

impl IncomingRow {
    pub(crate) fn read(json: &str) -> Self {
        let read = match name(json, "row").or_else(|| Some(serde_json::from_str::<Kind<'_>>(json).ok()?.row)).as_deref()
        {
            Some("ticket") => serde_json::from_str(json).map(Self::Ticket),
            Some("person") => serde_json::from_str(json).map(Self::Person),
            Some("order") => serde_json::from_str(json).map(Self::Order),
            Some("saved_view") => serde_json::from_str(json).map(Self::SavedView),
            Some("thread") => serde_json::from_str(json).map(Self::Thread),
            Some("head") => serde_json::from_str(json).map(Self::Head),
            _ => Ok(Self::unknown(json)),
        };
        read.unwrap_or_else(|_| Self::unknown(json))
    }

    fn unknown(json: &str) -> Self {
        let head = serde_json::from_str::<HeadOnly>(json).ok();
        Self::Unknown(head.map(|row| Box::new(row.ticket)), json.to_owned())
    }
}

impl IncomingFrame {
    /// Reads a frame.
    ///
    /// # Errors
    /// It is not a frame at all; an unknown kind is no error.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let frame = match name(json, "frame") {
            Some(frame) => frame,
            None => serde_json::from_str::<FrameKind<'_>>(json)?.frame,
        };
        Ok(match frame.as_ref() {
            "page" => Self::Page(Incoming::read(json)?),
            "ping" => {
                let ping: WirePing = serde_json::from_str(json)?;
                Self::Ping { complete_to: ping.complete_to, cursor: ping.cursor }
            }
            // A hint: one that cannot be read does no harm.
            "presence" | "typing" => match serde_json::from_str(json) {
                Ok(Frame::Presence { anew, came, left }) => Self::Presence { anew, came, left },
                Ok(Frame::Typing { who }) => Self::Typing(who),
                _ => Self::Unknown,
            },
            _ => Self::Unknown,
        })
    }
}

impl From<Page> for Incoming {
    fn from(page: Page) -> Self {
        Self {
            from: page.from,
            to: page.to,
            rows: page.rows.into_iter().map(IncomingRow::from).collect(),
            more: page.more,
            complete_to: page.complete_to,
        }
    }
}

impl From<Row> for IncomingRow {
    fn from(row: Row) -> Self {
        match row {
            Row::Ticket(change) => Self::Ticket(change),
            Row::Person(person) => Self::Person(Box::new(person)),
            Row::Order(order) => Self::Order(Box::new(order)),
            Row::SavedView(view) => Self::SavedView(Box::new(view)),
            Row::Thread(thread) => Self::Thread(thread),
            Row::Head(ticket) => Self::Head(ticket),
            Row::Unknown => Self::Unknown(None, String::from("{}")),
        }
    }
}
