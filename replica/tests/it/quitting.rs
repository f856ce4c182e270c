//! Quitting while words are on the wire: it does not wait for an answer that never comes, and loses nothing.

use std::time::{Duration, Instant};

use gemilang_protocol::desk::views::{Line, OpState};
use gemilang_replica::engine::Clock;
use gemilang_replica::{Engine, Link, Replica};
use gemilang_service::testing::TestApp;

use crate::desk::{Desk, at_the_service, settled, user};
use crate::proxy::Proxy;

/// Nobody waits longer for an app to end.
const FAREWELL: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_on_the_wire_when_the_desk_ends_lands_once() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let other = app.ticket(&sari, "Katering").await;
    let proxy = Proxy::to(&app.url).await;
    let mut desk = Desk::live(&proxy.url, &kadek).await;
    desk.thread(other.id, |_| true).await;
    for round in 1..=3 {
        // Once the answer is lost, once nothing arrives, once the line has just been cut.
        match round {
            1 => proxy.swallow_next_push_and_cut(),
            2 => proxy.deaden(),
            _ => proxy.cut_at_next_push(),
        }
        desk.reply(&ticket, &format!("Bagian {round}")).await;
        desk.reply(&other, &format!("Bagian {round}")).await;
        desk.thread(ticket.id, |thread| thread.unsent.iter().any(|it| it.state == OpState::Sending || it.perhaps_sent))
            .await;
        let Desk { replica, engine, who, dir } = desk;
        let begun = Instant::now();
        engine.stop().await;
        replica.close().await.unwrap();
        assert!(begun.elapsed() < FAREWELL, "after {:?}", begun.elapsed());
        drop(replica);

        let file = Replica::file_for(dir.path(), &proxy.url, who.person.id);
        let replica = Replica::open(&file, user(&who)).await.unwrap();
        let unsent = replica.outbox().await.unwrap();
        assert!(unsent.iter().all(|item| item.state == OpState::Queued), "{unsent:?}");
        proxy.mend(&app.url);
        let engine = Engine::start(replica.clone(), Link::new(&proxy.url, &who.token).unwrap(), Clock::system(), round);
        desk = Desk { replica, engine, who, dir };
        desk.line(|line| *line == Line::Live).await;
        for ticket in [&ticket, &other] {
            desk.thread(ticket.id, |thread| settled(thread, 1 + round as usize)).await;
        }
    }
    for ticket in [&ticket, &other] {
        assert_eq!(at_the_service(&app, ticket).await[1..], ["Bagian 1", "Bagian 2", "Bagian 3"]);
    }
}
