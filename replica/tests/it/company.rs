//! Who else is at a ticket: known while the line stands, and said again with each new one.

use std::time::Duration;

use gemilang_protocol::desk::views::Line;
use gemilang_protocol::{Company, Present, SenderType};
use gemilang_service::testing::TestApp;

use crate::desk::{Desk, PATIENCE};
use crate::proxy::Proxy;

async fn until(desk: &Desk, wanted: impl Fn(&Company) -> bool) {
    let mut company = desk.engine.company();
    let reached = tokio::time::timeout(PATIENCE, company.wait_for(wanted)).await;
    assert!(reached.is_ok(), "{:?}", desk.engine.company().borrow());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_desks_see_each_other_for_as_long_as_they_have_a_line() {
    let app = TestApp::start().await;
    let (sari, kadek, dimas) = (app.customer("Sari").await, app.staff("Kadek").await, app.staff("Dimas").await);
    let ticket = app.ticket(&sari, "Dekorasi").await.id;
    let proxy = Proxy::to(&app.url).await;
    let (one, two) = (Desk::live(&app.url, &kadek).await, Desk::live(&proxy.url, &dimas).await);
    one.engine.looking(Some(ticket));
    two.engine.looking(Some(ticket));
    let at = |person| Present { ticket, person, side: SenderType::Admin };
    let (kadek, dimas) = (at(kadek.person.id), at(dimas.person.id));
    until(&one, |company| company.here == [dimas]).await;
    until(&two, |company| company.here == [kadek]).await;
    two.engine.typing(ticket, true);
    until(&one, |company| company.typing == [dimas]).await;
    // Who writes no more is not said to for long.
    let begun = std::time::Instant::now();
    until(&one, |company| company.typing.is_empty()).await;
    assert!(begun.elapsed() < Duration::from_secs(Present::TYPING_SECONDS + 6));

    proxy.cut();
    until(&two, |company| *company == Company::default()).await;
    until(&one, |company| company.here.is_empty()).await;
    two.line(|line| matches!(line, Line::Offline { .. })).await;
    proxy.mend(&app.url);
    two.engine.nudge();
    until(&one, |company| company.here == [dimas]).await;
    until(&two, |company| company.here == [kadek]).await;
    // Whoever leafs on is told of where they stop.
    for _ in 0..20 {
        two.engine.looking(Some(uuid::Uuid::now_v7()));
    }
    two.engine.looking(None);
    until(&one, |company| company.here.is_empty()).await;
}
