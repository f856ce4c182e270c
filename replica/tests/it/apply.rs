//! Applying pages: once or twice, in order or late, with rows of the future.

use gemilang_protocol::desk::views::{Inbox, TicketQuery};
use gemilang_protocol::sync::WholeThread;
use gemilang_protocol::{Cursor, Row, SenderType, Status, Time};
use gemilang_replica::page::Incoming;
use gemilang_replica::{Applied, Replica};
use sqlx::{Connection, SqliteConnection};

use crate::sample::{Desk, RINA, Story, at, me};

#[tokio::test]
async fn a_page_applied_twice_changes_nothing() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi belum datang");
    let page = desk.page(vec![story.filed("Vendor dekorasi belum tiba di lokasi."), story.customer("Tolong!")]);
    let mut arrivals = desk.replica.arrivals();
    assert_eq!(desk.replica.apply(page.clone().into(), true).await.unwrap(), Applied::Done);
    assert_eq!(arrivals.try_recv().unwrap().change.event.n, 1);
    assert_eq!(arrivals.try_recv().unwrap().change.event.n, 2);
    let thread = desk.replica.thread(story.id()).await.unwrap();

    // The same rows again, as after a horizon that waited: no arrival, no double.
    let again = gemilang_protocol::Page { from: Some(page.to.clone()), ..page };
    assert_eq!(desk.replica.apply(again.into(), true).await.unwrap(), Applied::Done);
    assert!(arrivals.try_recv().is_err());
    assert_eq!(desk.replica.thread(story.id()).await.unwrap(), thread);
    assert_eq!(thread.messages.len(), 2);
    assert_eq!(thread.ticket.unread, 2);
}

#[tokio::test]
async fn a_page_that_does_not_follow_is_not_applied() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let mut page = desk.page(vec![story.filed("Vendor dekorasi belum tiba.")]);
    page.from = Some(Cursor(String::from("elsewhere")));
    assert_eq!(desk.replica.apply(page.into(), true).await.unwrap(), Applied::NotNext);
    assert!(desk.replica.ticket_row(story.id()).await.unwrap().is_none());
}

#[tokio::test]
async fn an_older_head_never_replaces_a_newer_one() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let filed = story.filed("Vendor dekorasi belum tiba.");
    let answered = story.status(RINA, None, Status::InProgress);
    desk.apply(vec![answered]).await;
    desk.apply(vec![filed]).await;
    let thread = desk.replica.thread(story.id()).await.unwrap();
    assert_eq!(thread.ticket.status, Status::InProgress);
    assert_eq!(thread.events.len(), 2);
    assert_eq!(thread.messages.len(), 1);
}

#[tokio::test]
async fn reading_marks_the_other_side_only() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let rows = vec![
        story.filed("Vendor dekorasi belum tiba."),
        story.reply(RINA, uuid::Uuid::now_v7(), "Kami cek dulu, Kak."),
        story.customer("Baik, ditunggu."),
        story.read(SenderType::Customer, 3),
        story.read(SenderType::Admin, 1),
    ];
    desk.apply(rows).await;
    let thread = desk.replica.thread(story.id()).await.unwrap();
    let read: Vec<_> = thread.messages.iter().map(|message| message.is_read).collect();
    assert_eq!(read, [true, true, false]);
    assert_eq!(thread.messages[1].read_at, Some(at(4)));
    // Silent events are kept, and not shown.
    assert_eq!(thread.events.len(), 3);
}

#[tokio::test]
async fn what_was_read_before_its_conversation_came_is_read() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    let before = [story.filed("Vendor dekorasi belum tiba."), story.customer("Tolong!")];
    // The conversation leaves the service; before it is here, the feed tells that somebody read it.
    desk.apply(vec![story.read(SenderType::Admin, 1)]).await;
    let mut whole = WholeThread { ticket: story.0.clone(), events: vec![], messages: vec![], notes: vec![] };
    for row in before {
        let Row::Ticket(change) = row else { panic!("{row:?}") };
        whole.ticket = change.ticket;
        whole.events.push(change.event);
        whole.messages.extend(change.message);
    }
    desk.replica.keep_thread(Row::Thread(Box::new(whole)).into()).await.unwrap();
    let thread = desk.replica.thread(story.id()).await.unwrap();
    let read: Vec<_> = thread.messages.iter().map(|message| (message.is_read, message.read_at)).collect();
    assert_eq!(read, [(true, Some(at(3))), (false, None)]);
}

#[tokio::test]
async fn what_only_a_newer_app_knows_holds_nothing_up() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;

    story.0.n = 2;
    story.0.status = Status::InProgress;
    let head = serde_json::to_value(&story.0).unwrap();
    let from = serde_json::to_value(desk.page(vec![])).unwrap()["from"].clone();
    let time: Time = at(9);
    let page = serde_json::json!({
        "from": from, "to": "next", "more": false, "complete_to": time,
        "rows": [
            {"row": "ticket", "ticket": head, "event": {
                "n": 2, "op_id": null, "actor": null, "actor_type": "system",
                "kind": "merged", "data": {"into": "GW-1000"},
                "written_at": time, "created_at": time
            }},
            {"row": "survey", "stars": 5},
        ]
    });
    let page = Incoming::read(&page.to_string()).unwrap();
    assert_eq!(desk.replica.apply(page, true).await.unwrap(), Applied::Done);
    // The head is understood, the cursor goes on.
    let row = desk.replica.ticket_row(story.id()).await.unwrap().unwrap();
    assert_eq!(row.status, Status::InProgress);
    let standing = desk.replica.standing().await.unwrap();
    assert_eq!(standing.cursor, Some(Cursor(String::from("next"))));
    assert_eq!(standing.complete_to, Some(time));
    assert_eq!(standing.newer, 2);
    assert_eq!(desk.replica.thread(story.id()).await.unwrap().newer, 1);
}

#[tokio::test]
async fn what_an_older_app_kept_is_read_by_the_next() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    let ticket = story.id();
    let news = story.customer("Tolong!");
    // As an app would have kept it that did not know such rows.
    let mut connection = SqliteConnection::connect(desk.replica.path().to_str().unwrap()).await.unwrap();
    sqlx::query(r#"insert into unknown_rows ("row") values (?)"#)
        .bind(serde_json::to_string(&news).unwrap())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    assert_eq!(desk.replica.standing().await.unwrap().newer, 1);
    let replica = Replica::open(desk.replica.path(), me()).await.unwrap();
    assert_eq!(replica.standing().await.unwrap().newer, 0);
    assert_eq!(replica.thread(ticket).await.unwrap().messages.len(), 2);
}

#[tokio::test]
async fn one_announcement_for_each_transaction() {
    let mut desk = Desk::new().await;
    let mut changes = desk.replica.changes();
    let mut one = Story::new(1042, "Dekorasi");
    let mut two = Story::new(1043, "Katering");
    let rows =
        vec![one.filed("Vendor dekorasi belum tiba."), two.filed("Menu katering berubah lagi."), one.customer("Halo?")];
    desk.apply(rows).await;
    let mut changed = changes.try_recv().unwrap();
    changed.tickets.sort();
    assert_eq!(changed.tickets, [one.id(), two.id()]);
    assert!(!changed.all && !changed.outbox && !changed.records);
    assert!(changes.try_recv().is_err());
}

#[tokio::test]
async fn rows_are_the_same_whether_they_come_alone_or_together() {
    let mut story = Story::new(1042, "Dekorasi");
    let mut other = Story::new(1043, "Katering");
    let filed = story.filed("Vendor dekorasi belum \"tiba\" 🙏");
    let rows = vec![
        other.filed("Menu katering berubah lagi."),
        story.assigned(RINA, Some(uuid::Uuid::now_v7()), Some(RINA)),
        story.reply(RINA, uuid::Uuid::now_v7(), "Kami cek dulu, Kak."),
        other.note(RINA, "Sudah dua kali."),
        story.note(RINA, "Nomornya tidak aktif."),
        story.status(RINA, None, Status::Resolved),
        other.customer("Baik."),
    ];
    let (mut together, mut alone) = (Desk::new().await, Desk::new().await);
    together.apply(vec![filed.clone()]).await;
    together.apply(rows.clone()).await;
    alone.apply(vec![filed]).await;
    for row in rows {
        alone.apply(vec![row]).await;
    }
    for table in ["tickets", "ticket_counts", "events", "messages", "notes", "search_queue"] {
        let found = dump(&alone.replica, table).await;
        assert!(!found.is_empty(), "{table}");
        assert_eq!(found, dump(&together.replica, table).await, "{table}");
    }
}

/// A table as SQLite would write it down, types and all.
async fn dump(replica: &Replica, table: &str) -> Vec<String> {
    let mut file = SqliteConnection::connect(replica.path().to_str().unwrap()).await.unwrap();
    let columns: String =
        sqlx::query_scalar("select group_concat('quote(' || name || ')', ', ') from pragma_table_info(?)")
            .bind(table)
            .fetch_one(&mut file)
            .await
            .unwrap();
    let all = format!("select concat_ws(', ', {columns}) as it from {table} order by it");
    let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(all)).fetch_all(&mut file).await.unwrap();
    // Where nobody is counted any more is a matter of what came between.
    rows.into_iter().filter(|row| table != "ticket_counts" || !row.ends_with(", 0")).collect()
}

#[tokio::test]
async fn a_ticket_that_a_restored_service_got_anew_is_found_under_its_new_number() {
    let mut desk = Desk::new().await;
    let mut story = Story::new(1042, "Dekorasi");
    desk.apply(vec![story.filed("Vendor dekorasi belum tiba.")]).await;
    // As when the service no longer knows this desk's place.
    let mut file = SqliteConnection::connect(desk.replica.path().to_str().unwrap()).await.unwrap();
    sqlx::query("update tickets set n = 0").execute(&mut file).await.unwrap();
    desk.replica.close().await.unwrap();
    desk.replica = Replica::open(desk.replica.path(), me()).await.unwrap();

    let mut anew = Story::new(1050, "Dekorasi");
    anew.0.id = story.id();
    desk.apply(vec![anew.filed("Vendor dekorasi belum tiba.")]).await;
    for (q, hits) in [("1050", 1), ("1042", 0)] {
        let wanted = TicketQuery { q: q.into(), inbox: Inbox::All, ..TicketQuery::default() };
        assert_eq!(desk.replica.tickets(&wanted).await.unwrap().total, hits, "{q}");
    }
    let all = TicketQuery { inbox: Inbox::All, ..TicketQuery::default() };
    assert_eq!(desk.replica.tickets(&all).await.unwrap().total, 1);
}
