//! Properties of many tickets at once, and the way back.

use gemilang_protocol::desk::views::{Inbox, Property, PropertyChange, TicketQuery};
use gemilang_protocol::{Priority, Role, Row, Status};
use uuid::Uuid;

use crate::sample::{Desk, RINA, Story, at, person};

async fn statuses(desk: &Desk) -> Vec<Status> {
    let query = TicketQuery { inbox: Inbox::All, ..TicketQuery::default() };
    let mut rows = desk.replica.tickets(&query).await.unwrap().rows;
    rows.sort_by_key(|row| row.number);
    rows.into_iter().map(|row| row.status).collect()
}

#[tokio::test]
async fn many_are_changed_at_once_and_changed_back() {
    let mut desk = Desk::new().await;
    let mut stories: Vec<_> = (0..4).map(|n| Story::new(1000 + n, "Tiket")).collect();
    stories[1].0.status = Status::Resolved;
    let mut rows = vec![Row::Person(person(RINA, "Rina", Role::Admin))];
    rows.extend(stories.iter_mut().map(|story| story.filed("Sebuah tiket untuk diubah.")));
    desk.apply(rows).await;
    let before = statuses(&desk).await;
    let to = |to: Property| {
        stories.iter().map(|story| PropertyChange { ticket: story.id(), to: to.clone() }).collect::<Vec<_>>()
    };

    let resolved = to(Property::Status(Status::Resolved));
    let back = desk.replica.change_properties(&resolved, at(10), Uuid::now_v7).await.unwrap();
    assert_eq!(statuses(&desk).await, [Status::Resolved; 4]);
    assert_eq!(back.len(), 3, "what was so already is left alone");
    assert_eq!(desk.replica.outbox().await.unwrap().len(), 3, "an op for each, so that each can lose its own race");
    let again = desk.replica.change_properties(&back, at(11), Uuid::now_v7).await.unwrap();
    assert_eq!(statuses(&desk).await, before);
    assert_eq!(again.len(), 3);
    assert!(desk.replica.outbox().await.unwrap().is_empty(), "what had not left is called off, and nothing is told");

    let taken = to(Property::Assignee(Some(RINA)));
    assert_eq!(desk.replica.change_properties(&taken, at(12), Uuid::now_v7).await.unwrap().len(), 4);
    let urgent = to(Property::Priority(Priority::Urgent));
    assert_eq!(desk.replica.change_properties(&urgent, at(13), Uuid::now_v7).await.unwrap().len(), 4);
    assert_eq!(desk.replica.navigation().await.unwrap().urgent, 3, "all but the resolved one");
}

#[tokio::test]
async fn all_are_changed_or_none() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Tiket");
    desk.apply(vec![story.filed("Sebuah tiket untuk diubah.")]).await;
    let to = Property::Status(Status::Closed);
    let wanted = [(story.id(), to.clone()), (Uuid::nil(), to)].map(|(ticket, to)| PropertyChange { ticket, to });
    assert!(desk.replica.change_properties(&wanted, at(10), Uuid::now_v7).await.is_err());
    assert_eq!(statuses(&desk).await, [Status::Open]);
    assert!(desk.replica.outbox().await.unwrap().is_empty());
}
