//! Tags, links, mentions and tickets filed for who called: at once on this desk, also without a line, and on the others once there is one.

use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::views::{Inbox, Property, PropertyChange, TicketQuery};
use gemilang_protocol::{Act, Category, EventBody, FileForm, PersonRef, Priority, SenderType, Ticket};
use gemilang_replica::ReplicaError;
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::desk::Desk;
use crate::proxy::Proxy;

async fn change(desk: &Desk, ticket: &Ticket, to: Property) -> Vec<PropertyChange> {
    let wanted = [PropertyChange { ticket: ticket.id, to }];
    desk.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tags_and_links_are_here_at_once_and_there_once() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let (ticket, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Kursi").await);
    let proxy = Proxy::to(&app.url).await;
    let (one, two) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    for ticket in [&ticket, &other] {
        one.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    }
    proxy.cut();
    let back = change(&one, &ticket, Property::Tagged("  Katering ".into())).await;
    assert_eq!(back[0].to, Property::Untagged("katering".into()));
    assert!(change(&one, &ticket, Property::Tagged("katering".into())).await.is_empty(), "it has that tag");
    change(&one, &ticket, Property::Linked(other.id)).await;
    let thread = one.replica.thread(ticket.id).await.unwrap();
    assert_eq!((thread.ticket.internal.tags.as_slice(), thread.linked.len()), (&["katering".to_owned()][..], 1));
    assert_eq!((one.replica.tags().await.unwrap(), thread.linked[0].id), (vec!["katering".to_owned()], other.id));
    // What is taken back before it has left is not told to anybody.
    change(&one, &ticket, Property::Tagged("vip".into())).await;
    change(&one, &ticket, Property::Untagged("vip".into())).await;
    assert_eq!(one.replica.outbox().await.unwrap().len(), 2);
    for wrong in [Property::Linked(ticket.id), Property::Linked(Uuid::now_v7())] {
        let wanted = [PropertyChange { ticket: ticket.id, to: wrong }];
        let refused = one.replica.change_properties(&wanted, chrono::Utc::now(), Uuid::now_v7).await;
        assert!(matches!(refused, Err(ReplicaError::NotFound)), "{refused:?}");
    }
    proxy.mend(&app.url);
    one.engine.nudge();
    one.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    two.thread(other.id, |thread| thread.ticket.internal.is_linked(ticket.id)).await;
    let there = two.thread(ticket.id, |thread| thread.ticket.internal.has_tag("katering")).await;
    assert_eq!(there.linked[0].number, other.number);
    assert_eq!(two.replica.tags().await.unwrap(), ["katering"]);
    for (q, total) in [("label:katering", 1), ("tag:KATERING ", 1), ("label:vip", 0), ("label:vip label:katering ", 1)]
    {
        let query = TicketQuery { inbox: Inbox::All, q: q.into(), ..TicketQuery::default() };
        assert_eq!(two.replica.tickets(&query).await.unwrap().total, total, "{q}");
    }
    // Search knows it.
    let found = two.replica.search("katering", Calendar::default()).await.unwrap();
    assert_eq!(found.hits.len(), 1);
    change(&two, &ticket, Property::Untagged("katering".into())).await;
    one.thread(ticket.id, |thread| thread.ticket.internal.tags.is_empty()).await;
    assert!(one.replica.tags().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_written_offline_calls_its_colleague() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas Wibowo").await);
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let proxy = Proxy::to(&app.url).await;
    let (one, two) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    one.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    proxy.cut();
    one.write(Uuid::now_v7(), &ticket, Act::Note { note: "@Dimas Wibowo tolong cek tenda".into() }).await;
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = two.thread(ticket.id, |thread| !thread.notes.is_empty()).await;
    let called = thread.events.iter().find_map(|event| match &event.body {
        EventBody::Note { mentions, .. } => Some(mentions.clone()),
        _ => None,
    });
    assert_eq!(called, Some(vec![PersonRef { id: dimas.person.id, name: "Dimas Wibowo".into() }]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_called_without_a_line_has_a_ticket_once_there_is_one() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari Wulandari").await, app.staff("Kadek").await);
    let order = app.order(&sari, "GO-2291").await;
    let before = app.ticket(&sari, "Dekorasi").await;
    let proxy = Proxy::to(&app.url).await;
    let one = Desk::live(&proxy.url, &kadek).await;
    one.thread(before.id, |thread| !thread.messages.is_empty()).await;
    for q in ["wulan", "sari w", &sari.person.email, "go-2291", ""] {
        let found = one.replica.find_customers(q).await.unwrap();
        assert_eq!(found.iter().map(|it| it.person.id).collect::<Vec<_>>(), [sari.person.id], "{q}");
        assert_eq!((found[0].orders[0].number.as_str(), found[0].active), ("GO-2291", 1));
    }
    assert!(one.replica.find_customers("kadek").await.unwrap().is_empty(), "no customer");
    proxy.cut();
    let form = FileForm {
        customer: PersonRef { id: sari.person.id, name: sari.person.name.clone() },
        subject: " Kursi tambahan ".into(),
        category: Category::Vendor,
        priority: Priority::High,
        order: Some(order.number),
        message: "Sari menelepon: kursi tambah 20.".into(),
        take: true,
        link: Some(before.id),
        splits: None,
    };
    let now = chrono::Utc::now();
    let broken = one.replica.file_ticket(Uuid::now_v7(), FileForm { subject: " ".into(), ..form.clone() }, now).await;
    assert!(matches!(broken, Err(ReplicaError::Invalid { field: "subject", .. })), "{broken:?}");
    let id = Uuid::now_v7();
    let item = one.replica.file_ticket(id, form.clone(), now).await.unwrap();
    assert_eq!((item.subject.as_str(), item.customer.as_str()), ("Kursi tambahan", "Sari Wulandari"));
    assert_eq!(one.replica.file_ticket(id, form.clone(), now).await.unwrap(), item, "once");
    assert!(one.replica.thread(id).await.is_err(), "it has no number yet");
    // One that has not left is taken back.
    let other = Uuid::now_v7();
    one.replica.file_ticket(other, form, now).await.unwrap();
    one.replica.withdraw(other).await.unwrap();
    assert_eq!(one.replica.outbox().await.unwrap().len(), 1);
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = one.thread(id, |thread| thread.ticket.n >= 4 && thread.unsent.is_empty()).await;
    assert_eq!((thread.ticket.assigned_to, thread.messages[0].sender_type), (Some(kadek.person.id), SenderType::Admin));
    assert!(thread.ticket.internal.is_linked(before.id));
    assert!(one.replica.outbox().await.unwrap().is_empty());
    assert_eq!(one.replica.navigation().await.unwrap().mine, 1);
}
