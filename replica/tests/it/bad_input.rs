//! What the service refuses: it stays in the outbox with its reason, for a person to act on, and everything else goes on.

use gemilang_protocol::desk::views::{OpState, TakenBack};
use gemilang_protocol::{Act, Code};
use gemilang_service::testing::TestApp;
use sqlx::Connection;
use uuid::Uuid;

use crate::desk::{Desk, at_the_service, settled};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_op_stays_with_its_reason_and_the_others_go_on() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let (ticket, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Katering").await);
    let desk = Desk::live(&app.url, &kadek).await;
    desk.thread(other.id, |_| true).await;
    let nobody = Uuid::now_v7();
    desk.write(Uuid::now_v7(), &ticket, Act::Assign { from: None, to: Some(nobody) }).await;
    desk.reply(&ticket, "Tetap terkirim.").await;
    desk.reply(&other, "Ini juga.").await;
    let thread = desk
        .thread(ticket.id, |thread| {
            thread.messages.len() == 2 && thread.unsent.len() == 1 && thread.unsent[0].state == OpState::Failed
        })
        .await;
    assert_eq!(thread.unsent[0].reason, Some(Code::Validation));
    assert_eq!(thread.ticket.assigned_to, None, "what was refused is not shown as if it were so");
    desk.thread(other.id, |thread| settled(thread, 2)).await;
    // Words that break a rule are refused where they are written.
    let long = Act::Reply { message: "x".repeat(10 * 1024 * 1024) };
    assert!(desk.replica.write(Uuid::now_v7(), ticket.id, long, chrono::Utc::now()).await.is_err());
    assert_eq!(desk.replica.withdraw(thread.unsent[0].op_id).await.unwrap(), TakenBack::Done);
    desk.thread(ticket.id, |thread| thread.unsent.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_service_stumbles_over_keeps_no_other_ticket_back_and_is_given_up() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let (ticket, other) = (app.ticket(&sari, "Dekorasi").await, app.ticket(&sari, "Katering").await);
    let mut connection = sqlx::PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::raw_sql(
        "create function stumble() returns trigger language plpgsql as $$
            begin if new.message like '%tersandung%' then raise exception 'a fault of ours'; end if; return new; end $$;
        create trigger stumble before insert on chat_messages for each row execute function stumble()",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let desk = Desk::live(&app.url, &kadek).await;
    desk.thread(other.id, |_| true).await;
    let bad = desk.reply(&ticket, "tersandung").await;
    let behind = desk.reply(&ticket, "Di belakangnya").await;
    desk.reply(&other, "Ini terkirim.").await;
    desk.thread(other.id, |thread| settled(thread, 2)).await;
    let thread =
        desk.thread(ticket.id, |thread| thread.unsent.first().is_some_and(|it| it.state == OpState::Failed)).await;
    assert_eq!((thread.unsent[0].op_id, thread.unsent[0].reason), (bad, Some(Code::Unknown)));
    assert_eq!((thread.unsent[1].op_id, thread.unsent[1].state), (behind, OpState::Queued));
    // Whether a fault struck before or after it landed nobody knows here: the service is asked.
    assert_eq!(desk.replica.withdraw(bad).await.unwrap(), TakenBack::Asked);
    desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    assert_eq!(at_the_service(&app, &ticket).await[1..], ["Di belakangnya"]);
}
