//! The ticket on screen: the conversation as last read, and where its news began when it was opened.

use std::rc::Rc;

use gemilang_protocol::SenderType;
use gemilang_protocol::desk::views::Thread;
use uuid::Uuid;

/// The ticket on screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Open {
    /// Which ticket was chosen.
    pub ticket: Option<Uuid>,
    /// Its conversation, once read.
    pub thread: Option<Rc<Thread>>,
    /// Whether this desk does not have it.
    pub missing: bool,
    /// The customer's messages above this `n` were unread when it was opened. Frozen, so that the line does not run away while it is read.
    pub news_after: Option<i64>,
    /// The words a search was for stand here: shown first, and marked.
    pub seeks: Option<i64>,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It was read, while a person was looking or not. What is no longer asked for is dropped.
    Arrived(Rc<Thread>, bool),
    /// This desk does not have it.
    Missing(Uuid),
}

impl Open {
    /// Show another ticket, or none. The old one stays on screen until the new one is read, unless there is none to come.
    pub fn show(&mut self, ticket: Option<Uuid>) {
        self.seeks = None;
        if self.ticket == ticket {
            return;
        }
        self.ticket = ticket;
        self.missing = false;
        self.news_after = None;
        if ticket.is_none() {
            self.thread = None;
        }
    }

    /// Show a place in the conversation instead of its end.
    pub const fn seek(&mut self, n: Option<i64>) {
        self.seeks = n;
    }

    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Arrived(thread, looked_at) => {
                if self.ticket != Some(thread.ticket.id) {
                    return;
                }
                // What arrives under a person's eyes needs no line; what arrives behind their back does.
                let behind = !looked_at && self.here().is_some_and(|before| before.ticket.unread == 0);
                if self.news_after.is_none() || (behind && thread.ticket.unread > 0) {
                    self.news_after = Some(news_after(&thread));
                }
                self.missing = false;
                if self.thread.as_ref() != Some(&thread) {
                    self.thread = Some(thread);
                }
            }
            Action::Missing(ticket) => {
                if self.ticket == Some(ticket) {
                    self.missing = true;
                    self.thread = None;
                }
            }
        }
    }

    /// The conversation, if it is the one that was chosen.
    pub fn here(&self) -> Option<&Rc<Thread>> {
        self.thread.as_ref().filter(|thread| self.ticket == Some(thread.ticket.id))
    }
}

fn news_after(thread: &Thread) -> i64 {
    if thread.ticket.unread == 0 {
        return i64::MAX;
    }
    thread.read_up_to
}

/// Up to which `n` the customer's messages can be marked read, if any of them is unread.
pub fn unread_up_to(thread: &Thread) -> Option<i64> {
    let last = thread
        .messages
        .iter()
        .filter(|message| message.sender_type == SenderType::Customer)
        .map(|message| message.n)
        .max()?;
    (thread.ticket.unread > 0 || last > thread.read_up_to).then_some(last)
}

/// What can be marked read: in the ticket, and in those that are read with it.
pub fn unread_everywhere(thread: &Thread) -> Vec<(Uuid, i64)> {
    let own = unread_up_to(thread).map(|up_to| (thread.ticket.id, up_to));
    let parts = thread.parts.iter().filter(|part| part.ticket.unread > 0 && !part.messages.is_empty());
    own.into_iter().chain(parts.map(|part| (part.ticket.id, part.ticket.n))).collect()
}

/// The conversations that are not on this desk from their beginning.
pub fn not_here(thread: &Thread) -> Vec<Uuid> {
    let parts = thread.parts.iter().filter(|part| part.partial).map(|part| part.ticket.id);
    thread.partial.then_some(thread.ticket.id).into_iter().chain(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{customer_says, id, thread};
    use super::*;

    #[test]
    fn a_late_answer_for_another_ticket_is_dropped() {
        let mut open = Open::default();
        open.show(Some(id(1)));
        open.apply(Action::Arrived(Rc::new(thread(2)), true));
        assert!(open.here().is_none());
        open.apply(Action::Arrived(Rc::new(thread(1)), true));
        assert!(open.here().is_some());
        open.show(Some(id(2)));
        assert!(open.here().is_none() && open.thread.is_some());
        open.show(None);
        assert!(open.thread.is_none());
    }

    #[test]
    fn the_line_of_news_stays_where_it_was_when_opened() {
        let mut open = Open::default();
        open.show(Some(id(1)));
        let mut first = thread(1);
        first.ticket.unread = 1;
        first.read_up_to = 3;
        open.apply(Action::Arrived(Rc::new(first.clone()), true));
        assert_eq!(open.news_after, Some(3));
        first.ticket.unread = 0;
        first.read_up_to = 5;
        open.apply(Action::Arrived(Rc::new(first), true));
        assert_eq!(open.news_after, Some(3));
    }

    #[test]
    fn what_arrives_behind_ones_back_gets_its_line() {
        let mut open = Open::default();
        open.show(Some(id(1)));
        let mut it = thread(1);
        it.ticket.unread = 0;
        it.read_up_to = 4;
        open.apply(Action::Arrived(Rc::new(it.clone()), true));
        it.ticket.unread = 1;
        open.apply(Action::Arrived(Rc::new(it.clone()), true));
        assert_eq!(open.news_after, Some(i64::MAX));
        it.ticket.unread = 0;
        open.apply(Action::Arrived(Rc::new(it.clone()), true));
        it.ticket.unread = 1;
        open.apply(Action::Arrived(Rc::new(it), false));
        assert_eq!(open.news_after, Some(4));
    }

    #[test]
    fn only_the_customers_words_are_marked_read() {
        let mut thread = thread(1);
        thread.messages = vec![customer_says(1, "Halo")];
        thread.read_up_to = 0;
        assert_eq!(unread_up_to(&thread), Some(1));
        thread.read_up_to = 1;
        thread.ticket.unread = 0;
        assert_eq!(unread_up_to(&thread), None);
        thread.messages.clear();
        assert_eq!(unread_up_to(&thread), None);
    }
}
