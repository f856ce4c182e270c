//! Looking up customers and orders: what is typed, what was found, who or what is on screen, and the question before a customer is shut out.

use std::rc::Rc;

use gemilang_protocol::desk::views::{CustomerRow, CustomerView, Customers, OrderView, Orders};
use gemilang_protocol::{Order, Person};
use uuid::Uuid;

use super::navigation::Page;

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Customers.
    Customers,
    /// Orders.
    Orders,
}

/// One of the two look-ups.
#[derive(Debug, Clone, PartialEq)]
pub struct Side<T> {
    /// As typed.
    pub q: String,
    /// What was found, of how many.
    pub found: Option<(Rc<Vec<T>>, u64)>,
    /// Where the keyboard stands.
    pub at: usize,
}

impl<T> Default for Side<T> {
    fn default() -> Self {
        Self { q: String::new(), found: None, at: 0 }
    }
}

impl<T> Side<T> {
    /// What is asked for.
    pub fn asks(&self) -> &str {
        self.q.trim()
    }

    /// The rows.
    pub fn rows(&self) -> &[T] {
        self.found.as_ref().map_or(&[], |(rows, _)| rows)
    }

    fn arrived(&mut self, q: &str, rows: Vec<T>, total: u64) {
        if self.asks() == q {
            self.at = self.at.min(rows.len().saturating_sub(1));
            self.found = Some((Rc::new(rows), total));
        }
    }

    fn step(&mut self, by: i32) {
        let last = self.rows().len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by as isize).min(last);
    }
}

/// All of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LookUp {
    /// Customers.
    pub customers: Side<CustomerRow>,
    /// Orders.
    pub orders: Side<Order>,
    /// The customer on screen.
    customer: Option<Rc<CustomerView>>,
    /// The order on screen.
    order: Option<Rc<OrderView>>,
    /// Who or what was asked for and is not on this desk.
    missing: Option<Uuid>,
    /// Whom the question is about.
    pub asks_block: Option<Person>,
}

/// What can happen to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Something was typed.
    Typed(Kind, String),
    /// The keyboard goes on by rows.
    Move(Kind, i32),
    /// Customers were found by these words.
    Customers(String, Customers),
    /// Orders were found by these words.
    Orders(String, Orders),
    /// A customer was read.
    Customer(Rc<CustomerView>),
    /// An order was read.
    Order(Rc<OrderView>),
    /// Neither is here.
    Missing(Uuid),
    /// Ask whether this customer shall be shut out, or no more.
    AskBlock(Option<Person>),
    /// A customer is another now.
    Changed(Person),
}

impl LookUp {
    /// Apply one action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Typed(Kind::Customers, q) => (self.customers.q, self.customers.at) = (q, 0),
            Action::Typed(Kind::Orders, q) => (self.orders.q, self.orders.at) = (q, 0),
            Action::Move(Kind::Customers, by) => self.customers.step(by),
            Action::Move(Kind::Orders, by) => self.orders.step(by),
            Action::Customers(q, found) => self.customers.arrived(&q, found.rows, found.total),
            Action::Orders(q, found) => self.orders.arrived(&q, found.rows, found.total),
            Action::Customer(view) => self.customer = Some(view),
            Action::Order(view) => self.order = Some(view),
            Action::Missing(id) => self.missing = Some(id),
            Action::AskBlock(person) => self.asks_block = person,
            Action::Changed(person) => {
                if let Some(view) = self.customer.as_mut().filter(|view| view.person.id == person.id) {
                    Rc::make_mut(view).person = person;
                }
            }
        }
    }

    /// A customer, if they are the one that was read last.
    pub fn customer(&self, id: Uuid) -> Option<&Rc<CustomerView>> {
        self.customer.as_ref().filter(|view| view.person.id == id)
    }

    /// An order, likewise.
    pub fn order(&self, id: Uuid) -> Option<&Rc<OrderView>> {
        self.order.as_ref().filter(|view| view.order.id == id)
    }

    /// Whether this was asked for and is not here.
    pub fn misses(&self, id: Uuid) -> bool {
        self.missing == Some(id)
    }

    /// Where Enter leads.
    pub fn chosen(&self, kind: Kind) -> Option<Page> {
        match kind {
            Kind::Customers => self.customers.rows().get(self.customers.at).map(|row| Page::Customer(row.person.id)),
            Kind::Orders => self.orders.rows().get(self.orders.at).map(|order| Page::Order(order.id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{id, person, time};
    use super::*;
    use gemilang_protocol::{Duty, Role, Zone};

    fn rina() -> Person {
        Person {
            id: id(1),
            name: "Rina Puspitasari".into(),
            email: "rina@contoh.id".into(),
            phone: None,
            role: Role::Customer,
            language: "id".into(),
            zone: Zone::Wib,
            active: true,
            duty: Duty::Off,
            alerts: None,
            created_at: time("2026-11-01T00:00:00Z"),
        }
    }

    fn row(n: u8) -> CustomerRow {
        CustomerRow { person: Person { id: id(n), ..rina() }, tickets: 2, active: 1 }
    }

    #[test]
    fn an_answer_to_older_words_is_no_news_and_the_keyboard_stays_among_the_rows() {
        let mut look = LookUp::default();
        look.apply(Action::Typed(Kind::Customers, "rin ".into()));
        look.apply(Action::Customers("ri".into(), Customers { rows: vec![row(1)], total: 1 }));
        assert_eq!(look.customers.found, None);
        look.apply(Action::Customers("rin".into(), Customers { rows: vec![row(1), row(2)], total: 2 }));
        look.apply(Action::Move(Kind::Customers, 5));
        assert_eq!(look.chosen(Kind::Customers), Some(Page::Customer(id(2))));
        look.apply(Action::Customers("rin".into(), Customers { rows: vec![row(1)], total: 1 }));
        assert_eq!(look.chosen(Kind::Customers), Some(Page::Customer(id(1))));
        look.apply(Action::Move(Kind::Customers, -3));
        assert_eq!((look.customers.at, look.chosen(Kind::Orders)), (0, None));
    }

    #[test]
    fn a_page_shows_only_whom_it_was_opened_for() {
        let mut look = LookUp::default();
        let view = CustomerView { person: rina(), orders: Vec::new(), tickets: Default::default() };
        look.apply(Action::Customer(Rc::new(view)));
        assert!(look.customer(id(2)).is_none() && look.customer(id(1)).is_some());
        look.apply(Action::Changed(Person { active: false, ..rina() }));
        assert!(!look.customer(id(1)).unwrap().person.active);
        look.apply(Action::Changed(Person { id: person(9, "Lain").id, ..rina() }));
        assert_eq!(look.customer(id(1)).unwrap().person.id, id(1));
    }
}
