//! Whose words they are: a session that ends keeps them, another person on the same computer never sends nor sees them, and their author coming back sends them.

use std::time::Duration;

use gemilang_protocol::desk::views::{Inbox, Line, OpState, TicketQuery};
use gemilang_replica::engine::Clock;
use gemilang_replica::{Engine, Link, Replica, link};
use gemilang_service::testing::{Credentials, PASSWORD, TestApp, start_of_time};

use crate::desk::{Desk, PATIENCE, at_the_service, settled};

/// Signs in as a person does, on a computer that others use too.
async fn sign_in(app: &TestApp, who: &Credentials, computer: &std::path::Path) -> (Replica, Engine) {
    let session = link::sign_in(&app.url, &who.person.email, PASSWORD).await.unwrap();
    let file = Replica::file_for(computer, &app.url, session.user.id);
    let replica = Replica::open(&file, session.user).await.unwrap();
    let engine = Engine::start(replica.clone(), Link::new(&app.url, &session.token).unwrap(), Clock::system(), 7);
    (replica, engine)
}

async fn until(engine: &Engine, line: Line) {
    let mut status = engine.status();
    tokio::time::timeout(PATIENCE, status.wait_for(|status| status.line == line)).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_wait_for_their_author_and_for_nobody_else() {
    let clock = gemilang_service::Clock::at(start_of_time());
    let app = TestApp::start_with(clock.clone()).await;
    let (sari, kadek, rina) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Rina").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let computer = tempfile::tempdir().unwrap();
    let (replica, engine) = sign_in(&app, &kadek, computer.path()).await;
    until(&engine, Line::Live).await;

    // A month goes by, and with it the session; what is written then is asked to wait for a sign-in.
    clock.forward(Duration::from_secs(31 * 86_400));
    let act = gemilang_protocol::Act::Reply { message: "Rahasia saya dan pelanggan".to_owned() };
    let op = uuid::Uuid::now_v7();
    replica.write(op, ticket.id, act, chrono::Utc::now()).await.unwrap();
    until(&engine, Line::SessionEnded).await;
    let waiting = replica.outbox().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].state), (1, OpState::Queued));
    assert_eq!(at_the_service(&app, &ticket).await.len(), 1);
    engine.stop().await;
    replica.close().await.unwrap();

    // Somebody else sits down, works, and gets up again.
    let (hers, engine) = sign_in(&app, &rina, computer.path()).await;
    until(&engine, Line::Live).await;
    assert!(hers.outbox().await.unwrap().is_empty());
    assert!(hers.thread(ticket.id).await.unwrap().unsent.is_empty());
    let secret = TicketQuery { q: "rahasia".into(), inbox: Inbox::All, ..TicketQuery::default() };
    assert_eq!(hers.tickets(&secret).await.unwrap().total, 0);
    let act = gemilang_protocol::Act::Note { note: "Saya lihat dulu".to_owned() };
    hers.write(uuid::Uuid::now_v7(), ticket.id, act, chrono::Utc::now()).await.unwrap();
    let mut changes = hers.changes();
    let sent = async {
        while !hers.outbox().await.unwrap().is_empty() {
            changes.recv().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, sent).await.unwrap();
    assert_eq!(at_the_service(&app, &ticket).await.len(), 1);
    engine.stop().await;
    hers.close().await.unwrap();

    let (replica, engine) = sign_in(&app, &kadek, computer.path()).await;
    let desk = Desk { replica, engine, who: kadek.clone(), dir: computer };
    let thread = desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    assert_eq!(thread.messages[1].id, op);
    assert_eq!(thread.messages[1].sender.as_ref().map(|who| who.id), Some(kadek.person.id));
    assert_eq!(at_the_service(&app, &ticket).await[1], "Rahasia saya dan pelanggan");
}
