//! Lists, counts and the dashboard: one table feeds them all, so they agree.

use gemilang_protocol::desk::views::{Inbox, Sort, TicketQuery};
use gemilang_protocol::{Category, Order, OrderStatus, PersonRef, Priority, Role, Row, Status, Zone};

use crate::sample::{Desk, ME, RINA, SARI, Story, at, id, person};

/// Every status, priority and assignee at least once.
async fn desk_with_tickets() -> Desk {
    let mut desk = Desk::new().await;
    let mut rows = vec![Row::Person(person(RINA, "Rina", Role::Admin))];
    for number in 0..60 {
        let mut story = Story::new(1000 + number, "Tiket");
        let pick = usize::try_from(number).unwrap();
        story.0.priority = Priority::ALL[pick % 4];
        story.0.category = Category::ALL[pick % 8];
        story.0.status = Status::ALL[pick % 5];
        story.0.assigned_to = [None, Some(ME), Some(RINA)][pick % 3];
        rows.push(story.filed("Sebuah tiket untuk dihitung."));
    }
    desk.apply(rows).await;
    desk
}

#[tokio::test]
async fn every_total_is_the_number_of_its_rows() {
    let desk = desk_with_tickets().await;
    let inboxes =
        [Inbox::Mine, Inbox::Unassigned, Inbox::Urgent, Inbox::Waiting, Inbox::Active, Inbox::Closed, Inbox::All];
    for inbox in inboxes {
        for status in ["", "status:open", "status:closed", "status:open status:closed"] {
            for priority in ["", "priority:urgent"] {
                for assignee in ["", "assignee:nobody", "assignee:me", "assignee:me assignee:nobody"] {
                    let q = format!("{status} {priority} {assignee}");
                    let query = TicketQuery { inbox, q, ..TicketQuery::default() };
                    let list = desk.replica.tickets(&query).await.unwrap();
                    assert_eq!(list.total, list.rows.len() as u64, "{query:?}");
                    assert!(list.rows.is_sorted_by(|a, b| a.last_message_at >= b.last_message_at));
                }
            }
        }
    }
    let all = desk.replica.tickets(&TicketQuery { inbox: Inbox::All, ..TicketQuery::default() }).await.unwrap();
    assert_eq!(all.total, 60);
    let paged = TicketQuery { inbox: Inbox::All, offset: 50, limit: 20, ..TicketQuery::default() };
    let page = desk.replica.tickets(&paged).await.unwrap();
    assert_eq!((page.rows.as_slice(), page.total), (&all.rows[50..], 60));
}

#[tokio::test]
async fn a_list_stands_in_the_order_that_is_asked_for_on_every_page() {
    let desk = desk_with_tickets().await;
    for inbox in [Inbox::All, Inbox::Active] {
        let mut seen = Vec::new();
        for sort in Sort::ALL {
            let query = TicketQuery { inbox, sort, ..TicketQuery::default() };
            let all = desk.replica.tickets(&query).await.unwrap();
            assert_eq!(all.rows.len() as u64, all.total, "{sort:?}");
            let mut pages = Vec::new();
            for offset in (0..60).step_by(7) {
                let page = TicketQuery { offset, limit: 7, ..query.clone() };
                pages.extend(desk.replica.tickets(&page).await.unwrap().rows);
            }
            assert_eq!(pages, all.rows, "{sort:?}");
            let place = |priority: Priority| Priority::ALL.iter().rev().position(|it| *it == priority);
            assert!(match sort {
                Sort::Latest => all.rows.is_sorted_by(|a, b| a.last_message_at >= b.last_message_at),
                Sort::Waiting => all.rows.is_sorted_by(|a, b| a.last_message_at <= b.last_message_at),
                Sort::Filed => all.rows.is_sorted_by(|a, b| a.created_at >= b.created_at),
                Sort::Priority => all.rows.is_sorted_by(|a, b| {
                    (place(a.priority), std::cmp::Reverse(a.last_message_at))
                        <= (place(b.priority), std::cmp::Reverse(b.last_message_at))
                }),
            });
            seen.push(all.rows.into_iter().map(|row| row.number).collect::<Vec<_>>());
        }
        seen.dedup();
        assert!(seen.len() >= 3, "the orders differ");
    }
}

#[tokio::test]
async fn navigation_dashboard_and_lists_agree() {
    let desk = desk_with_tickets().await;
    let navigation = desk.replica.navigation().await.unwrap();
    for (inbox, count) in [
        (Inbox::Mine, navigation.mine),
        (Inbox::Unassigned, navigation.unassigned),
        (Inbox::Urgent, navigation.urgent),
        (Inbox::Waiting, navigation.waiting),
        (Inbox::Active, navigation.active),
    ] {
        let list = desk.replica.tickets(&TicketQuery { inbox, ..TicketQuery::default() }).await.unwrap();
        assert_eq!(list.total, count, "{inbox:?}");
        assert!(count > 0);
    }
    let dashboard = desk.replica.dashboard(at(2_000), Zone::Wib).await.unwrap();
    assert_eq!(dashboard.stats.total, 60);
    assert_eq!(dashboard.stats.open, 12);
    assert_eq!(dashboard.stats.urgent.unsigned_abs(), navigation.urgent);
    assert_eq!(dashboard.urgent.len(), 5);
    assert!(dashboard.urgent.iter().all(|row| row.priority == Priority::Urgent));
    assert!(dashboard.urgent.is_sorted_by_key(|row| row.last_message_at), "who waits longest stands first");
    assert_eq!(dashboard.newest.len(), 8);
    assert_eq!(dashboard.newest[0].number.0, 1059);
}

#[tokio::test]
async fn a_day_begins_at_midnight_in_the_readers_zone() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Tiket");
    story.0.created_at = "2026-11-21T16:30:00Z".parse().unwrap();
    story.0.resolved_at = Some("2026-11-21T17:30:00Z".parse().unwrap());
    desk.apply(vec![story.filed("Sebuah tiket pada tengah malam.")]).await;
    let now = "2026-11-21T18:00:00Z".parse().unwrap();
    let wib = desk.replica.dashboard(now, Zone::Wib).await.unwrap();
    assert_eq!((wib.filed_today, wib.resolved_today, wib.closed_today), (0, 1, 0));
    let wita = desk.replica.dashboard(now, Zone::Wita).await.unwrap();
    assert_eq!(wita.filed_today, 1);
}

#[tokio::test]
async fn a_thread_knows_its_people_and_its_order() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Tiket");
    let mut other = Story::new(1043, "Lainnya");
    other.0.status = Status::Closed;
    story.0.order = Some(String::from("GO-2291"));
    story.0.assigned_to = Some(RINA);
    let order = Order {
        id: id(77),
        number: String::from("GO-2291"),
        customer: PersonRef { id: SARI, name: String::from("Sari Wulandari") },
        package: String::from("Paket Kencana, 500 tamu"),
        event_date: "2026-12-04".parse().unwrap(),
        venue: String::from("Pendopo Arumsari, Sleman"),
        zone: Zone::Wib,
        status: OrderStatus::Confirmed,
    };
    let rows = vec![
        story.filed("Vendor dekorasi belum tiba."),
        other.filed("Yang ini sudah selesai semuanya."),
        Row::Person(person(RINA, "Rina", Role::Admin)),
        Row::Person(person(SARI, "Sari Wulandari", Role::Customer)),
        Row::Order(order.clone()),
    ];
    desk.apply(rows).await;
    let thread = desk.replica.thread(story.id()).await.unwrap();
    assert_eq!(thread.assignee.map(|person| person.name).as_deref(), Some("Rina"));
    assert_eq!(thread.customer.map(|person| person.id), Some(SARI));
    assert_eq!((thread.other_tickets, thread.other_active), (1, 0));
    assert_eq!(thread.order, Some(order.clone()));
    let row = desk.replica.ticket_row(story.id()).await.unwrap().unwrap();
    assert_eq!((row.event_date, row.event_zone), (Some(order.event_date), Some(Zone::Wib)));
    let staff: Vec<_> = desk.replica.staff().await.unwrap().into_iter().map(|person| person.name).collect();
    assert_eq!(staff, ["Kadek Ayu", "Rina"]);
}

#[tokio::test]
async fn what_is_kept_is_counted_whatever_its_status_and_weighed_with_its_words() {
    let empty = Desk::new().await.replica.kept().await.unwrap();
    let desk = desk_with_tickets().await;
    let kept = desk.replica.kept().await.unwrap();
    assert_eq!((empty.tickets, kept.tickets), (0, 60));
    assert!(kept.bytes > empty.bytes && empty.bytes > 0, "{kept:?}, {empty:?}");
}
