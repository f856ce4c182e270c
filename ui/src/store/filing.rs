//! Filing: the form of a ticket for a customer who called, or for a message that is split off. What is typed in it stays until it is filed or thrown away, whatever else is looked at meanwhile; there is one.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::{Caller, FilingDraft, OutboxItem};
use gemilang_protocol::{Category, FieldError, FileForm, PersonRef, Priority, Time, validate};
use uuid::Uuid;

use super::split::{Quote, Split};

/// The form, and what was filed with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// What a customer is looked for by.
    pub q: String,
    /// Who is meant by it.
    pub found: Rc<Vec<Caller>>,
    /// Who called.
    pub customer: Option<Rc<Caller>>,
    /// Who is to be chosen as soon as they are found.
    pub wanted: Option<PersonRef>,
    /// The ticket from which the form was opened.
    pub link: Option<Uuid>,
    /// The message in it that is split off, and how it reads once that is known.
    pub splits: Option<(Uuid, Option<Rc<Quote>>)>,
    /// What it is called.
    pub subject: String,
    /// What it is about.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
    /// About which order.
    pub order: Option<String>,
    /// The first message.
    pub message: String,
    /// Whether its author takes it.
    pub take: bool,
    /// What is missing, said once it was tried.
    pub wrong: Vec<(&'static str, FieldError)>,
    /// Whether a person has put something in: else it gives way to whatever it is opened for.
    pub touched: bool,
    /// When it was last kept.
    pub saved: Option<Time>,
    /// A message that was to be split off while something else stood in the form.
    pub waits: Option<Rc<Split>>,
    /// What was filed and may not be here yet.
    pub filed: HashMap<Uuid, Rc<OutboxItem>>,
}

impl Default for Filing {
    fn default() -> Self {
        Self {
            q: String::new(),
            found: Rc::default(),
            customer: None,
            wanted: None,
            link: None,
            splits: None,
            subject: String::new(),
            category: Category::General,
            priority: Priority::Medium,
            order: None,
            message: String::new(),
            take: true,
            wrong: Vec::new(),
            touched: false,
            saved: None,
            waits: None,
            filed: HashMap::new(),
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It opens for the customer of a ticket.
    For(PersonRef, Uuid),
    /// It opens for a message that is split off.
    Split(Rc<Split>),
    /// How that message reads.
    Quoted(Uuid, Rc<Quote>),
    /// What was kept when the app ended.
    Restored(FilingDraft),
    /// It was kept.
    Saved(Time),
    /// A customer is looked for.
    Seek(String),
    /// Those meant by this are here; an answer to an older question is dropped.
    Found(String, Rc<Vec<Caller>>),
    /// Who called.
    Customer(Option<Rc<Caller>>),
    /// Typed.
    Subject(String),
    /// Chosen.
    Category(Category),
    /// Chosen.
    Priority(Priority),
    /// Chosen.
    Order(Option<String>),
    /// Typed.
    Message(String),
    /// Turned.
    Take(bool),
    /// It cannot be filed like this.
    Wrong(Vec<(&'static str, FieldError)>),
    /// It is in the outbox: the form is free again.
    Filed(Rc<OutboxItem>),
    /// Thrown away.
    Clear,
}

impl Filing {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        self.touched |= matches!(
            action,
            Action::Seek(_)
                | Action::Customer(_)
                | Action::Subject(_)
                | Action::Category(_)
                | Action::Priority(_)
                | Action::Order(_)
                | Action::Message(_)
                | Action::Take(_)
        );
        match action {
            Action::For(customer, ticket) => {
                // What is being written for somebody else is not thrown away.
                if !self.touched {
                    self.clear();
                    self.want(customer, Some(ticket));
                }
            }
            Action::Split(split) => self.split(split),
            Action::Quoted(message, quote) => {
                if let Some((it, known)) = &mut self.splits
                    && *it == message
                {
                    *known = Some(quote);
                }
            }
            Action::Restored(draft) => self.restore(draft),
            Action::Saved(at) => self.saved = Some(at),
            Action::Seek(q) => {
                self.q = q;
                (self.wanted, self.link) = (None, None);
            }
            Action::Found(q, found) => {
                if q == self.q {
                    let who = self.wanted.as_ref().map(|it| it.id);
                    let wanted = found.iter().find(|it| Some(it.person.id) == who).cloned();
                    if let Some(caller) = wanted.filter(|_| self.customer.is_none()) {
                        // What stood there before they were found was chosen for them, be it none.
                        let order = (self.touched || self.splits.is_some()).then(|| self.order.take());
                        self.choose(Some(Rc::new(caller)));
                        if let Some(order) = order {
                            self.order = order;
                        }
                    }
                    self.found = found;
                }
            }
            Action::Customer(customer) => {
                (self.wanted, self.link) = (None, None);
                self.choose(customer);
            }
            Action::Subject(text) => {
                self.subject = text;
                self.right("subject");
            }
            Action::Category(category) => self.category = category,
            Action::Priority(priority) => self.priority = priority,
            Action::Order(order) => self.order = order,
            Action::Message(text) => {
                self.message = text;
                self.right("message");
            }
            Action::Take(take) => self.take = take,
            Action::Wrong(wrong) => self.wrong = wrong,
            Action::Filed(item) => {
                self.waits = None;
                self.clear();
                self.filed.insert(item.ticket_id, item);
            }
            Action::Clear => {
                let waits = self.waits.take();
                self.clear();
                if let Some(split) = waits {
                    self.split(split);
                }
            }
        }
    }

    /// Whether nobody has put anything in.
    pub const fn is_empty(&self) -> bool {
        !self.touched
    }

    /// What is to be kept; nothing while nobody has put anything in.
    pub fn draft(&self) -> Option<FilingDraft> {
        self.touched.then(|| FilingDraft {
            customer: self.who(),
            subject: self.subject.clone(),
            category: self.category,
            priority: self.priority,
            order: self.order.clone(),
            message: self.message.clone(),
            take: self.take,
            link: self.link,
            splits: self.splits.as_ref().map(|(message, _)| *message),
        })
    }

    fn clear(&mut self) {
        *self = Self { filed: std::mem::take(&mut self.filed), ..Self::default() };
    }

    fn want(&mut self, customer: PersonRef, link: Option<Uuid>) {
        self.q.clone_from(&customer.name);
        self.wanted = Some(customer);
        self.link = link;
    }

    fn split(&mut self, split: Rc<Split>) {
        if self.touched {
            // The same message again goes on with what was typed for it.
            let same = self.splits.as_ref().is_some_and(|(message, _)| *message == split.message);
            self.waits = (!same).then_some(split);
            return;
        }
        self.clear();
        self.want(split.customer.clone(), Some(split.from));
        self.splits = Some((split.message, Some(split.quote.clone())));
        self.subject.clone_from(&split.subject);
        (self.category, self.priority) = (split.category, split.priority);
        self.order.clone_from(&split.order);
    }

    fn restore(&mut self, draft: FilingDraft) {
        if self.touched {
            return;
        }
        self.clear();
        if let Some(customer) = draft.customer {
            self.want(customer, draft.link);
        }
        self.splits = draft.splits.map(|message| (message, None));
        (self.subject, self.message) = (draft.subject, draft.message);
        (self.category, self.priority, self.order) = (draft.category, draft.priority, draft.order);
        (self.take, self.touched) = (draft.take, true);
    }

    /// Who it is for, also before they are found.
    fn who(&self) -> Option<PersonRef> {
        let chosen = self.customer.as_ref().map(|it| PersonRef { id: it.person.id, name: it.person.name.clone() });
        chosen.or_else(|| self.wanted.clone())
    }

    /// What is filed.
    ///
    /// # Errors
    /// What is missing.
    pub fn form(&self) -> Result<FileForm, Vec<(&'static str, FieldError)>> {
        let mut wrong = Vec::new();
        let mut take = |field, checked: Result<String, FieldError>| {
            checked.map_err(|error| wrong.push((field, error))).unwrap_or_default()
        };
        // Of a message that is split off it is known whose it is.
        let who = if self.splits.is_some() { self.who() } else { self.customer.as_ref().and_then(|_| self.who()) };
        take("customer", who.as_ref().map(|_| String::new()).ok_or(FieldError::Empty));
        let subject = take("subject", validate::subject(&self.subject));
        let message = match &self.splits {
            None => take("message", validate::message(&self.message)),
            Some(_) => String::new(),
        };
        match who {
            Some(customer) if wrong.is_empty() => Ok(FileForm {
                customer,
                subject,
                category: self.category,
                priority: self.priority,
                order: self.order.clone(),
                message,
                take: self.take,
                link: self.link,
                splits: self.splits.as_ref().map(|(message, _)| *message),
            }),
            _ => Err(wrong),
        }
    }

    /// What is wrong with a field.
    pub fn fault(&self, field: &str) -> Option<&FieldError> {
        self.wrong.iter().find(|(name, _)| *name == field).map(|(_, error)| error)
    }

    // Whoever has one order to come most likely calls about it.
    fn choose(&mut self, customer: Option<Rc<Caller>>) {
        self.order = customer.as_ref().and_then(|it| match it.orders.as_slice() {
            [order] => Some(order.number.clone()),
            _ => None,
        });
        self.customer = customer;
        self.right("customer");
    }

    fn right(&mut self, field: &str) {
        self.wrong.retain(|(name, _)| *name != field);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{customer_says, id, person, thread};
    use super::*;

    fn caller(n: u8) -> Caller {
        let PersonRef { id, name } = person(n, "Raden Roro");
        let person = serde_json::from_value(serde_json::json!({
            "id": id, "name": name, "email": "roro@contoh.id", "phone": null, "role": "customer", "language": "id",
            "zone": "WIB", "active": true, "created_at": "2026-03-01T00:00:00Z"
        }));
        Caller { person: person.unwrap(), orders: Vec::new(), active: 1 }
    }

    #[test]
    fn what_is_missing_is_said_and_what_is_filed_is_whole() {
        let mut filing = Filing::default();
        let fields: Vec<_> = filing.form().unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["customer", "subject", "message"]);
        filing.apply(Action::Wrong(filing.form().unwrap_err()));
        filing.apply(Action::Customer(Some(Rc::new(caller(9)))));
        filing.apply(Action::Subject(" Tenda ".into()));
        assert!(filing.fault("customer").is_none() && filing.fault("message").is_some());
        filing.apply(Action::Message("Menelepon soal tenda".into()));
        let form = filing.form().unwrap();
        assert_eq!((form.subject.as_str(), form.customer.id, form.take, form.link), ("Tenda", id(9), true, None));
    }

    #[test]
    fn it_opens_for_the_customer_of_a_ticket_and_keeps_what_was_typed_for_another() {
        let mut filing = Filing::default();
        filing.apply(Action::For(person(9, "Raden Roro"), id(1)));
        filing.apply(Action::Found("an older question".into(), Rc::new(vec![caller(9)])));
        assert!(filing.customer.is_none());
        filing.apply(Action::Found("Raden Roro".into(), Rc::new(vec![caller(8), caller(9)])));
        assert_eq!(filing.customer.as_ref().map(|it| it.person.id), Some(id(9)));
        filing.apply(Action::Subject("Tenda".into()));
        filing.apply(Action::Message("Soal tenda".into()));
        assert_eq!(filing.form().unwrap().link, Some(id(1)));
        filing.apply(Action::For(person(7, "Siti"), id(2)));
        assert_eq!(filing.customer.as_ref().map(|it| it.person.id), Some(id(9)));
        filing.apply(Action::Customer(None));
        filing.apply(Action::Clear);
        assert!(filing.is_empty() && filing.wanted.is_none() && filing.link.is_none());
    }

    fn split(n: u8) -> Rc<Split> {
        let mut thread = thread(n);
        thread.messages = vec![customer_says(1, "Kak, kursinya bisa tambah 20? Terima kasih")];
        thread.ticket.priority = Priority::High;
        thread.ticket.order = Some("GO-2291".into());
        Rc::new(Split::of(&thread, thread.messages[0].id).unwrap())
    }

    #[test]
    fn a_message_that_is_split_off_is_whose_it_is_and_what_it_says() {
        let mut filing = Filing::default();
        let split = split(1);
        filing.apply(Action::Split(split.clone()));
        assert!(filing.is_empty() && filing.draft().is_none(), "nobody has put anything in");
        let form = filing.form().unwrap();
        assert_eq!((form.splits, form.link, form.message.as_str()), (Some(split.message), Some(split.from), ""));
        assert_eq!((form.priority, form.order.as_deref()), (Priority::High, Some("GO-2291")));
        let who = Caller { person: caller(9).person, ..caller(9) };
        let own = PersonRef { id: who.person.id, name: who.person.name.clone() };
        filing.apply(Action::Clear);
        filing.apply(Action::Split(Rc::new(Split { customer: own, order: None, ..(*split).clone() })));
        filing.apply(Action::Found(who.person.name.clone(), Rc::new(vec![who])));
        assert_eq!(filing.form().unwrap().order, None, "what the old ticket was not about, it is not about");
    }

    #[test]
    fn what_was_typed_before_comes_first_and_then_what_was_asked_for() {
        let mut filing = Filing::default();
        filing.apply(Action::Message("Soal tenda".into()));
        let split = split(1);
        filing.apply(Action::Split(split.clone()));
        assert!(filing.splits.is_none() && filing.waits.is_some() && filing.message == "Soal tenda");
        filing.apply(Action::Clear);
        assert_eq!(filing.splits.as_ref().map(|it| it.0), Some(split.message));
        filing.apply(Action::Subject("Kursi".into()));
        filing.apply(Action::Split(split.clone()));
        assert!(filing.waits.is_none() && filing.subject == "Kursi", "the same goes on");
    }

    #[test]
    fn what_was_kept_comes_back_as_it_was() {
        let mut before = Filing::default();
        before.apply(Action::Split(split(1)));
        before.apply(Action::Subject("Kursi".into()));
        before.apply(Action::Take(false));
        let draft = before.draft().unwrap();
        let mut after = Filing::default();
        after.apply(Action::Restored(draft.clone()));
        assert_eq!((after.draft(), after.form()), (Some(draft.clone()), before.form()));
        let mut other = Filing::default();
        other.apply(Action::Subject("Lain".into()));
        other.apply(Action::Restored(draft));
        assert_eq!(other.subject, "Lain", "what is typed now is newer");
    }
}
