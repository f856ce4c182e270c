//! The outbox: everything unsent, which item the keyboard stands on, which one is being changed and where; and what can be done with each.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::{OpState, OutboxItem};
use gemilang_protocol::{Act, Code, EventBody, TicketRef};
use uuid::Uuid;

/// The outbox on screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outbox {
    /// Everything unsent, in the order written.
    pub items: Rc<Vec<OutboxItem>>,
    /// What was sent today, newest first.
    pub sent: Rc<Vec<OutboxItem>>,
    /// Whether the core has answered; before it nothing is said about emptiness.
    pub answered: bool,
    /// The item the keyboard stands on.
    pub at: Option<Uuid>,
    /// Grows with every move of the keyboard, so that the item takes it again.
    pub moves: u32,
    /// What is being changed.
    pub editing: Option<Editing>,
}

/// An editor that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editing {
    /// Of which item.
    pub op: Uuid,
    /// Where: an item stands in its conversation and in the outbox, and is changed in one of them.
    pub place: Place,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In its conversation.
    Thread,
    /// In the list of all that is unsent.
    Outbox,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It was read.
    Arrived(Rc<Vec<OutboxItem>>),
    /// What was sent today was read.
    Sent(Rc<Vec<OutboxItem>>),
    /// An item was chosen.
    Pick(Uuid),
    /// The keyboard moves by so many items.
    Move(i32),
    /// An editor opens, or closes.
    Edit(Option<Editing>),
}

impl Outbox {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Arrived(items) => {
                let stood = self.position();
                self.items = items;
                self.answered = true;
                // An item that left hands the keyboard to the one that took its place.
                if let Some(stood) = stood
                    && self.position().is_none()
                {
                    let order = self.order();
                    self.at = order.get(stood.min(order.len().saturating_sub(1))).map(|item| item.op_id);
                }
            }
            Action::Sent(items) => self.sent = items,
            Action::Pick(op) => self.at = Some(op),
            Action::Move(by) => {
                let order = self.order();
                let last = order.len() as i64 - 1;
                let to = match self.position() {
                    Some(from) => (from as i64 + i64::from(by)).clamp(0, last.max(0)),
                    None if by >= 0 => 0,
                    None => last.max(0),
                };
                self.at = order.get(to as usize).map(|item| item.op_id);
                self.moves += 1;
            }
            Action::Edit(editing) => self.editing = editing,
        }
    }

    /// What waits for a person.
    pub fn to_decide(&self) -> impl Iterator<Item = &OutboxItem> {
        self.items.iter().filter(|item| waits_for_a_person(item))
    }

    /// What leaves by itself, in its order.
    pub fn queued(&self) -> impl Iterator<Item = &OutboxItem> {
        self.items.iter().filter(|item| !waits_for_a_person(item))
    }

    /// The item the keyboard stands on.
    pub fn standing_on(&self) -> Option<&OutboxItem> {
        self.items.iter().find(|item| Some(item.op_id) == self.at)
    }

    /// Whether this item is being changed here.
    pub fn is_edited(&self, op: Uuid, place: Place) -> bool {
        self.editing == Some(Editing { op, place })
    }

    fn order(&self) -> Vec<&OutboxItem> {
        self.to_decide().chain(self.queued()).collect()
    }

    fn position(&self) -> Option<usize> {
        let at = self.at?;
        self.order().iter().position(|item| item.op_id == at)
    }
}

/// Whether nothing will become of it until a person does something.
pub fn waits_for_a_person(item: &OutboxItem) -> bool {
    matches!(item.state, OpState::Held | OpState::Failed) || is_being_changed(item)
}

/// Whether other words are being written instead of its own; it does not leave meanwhile.
pub fn is_being_changed(item: &OutboxItem) -> bool {
    item.edited.is_some() && item.wish.is_none()
}

/// The words of a reply or a note; a change has none.
pub fn words_of(item: &OutboxItem) -> Option<&str> {
    match &item.act {
        Act::Reply { message } | Act::SendLater { message, .. } => Some(message),
        Act::Note { note } => Some(note),
        _ => None,
    }
}

/// What keeps a queued item back: a ticket's words leave in the order written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Behind {
    /// Nothing.
    #[default]
    Nothing,
    /// A reply before it that has its turn first.
    Earlier,
    /// A reply that is held.
    Held,
    /// A reply that failed.
    Failed,
    /// Words that are being changed.
    Changed,
    /// Words of which the service must say whether they have arrived.
    Unsure,
}

/// What keeps each of these items back, in the order written.
pub fn behinds<'a>(items: impl Iterator<Item = &'a OutboxItem>) -> Vec<Behind> {
    let mut before: HashMap<Uuid, Behind> = HashMap::new();
    items
        .map(|item| {
            let before = before.entry(item.ticket_id).or_default();
            let waits = item.state == OpState::Queued && item.edited.is_none() && item.wish.is_none();
            let behind = if waits { *before } else { Behind::Nothing };
            let is_reply = matches!(item.act, Act::Reply { .. });
            let own = match item.state {
                OpState::Held if is_reply => Behind::Held,
                OpState::Failed if is_reply => Behind::Failed,
                OpState::Queued | OpState::Sending if item.wish.is_some() => Behind::Unsure,
                OpState::Queued if is_being_changed(item) => Behind::Changed,
                OpState::Queued | OpState::Sending if is_reply => Behind::Earlier,
                _ => Behind::Nothing,
            };
            if matches!(before, Behind::Nothing | Behind::Earlier) && own != Behind::Nothing {
                *before = own;
            }
            behind
        })
        .collect()
}

/// What a person can do with an unsent item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Change the words where they stand.
    Edit,
    /// Go on changing them.
    EditOn,
    /// Leave them as they were.
    LeaveEdit,
    /// Take it back before it leaves.
    Withdraw,
    /// Send a held reply although the thread moved.
    SendAsIs,
    /// Try again.
    SendAgain,
    /// Send words whose older ones had arrived already.
    SendToo,
    /// Make the change although somebody was faster.
    Apply,
    /// Reopen the closed ticket, then send.
    ReopenAndSend,
    /// Open the ticket that its own went into.
    OpenOther,
    /// Throw it away.
    Discard,
}

/// The ticket that an item's own went into, as whoever refused it said.
pub fn goes_on(item: &OutboxItem) -> Option<TicketRef> {
    match item.winner.as_ref()?.body {
        EventBody::Merged { into } => Some(into),
        _ => None,
    }
}

/// What can be done with an item in its state, what is most often right first.
pub fn choices(item: &OutboxItem) -> Vec<Choice> {
    let has_words = words_of(item).is_some();
    let is_reply = matches!(item.act, Act::Reply { .. });
    if item.wish.is_some() {
        // It is on its way to the service: nothing to choose until the answer.
        return Vec::new();
    }
    if is_being_changed(item) {
        return vec![Choice::EditOn, Choice::LeaveEdit];
    }
    let choices = match (item.state, item.reason) {
        (OpState::Queued, _) => vec![Choice::Edit, Choice::Withdraw],
        (OpState::Sending | OpState::Sent, _) => vec![],
        (OpState::Held, _) => vec![Choice::Edit, Choice::SendAsIs, Choice::Discard],
        (OpState::Failed, Some(Code::TicketClosed)) if is_reply => {
            vec![Choice::ReopenAndSend, Choice::Edit, Choice::Discard]
        }
        // It would be refused again: what is to be said is said there.
        (OpState::Failed, Some(Code::Merged)) if goes_on(item).is_some() => vec![Choice::OpenOther, Choice::Discard],
        (OpState::Failed, Some(Code::AlreadySent)) => vec![Choice::SendToo, Choice::Edit, Choice::Discard],
        // It is gone: sent, or withdrawn by somebody else.
        (OpState::Failed, Some(Code::LostRace)) if matches!(item.act, Act::CallOff { .. }) => vec![Choice::Discard],
        (OpState::Failed, Some(Code::LostRace)) if !has_words => vec![Choice::Apply, Choice::Discard],
        // The same words would be refused again.
        (OpState::Failed, Some(Code::Validation | Code::TooLarge)) => vec![Choice::Edit, Choice::Discard],
        (OpState::Failed, _) => vec![Choice::SendAgain, Choice::Edit, Choice::Discard],
    };
    choices.into_iter().filter(|choice| has_words || *choice != Choice::Edit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{customer_says, event, held_reply, id, queued};
    use super::*;
    use gemilang_protocol::Status;
    use gemilang_protocol::desk::views::Wish;

    fn reply(n: u8) -> OutboxItem {
        queued(n, Act::Reply { message: "Baik, Kak".into() })
    }

    fn change(n: u8) -> OutboxItem {
        queued(n, Act::Status { from: Status::Open, to: Status::Resolved })
    }

    fn failed(item: OutboxItem, reason: Code) -> OutboxItem {
        OutboxItem { state: OpState::Failed, reason: Some(reason), ..item }
    }

    #[test]
    fn every_state_offers_what_helps() {
        use Choice::{
            Apply, Discard, Edit, EditOn, LeaveEdit, OpenOther, ReopenAndSend, SendAgain, SendAsIs, SendToo, Withdraw,
        };
        let wished = OutboxItem { wish: Some(Wish::Edit), edited: Some("Lain".into()), ..reply(1) };
        let changed = OutboxItem { edited: Some("La".into()), ..held_reply(1, customer_says(2, "Eh")) };
        let into = TicketRef { id: id(9), number: gemilang_protocol::TicketNumber(1021) };
        let merged = failed(reply(1), Code::Merged);
        let told = OutboxItem { winner: Some(event(4, EventBody::Merged { into })), ..merged.clone() };
        let on_the_wire = OutboxItem { state: OpState::Sending, ..reply(1) };
        for (item, wanted) in [
            (reply(1), vec![Edit, Withdraw]),
            (change(1), vec![Withdraw]),
            (wished, vec![]),
            (changed, vec![EditOn, LeaveEdit]),
            (on_the_wire, vec![]),
            (held_reply(1, customer_says(2, "Eh")), vec![Edit, SendAsIs, Discard]),
            (failed(reply(1), Code::TicketClosed), vec![ReopenAndSend, Edit, Discard]),
            (told, vec![OpenOther, Discard]),
            (merged, vec![SendAgain, Edit, Discard]),
            (failed(reply(1), Code::AlreadySent), vec![SendToo, Edit, Discard]),
            (failed(reply(1), Code::Validation), vec![Edit, Discard]),
            (failed(reply(1), Code::LostByRestore), vec![SendAgain, Edit, Discard]),
            (failed(change(1), Code::LostRace), vec![Apply, Discard]),
            (failed(change(1), Code::Unknown), vec![SendAgain, Discard]),
        ] {
            assert_eq!(choices(&item), wanted, "{item:?}");
        }
    }

    #[test]
    fn the_first_thing_in_the_way_is_named() {
        let other = OutboxItem { ticket_id: id(9), ..reply(5) };
        let changed = OutboxItem { edited: Some("La".into()), ..reply(1) };
        let held = held_reply(2, customer_says(2, "Eh"));
        let items = [changed, held.clone(), change(3), other.clone(), change(4)];
        let nothing = Behind::Nothing;
        assert_eq!(behinds(items.iter()), [nothing, nothing, Behind::Changed, nothing, Behind::Changed]);
        assert_eq!(behinds([held, change(3)].iter()), [nothing, Behind::Held]);
        assert_eq!(behinds([reply(1), reply(2), other].iter()), [nothing, Behind::Earlier, nothing]);
        assert_eq!(behinds([change(1), reply(2)].iter()), [nothing, nothing], "a change keeps nothing back");
    }

    #[test]
    fn the_keyboard_walks_through_decisions_first_and_stays_when_an_item_leaves() {
        let held = held_reply(3, customer_says(2, "Eh"));
        let mut outbox = Outbox::default();
        outbox.apply(Action::Arrived(Rc::new(vec![reply(1), reply(2), held.clone()])));
        outbox.apply(Action::Move(1));
        assert_eq!(outbox.at, Some(held.op_id));
        outbox.apply(Action::Move(1));
        assert_eq!(outbox.at, Some(reply(1).op_id));
        outbox.apply(Action::Arrived(Rc::new(vec![reply(2), held])));
        assert_eq!(outbox.at, Some(reply(2).op_id));
        outbox.apply(Action::Move(1));
        assert_eq!(outbox.at, Some(reply(2).op_id), "it stops at the end");
        outbox.apply(Action::Arrived(Rc::default()));
        assert_eq!(outbox.at, None);
        outbox.apply(Action::Move(-1));
        assert_eq!(outbox.at, None);
    }
}
