//! Customers and orders, looked up on this desk, and all that is theirs.

use gemilang_protocol::order::OrderStatus;
use gemilang_protocol::{Order, Person, PersonRef, Role, Row, Status, Zone};
use gemilang_replica::ReplicaError;
use uuid::Uuid;

use crate::sample::{Desk, RINA, SARI, Story, at, id, person};

fn customer(number: u128, name: &str, phone: &str) -> Person {
    Person {
        phone: Some(phone.into()),
        email: format!("{number}@contoh.id"),
        ..person(id(number), name, Role::Customer)
    }
}

fn order(n: u128, number: &str, day: &str, whose: &Person) -> Row {
    Row::Order(Order {
        id: id(n),
        number: number.into(),
        customer: PersonRef { id: whose.id, name: whose.name.clone() },
        package: "Paket Kencana, 500 tamu".into(),
        event_date: day.parse().unwrap(),
        venue: "Pendopo Arumsari, Sleman".into(),
        zone: Zone::Wib,
        status: OrderStatus::Confirmed,
    })
}

async fn desk() -> (Desk, Vec<Story>) {
    let mut desk = Desk::new().await;
    let sari = Person {
        email: "sari@contoh.id".into(),
        phone: Some("+6281234560198".into()),
        ..person(SARI, "Sari Dewi", Role::Customer)
    };
    let luh = customer(0xC2, "Ni Luh Ayu Pradnyani", "+6281798765432");
    let mut stories: Vec<_> = (0..3).map(|n| Story::new(1000 + n, "Rias")).collect();
    stories[1].0.status = Status::Closed;
    stories[1].0.order = Some("GO-2291".into());
    stories[2].0.customer = PersonRef { id: luh.id, name: luh.name.clone() };
    // Filed by somebody else, about Sari's wedding.
    stories[2].0.order = Some("GO-2291".into());
    let mut rows = vec![
        Row::Person(person(RINA, "Rina Sari", Role::Admin)),
        Row::Person(sari.clone()),
        Row::Person(luh.clone()),
        order(1, "GO-2291", "2026-12-12", &sari),
        order(2, "GO-1802", "2025-05-01", &sari),
        order(3, "GO-2400", "2026-11-30", &luh),
    ];
    rows.extend(stories.iter_mut().map(|story| story.filed("Sebuah tiket untuk dicari.")));
    desk.apply(rows).await;
    (desk, stories)
}

async fn named(desk: &Desk, q: &str) -> Vec<String> {
    desk.replica.look_up_customers(q).await.unwrap().rows.into_iter().map(|row| row.person.name).collect()
}

#[tokio::test]
async fn a_customer_is_found_by_name_address_or_number() {
    let (desk, _) = desk().await;
    for (q, found) in [
        ("sari", vec!["Sari Dewi"]),
        ("dewi SAR", vec!["Sari Dewi"]),
        ("ari", vec![]),
        ("luh prad", vec!["Ni Luh Ayu Pradnyani"]),
        ("sari@contoh", vec!["Sari Dewi"]),
        ("0812-3456", vec!["Sari Dewi"]),
        ("+62 817 9876", vec!["Ni Luh Ayu Pradnyani"]),
        ("%", vec!["Sari Dewi", "Ni Luh Ayu Pradnyani"]),
        ("5432", vec!["Ni Luh Ayu Pradnyani"]),
        ("go-2291", vec!["Sari Dewi"]),
        ("dewi 22", vec!["Sari Dewi"]),
        ("luh go-2291", vec![]),
        ("kadek", vec![]),
    ] {
        let mut names = named(&desk, q).await;
        names.sort_by_key(|name| !name.starts_with("Sari"));
        assert_eq!(names, found, "{q}");
    }
    for q in ["sari", "0812-3456", "go-2", ""] {
        let there = named(&desk, q).await;
        let caller = desk.replica.find_customers(q).await.unwrap();
        assert_eq!(caller.into_iter().map(|it| it.person.name).collect::<Vec<_>>(), there, "{q}: both say the same");
    }
    let sari = desk.replica.look_up_customers("sari").await.unwrap();
    assert_eq!((sari.total, sari.rows[0].tickets, sari.rows[0].active), (1, 2, 1));
}

#[tokio::test]
async fn the_next_weddings_come_first_and_those_over_last() {
    let (desk, _) = desk().await;
    let numbers = async |q: &str| {
        let found = desk.replica.look_up_orders(q, "2026-11-22".parse().unwrap()).await.unwrap();
        found.rows.into_iter().map(|order| order.number).collect::<Vec<_>>()
    };
    assert_eq!(numbers("").await, ["GO-2400", "GO-2291"]);
    assert_eq!(numbers("kencana").await, ["GO-2400", "GO-2291", "GO-1802"]);
    assert_eq!(numbers("go-22").await, ["GO-2291"]);
    assert_eq!(numbers("sari arumsari").await, ["GO-2291", "GO-1802"]);
    assert!(numbers("bali").await.is_empty());
}

#[tokio::test]
async fn a_page_holds_all_that_is_theirs() {
    let (desk, stories) = desk().await;
    let sari = desk.replica.customer(SARI).await.unwrap();
    assert_eq!(sari.orders.iter().map(|it| it.number.as_str()).collect::<Vec<_>>(), ["GO-2291", "GO-1802"]);
    assert_eq!((sari.tickets.total, sari.tickets.rows.len()), (2, 2));
    let order = desk.replica.order(id(1)).await.unwrap();
    assert_eq!(order.customer.unwrap().id, SARI);
    let mut about: Vec<_> = order.tickets.rows.iter().map(|row| row.id).collect();
    about.sort_by_key(|id| *id != stories[1].id());
    assert_eq!(about, [stories[1].id(), stories[2].id()], "whoever filed it");
    assert!(matches!(desk.replica.customer(Uuid::nil()).await, Err(ReplicaError::NotFound)));
    assert!(matches!(desk.replica.order(Uuid::nil()).await, Err(ReplicaError::NotFound)));
}

#[tokio::test]
async fn another_category_stands_at_once_and_goes_back() {
    use gemilang_protocol::Category;
    use gemilang_protocol::desk::views::{Property, PropertyChange};
    let (desk, stories) = desk().await;
    let ticket = stories[0].id();
    let was = desk.replica.thread(ticket).await.unwrap().ticket.category;
    let to = [PropertyChange { ticket, to: Property::Category(Category::Payment) }];
    let back = desk.replica.change_properties(&to, at(10), Uuid::now_v7).await.unwrap();
    assert_eq!(desk.replica.thread(ticket).await.unwrap().ticket.category, Category::Payment);
    assert_eq!(desk.replica.ticket_row(ticket).await.unwrap().unwrap().category, Category::Payment);
    assert_eq!(back[0].to, Property::Category(was));
    desk.replica.change_properties(&back, at(11), Uuid::now_v7).await.unwrap();
    assert_eq!(desk.replica.thread(ticket).await.unwrap().ticket.category, was);
    assert!(desk.replica.outbox().await.unwrap().is_empty(), "nothing is told");
}
