//! Deeds: everything a person can ask of the desk, in one table. Palette, key handling, hints in menus and the sheet of keys all read it; how a deed is done is in `crate::doing`.

/// Keys as they are pressed.
mod pressed;
/// The table.
mod table;

use gemilang_locales::Language;
use gemilang_protocol::desk::views::{OpState, Sort, TicketRow};
use gemilang_protocol::{Duty, Internal, Priority, Status};

pub use self::pressed::Pressed;
pub use self::table::{Chord, Entry, Glyph, Group, TABLE};
use super::Desk;
use super::navigation::{Page, VIEWS};
use super::outbox::{Choice, choices};
use super::split::Split;

/// Something a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The keyboard goes down a row.
    Down,
    /// Up a row.
    Up,
    /// To the first row.
    First,
    /// To the last one.
    Last,
    /// Down by a windowful.
    PageDown,
    /// Up by a windowful.
    PageUp,
    /// Open the row under the keyboard.
    Open,
    /// Leave what is open.
    Back,
    /// Search everything.
    Search,
    /// Find a ticket or a deed.
    Find,
    /// The view of this place in the navigation, counted from 1; behind the inboxes the saved ones.
    View(u8),
    /// A page.
    Go(Page),
    /// The side pane of a narrow window.
    Details,
    /// Narrow the list.
    Filter,
    /// Put the list in another order.
    Sort,
    /// Keep what narrows the list, or the search, under a name.
    SaveView,
    /// The open saved view shows from now on what the list does.
    SaveChanges,
    /// Call the open saved view otherwise.
    RenameView,
    /// Delete it.
    DeleteView,
    /// Pick the row under the keyboard.
    Pick,
    /// Go down a row and pick on the way.
    PickDown,
    /// Go up a row and pick on the way.
    PickUp,
    /// Pick all rows.
    PickAll,
    /// Take the ticket, or what rings.
    Take,
    /// Let it go.
    LetGo,
    /// Choose who has it.
    Assign,
    /// Choose its status.
    Status,
    /// Choose its priority.
    Priority,
    /// Set its status.
    SetStatus(Status),
    /// Set its priority.
    SetPriority(Priority),
    /// Choose what it is about.
    Category,
    /// Change what it is called.
    Subject,
    /// Choose which order it is about.
    Order,
    /// See its customer.
    Customer,
    /// Shut the customer out, or let them in.
    Block(bool),
    /// Choose till when not to see it.
    Snooze,
    /// See it again.
    Wake,
    /// File it under something.
    Tag,
    /// Say which other ticket has to do with it.
    Link,
    /// Make one conversation of it and another ticket.
    Merge,
    /// File a ticket for a customer who called.
    File,
    /// Split the customer's newest message off.
    Split,
    /// Answer the customer.
    Reply,
    /// Write to the team.
    Note,
    /// From the one to the other, also from within the field.
    Turn,
    /// Edit what is held or waits.
    Edit,
    /// Send what is written.
    Send,
    /// Send it and wait for the customer.
    SendWait,
    /// Send it and resolve.
    SendResolve,
    /// Choose when the service is to send it.
    SendLater,
    /// Leave the field.
    LeaveField,
    /// Take back what was just done.
    Undo,
    /// The sheet of keys.
    Keys,
    /// Another theme: `light`, `dark` or `system`.
    Theme(&'static str),
    /// Another language.
    Language(Language),
    /// Be on duty or off.
    Duty(Duty),
    /// An hour's pause.
    Pause,
    /// Try to reach the service now.
    SyncNow,
    /// Sign out.
    SignOut,
    /// End the app.
    Quit,
}

/// The deed of a key, as far as it can be done now.
pub fn pressed(desk: &Desk, key: Pressed<'_>) -> Option<Deed> {
    TABLE
        .iter()
        .find(|entry| !entry.by_field && entry.chords.iter().any(|chord| key.is(chord)) && can(desk, entry.deed))
        .map(|entry| entry.deed)
}

/// The keys told beside a deed.
pub fn keys(deed: Deed) -> Chord {
    TABLE.iter().find(|entry| entry.deed == deed).and_then(|entry| entry.chords.first()).copied().unwrap_or_default()
}

/// Whether a deed can be done now.
pub fn can(desk: &Desk, deed: Deed) -> bool {
    let here = desk.open.here().filter(|_| desk.place.page.has_thread()).map(|thread| &thread.ticket);
    // What went into another ticket is done there.
    let ticket = here.filter(|ticket| ticket.internal.merged.is_none());
    let rows = desk.place.is_inbox() || desk.place.page == Page::Outbox;
    let in_list = desk.place.is_inbox() && !desk.list.part.rows.is_empty();
    // What can be done to a ticket can be done to all that are picked.
    let picking = desk.place.is_inbox() && !desk.list.picks.is_empty();
    let any = |is: &dyn Fn(&TicketRow) -> bool| desk.list.picked().any(|row| is(row));
    match deed {
        Deed::Down | Deed::Up => rows,
        Deed::First | Deed::Last | Deed::PageDown | Deed::PageUp | Deed::Filter => desk.place.is_inbox(),
        Deed::Sort => desk.place.is_inbox() && !desk.list.has_words(),
        Deed::Pick | Deed::PickDown | Deed::PickUp | Deed::PickAll => in_list,
        Deed::Assign | Deed::Status | Deed::Priority if picking => true,
        Deed::Take if picking => any(&|row| row.assignee.as_ref().map(|it| it.id) != desk.me()),
        Deed::LetGo if picking => any(&|row| row.assignee.is_some()),
        Deed::SetStatus(to) if picking => any(&|row| row.status != to),
        Deed::SetPriority(to) if picking => any(&|row| row.priority != to),
        Deed::Take => !desk.alerts.told.ringing.is_empty() || ticket.is_some_and(|it| it.assigned_to != desk.me()),
        Deed::LetGo => ticket.is_some_and(|it| it.assigned_to.is_some()),
        Deed::SetStatus(to) => ticket.is_some_and(|it| match to {
            // Who opens again what is over.
            Status::Open => matches!(it.status, Status::Resolved | Status::Closed),
            to => it.status != to,
        }),
        Deed::SetPriority(to) => ticket.is_some_and(|it| it.priority != to),
        Deed::Details | Deed::Customer => here.is_some(),
        Deed::Block(blocked) => desk.customer().is_some_and(|it| it.active == blocked),
        Deed::Assign
        | Deed::Status
        | Deed::Priority
        | Deed::Reply
        | Deed::Note
        | Deed::Turn
        | Deed::Category
        | Deed::Send
        | Deed::SendWait
        | Deed::SendResolve => ticket.is_some(),
        Deed::Tag | Deed::Link | Deed::Order | Deed::Merge => !picking && ticket.is_some(),
        // What was erased is not written over.
        Deed::Subject => !picking && ticket.is_some_and(|it| !it.subject.is_empty()),
        Deed::Split => {
            desk.open.here().filter(|_| !picking && ticket.is_some()).is_some_and(|it| Split::newest(it).is_some())
        }
        Deed::SendLater => ticket.is_some_and(|it| it.internal.later.len() < Internal::LATER_MOST),
        Deed::Snooze if picking => any(&|row| row.status.is_active()),
        Deed::Snooze => ticket.is_some_and(|it| it.status.is_active()),
        Deed::Wake => {
            let snooze = desk.me().and_then(|me| ticket.and_then(|it| it.internal.snooze_of(me)));
            !picking && snooze.is_some_and(|it| it.until.is_none_or(|until| until > desk.now))
        }
        Deed::Edit => desk.open.here().filter(|_| ticket.is_some()).is_some_and(|thread| {
            thread.unsent.iter().any(|item| {
                item.state == OpState::Held
                    || choices(item).iter().any(|choice| matches!(choice, Choice::Edit | Choice::EditOn))
            })
        }),
        Deed::SaveView if desk.place.page == Page::Search => !desk.search.asks().is_empty(),
        Deed::SaveView => {
            let is_kept = desk.saved.opened().is_some() && desk.saved.changed(&desk.list.query).is_none();
            desk.place.is_inbox() && !is_kept && (desk.list.is_narrowed() || desk.list.query.sort != Sort::Latest)
        }
        Deed::SaveChanges => {
            desk.place.is_inbox() && desk.saved.changed(&desk.list.query).is_some_and(|row| row.may_change)
        }
        Deed::RenameView | Deed::DeleteView => {
            desk.place.is_inbox() && desk.saved.opened().is_some_and(|row| row.may_change)
        }
        Deed::View(n) => usize::from(n) <= VIEWS.len() + desk.saved.rows.len(),
        Deed::Undo => desk.snacks.back.is_some(),
        Deed::Theme(theme) => match desk.session.settings.theme.as_str() {
            "" => theme != "system",
            now => theme != now,
        },
        Deed::Language(language) => Language::from_tag(&desk.session.settings.language).unwrap_or_default() != language,
        Deed::Duty(Duty::On) => !desk.alerts.told.duty.is_on(desk.now),
        Deed::Pause => desk.alerts.told.duty.is_on(desk.now),
        Deed::Duty(_) => desk.alerts.told.duty != Duty::Off,
        Deed::SyncNow => !desk.sync.is_connected(),
        Deed::Go(page) => desk.place.page != page && (!matches!(page, Page::Team | Page::Hours) || desk.is_admin()),
        Deed::Open
        | Deed::Back
        | Deed::Search
        | Deed::Find
        | Deed::LeaveField
        | Deed::File
        | Deed::Keys
        | Deed::SignOut
        | Deed::Quit => true,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use gemilang_protocol::desk::views::Inbox;
    use gemilang_protocol::{PersonRef, Role, Time, Zone};

    use super::super::samples::{signed_in, thread, time};
    use super::super::{Action, session, thread as open};
    use super::*;

    fn now() -> Time {
        time("2026-11-30T07:32:00Z")
    }

    fn desk() -> Desk {
        let mut desk = Desk::new(now(), Zone::Wib);
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(signed_in()))));
        desk
    }

    fn with_ticket() -> Desk {
        let mut desk = desk();
        desk.apply(Action::Go(Page::Inbox(Inbox::Active)));
        let thread = thread(1);
        desk.apply(Action::Pick(Some(thread.ticket.id)));
        desk.apply(Action::Thread(open::Action::Arrived(Rc::new(thread), true)));
        desk
    }

    fn key(name: &str) -> Pressed<'_> {
        Pressed { key: name, ctrl: false, alt: false, shift: false }
    }

    #[test]
    fn no_two_deeds_share_keys_and_all_that_is_told_is_so() {
        let mut seen: Vec<(Chord, bool)> = Vec::new();
        for entry in TABLE {
            for chord in entry.chords {
                assert!(!seen.contains(&(chord, entry.by_field)), "{chord:?} twice");
                seen.push((chord, entry.by_field));
            }
            if let Some((_, keys)) = entry.sheet {
                for key in keys.iter().filter(|key| !key.contains('…')) {
                    assert!(TABLE.iter().any(|it| it.chords.iter().any(|chord| chord.contains(key))), "{key}");
                }
            }
            assert!(entry.find.is_some() || !entry.chords.is_empty(), "{:?} is out of reach", entry.deed);
            assert!(TABLE.iter().filter(|it| it.deed == entry.deed).count() == 1, "{:?} twice", entry.deed);
        }
    }

    #[test]
    fn a_key_does_what_stands_beside_it() {
        let desk = with_ticket();
        for (name, deed) in [
            ("j", Deed::Down),
            ("ArrowUp", Deed::Up),
            ("End", Deed::Last),
            ("s", Deed::Status),
            ("T", Deed::Take),
            ("/", Deed::Search),
        ] {
            let shift = name == "T";
            let found = pressed(&desk, Pressed { shift, ..key(name) });
            assert_eq!(found, (!shift).then_some(deed), "{name}");
        }
        assert_eq!(pressed(&desk, Pressed { shift: true, ..key("?") }), Some(Deed::Keys), "Shift makes the sign");
        let resolve = Pressed { ctrl: true, shift: true, ..key("S") };
        assert_eq!(pressed(&desk, resolve), Some(Deed::SetStatus(Status::Resolved)));
        assert_eq!(pressed(&desk, Pressed { alt: true, ..key("3") }), Some(Deed::View(3)));
        assert_eq!(pressed(&desk, Pressed { ctrl: true, ..key("s") }), None);
        assert_eq!(pressed(&desk, Pressed { ctrl: true, ..key("Enter") }), None, "the field's own");
    }

    #[test]
    fn in_fields_only_what_they_have_no_use_for() {
        let ctrl = |name| Pressed { ctrl: true, ..key(name) };
        assert!(ctrl("k").leaves_fields() && Pressed { alt: true, ..key("1") }.leaves_fields());
        assert!(Pressed { shift: true, ..ctrl("S") }.leaves_fields());
        for kept in [key("j"), key("?"), ctrl("z"), ctrl("a"), ctrl("V")] {
            assert!(!kept.leaves_fields(), "{kept:?}");
        }
    }

    #[test]
    fn who_put_it_off_may_see_it_again_until_the_time_has_come() {
        let mut desk = with_ticket();
        let me = desk.session.who.clone().unwrap().user;
        let mut thread = thread(1);
        thread.ticket.internal.snooze(PersonRef { id: me.id, name: me.name }, Some(time("2026-12-01T02:00:00Z")));
        desk.apply(Action::Thread(open::Action::Arrived(Rc::new(thread), true)));
        assert!(can(&desk, Deed::Wake) && can(&desk, Deed::Snooze));
        desk.now = time("2026-12-01T02:00:00Z");
        assert!(!can(&desk, Deed::Wake) && can(&desk, Deed::Snooze));
    }

    #[test]
    fn only_admins_go_to_the_team() {
        let mut desk = desk();
        assert!(!can(&desk, Deed::Go(Page::Team)));
        let mut who = signed_in();
        who.user.role = Role::Admin;
        desk.apply(Action::Session(session::Action::SignedIn(Box::new(who))));
        assert!(can(&desk, Deed::Go(Page::Team)));
    }

    #[test]
    fn what_needs_a_ticket_waits_for_one() {
        let (without, with) = (desk(), with_ticket());
        for deed in [Deed::Status, Deed::Reply, Deed::Take, Deed::SetStatus(Status::Resolved)] {
            assert!(!can(&without, deed) && can(&with, deed), "{deed:?}");
        }
        assert!(!can(&with, Deed::SetStatus(Status::Open)), "it is open");
        assert!(!can(&with, Deed::LetGo) && !can(&with, Deed::Edit) && !can(&with, Deed::Undo));
        assert!(!can(&without, Deed::Down) && can(&with, Deed::Down));
        assert!(!can(&without, Deed::Snooze) && can(&with, Deed::Snooze) && !can(&with, Deed::Wake));
        assert!(can(&without, Deed::Go(Page::Outbox)) && !can(&without, Deed::Go(Page::Dashboard)));
    }
}
