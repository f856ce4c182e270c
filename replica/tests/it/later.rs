//! Snooze and send later on the desk: what is put off leaves one's own view at once, also without a line; what waits to be sent stands in everybody's conversation.

use chrono::TimeDelta;
use gemilang_protocol::desk::views::{Inbox, Sort, TicketQuery};
use gemilang_protocol::{Act, Time};
use gemilang_service::testing::TestApp;
use uuid::Uuid;

use crate::desk::Desk;
use crate::proxy::Proxy;

async fn listed(desk: &Desk, inbox: Inbox) -> (Vec<Uuid>, u64) {
    let query = TicketQuery { inbox, ..TicketQuery::default() };
    let list = desk.replica.tickets(&query).await.unwrap();
    for sort in Sort::ALL {
        let sorted = desk.replica.tickets(&TicketQuery { sort, ..query.clone() }).await.unwrap();
        assert_eq!((sorted.rows.len() as u64, sorted.total), (list.total, list.total), "{sort:?} of {inbox:?}");
    }
    (list.rows.iter().map(|row| row.id).collect(), list.total)
}

fn far() -> Time {
    chrono::Utc::now() + TimeDelta::days(30)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_put_off_leaves_ones_own_view_and_nobody_elses() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let (ticket, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Kursi").await);
    let proxy = Proxy::to(&app.url).await;
    let (one, two) = (Desk::live(&proxy.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    for ticket in [&ticket, &other] {
        one.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
        one.write(Uuid::now_v7(), ticket, Act::Assign { from: None, to: Some(kadek.person.id) }).await;
        one.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    }
    // Without a line as with one.
    proxy.cut();
    one.write(Uuid::now_v7(), &ticket, Act::Snooze { until: Some(far()) }).await;
    assert_eq!(listed(&one, Inbox::Mine).await, (vec![other.id], 1));
    assert_eq!(listed(&one, Inbox::Snoozed).await, (vec![ticket.id], 1));
    let counts = one.replica.navigation().await.unwrap();
    assert_eq!((counts.mine, counts.snoozed, counts.active), (1, 1, 2));
    assert!(listed(&one, Inbox::Active).await.0.contains(&ticket.id), "the team's view holds it");
    proxy.mend(&app.url);
    one.engine.nudge();
    let thread = one.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    assert_eq!(thread.ticket.internal.snoozes.len(), 1);
    assert_eq!(listed(&one, Inbox::Snoozed).await.1, 1);

    two.thread(ticket.id, |thread| !thread.ticket.internal.snoozes.is_empty()).await;
    assert_eq!(listed(&two, Inbox::Snoozed).await.1, 0, "it is put off by its person alone");
    one.write(Uuid::now_v7(), &ticket, Act::Wake {}).await;
    assert_eq!(listed(&one, Inbox::Mine).await.1, 2);
    two.thread(ticket.id, |thread| thread.ticket.internal.snoozes.is_empty()).await;
    one.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    assert_eq!(listed(&one, Inbox::Mine).await.1, 2);
    // A time that has passed brings it back by itself, whatever the service has said.
    one.write(Uuid::now_v7(), &ticket, Act::Snooze { until: Some(chrono::Utc::now() - TimeDelta::seconds(1)) }).await;
    assert_eq!(listed(&one, Inbox::Mine).await.1, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_to_be_sent_stands_in_everybodys_conversation_and_comes_back_as_a_draft() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let ticket = app.ticket(&sari, "Dekorasi").await;
    let (one, two) = (Desk::live(&app.url, &kadek).await, Desk::live(&app.url, &dimas).await);
    one.thread(ticket.id, |thread| !thread.messages.is_empty()).await;
    one.replica.save_draft(ticket.id, false, "Besok, Kak", chrono::Utc::now()).await.unwrap();
    let later = Uuid::now_v7();
    one.write(later, &ticket, Act::SendLater { message: "Besok, Kak.".into(), at: far() }).await;
    let thread = two.thread(ticket.id, |thread| !thread.ticket.internal.later.is_empty()).await;
    let waits = &thread.ticket.internal.later[0];
    assert_eq!((waits.id, waits.message.as_str(), waits.author.id), (later, "Besok, Kak.", kadek.person.id));
    let own = one.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
    assert_eq!((own.draft_reply.as_str(), own.ticket.internal.later.len()), ("", 1));

    let now = chrono::Utc::now();
    one.replica.call_off(Uuid::now_v7(), ticket.id, later, true, false, now).await.unwrap();
    let own = one.replica.thread(ticket.id).await.unwrap();
    assert_eq!((own.draft_reply.as_str(), own.ticket.internal.later.len()), ("Besok, Kak.", 0));
    two.thread(ticket.id, |thread| thread.ticket.internal.later.is_empty()).await;
    assert!(one.replica.call_off(Uuid::now_v7(), ticket.id, later, true, false, now).await.is_err(), "once");
}
