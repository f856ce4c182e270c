//! Saved views on two desks and a real service: kept at once, told once, a personal one to nobody else, and lost by nothing.

use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::views::{Inbox, SavedViewRow, Sort, TicketQuery};
use gemilang_protocol::{Code, FieldError, Priority, Row, SavedList, SavedView, Status, Zone};
use gemilang_replica::{Replica, ReplicaError};
use gemilang_service::testing::TestApp;
use sqlx::{Connection, Executor};
use uuid::Uuid;

use crate::desk::{Desk, PATIENCE, engine, user};
use crate::proxy::Proxy;
use crate::sample::{self, ME, RINA, Story, id};

fn vendor() -> TicketQuery {
    TicketQuery { inbox: Inbox::Active, q: "kategori:vendor".into(), sort: Sort::Waiting, ..TicketQuery::default() }
}

fn ids() -> (Uuid, Uuid) {
    (Uuid::now_v7(), Uuid::now_v7())
}

async fn keep(replica: &Replica, shared: bool, name: &str) -> Uuid {
    replica.save_view(None, ids(), shared, name, &vendor()).await.unwrap()
}

/// Waits until the views look so.
async fn views(replica: &Replica, wanted: impl Fn(&[SavedViewRow]) -> bool) -> Vec<SavedViewRow> {
    let mut changes = replica.changes();
    let waiting = async {
        loop {
            let views = replica.saved_views().await.unwrap();
            if wanted(&views) {
                return views;
            }
            let _ = changes.recv().await;
        }
    };
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(views) => views,
        Err(_) => panic!("the views are {:#?}", replica.saved_views().await),
    }
}

fn names(views: &[SavedViewRow]) -> Vec<&str> {
    views.iter().map(|view| view.name.as_str()).collect()
}

fn all_sent(views: &[SavedViewRow]) -> bool {
    views.iter().all(|view| !view.unsent && view.refused.is_none())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_one_is_on_the_colleagues_desk_at_once_and_a_personal_one_never() {
    let app = TestApp::start().await;
    let (kadek, rina) = (app.staff("Kadek").await, app.staff("Rina").await);
    let (one, two) = (Desk::live(&app.url, &kadek).await, Desk::live(&app.url, &rina).await);
    keep(&one.replica, false, "Rahasia").await;
    let shared = keep(&one.replica, true, "Vendor").await;
    let here = views(&one.replica, |views| views.len() == 2 && all_sent(views)).await;
    assert_eq!(names(&here), ["Rahasia", "Vendor"], "personal ones stand first");
    let there = views(&two.replica, |views| !views.is_empty()).await;
    assert_eq!(names(&there), ["Vendor"]);
    assert_eq!((there[0].owner.name.as_str(), there[0].may_change), ("Kadek", false));
    assert_eq!(there[0].query, Some(vendor()));
    assert!(matches!(two.replica.delete_view(shared, Uuid::now_v7()).await, Err(ReplicaError::NotFound)));

    one.replica.save_view(Some(shared), ids(), false, "Vendor Bali", &vendor()).await.unwrap();
    views(&two.replica, |views| names(views) == ["Vendor Bali"]).await;
    // A second desk of the same person has both, a new one of the colleague's the shared one alone.
    let (third, fourth) = (Desk::live(&app.url, &kadek).await, Desk::live(&app.url, &rina).await);
    views(&third.replica, |views| names(views) == ["Rahasia", "Vendor Bali"]).await;
    assert_eq!(names(&fourth.replica.saved_views().await.unwrap()), ["Vendor Bali"]);
    third.replica.delete_view(shared, Uuid::now_v7()).await.unwrap();
    for desk in [&one, &two, &fourth] {
        views(&desk.replica, |views| views.iter().all(|view| view.id != shared)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_kept_without_a_line_is_told_once_there_is_one_also_after_a_start() {
    let app = TestApp::start().await;
    let kadek = app.staff("Kadek").await;
    let dir = tempfile::tempdir().unwrap();
    let file = Replica::file_for(dir.path(), &app.url, kadek.person.id);
    let offline = Replica::open(&file, user(&kadek)).await.unwrap();
    let view = keep(&offline, false, "Vendor").await;
    let passing = keep(&offline, false, "Sebentar").await;
    offline.delete_view(passing, Uuid::now_v7()).await.unwrap();
    offline.save_view(Some(view), ids(), false, "Vendor Bali", &vendor()).await.unwrap();
    let here = offline.saved_views().await.unwrap();
    assert_eq!((names(&here), here[0].unsent), (vec!["Vendor Bali"], true));
    offline.close().await.unwrap();

    let again = Replica::open(&file, user(&kadek)).await.unwrap();
    let running = engine(&again, &app.url, &kadek.token);
    views(&again, |views| names(views) == ["Vendor Bali"] && all_sent(views)).await;
    let other = Desk::live(&app.url, &kadek).await;
    views(&other.replica, |views| names(views) == ["Vendor Bali"]).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_service_refuses_waits_for_its_author() {
    let app = TestApp::start().await;
    let (kadek, rina) = (app.staff("Kadek").await, app.staff("Rina").await);
    let (one, two) = (Desk::live(&app.url, &kadek).await, Desk::live(&app.url, &rina).await);
    let taken = keep(&one.replica, false, "Rahasia").await;
    views(&one.replica, all_sent).await;
    two.replica.save_view(None, (taken, Uuid::now_v7()), false, "Vendor", &vendor()).await.unwrap();
    let refused = views(&two.replica, |views| views[0].refused.is_some()).await;
    assert_eq!((refused[0].refused, names(&refused)), (Some(Code::NotFound), vec!["Vendor"]));
    two.replica.settle_view(taken, true).await.unwrap();
    assert!(two.replica.saved_views().await.unwrap()[0].unsent);
    views(&two.replica, |views| views[0].refused.is_some()).await;
    two.replica.settle_view(taken, false).await.unwrap();
    assert!(two.replica.saved_views().await.unwrap().is_empty());
    // It stands in nobody's way.
    keep(&two.replica, false, "Vendor").await;
    views(&two.replica, |views| views.len() == 1 && all_sent(views)).await;
    assert_eq!(names(&one.replica.saved_views().await.unwrap()), ["Rahasia"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_of_the_service_loses_none_of_ones_own() {
    let app = TestApp::start().await;
    let (kadek, rina) = (app.staff("Kadek").await, app.staff("Rina").await);
    let proxy = Proxy::to(&app.url).await;
    let one = Desk::live(&proxy.url, &kadek).await;
    let two = Desk::live(&app.url, &rina).await;
    keep(&one.replica, false, "Rahasia").await;
    keep(&two.replica, true, "Punya Rina").await;
    views(&one.replica, |views| views.len() == 2 && all_sent(views)).await;
    proxy.cut();
    two.engine.stop().await;
    // A backup from before the views takes the place of the database.
    let mut db = sqlx::PgConnection::connect(app.database_url()).await.unwrap();
    db.execute(
        "delete from record_events where kind = 'saved_view'; delete from saved_views;
        update feed_generations set system_identifier = 'elsewhere'",
    )
    .await
    .unwrap();
    let restored = app.second().await;
    proxy.mend(&restored.url);
    one.engine.nudge();
    let here = views(&one.replica, |views| names(views) == ["Rahasia"] && all_sent(views)).await;
    assert!(!here[0].shared);
    let again = Desk::live(&restored.url, &kadek).await;
    views(&again.replica, |views| names(views) == ["Rahasia"]).await;
}

#[tokio::test]
async fn limits_and_rules_hold_before_anything_is_sent() {
    let desk = sample::Desk::new().await;
    let refused = async |name: &str, q: &str| {
        let query = TicketQuery { q: q.into(), ..vendor() };
        match desk.replica.save_view(None, ids(), false, name, &query).await {
            Err(ReplicaError::Invalid { field, rule }) => (field, rule),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(" \u{200b} ", "").await, ("view", FieldError::Empty));
    assert_eq!(refused(&"n".repeat(61), "").await, ("view", FieldError::TooLong { most: 60, is: 61 }));
    assert_eq!(refused("Panjang", &"x".repeat(501)).await, ("q", FieldError::TooLong { most: 500, is: 501 }));
    for n in 0..50 {
        keep(&desk.replica, n % 2 == 0, "Vendor").await;
    }
    assert_eq!(refused("Satu lagi", "").await, ("view", FieldError::TooMany { most: 50 }));
}

#[tokio::test]
async fn an_older_row_brings_nothing_back_and_a_newer_apps_view_says_so() {
    let mut desk = sample::Desk::new().await;
    let list = SavedList { name: "Vendor".into(), inbox: "active".into(), sort: "latest".into(), q: String::new() };
    let view =
        |n: i64, list: Option<SavedList>| Row::SavedView(SavedView { id: id(1), n, owner: RINA, shared: true, list });
    desk.apply(vec![view(1, Some(list.clone()))]).await;
    assert_eq!(names(&desk.replica.saved_views().await.unwrap()), ["Vendor"]);
    desk.apply(vec![view(3, None)]).await;
    desk.apply(vec![view(2, Some(list.clone()))]).await;
    assert!(desk.replica.saved_views().await.unwrap().is_empty());
    let newer = SavedView {
        id: id(2),
        n: 1,
        owner: ME,
        shared: false,
        list: Some(SavedList { inbox: "dreams".into(), ..list }),
    };
    desk.apply(vec![Row::SavedView(newer)]).await;
    let views = desk.replica.saved_views().await.unwrap();
    assert_eq!((names(&views), &views[0].query), (vec!["Vendor"], &None));
    assert!(desk.replica.saved_view_counts(Calendar::default()).await.unwrap().is_empty());
}

/// Many tickets of every kind.
async fn with_tickets(count: i64) -> sample::Desk {
    let mut desk = sample::Desk::new().await;
    let rows = (0..count).map(|number| {
        let mut story = Story::new(1000 + number, "Tiket");
        let pick = usize::try_from(number).unwrap();
        story.0.priority = Priority::ALL[pick % 4];
        story.0.status = Status::ALL[pick % 5];
        story.0.assigned_to = [None, Some(ME), Some(RINA)][pick % 3];
        story.filed("Sebuah tiket untuk dihitung.")
    });
    desk.apply(rows.collect()).await;
    desk
}

#[tokio::test]
async fn what_a_view_counts_is_what_its_list_says_and_each_ticket_stands_where_it_is_found() {
    let desk = with_tickets(1_300).await;
    let calendar = Calendar { today: "2026-11-22".parse().unwrap(), zone: Zone::Wib };
    while desk.replica.is_index_behind().await.unwrap() {
        desk.replica.tickets(&TicketQuery { q: "tiket".into(), ..TicketQuery::default() }).await.unwrap();
    }
    let mut shown = Vec::new();
    for (inbox, q) in [
        (Inbox::Active, ""),
        (Inbox::Mine, "prioritas:mendesak"),
        (Inbox::All, "ada:belum-dibaca"),
        (Inbox::All, "dari:sari"),
        (Inbox::All, "GW-1042"),
        (Inbox::All, "dihitung"),
        (Inbox::All, "label:vip"),
        (Inbox::All, "!!"),
    ] {
        for sort in Sort::ALL {
            let query = TicketQuery { inbox, sort, q: q.into(), calendar, ..TicketQuery::default() };
            let view = desk.replica.save_view(None, ids(), false, "x", &query).await.unwrap();
            shown.push((view, query));
        }
    }
    let counts = desk.replica.saved_view_counts(calendar).await.unwrap();
    assert_eq!(counts.len(), shown.len());
    let mut some_stop = false;
    for (view, query) in shown {
        let list = desk.replica.tickets(&query).await.unwrap();
        let count = counts.iter().find(|count| count.id == view).unwrap();
        assert_eq!((count.total, count.more), (list.total, list.more), "{query:?}");
        some_stop |= list.more;
        assert!(!list.more || list.total == 1_000, "{query:?}");
        for offset in [0, 37, 421, 866, 999, 1_299] {
            if u64::from(offset) >= list.total {
                continue;
            }
            let page = TicketQuery { offset, limit: 1, ..query.clone() };
            if let [row] = &*desk.replica.tickets(&page).await.unwrap().rows {
                assert_eq!(desk.replica.find_place(&query, row.id).await.unwrap(), Some(offset), "{query:?}");
            }
        }
        assert_eq!(desk.replica.find_place(&query, id(77)).await.unwrap(), None);
    }
    assert!(some_stop);
    let closed = TicketQuery { inbox: Inbox::Closed, ..TicketQuery::default() };
    let open = desk.replica.tickets(&TicketQuery { inbox: Inbox::Active, ..closed.clone() }).await.unwrap().rows[0].id;
    assert_eq!(desk.replica.find_place(&closed, open).await.unwrap(), None, "it is not in that list");
}
