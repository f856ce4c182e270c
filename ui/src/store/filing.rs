//! Filing: the form of a ticket for a customer who called. What is typed in it stays until it is filed or thrown away, whatever else is looked at meanwhile.

use std::collections::HashMap;
use std::rc::Rc;

use gemilang_protocol::desk::views::{Caller, OutboxItem};
use gemilang_protocol::{Category, FieldError, FileForm, PersonRef, Priority, validate};
use uuid::Uuid;

/// The form, and what was filed with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// What a customer is looked for by.
    pub q: String,
    /// Who is meant by it.
    pub found: Rc<Vec<Caller>>,
    /// Who called.
    pub customer: Option<Rc<Caller>>,
    /// Who is to be chosen as soon as they are found, and the ticket from which the form was opened.
    pub wanted: Option<(Uuid, Uuid)>,
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
            subject: String::new(),
            category: Category::General,
            priority: Priority::Medium,
            order: None,
            message: String::new(),
            take: true,
            wrong: Vec::new(),
            filed: HashMap::new(),
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// It opens for the customer of a ticket.
    For(PersonRef, Uuid),
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
        match action {
            Action::For(customer, ticket) => {
                // What is being written for somebody else is not thrown away.
                if self.is_empty() {
                    self.q.clone_from(&customer.name);
                    self.wanted = Some((customer.id, ticket));
                }
            }
            Action::Seek(q) => {
                self.q = q;
                self.wanted = None;
            }
            Action::Found(q, found) => {
                if q == self.q {
                    let wanted = self.wanted.and_then(|(who, _)| found.iter().find(|it| it.person.id == who));
                    if let Some(caller) = wanted.cloned().filter(|_| self.customer.is_none()) {
                        self.choose(Some(Rc::new(caller)));
                    }
                    self.found = found;
                }
            }
            Action::Customer(customer) => {
                self.wanted = None;
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
                let mut filed = std::mem::take(&mut self.filed);
                filed.insert(item.ticket_id, item);
                *self = Self { filed, ..Self::default() };
            }
            Action::Clear => *self = Self { filed: std::mem::take(&mut self.filed), ..Self::default() },
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.subject.trim().is_empty() && self.message.trim().is_empty() && self.customer.is_none()
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
        let who = self.customer.as_ref().map(|it| PersonRef { id: it.person.id, name: it.person.name.clone() });
        take("customer", who.as_ref().map(|_| String::new()).ok_or(FieldError::Empty));
        let subject = take("subject", validate::subject(&self.subject));
        let message = take("message", validate::message(&self.message));
        match who {
            Some(customer) if wrong.is_empty() => Ok(FileForm {
                customer,
                subject,
                category: self.category,
                priority: self.priority,
                order: self.order.clone(),
                message,
                take: self.take,
                link: self.wanted.map(|(_, ticket)| ticket),
                splits: None,
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
    use super::super::samples::{id, person};
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
        assert!(filing.is_empty() && filing.wanted.is_none());
    }
}
