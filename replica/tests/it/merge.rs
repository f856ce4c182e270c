//! Merging on a desk: at once, also without a line, called off while it waits, and the same on every other desk once it has left.

use gemilang_protocol::desk::views::{OpState, Property, PropertyChange, Thread};
use gemilang_protocol::{Act, Code, EventBody, Status, Ticket};
use gemilang_replica::ReplicaError;
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::desk::Desk;
use crate::proxy::Proxy;

async fn change(desk: &Desk, ticket: &Ticket, to: Property) -> Result<Vec<PropertyChange>, ReplicaError> {
    let wanted = [PropertyChange { ticket: ticket.id, to }];
    desk.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await
}

fn part_of(thread: &Thread, part: &Ticket) -> bool {
    thread.parts.iter().any(|it| it.ticket.id == part.id && !it.messages.is_empty())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_is_here_at_once_and_on_other_desks_once_there_is_a_line() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let (one, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Kursi").await);
    let proxy = Proxy::to(&app.url).await;
    let (desk, second) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    for ticket in [&one, &other] {
        desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    }
    proxy.cut();
    let back = change(&desk, &one, Property::Merged(other.id)).await.unwrap();
    assert_eq!(back[0].to, Property::Unmerged(other.id));
    let source = desk.replica.thread(one.id).await.unwrap();
    assert_eq!((source.ticket.status, source.ticket.internal.merged.unwrap().was), (Status::Closed, Status::Open));
    assert_eq!(source.unsent[0].to_name.as_deref(), Some(other.number.to_string().as_str()));
    assert!(part_of(&desk.replica.thread(other.id).await.unwrap(), &one));
    // What is taken back before it has left is told to nobody.
    change(&desk, &one, Property::Unmerged(other.id)).await.unwrap();
    assert!(desk.replica.outbox().await.unwrap().is_empty());
    assert!(desk.replica.thread(other.id).await.unwrap().parts.is_empty());
    assert_eq!(desk.replica.thread(one.id).await.unwrap().ticket.status, Status::Open);
    // Withdrawn in the outbox it is the same.
    change(&desk, &one, Property::Merged(other.id)).await.unwrap();
    let op = desk.replica.outbox().await.unwrap()[0].op_id;
    desk.replica.withdraw(op).await.unwrap();
    assert!(desk.replica.thread(other.id).await.unwrap().parts.is_empty());

    change(&desk, &one, Property::Merged(other.id)).await.unwrap();
    proxy.mend(&app.url);
    desk.engine.nudge();
    desk.thread(one.id, |thread| thread.unsent.is_empty()).await;
    for desk in [&desk, &second] {
        let thread = desk.thread(other.id, |thread| part_of(thread, &one)).await;
        assert!(thread.events.iter().any(|event| matches!(event.body, EventBody::Absorbed { .. })));
        assert_eq!(
            desk.thread(one.id, |it| it.ticket.status == Status::Closed).await.ticket.internal.merged.unwrap().into.id,
            other.id
        );
    }
    // Nothing new is written to it; among several it is left alone.
    let closed = change(&second, &one, Property::Status(Status::Open)).await;
    assert!(matches!(closed, Err(ReplicaError::Refused(Code::Merged))), "{closed:?}");
    let wanted = [&one, &other].map(|it| PropertyChange { ticket: it.id, to: Property::Tagged("vip".into()) });
    let changed = second.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await.unwrap();
    assert_eq!(changed.iter().map(|it| it.ticket).collect::<Vec<_>>(), [other.id]);
    change(&second, &one, Property::Unmerged(other.id)).await.unwrap();
    for desk in [&desk, &second] {
        desk.thread(other.id, |thread| thread.parts.is_empty()).await;
        desk.thread(one.id, |thread| thread.ticket.status == Status::Open && thread.unsent.is_empty()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_too_late_stays_in_the_outbox_and_names_where_it_goes_on() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let (one, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Kursi").await);
    let proxy = Proxy::to(&app.url).await;
    let (desk, second) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    for desk in [&desk, &second] {
        desk.thread(one.id, |thread| !thread.messages.is_empty()).await;
        desk.thread(other.id, |thread| !thread.messages.is_empty()).await;
    }
    proxy.cut();
    desk.reply(&one, "Baik, Kak").await;
    change(&second, &one, Property::Merged(other.id)).await.unwrap();
    second.thread(one.id, |thread| thread.unsent.is_empty()).await;
    proxy.mend(&app.url);
    desk.engine.nudge();
    let thread = desk.thread(one.id, |it| it.unsent.first().is_some_and(|item| item.state == OpState::Failed)).await;
    let item = &thread.unsent[0];
    assert_eq!(item.reason, Some(Code::Merged));
    assert!(matches!(&item.act, Act::Reply { message } if message == "Baik, Kak"));
    let winner = item.winner.as_ref().unwrap();
    assert!(matches!(winner.body, EventBody::Merged { into } if into.number == other.number));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_customers_own_tickets_are_offered_first_and_what_cannot_be_is_refused_here() {
    let app = TestApp::start().await;
    let (sari, rina, kadek) = (app.customer("Sari").await, app.customer("Rina").await, app.staff("Kadek").await);
    let (one, two) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Katering sarapan").await);
    let hers = app.ticket(&rina, "Katering malam").await;
    let desk = Desk::live(&app.url, &kadek).await;
    for ticket in [&one, &two, &hers] {
        desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    }
    let found = async |q: &str| {
        let found = desk.replica.find_to_merge(one.id, q).await.unwrap();
        assert_eq!((found.ticket.row.id, found.ticket.messages), (one.id, Some(1)));
        found.others.iter().map(|it| it.row.number).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, [two.number]);
    assert_eq!(found("kater").await, [two.number, hers.number]);
    assert_eq!(found("sari sarap").await, [two.number]);
    assert_eq!(found(&two.number.to_string()).await, [two.number]);
    assert_eq!(found(&hers.number.0.to_string()).await, [hers.number]);
    assert!(found("tidak ada").await.is_empty());
    let refused = async |ticket: &Ticket, into: Uuid| match change(&desk, ticket, Property::Merged(into)).await {
        Err(ReplicaError::Refused(code)) => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&one, one.id).await, Code::SameTicket);
    assert_eq!(refused(&one, hers.id).await, Code::OtherCustomer);
    assert!(matches!(change(&desk, &one, Property::Merged(Uuid::now_v7())).await, Err(ReplicaError::NotFound)));
    let at = chrono::Utc::now() + chrono::TimeDelta::hours(2);
    desk.write(Uuid::now_v7(), &one, Act::SendLater { message: "Besok, Kak".into(), at }).await;
    desk.thread(one.id, |thread| !thread.ticket.internal.later.is_empty()).await;
    assert_eq!(refused(&one, two.id).await, Code::RepliesLater);
    assert!(desk.replica.find_to_merge(one.id, "").await.unwrap().ticket.later);
    change(&desk, &two, Property::Merged(one.id)).await.unwrap();
    assert_eq!(refused(&one, two.id).await, Code::Merged);
    assert_eq!(desk.replica.find_to_merge(one.id, "").await.unwrap().others[0].merged.unwrap().number, one.number);
}
