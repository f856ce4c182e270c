//! Snooze and send later: done by the service when the time has come, once, whichever process lives, and never past a customer who wrote first.

use std::time::Duration;

use chrono::TimeDelta;
use gemilang_protocol::internal::Hold;
use gemilang_protocol::{Act, Op, Outcome, PersonRef, SenderType, Ticket, Time};
use gemilang_service::domain::tickets::{self, due};
use gemilang_service::domain::{Actor, messages};
use gemilang_service::testing::{Credentials, TestApp};
use serde_json::json;
use uuid::Uuid;

use crate::client::Client;

fn op(ticket: &Ticket, seen_n: i64, now: Time, act: Act) -> Op {
    Op { op_id: Uuid::now_v7(), ticket_id: ticket.id, seen_n, written_at: now, act }
}

async fn push(client: &Client, op: &Op) -> Outcome {
    client.push(std::slice::from_ref(op)).await.remove(0).outcome
}

async fn write(app: &TestApp, who: &Credentials, ticket: &Ticket, text: &str) {
    let person = PersonRef { id: who.person.id, name: who.person.name.clone() };
    let actor = Actor { person, side: SenderType::Customer };
    messages::send(&app.app, &actor, ticket.id, Uuid::now_v7(), text).await.expect("it is sent");
}

async fn texts(app: &TestApp, ticket: Uuid) -> Vec<(SenderType, String)> {
    let whole = tickets::whole(&app.app, ticket, 1_000).await.expect("the ticket");
    whole.messages.into_iter().map(|it| (it.sender_type, it.message)).collect()
}

async fn head(app: &TestApp, ticket: Uuid) -> Ticket {
    tickets::find_for_staff(&app.app, ticket).await.expect("the ticket")
}

async fn scene() -> (TestApp, Credentials, Credentials, Ticket) {
    let app = TestApp::start().await;
    let (sari, roro) = (app.staff("Sari").await, app.customer("Raden Roro").await);
    let ticket = app.file(&roro, "Akad dimajukan", "medium").await;
    (app, sari, roro, ticket)
}

#[tokio::test]
async fn a_reply_is_sent_when_its_time_has_come_once_by_whoever_is_there() {
    let (app, sari, _, ticket) = scene().await;
    let other = app.second().await;
    let client = Client::new(&app, &sari);
    let now = app.app.clock.now();
    let at = now + TimeDelta::hours(2);
    let asked = op(&ticket, 1, now, Act::SendLater { message: "Besok kami kabari, Kak.".into(), at });
    assert!(matches!(push(&client, &asked).await, Outcome::Landed { n: 2, .. }));
    assert!(matches!(push(&client, &asked).await, Outcome::Landed { n: 2, .. }), "the same op has the same answer");
    let waits = head(&app, ticket.id).await.internal;
    assert_eq!((waits.later.len(), waits.later[0].id, waits.due_at()), (1, asked.op_id, Some(at)));
    due::round(&app.app).await.expect("a round");
    assert_eq!(texts(&app, ticket.id).await.len(), 1, "not before");

    // The process that was asked is gone; two others look at the same moment, again and again.
    app.app.clock.forward(Duration::from_secs(7_200));
    let rounds = (0..8).map(|n| due::round(if n % 2 == 0 { &app.app } else { &other.app }));
    futures_util::future::try_join_all(rounds).await.expect("rounds");
    let sent = texts(&app, ticket.id).await;
    assert_eq!(sent[1..], [(SenderType::Admin, "Besok kami kabari, Kak.".to_owned())]);
    let after = head(&app, ticket.id).await;
    assert!(after.internal.is_empty() && after.first_responded_at.is_some());
    assert_eq!(due::round(&app.app).await.expect("a round"), 0);

    // It has left: it cannot be called off any more.
    let late = op(&ticket, after.n, now, Act::CallOff { id: asked.op_id, now: false });
    assert!(matches!(push(&client, &late).await, Outcome::Refused { .. }));
}

#[tokio::test]
async fn whoever_writes_first_holds_it_back() {
    let (app, sari, roro, ticket) = scene().await;
    let client = Client::new(&app, &sari);
    let now = app.app.clock.now();
    let at = now + TimeDelta::hours(1);
    let asked = op(&ticket, 1, now, Act::SendLater { message: "Jadi jam 7, Kak.".into(), at });
    push(&client, &asked).await;
    write(&app, &roro, &ticket, "Jamnya berubah lagi, Mbak.").await;
    assert_eq!(head(&app, ticket.id).await.internal.later[0].held, Some(Hold::CustomerWrote));
    app.app.clock.forward(Duration::from_secs(7_200));
    due::round(&app.app).await.expect("a round");
    assert_eq!(texts(&app, ticket.id).await.len(), 2, "it was not sent");
    let n = head(&app, ticket.id).await.n;
    assert!(matches!(
        push(&client, &op(&ticket, n, now, Act::CallOff { id: asked.op_id, now: false })).await,
        Outcome::Landed { .. }
    ));
    assert!(head(&app, ticket.id).await.internal.is_empty());

    // Or it is sent now, once, whoever decides so.
    let again =
        op(&ticket, n + 1, now, Act::SendLater { message: "Jadi jam 8, Kak.".into(), at: at + TimeDelta::hours(9) });
    push(&client, &again).await;
    let send = op(&ticket, n + 2, now, Act::CallOff { id: again.op_id, now: true });
    assert!(matches!(push(&client, &send).await, Outcome::Landed { .. }));
    let twice = op(&ticket, n + 3, now, Act::CallOff { id: again.op_id, now: true });
    assert!(matches!(push(&client, &twice).await, Outcome::Refused { .. }));
    assert_eq!(texts(&app, ticket.id).await.iter().filter(|it| it.1 == "Jadi jam 8, Kak.").count(), 1);

    // One that is written without having seen what is there is held at once, as any reply.
    let blind = op(&ticket, 1, now - TimeDelta::minutes(5), Act::SendLater { message: "Jam 7".into(), at });
    assert!(matches!(push(&client, &blind).await, Outcome::Held { .. }));
}

#[tokio::test]
async fn a_snooze_ends_by_itself_or_with_the_customers_word_and_is_its_persons_own() {
    let (app, sari, roro, ticket) = scene().await;
    let bagas = app.staff("Bagas").await;
    let (sari_at, bagas_at) = (Client::new(&app, &sari), Client::new(&app, &bagas));
    let now = app.app.clock.now();
    let until = Some(now + TimeDelta::hours(1));
    push(&sari_at, &op(&ticket, 1, now, Act::Snooze { until })).await;
    push(&bagas_at, &op(&ticket, 1, now, Act::Snooze { until: None })).await;
    let people =
        async || head(&app, ticket.id).await.internal.snoozes.iter().map(|it| it.person.id).collect::<Vec<_>>();
    assert_eq!(people().await, [sari.person.id, bagas.person.id]);
    app.app.clock.forward(Duration::from_secs(3_600));
    due::round(&app.app).await.expect("a round");
    assert_eq!(people().await, [bagas.person.id]);
    write(&app, &roro, &ticket, "Mbak?").await;
    assert_eq!(people().await, [] as [Uuid; 0]);
    push(&sari_at, &op(&ticket, 1, now, Act::Snooze { until: None })).await;
    push(&sari_at, &op(&ticket, 1, now, Act::Wake {})).await;
    assert_eq!(people().await, [] as [Uuid; 0]);
    let far = op(&ticket, 1, now, Act::Snooze { until: Some(now + TimeDelta::days(900)) });
    assert!(matches!(push(&sari_at, &far).await, Outcome::Refused { .. }));
}

#[tokio::test]
async fn a_customer_hears_nothing_of_it() {
    let (app, sari, roro, ticket) = scene().await;
    let client = Client::new(&app, &sari);
    let now = app.app.clock.now();
    let at = now + TimeDelta::hours(1);
    push(&client, &op(&ticket, 1, now, Act::SendLater { message: "Rahasia dulu".into(), at })).await;
    push(&client, &op(&ticket, 1, now, Act::Snooze { until: Some(at) })).await;
    let (status, staff) = client.get(&format!("/admin/support/tickets/{}", ticket.id)).await;
    assert!(status == 200 && staff.to_string().contains("Rahasia dulu"), "staff see it: {staff}");
    let http = reqwest::Client::new();
    for path in ["", "/messages"] {
        for accept in ["text/html", "application/json"] {
            let page = http
                .get(app.at(&format!("/customer/support/tickets/{}{path}", ticket.id)))
                .header("cookie", format!("gemilang_session={}", roro.token))
                .header("accept", accept)
                .send()
                .await
                .expect("an answer");
            assert_eq!(page.status().as_u16(), 200);
            let text = page.text().await.expect("a page");
            for word in ["Rahasia", "snooze", "send_later", "internal"] {
                assert!(!text.contains(word), "{word} in {path} as {accept}: {text}");
            }
        }
    }
    let heard = gemilang_service::feed::read::thread(&app.app, ticket.id, 0).await.expect("a conversation");
    assert_eq!(heard.changes.len(), 1);
    assert_eq!(json!(heard.changes[0].ticket).get("internal"), None);
}
