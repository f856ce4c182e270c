//! The bootstrap: parts that are read while the feed brings news, breaks at any byte, old conversations, and starting afresh after a restore.

use std::time::Duration;

use gemilang_protocol::desk::views::{Inbox, Line, OpState, TicketQuery};
use gemilang_protocol::order::OrderStatus;
use gemilang_protocol::{Cursor, Order, Page, PersonRef, Role, Row, Zone};
use gemilang_replica::page::IncomingPart;
use gemilang_replica::{Applied, Link, Replica};
use gemilang_service::testing::TestApp;
use sqlx::Connection;
use uuid::Uuid;

use crate::desk::{Desk, at_the_service, customer_says, settled, texts};
use crate::proxy::Proxy;
use crate::sample::{ME, RINA, SARI, Story, at, id, me, person};

/// A part as the service makes it.
fn part(from: Option<&str>, to: Option<&str>, rows: Vec<Row>) -> IncomingPart {
    let cursor = |text: &str| Cursor(text.to_owned());
    IncomingPart {
        from: from.map(cursor),
        to: to.map(cursor),
        feed: cursor("0"),
        rows: rows.into_iter().map(Into::into).collect(),
        tickets: 1,
    }
}

async fn feed(replica: &Replica, from: &str, to: &str, rows: Vec<Row>) {
    let (from, to) = (Some(Cursor(from.to_owned())), Cursor(to.to_owned()));
    let page = Page { from, to, rows, more: false, complete_to: Some(at(0)) };
    assert_eq!(replica.apply(page.into(), true).await.unwrap(), Applied::Done);
}

fn order(venue: &str) -> Row {
    Row::Order(Order {
        id: id(7),
        number: "GO-1".to_owned(),
        customer: PersonRef { id: SARI, name: "Sari".to_owned() },
        package: "Kencana".to_owned(),
        event_date: "2026-12-01".parse().unwrap(),
        venue: venue.to_owned(),
        zone: Zone::Wib,
        status: OrderStatus::Confirmed,
    })
}

fn named(name: &str) -> Row {
    Row::Person(person(RINA, name, Role::Agent))
}

async fn shown(replica: &Replica, story: &Story) -> (Vec<String>, String) {
    let names = replica.staff().await.unwrap().into_iter().map(|it| it.name).collect();
    (names, replica.thread(story.id()).await.unwrap().order.unwrap().venue)
}

#[tokio::test]
async fn a_part_that_was_under_way_undoes_nothing_that_the_feed_has_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = Replica::file_for(dir.path(), "https://desk.gemilangwo.id", ME);
    let replica = Replica::open(&file, me()).await.unwrap();
    let mut story = Story::new(1042, "Dekorasi");
    story.0.order = Some("GO-1".to_owned());
    let first = vec![story.filed("Vendor dekorasi belum tiba."), named("Rina"), order("Pendopo")];
    replica.apply_part(part(None, Some("people"), first)).await.unwrap();
    // The next part is read at the service; before it is here, the feed tells of what changed behind it.
    feed(&replica, "0", "1", vec![named("Rina Puspitasari"), order("Ballroom")]).await;
    let late = vec![named("Rina"), order("Pendopo")];
    replica.apply_part(part(Some("people"), None, late.clone())).await.unwrap();
    let newer = (vec!["Rina Puspitasari".to_owned()], "Ballroom".to_owned());
    assert_eq!(shown(&replica, &story).await, newer);
    feed(&replica, "1", "2", vec![named("Rina P."), order("Taman")]).await;
    assert_eq!(shown(&replica, &story).await, (vec!["Rina P.".to_owned()], "Taman".to_owned()), "the feed goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_sync_says_how_far_it_is_and_ends_whole() {
    let app = TestApp::start().await;
    let kadek = app.staff("Kadek").await;
    let mut tickets = 0;
    for customer in 0..4 {
        let sari = app.customer(&format!("Pelanggan {customer}")).await;
        for number in 0..5 {
            app.ticket(&sari, &format!("Tiket {number}")).await;
            tickets += 1;
        }
    }
    let desk = Desk::start(&app.url, &kadek).await;
    desk.line(|line| matches!(line, Line::FirstSync { .. } | Line::Live)).await;
    desk.line(|line| *line == Line::Live).await;
    assert_eq!(desk.replica.tickets_here().await.unwrap(), tickets);
    assert!(desk.replica.standing().await.unwrap().first_sync_done);
    assert!(desk.replica.staff().await.unwrap().iter().any(|person| person.id == kadek.person.id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_sync_that_breaks_at_any_byte_goes_on_where_it_was() {
    let app = TestApp::start().await;
    let kadek = app.staff("Kadek").await;
    let mut last = None;
    for customer in 0..30 {
        let sari = app.customer(&format!("Pelanggan {customer}")).await;
        for number in 0..10 {
            last = Some((sari.clone(), app.ticket(&sari, &format!("Tiket {number}")).await));
        }
    }
    let (sari, newest) = last.unwrap();
    let proxy = Proxy::to(&app.url).await;
    // Every connection breaks after a little more than the one before.
    proxy.break_after(3_000);
    let desk = Desk::start(&proxy.url, &kadek).await;
    desk.line_with_impatience(|line| matches!(line, Line::FirstSync { done, of: 300 } if *done > 0)).await;
    // The newest tickets are there to work with while the rest still comes.
    let thread = desk.thread(newest.id, |_| true).await;
    assert_eq!(thread.messages.len(), 1);
    customer_says(&app, &sari, &newest, "Sudah masuk?").await;
    desk.reply(&newest, "Sudah, Kak.").await;
    desk.line_with_impatience(|line| *line == Line::Live).await;
    assert!(proxy.broken() > 150, "{}", proxy.broken());
    assert_eq!(desk.replica.tickets_here().await.unwrap(), 300);
    let thread = desk.thread(newest.id, |thread| settled(thread, 3)).await;
    assert!(!thread.partial);
    assert!(desk.replica.standing().await.unwrap().first_sync_done);
    assert_eq!(at_the_service(&app, &newest).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_conversation_is_fetched_when_it_is_opened_and_kept() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Tahun lalu").await;
    customer_says(&app, &sari, &ticket, "Terima kasih, Kak.").await;
    let mut connection = sqlx::PgConnection::connect(app.database_url()).await.unwrap();
    sqlx::query(
        "update support_tickets set status = 'resolved', last_message_at = last_message_at - interval '1 year'",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    let link = Link::new(&app.url, &kadek.token).unwrap();
    // Transactions of other tests, in other databases of the cluster, hold the feed's place back for a moment.
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    loop {
        let feed = link.bootstrap(None).await.unwrap().feed;
        if link.pull(Some(&feed)).await.unwrap().rows.is_empty() {
            break;
        }
        ticks.tick().await;
    }
    let desk = Desk::live(&app.url, &kadek).await;
    let thread = desk.replica.thread(ticket.id).await.unwrap();
    assert_eq!((thread.messages.len(), thread.partial), (0, true));
    // A word that comes now is here, and what was before it is still known to be missing.
    customer_says(&app, &sari, &ticket, "Halo lagi").await;
    let thread = desk.thread(ticket.id, |thread| thread.messages.len() == 1).await;
    assert!(thread.partial);
    for _ in 0..2 {
        desk.replica.keep_thread(link.thread(ticket.id).await.unwrap()).await.unwrap();
        let thread = desk.replica.thread(ticket.id).await.unwrap();
        assert_eq!((thread.messages.len(), thread.partial), (3, false));
    }
    let wanted = TicketQuery { q: "terima kasih".into(), inbox: Inbox::All, ..TicketQuery::default() };
    assert_eq!(desk.replica.tickets(&wanted).await.unwrap().total, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_restore_of_the_service_lost_is_offered_again() {
    let app = TestApp::start().await;
    let (sari, kadek) = (app.customer("Sari").await, app.staff("Kadek").await);
    let ticket = app.ticket(&sari, "Dekorasi belum datang").await;
    let proxy = Proxy::to(&app.url).await;
    let desk = Desk::live(&proxy.url, &kadek).await;
    desk.reply(&ticket, "Sebelum cadangan").await;
    desk.thread(ticket.id, |thread| settled(thread, 2)).await;
    let gone = app.ticket(&sari, "Setelah cadangan").await;
    let lost = desk.reply(&ticket, "Setelah cadangan").await;
    desk.thread(ticket.id, |thread| settled(thread, 3)).await;
    desk.thread(gone.id, |_| true).await;
    proxy.cut();
    desk.line(|line| matches!(line, Line::Offline { .. })).await;
    let unsent = desk.reply(&ticket, "Belum terkirim").await;

    // The database as it was before, in another cluster.
    let mut connection = sqlx::PgConnection::connect(app.database_url()).await.unwrap();
    let script = format!(
        "delete from support_tickets where id = '{}';
        delete from ticket_events where op_id = '{lost}';
        delete from chat_messages where id = '{lost}';
        update support_tickets set last_n = last_n - 1;
        update feed_generations set system_identifier = 'elsewhere'",
        gone.id
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(&mut connection).await.unwrap();
    let restored = app.second().await;
    proxy.mend(&restored.url);
    desk.engine.nudge();
    let thread = desk
        .thread(ticket.id, |thread| {
            thread.messages.len() == 3 && thread.unsent.len() == 1 && thread.unsent[0].state == OpState::Failed
        })
        .await;
    assert_eq!(texts(&thread.messages)[1..], ["Sebelum cadangan", "Belum terkirim"]);
    assert_eq!(thread.messages[2].id, unsent);
    assert_eq!((thread.unsent[0].op_id, thread.unsent[0].reason), (lost, Some(gemilang_protocol::Code::LostByRestore)));
    assert!(desk.replica.ticket_row(gone.id).await.unwrap().is_none(), "what is nowhere is shown no more");
    let mut file = sqlx::SqliteConnection::connect(desk.replica.path().to_str().unwrap()).await.unwrap();
    let left = "select (select count(*) from search_places where ticket_key not in (select key from tickets))
        + (select count(*) from search_queue where ticket_key not in (select key from tickets))
        + (select count(*) from search where rowid not in (select place from search_places))";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&mut file).await.unwrap();
    assert_eq!(left, 0, "nor is it in the search");
    desk.replica.retry(lost, Uuid::now_v7()).await.unwrap();
    desk.thread(ticket.id, |thread| settled(thread, 4)).await;
    desk.line(|line| *line == Line::Live).await;
    assert_eq!(
        at_the_service(&restored, &ticket).await[1..],
        ["Sebelum cadangan", "Belum terkirim", "Setelah cadangan"]
    );
}
