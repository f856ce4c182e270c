//! What is told at once, from what was written, is what the feed tells.

use gemilang_protocol::event::StatusReason;
use gemilang_protocol::{Category, Page, PersonRef, Priority, Row, SenderType, Status};
use gemilang_service::domain::Actor;
use gemilang_service::domain::tickets::{self, Edit, Intent, OpKey, Request};
use gemilang_service::feed;
use gemilang_service::live::{News, Watcher};
use gemilang_service::testing::{Credentials, TestApp};
use tokio::sync::broadcast::error::TryRecvError;
use uuid::Uuid;

fn actor(who: &Credentials, side: SenderType) -> Actor {
    Actor { person: PersonRef { id: who.person.id, name: who.person.name.clone() }, side }
}

/// The tickets' rows among these.
fn changes(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().filter(|row| matches!(row, Row::Ticket(_))).collect()
}

/// What was told before anybody could have read the feed.
fn told(watcher: &mut Watcher) -> Vec<Row> {
    let mut rows = Vec::new();
    loop {
        match watcher.news.try_recv() {
            Ok(News::Rows(shared)) => rows.extend(shared.rows.clone()),
            Ok(News::Ping { .. } | News::Delivered { .. } | News::Typing { .. } | News::Presence { .. }) => {}
            Err(TryRecvError::Empty) => return changes(rows),
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn what_is_told_at_once_is_what_the_feed_tells() {
    let app = TestApp::start().await;
    let (rina, sari) = (app.customer("Rina").await, app.staff("Sari").await);
    let (customer, agent) = (actor(&rina, SenderType::Customer), actor(&sari, SenderType::Admin));
    let order = app.order(&rina, "GO-1").await;
    let mut watcher = app.app.hub.watch();
    let mut place: Option<Page> = None;
    let mut next = async |watcher: &mut Watcher, what: &str, events: usize| {
        let told = told(watcher);
        let page = feed::page(&app.app, sari.person.id, place.as_ref().map(|page| &page.to), 500).await.unwrap();
        let read = changes(page.rows.clone());
        assert_eq!(told, read[read.len() - events..], "{what}");
        place = Some(page);
    };

    let first = app.file(&rina, "Dekorasi", "urgent").await;
    next(&mut watcher, "filed", 1).await;
    let mut follow_up = app.new_ticket(&rina, "Dekorasi lagi", "medium");
    follow_up.follows = Some(first.id);
    follow_up.order = Some(order.number.clone());
    let ticket = tickets::file(&app.app, follow_up).await.unwrap().ticket.id;
    next(&mut watcher, "filed after another", 1).await;

    let say = |text: &str| Intent::Message { id: Uuid::now_v7(), text: text.to_owned() };
    let edit = Edit {
        subject: Some("Bunga".to_owned()),
        category: Some(Category::Payment),
        priority: Some(Priority::Urgent),
        order: Some(None),
    };
    let waits = Intent::Status { to: Status::WaitingCustomer, reason: None };
    let closes = Intent::Status { to: Status::Closed, reason: Some(StatusReason::CustomerClosed) };
    for (what, who, intent, events) in [
        ("a customer writes", &customer, say("Halo?"), 1),
        ("the first answer", &agent, say("Halo, Kak."), 2),
        (
            "a note",
            &agent,
            Intent::Note { id: Uuid::now_v7(), text: "Vendor ditelepon".to_owned(), mentions: vec![] },
            1,
        ),
        ("assigned", &agent, Intent::Assign { to: Some(agent.person.clone()) }, 1),
        ("waits", &agent, waits, 1),
        ("reopened", &customer, say("Masih ada satu."), 2),
        ("edited", &agent, Intent::Edit(edit), 4),
        (
            "an order again",
            &agent,
            Intent::Edit(Edit { order: Some(Some((order.id, order.number.clone()))), ..Edit::default() }),
            1,
        ),
        ("let go", &agent, Intent::Assign { to: None }, 1),
        ("closed", &customer, closes, 1),
    ] {
        tickets::act(&app.app, ticket, who, intent).await.unwrap();
        next(&mut watcher, what, events).await;
    }

    let id = Uuid::now_v7();
    let request = Request {
        ticket_id: ticket,
        actor: &agent,
        op: Some(OpKey::new(id, ticket, agent.person.id, &"reply")),
        written_at: app.app.clock.now(),
        intent: Intent::Message { id, text: "Dengan nama.".to_owned() },
        seen: None,
    };
    tickets::change(&app.app, request).await.unwrap();
    next(&mut watcher, "an op", 1).await;
    tickets::void(&app.app, ticket, &agent, Uuid::now_v7()).await.unwrap();
    next(&mut watcher, "a void", 1).await;
}
