//! Subject and order: changed at once on this desk, also without a line; on the others once there is one; and whoever is slower is told.

use gemilang_protocol::desk::views::{FilingDraft, OpState, Property, PropertyChange};
use gemilang_protocol::{
    Act, Category, Code, FileForm, PersonRef, Priority, SenderType, Status, Ticket, validate::SUBJECT_MOST,
};
use gemilang_replica::{Replica, ReplicaError};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::desk::Desk;
use crate::proxy::Proxy;
use crate::sample;

async fn change(desk: &Desk, ticket: &Ticket, to: Property) -> Vec<PropertyChange> {
    let wanted = [PropertyChange { ticket: ticket.id, to }];
    desk.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_changed_without_a_line_and_the_slower_one_is_told() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let order = app.order(&sari, "GO-2291").await;
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let proxy = Proxy::to(&app.url).await;
    let (one, two) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    for desk in [&one, &two] {
        desk.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    }
    proxy.cut();
    let back = change(&one, &ticket, Property::Subject("  Dekorasi   pelaminan ".into())).await;
    assert_eq!(back[0].to, Property::Subject("Dekorasi".into()));
    assert!(change(&one, &ticket, Property::Subject("Dekorasi pelaminan".into())).await.is_empty(), "it is so");
    change(&one, &ticket, Property::Order(Some(order.number.clone()))).await;
    let thread = one.replica.thread(ticket.id).await.unwrap();
    assert_eq!(
        (thread.ticket.subject.as_str(), thread.order.map(|it| it.number)),
        ("Dekorasi pelaminan", Some(order.number.clone()))
    );
    let row = one.replica.ticket_row(ticket.id).await.unwrap().unwrap();
    assert_eq!((row.subject.as_str(), row.event_date), ("Dekorasi pelaminan", Some(order.event_date)));
    let too_long = Property::Subject("a".repeat(SUBJECT_MOST + 1));
    let wanted = [PropertyChange { ticket: ticket.id, to: too_long }];
    let broken = one.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await;
    assert!(matches!(broken, Err(ReplicaError::Invalid { field: "subject", .. })), "{broken:?}");
    // What is taken back before it has left is not told to anybody.
    change(&one, &ticket, Property::Order(None)).await;
    assert_eq!(one.replica.outbox().await.unwrap().len(), 1);
    assert_eq!(one.replica.thread(ticket.id).await.unwrap().order, None);
    change(&two, &ticket, Property::Subject("Tenda".into())).await;
    two.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = one.thread(ticket.id, |thread| thread.ticket.subject == "Tenda").await;
    assert_eq!((thread.unsent[0].state, thread.unsent[0].reason), (OpState::Failed, Some(Code::LostRace)));
    change(&one, &ticket, Property::Order(Some(order.number.clone()))).await;
    two.thread(ticket.id, |thread| thread.order.as_ref().is_some_and(|it| it.number == order.number)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_split_off_without_a_line_once_there_is_one() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let from = app.ticket(&sari, "Dekorasi").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    let said = desk.thread(from.id, |thread| !thread.messages.is_empty()).await.messages.remove(0);
    proxy.cut();
    let form = FileForm {
        customer: PersonRef { id: sari.person.id, name: sari.person.name.clone() },
        subject: "Kursi".into(),
        category: Category::Vendor,
        priority: Priority::Medium,
        order: None,
        message: "not theirs".into(),
        take: true,
        link: Some(from.id),
        splits: Some(said.id),
    };
    let id = Uuid::now_v7();
    let item = desk.replica.file_ticket(id, form, chrono::Utc::now()).await.unwrap();
    assert!(matches!(item.act, Act::File { form } if form.message.is_empty()), "their words stand where they are");
    proxy.mend(&app.url);
    desk.engine.nudge();
    let thread = desk.thread(id, |thread| thread.ticket.internal.is_linked(from.id)).await;
    assert_eq!(
        (thread.messages[0].message.as_str(), thread.messages[0].sender_type),
        (said.message.as_str(), SenderType::Customer)
    );
    assert_eq!((thread.ticket.status, thread.ticket.assigned_to), (Status::Open, Some(kadek.person.id)));
    desk.thread(from.id, |thread| thread.ticket.internal.is_linked(id)).await;
}

#[tokio::test]
async fn the_form_is_kept_until_it_is_filed_also_where_the_file_is_damaged() {
    let desk = sample::Desk::new().await;
    let draft = FilingDraft {
        customer: Some(PersonRef { id: sample::SARI, name: "Sari Wulandari".into() }),
        subject: "Kursi".into(),
        category: Category::Vendor,
        priority: Priority::High,
        order: None,
        message: "Kak Roro menelep".into(),
        take: false,
        link: None,
        splits: None,
    };
    desk.replica.keep_filing(Some(&draft)).await.unwrap();
    let file = desk.replica.path().to_owned();
    desk.replica.close().await.unwrap();
    std::fs::write(&file, "bukan basis data lagi ".repeat(500)).unwrap();
    let (replica, rescued) = Replica::open_or_rebuild(&file, sample::me(), sample::at(60)).await.unwrap();
    assert!(rescued.is_some());
    assert_eq!(replica.filing().await.unwrap(), Some(draft.clone()));
    let FilingDraft { customer, subject, category, priority, order, message, take, link, splits } = draft;
    let customer = customer.unwrap();
    let form = FileForm { customer, subject, category, priority, order, message, take, link, splits };
    replica.file_ticket(Uuid::now_v7(), form, sample::at(61)).await.unwrap();
    assert_eq!(replica.filing().await.unwrap(), None, "what is filed is a draft no more");
}
