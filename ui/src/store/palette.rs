//! The palette: what is typed, the tickets that are meant by it, and the lines to choose from. Every deed that can be done now and every ticket can be reached here.

use std::ops::Range;
use std::rc::Rc;

use gemilang_locales::{Language, Texts};
use gemilang_protocol::desk::views::TicketRow;
use uuid::Uuid;

use super::Desk;
use super::deeds::{self, Chord, Deed, Entry, Glyph, Group, TABLE};
use super::fuzzy::{Fit, matched};
use super::navigation::{Page, VIEWS};

/// Tickets remembered as looked at lately.
const REMEMBERED: usize = 9;
/// Tickets offered before anything is typed.
const RECENT: usize = 5;

/// The palette and the sheet of keys: what lies over everything else.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Palette {
    /// What is open.
    pub open: Option<Over>,
    /// As typed.
    pub q: String,
    /// The line the keyboard stands on.
    pub at: usize,
    /// The tickets meant by what was typed; of the question before until the answer, which is local and instant.
    pub tickets: Rc<Vec<TicketRow>>,
    /// How many there are.
    pub total: u64,
    /// Looked at lately, the last one first.
    pub recent: Vec<Uuid>,
}

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The palette.
    Palette,
    /// The sheet of keys.
    Keys,
    /// A ticket for a customer who called.
    File,
    /// A list that gets a name.
    View,
    /// Two tickets that are to become one.
    Merge,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Something opens over the page, in the place of what was, or nothing lies there any more.
    Over(Option<Over>),
    /// Typed.
    Typed(String),
    /// The tickets meant by this are here. An answer to an older question is dropped.
    Found {
        /// What was looked for.
        q: String,
        /// The tickets.
        rows: Rc<Vec<TicketRow>>,
        /// How many there are.
        total: u64,
    },
    /// The keyboard stands on another line.
    At(usize),
}

/// What a line leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// A deed.
    Deed(Deed),
    /// A ticket.
    Ticket(Uuid),
    /// A saved view.
    View(Uuid),
    /// A search for what is typed, in everything that was said.
    Search,
}

/// A line with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it leads to.
    pub leads: Leads,
    /// What stands before it.
    pub glyph: Glyph,
    /// A ticket's number.
    pub number: Option<String>,
    /// Its words.
    pub text: String,
    /// What of them is marked, in bytes.
    pub marks: Vec<Range<usize>>,
    /// What stands at its end.
    pub side: String,
    /// Keys that do the same.
    pub keys: Chord,
}

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Offers {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Offer>,
}

impl Palette {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Over(over) => {
                self.open = over;
                self.typed(String::new());
            }
            Action::Typed(q) => self.typed(q),
            Action::Found { q, rows, total } => {
                if q == self.asks() {
                    self.tickets = rows;
                    self.total = total;
                }
            }
            Action::At(at) => self.at = at,
        }
    }

    /// A ticket was opened.
    pub fn looked_at(&mut self, ticket: Uuid) {
        self.recent.retain(|it| *it != ticket);
        self.recent.insert(0, ticket);
        self.recent.truncate(REMEMBERED);
    }

    /// What tickets are looked for by; nothing where only deeds are wanted.
    pub fn asks(&self) -> &str {
        if self.only_deeds() { "" } else { self.words() }
    }

    fn typed(&mut self, q: String) {
        self.q = q;
        self.at = 0;
    }

    fn only_deeds(&self) -> bool {
        self.q.trim_start().starts_with('>')
    }

    fn only_tickets(&self) -> bool {
        self.q.trim_start().starts_with('#')
    }

    /// What is typed, without the sign that says of what kind it is.
    fn words(&self) -> &str {
        self.q.trim().trim_start_matches(['>', '#']).trim_start()
    }
}

/// What can be chosen now, in the order it stands.
pub fn offers(desk: &Desk, language: Language) -> Vec<Offers> {
    let palette = &desk.palette;
    let texts = Texts::of(language);
    let q = palette.words();
    let mut groups = Vec::new();
    let deeds = if palette.only_tickets() { Vec::new() } else { deeds(desk, q, language) };
    let of = |groups: &[Group]| -> Vec<Offer> {
        deeds.iter().filter(|(entry, _)| groups.contains(&entry.group)).map(|(_, offer)| offer.clone()).collect()
    };
    let here = desk.open.here().filter(|_| desk.place.page.has_thread()).map(|thread| &thread.ticket);
    let picked = desk.list.picks.count();
    let title = if desk.place.is_inbox() && picked > 0 {
        Some(texts.with("desk-picks-title", &[("n", picked.into())]))
    } else {
        here.map(|ticket| format!("{}, {}", ticket.number, ticket.customer.name))
    };
    if let Some(title) = title {
        groups.push(Offers { title, lines: of(&[Group::Ticket, Group::Writing, Group::Sending]) });
    }
    if !palette.only_deeds() {
        let tickets = tickets(desk, q, texts);
        // Before anything is typed, and where figures are, a ticket is what most people want.
        let first = q.is_empty() || q.chars().any(|letter| letter.is_ascii_digit()) || palette.only_tickets();
        groups.insert(if first { 0 } else { groups.len() }, tickets);
    }
    let mut going = of(&[Group::Going]);
    if !palette.only_tickets() {
        going.extend(views(desk, q, texts));
    }
    groups.push(Offers { title: texts.get("desk-find-go"), lines: going });
    groups.push(Offers { title: texts.get("desk-find-do"), lines: of(&[Group::Moving, Group::List, Group::General]) });
    groups.retain(|group| !group.lines.is_empty());
    groups
}

/// The deeds meant by `q`. Slips of the keyboard are forgiven only where nothing else is meant.
fn deeds(desk: &Desk, q: &str, language: Language) -> Vec<(&'static Entry, Offer)> {
    let texts = Texts::of(language);
    // Who is used to the other language types its words.
    let others = Language::ALL.iter().copied().find(|it| *it != language).map(Texts::of);
    let mut found: Vec<(Fit, &'static Entry, Offer)> = TABLE
        .iter()
        .filter_map(|entry| {
            let (words, glyph) = entry.find.filter(|_| deeds::can(desk, entry.deed))?;
            let text = texts.get(words);
            let (fit, marks) = matched(&text, q).or_else(|| {
                let other = others?.get(words);
                matched(&other, q).map(|(fit, _)| (fit, Vec::new()))
            })?;
            let side = match entry.deed {
                Deed::Go(Page::Inbox(inbox)) => desk.place.count(inbox).map(|count| count.to_string()),
                Deed::Go(Page::Outbox) => Some(desk.place.counts.unsent).filter(|it| *it > 0).map(|it| it.to_string()),
                _ => None,
            };
            let keys = entry.chords.first().copied().unwrap_or_default();
            let offer = Offer {
                leads: Leads::Deed(entry.deed),
                glyph,
                number: None,
                text,
                marks,
                side: side.unwrap_or_default(),
                keys,
            };
            Some((fit, entry, offer))
        })
        .collect();
    let best = found.iter().map(|(fit, ..)| *fit).min();
    if best < Some(Fit::Near) {
        found.retain(|(fit, ..)| *fit < Fit::Near);
    }
    // Within a group the best come first, and else the table's order stands.
    found.sort_by_key(|(fit, ..)| *fit);
    found.into_iter().map(|(_, entry, offer)| (entry, offer)).collect()
}

/// The saved views meant by `q`.
fn views(desk: &Desk, q: &str, texts: &Texts) -> Vec<Offer> {
    let rows = desk.saved.rows.iter().enumerate().filter(|(_, row)| row.query.is_some());
    rows.filter_map(|(at, row)| {
        let (_, marks) = matched(&row.name, q).filter(|(fit, _)| *fit < Fit::Near)?;
        Some(Offer {
            leads: Leads::View(row.id),
            glyph: Glyph::Icon(if row.shared { "users" } else { "mark" }),
            number: None,
            text: row.name.clone(),
            marks,
            side: texts.get("desk-saved"),
            keys: u8::try_from(VIEWS.len() + at + 1).map(|n| deeds::keys(Deed::View(n))).unwrap_or_default(),
        })
    })
    .collect()
}

fn tickets(desk: &Desk, q: &str, texts: &Texts) -> Offers {
    let palette = &desk.palette;
    let on_screen = desk.open.ticket.filter(|_| q.is_empty() && desk.place.page.has_thread());
    let most = if q.is_empty() { RECENT } else { usize::MAX };
    let mut lines: Vec<Offer> = palette
        .tickets
        .iter()
        .filter(|row| Some(row.id) != on_screen)
        .take(most)
        .map(|row| {
            let subject = if row.subject.is_empty() { texts.get("erased") } else { row.subject.clone() };
            let marks =
                q.split_whitespace().filter_map(|word| matched(&subject, word)).filter(|(fit, _)| *fit < Fit::Near);
            let mut marks: Vec<_> = marks.flat_map(|(_, marks)| marks).collect();
            marks.sort_by_key(|mark| mark.start);
            marks.dedup_by(|next, before| next.start < before.end);
            Offer {
                leads: Leads::Ticket(row.id),
                glyph: Glyph::Status(row.status),
                number: Some(row.number.to_string()),
                text: subject,
                marks,
                side: row.customer.name.clone(),
                keys: &[],
            }
        })
        .collect();
    let title = if q.is_empty() {
        texts.get("desk-find-recent")
    } else if lines.is_empty() {
        texts.get("desk-tickets")
    } else {
        texts.with("desk-find-tickets", &[("n", palette.total.into())])
    };
    if !q.is_empty() {
        lines.push(Offer {
            leads: Leads::Search,
            glyph: Glyph::Icon("search"),
            number: None,
            text: texts.with("desk-find-everywhere", &[("q", q.into())]),
            marks: Vec::new(),
            side: String::new(),
            keys: &["Tab"],
        });
    }
    Offers { title, lines }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::Zone;
    use gemilang_protocol::desk::views::Inbox;

    use super::super::samples::{id, row, thread, time};
    use super::super::{Action as Any, thread as open};
    use super::*;

    fn desk() -> Desk {
        let mut desk = Desk::new(time("2026-11-30T07:32:00Z"), Zone::Wib);
        desk.apply(Any::Go(Page::Inbox(Inbox::Active)));
        desk.apply(Any::Pick(Some(id(1))));
        desk.apply(Any::Thread(open::Action::Arrived(Rc::new(thread(1)), true)));
        desk.apply(Any::Palette(Action::Over(Some(Over::Palette))));
        desk
    }

    fn typed(desk: &mut Desk, q: &str) -> Vec<(String, Vec<String>)> {
        desk.apply(Any::Palette(Action::Typed(q.to_owned())));
        let texts = |group: Offers| (group.title, group.lines.into_iter().map(|line| line.text).collect());
        offers(desk, Language::Id).into_iter().map(texts).collect()
    }

    fn found(desk: &mut Desk, q: &str, rows: &[u8]) {
        let rows: Vec<_> = rows.iter().map(|n| row(*n)).collect();
        let total = rows.len() as u64;
        desk.apply(Any::Palette(Action::Found { q: q.into(), rows: Rc::new(rows), total }));
    }

    #[test]
    fn what_is_typed_finds_deeds_of_the_ticket_first() {
        let mut desk = desk();
        found(&mut desk, "", &[]);
        let groups = typed(&mut desk, "sel");
        assert_eq!(groups[0].0, "GW-1001, Raden Roro");
        assert_eq!(groups[0].1[0], "Selesaikan tiket ini");
        assert_eq!(groups[1].1, ["Cari “sel” di semua pesan"]);
        let groups = typed(&mut desk, "dabsor");
        assert!(groups.iter().any(|(_, lines)| lines == &["Dasbor"]), "{groups:?}");
        let groups = typed(&mut desk, "resolve");
        assert_eq!(groups[0].1[0], "Selesaikan tiket ini", "in the other language too");
    }

    #[test]
    fn a_sign_in_front_says_what_is_wanted() {
        let mut desk = desk();
        desk.apply(Any::Palette(Action::Typed("# akad".into())));
        assert_eq!(desk.palette.asks(), "akad");
        found(&mut desk, "akad", &[2]);
        assert_eq!(typed(&mut desk, "# akad").len(), 1);
        let groups = typed(&mut desk, "> sel");
        assert!(groups.iter().all(|(title, _)| !title.starts_with("Tiket")), "{groups:?}");
        assert_eq!(desk.palette.asks(), "");
    }

    #[test]
    fn before_anything_is_typed_stand_the_tickets_of_before_without_the_one_on_screen() {
        let mut desk = desk();
        desk.apply(Any::Pick(Some(id(2))));
        desk.apply(Any::Pick(Some(id(1))));
        assert_eq!(desk.palette.recent, [id(1), id(2)]);
        found(&mut desk, "", &[1, 2, 3]);
        let groups = offers(&desk, Language::Id);
        assert_eq!(groups[0].lines[0].leads, Leads::Ticket(id(2)));
        assert!(groups.iter().flat_map(|group| &group.lines).all(|line| line.leads != Leads::Ticket(id(1))));
    }

    #[test]
    fn answers_to_an_older_question_are_dropped() {
        let mut desk = desk();
        desk.apply(Any::Palette(Action::Typed("akad".into())));
        found(&mut desk, "aka", &[4]);
        assert!(desk.palette.tickets.is_empty());
        found(&mut desk, "akad", &[4]);
        assert_eq!(desk.palette.tickets.len(), 1);
        desk.apply(Any::Palette(Action::At(2)));
        desk.apply(Any::Palette(Action::Typed("akad ".into())));
        assert_eq!(desk.palette.at, 0);
    }

    #[test]
    fn figures_mean_a_ticket() {
        let mut desk = desk();
        desk.apply(Any::Palette(Action::Typed("1002".into())));
        found(&mut desk, "1002", &[2]);
        assert_eq!(offers(&desk, Language::Id)[0].lines[0].leads, Leads::Ticket(id(2)));
    }
}
