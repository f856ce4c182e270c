//! What stands beside the dashboard's queues: the team's load, the next weddings, the last days.

use gemilang_protocol::{Duty, Order, OrderStatus, Person, PersonRef, Role, Row, Status, Time, Zone};

use crate::sample::{Desk, ME, RINA, SARI, Story, at, id, person};

fn moment(text: &str) -> Time {
    text.parse().unwrap()
}

fn order(n: u128, day: &str, zone: Zone, status: OrderStatus) -> Row {
    Row::Order(Order {
        id: id(n),
        number: format!("GO-{n}"),
        customer: PersonRef { id: SARI, name: "Raden Roro Kusumawardhani Prameswari Hadiningrat".into() },
        package: "Paket Kencana, 500 tamu".into(),
        event_date: day.parse().unwrap(),
        venue: "Pendopo Arumsari, Sleman".into(),
        zone,
        status,
    })
}

#[tokio::test]
async fn everybody_of_the_team_has_their_active_tickets_also_none() {
    let mut desk = Desk::new().await;
    let gone = Person { active: false, ..person(id(0xA4), "Arif", Role::Agent) };
    let mut rows = vec![
        Row::Person(Person { duty: Duty::On, ..person(RINA, "Rina", Role::Admin) }),
        Row::Person(person(id(0xA3), "Bagas", Role::Agent)),
        Row::Person(gone),
        Row::Person(person(SARI, "Sari", Role::Customer)),
    ];
    for (number, status, whose) in [
        (1, Status::Open, RINA),
        (2, Status::InProgress, RINA),
        (3, Status::WaitingCustomer, RINA),
        (4, Status::Resolved, RINA),
        (5, Status::Closed, ME),
        (6, Status::Open, ME),
        (7, Status::Open, id(0xA4)),
    ] {
        let mut story = Story::new(number, "Tenda");
        (story.0.status, story.0.assigned_to) = (status, Some(whose));
        rows.push(story.filed("Sebuah tiket."));
    }
    desk.apply(rows).await;
    let dashboard = desk.replica.dashboard(at(60), Zone::Wib).await.unwrap();
    let load: Vec<_> = dashboard.load.iter().map(|it| (it.person.name.as_str(), it.duty, it.tickets)).collect();
    assert_eq!(load, [("Bagas", Duty::Off, 0), ("Kadek Ayu", Duty::Off, 1), ("Rina", Duty::On, 3)]);
}

#[tokio::test]
async fn the_next_weddings_know_what_is_open_about_them_whoever_asked() {
    let mut desk = Desk::new().await;
    let mut rows = vec![
        order(1, "2026-12-12", Zone::Wib, OrderStatus::Confirmed),
        order(2, "2026-11-30", Zone::Wita, OrderStatus::Draft),
        order(3, "2026-11-25", Zone::Wib, OrderStatus::Cancelled),
        order(4, "2025-11-30", Zone::Wib, OrderStatus::Done),
    ];
    rows.extend((10..15).map(|n| order(n, "2027-01-01", Zone::Wib, OrderStatus::Confirmed)));
    for (number, status, about, whose) in [
        (1, Status::Open, Some("GO-1"), SARI),
        (2, Status::WaitingCustomer, Some("GO-1"), id(0xC2)),
        (3, Status::Closed, Some("GO-1"), SARI),
        (4, Status::Open, None, SARI),
    ] {
        let mut story = Story::new(number, "Tenda");
        story.0.customer.id = whose;
        (story.0.status, story.0.order) = (status, about.map(str::to_owned));
        rows.push(story.filed("Sebuah tiket."));
    }
    desk.apply(rows).await;
    let weddings = desk.replica.dashboard(at(60), Zone::Wib).await.unwrap().weddings;
    let shown: Vec<_> = weddings.iter().map(|it| (it.number.as_str(), it.active)).collect();
    assert_eq!(shown, [("GO-2", 0), ("GO-1", 2), ("GO-10", 0), ("GO-11", 0), ("GO-12", 0)]);
    assert_eq!((weddings[1].order, weddings[1].venue.as_str()), (id(1), "Pendopo Arumsari, Sleman"));
}

#[tokio::test]
async fn a_wedding_is_over_when_its_day_is_over_at_its_venue() {
    let mut desk = Desk::new().await;
    let of = |n, zone| order(n, "2026-11-30", zone, OrderStatus::Confirmed);
    desk.apply(vec![of(1, Zone::Wib), of(2, Zone::Wita), of(3, Zone::Wit)]).await;
    for (now, left) in [
        ("2026-11-30T14:59:59Z", vec!["GO-1", "GO-2", "GO-3"]),
        ("2026-11-30T15:00:00Z", vec!["GO-1", "GO-2"]),
        ("2026-11-30T16:00:00Z", vec!["GO-1"]),
        ("2026-11-30T17:00:00Z", vec![]),
    ] {
        let weddings = desk.replica.dashboard(moment(now), Zone::Wit).await.unwrap().weddings;
        assert_eq!(weddings.iter().map(|it| it.number.as_str()).collect::<Vec<_>>(), left, "{now}");
    }
}

#[tokio::test]
async fn the_last_fourteen_days_begin_and_end_at_the_readers_midnight() {
    let mut desk = Desk::new().await;
    let mut rows = Vec::new();
    for (number, filed, resolved) in [
        (1, "2026-11-16T16:59:59Z", Some("2026-11-17T01:00:00Z")),
        (2, "2026-11-16T17:00:00Z", None),
        (3, "2026-11-30T07:00:00Z", Some("2026-11-30T07:30:00Z")),
        (4, "2026-11-29T17:00:00Z", Some("2026-11-29T16:59:59Z")),
        // A clock that runs ahead.
        (5, "2026-12-01T00:00:00Z", Some("2026-12-01T00:00:00Z")),
    ] {
        let mut story = Story::new(number, "Tenda");
        (story.0.created_at, story.0.resolved_at) = (moment(filed), resolved.map(moment));
        rows.push(story.filed("Sebuah tiket."));
    }
    desk.apply(rows).await;
    let now = moment("2026-11-30T07:32:00Z");
    let days = desk.replica.dashboard(now, Zone::Wib).await.unwrap().days;
    assert_eq!(days.len(), 14);
    let told: Vec<_> = days
        .iter()
        .filter(|it| it.filed + it.resolved > 0)
        .map(|it| (it.day.to_string(), it.filed, it.resolved))
        .collect();
    let told: Vec<_> = told.iter().map(|(day, filed, resolved)| (day.as_str(), *filed, *resolved)).collect();
    assert_eq!(told, [("2026-11-17", 1, 1), ("2026-11-29", 0, 1), ("2026-11-30", 2, 1)]);
    assert_eq!((days[0].day.to_string().as_str(), days[13].day), ("2026-11-17", Zone::Wib.day(now)));
    let east = desk.replica.dashboard(now, Zone::Wit).await.unwrap().days;
    assert_eq!((east[0].filed, east[13].filed), (2, 2), "fourteen days of another clock");
}
