//! Following one ticket: however much there is to tell, none of it waits for the next change.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use gemilang_protocol::{PersonRef, Priority, SenderType};
use gemilang_service::domain::Actor;
use gemilang_service::domain::tickets::{self, Edit, Intent};
use gemilang_service::testing::TestApp;

/// More than one reading brings.
const CHANGES: i64 = 1_100;

#[tokio::test]
async fn more_than_one_reading_is_told_at_once_and_what_nobody_can_read_holds_nothing_up() {
    let app = TestApp::start().await;
    let (roro, rina) = (app.customer("Raden Roro").await, app.staff("Rina Puspitasari").await);
    let ticket = app.file(&roro, "Akad dimajukan", "low").await;
    let person = PersonRef { id: rina.person.id, name: rina.person.name.clone() };
    let staff = Actor { person, side: SenderType::Admin };
    for n in 2..=CHANGES {
        let priority = Some(if n % 2 == 0 { Priority::High } else { Priority::Low });
        let edit = Intent::Edit(Edit { priority, ..Edit::default() });
        tickets::act(&app.app, ticket.id, &staff, edit).await.expect("changed");
    }
    // As a newer service on the same database writes them: a whole reading of them.
    sqlx::query("update ticket_events set kind = 'survey' where ticket_id = $1 and n between 501 and 1000")
        .bind(ticket.id)
        .execute(&app.app.db)
        .await
        .expect("renamed");
    let mut changes = pin!(app.app.hub.follow_ticket(&app.app, ticket.id, None).expect("followed"));
    for n in (1..=500).chain(1_001..=CHANGES) {
        let change = tokio::time::timeout(Duration::from_secs(10), changes.next()).await;
        let (_, change) = change.unwrap_or_else(|_| panic!("{n} is not told")).expect("a change");
        assert_eq!(change.event.n, n);
    }
}
