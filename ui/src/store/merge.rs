//! Two tickets that are to become one: what is looked for, which one is meant, and which of the two goes on. Pure.

use std::rc::Rc;

use gemilang_protocol::desk::views::{MergeChoice, MergeChoices};
use uuid::Uuid;

/// The dialog's own state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merge {
    /// As typed.
    pub q: String,
    /// What was found, and for which words.
    found: Option<(String, Rc<MergeChoices>)>,
    /// Which of them is meant.
    chosen: Option<Uuid>,
    /// The ticket on screen goes in, instead of the other one.
    swapped: bool,
}

/// Why two tickets cannot become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// It is another customer's.
    OtherCustomer,
    /// It has gone into another one already.
    Merged,
    /// Replies are to be sent later in the one that would go in.
    RepliesLater,
}

impl Bar {
    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OtherCustomer => "error-other_customer",
            Self::Merged => "error-merged",
            Self::RepliesLater => "error-replies_later",
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Typed.
    Typed(String),
    /// Found for these words.
    Found(String, Rc<MergeChoices>),
    /// The one at this place is meant.
    At(usize),
    /// The next one, or the one before.
    Step(isize),
    /// The other one goes on.
    Swap,
}

impl Merge {
    /// As it is after an action.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        match action {
            Action::Typed(q) => self.typed(q),
            Action::Found(q, found) => self.found(&q, found),
            Action::At(n) => self.at(n),
            Action::Step(by) => self.step(by),
            Action::Swap => Self { swapped: !self.swapped, ..self.clone() },
        }
    }

    /// Typed: what is meant is what is found then.
    fn typed(&self, q: String) -> Self {
        Self { q, chosen: None, ..self.clone() }
    }

    /// Found for these words; an answer to others is dropped.
    fn found(&self, q: &str, found: Rc<MergeChoices>) -> Self {
        if q == self.q { Self { found: Some((q.to_owned(), found)), ..self.clone() } } else { self.clone() }
    }

    /// What was found.
    pub fn others(&self) -> &[MergeChoice] {
        self.found.as_ref().map_or(&[], |(_, found)| &found.others)
    }

    fn ticket(&self) -> Option<&MergeChoice> {
        self.found.as_ref().map(|(_, found)| &found.ticket)
    }

    /// Why this one cannot be chosen.
    pub fn barred(&self, choice: &MergeChoice) -> Option<Bar> {
        if choice.merged.is_some() {
            return Some(Bar::Merged);
        }
        let customer = self.ticket().map(|ticket| ticket.row.customer.id);
        (customer != Some(choice.row.customer.id)).then_some(Bar::OtherCustomer)
    }

    /// The place of the one that is meant: the first that can be chosen, until somebody says otherwise.
    pub fn on(&self) -> Option<usize> {
        let can = |choice: &MergeChoice| self.barred(choice).is_none();
        let chosen = self.others().iter().position(|it| Some(it.row.id) == self.chosen && can(it));
        chosen.or_else(|| self.others().iter().position(can))
    }

    /// The one at this place is meant, if it can be.
    fn at(&self, n: usize) -> Self {
        let chosen = self.others().get(n).filter(|it| self.barred(it).is_none()).map(|it| it.row.id);
        Self { chosen: chosen.or(self.chosen), ..self.clone() }
    }

    /// The next one that can be chosen, or the one before; behind the last comes the first.
    fn step(&self, by: isize) -> Self {
        let can: Vec<usize> = (0..self.others().len()).filter(|n| self.barred(&self.others()[*n]).is_none()).collect();
        let Some(at) = self.on().and_then(|on| can.iter().position(|n| *n == on)) else { return self.clone() };
        let to = (at + can.len()).saturating_add_signed(by) % can.len();
        self.at(can[to])
    }

    /// The ticket that goes in, and the one that goes on.
    pub fn pair(&self) -> Option<(MergeChoice, MergeChoice)> {
        let (own, other) = (self.ticket()?.clone(), self.others().get(self.on()?)?.clone());
        Some(if self.swapped { (own, other) } else { (other, own) })
    }

    /// Why these two cannot become one this way around.
    pub fn bar(&self) -> Option<Bar> {
        self.pair().filter(|(goes, _)| goes.later).map(|_| Bar::RepliesLater)
    }

    /// The key of what is said beside the field where there is nothing to choose.
    pub fn said(&self) -> Option<&'static str> {
        let (q, found) = self.found.as_ref()?;
        match self.on() {
            Some(_) => None,
            None if found.others.iter().any(|it| self.barred(it) == Some(Bar::OtherCustomer)) => {
                Some(Bar::OtherCustomer.key())
            }
            None if found.others.is_empty() && q.trim().is_empty() => Some("desk-merge-none"),
            None if found.others.is_empty() => Some("desk-merge-nothing"),
            None => Some(Bar::Merged.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::TicketRef;

    use super::super::samples::{id, row};
    use super::*;

    fn choice(n: u8) -> MergeChoice {
        let mut row = row(n);
        row.customer = super::super::samples::person(50, "Raden Roro");
        MergeChoice { row, messages: Some(2), merged: None, later: false }
    }

    fn of(others: Vec<MergeChoice>) -> Merge {
        Merge::default().found("", Rc::new(MergeChoices { ticket: choice(1), others }))
    }

    fn numbers(merge: &Merge) -> Option<(Uuid, Uuid)> {
        merge.pair().map(|(goes, stays)| (goes.row.id, stays.row.id))
    }

    #[test]
    fn the_first_that_can_be_chosen_is_meant_and_the_arrows_pass_over_the_others() {
        let mut hers = choice(3);
        hers.row.customer = super::super::samples::person(51, "Rina");
        let mut gone = choice(4);
        gone.merged = Some(TicketRef { id: id(9), number: gone.row.number });
        let merge = of(vec![gone, choice(2), hers, choice(5)]);
        assert_eq!(merge.on(), Some(1));
        assert_eq!(numbers(&merge), Some((id(2), id(1))));
        assert_eq!((merge.step(1).on(), merge.step(1).step(1).on(), merge.step(-1).on()), (Some(3), Some(1), Some(3)));
        assert_eq!(merge.at(2).on(), Some(1), "another customer's is not chosen by pressing it either");
        assert_eq!(numbers(&merge.at(3).after(Action::Swap)), Some((id(1), id(5))));
        assert_eq!(merge.said(), None);
        // What was meant is forgotten with what is typed, and an answer to older words is dropped.
        let typed = merge.at(3).typed("kater".into());
        assert_eq!(typed.found("", Rc::new(MergeChoices { ticket: choice(1), others: vec![] })).on(), Some(1));
    }

    #[test]
    fn it_says_why_there_is_nothing_to_choose() {
        let mut hers = choice(3);
        hers.row.customer = super::super::samples::person(51, "Rina");
        assert_eq!(of(vec![hers]).said(), Some("error-other_customer"));
        assert_eq!(of(vec![]).said(), Some("desk-merge-none"));
        assert_eq!(Merge::default().said(), None, "nothing is said before it is known");
        let nothing = Rc::new(MergeChoices { ticket: choice(1), others: vec![] });
        assert_eq!(Merge::default().typed("x".into()).found("x", nothing).said(), Some("desk-merge-nothing"));
        let mut later = choice(2);
        later.later = true;
        let merge = of(vec![later]);
        assert_eq!((merge.bar(), merge.after(Action::Swap).bar()), (Some(Bar::RepliesLater), None));
        assert_eq!(merge.step(1), merge.at(0));
    }
}
