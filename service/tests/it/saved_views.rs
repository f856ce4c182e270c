//! Saved views: a change happens once, the last one counts, what was deleted stays so; and a personal one is told to its owner alone, by whatever door.

use gemilang_protocol::{Row, SavedList, SavedView, SavedViewChange};
use gemilang_service::testing::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;

fn list(name: &str) -> SavedList {
    SavedList { name: name.into(), inbox: "active".into(), sort: "latest".into(), q: "kategori:vendor".into() }
}

fn change(view: u128, shared: bool, list: Option<SavedList>) -> SavedViewChange {
    SavedViewChange { op_id: Uuid::now_v7(), view: Uuid::from_u128(view), shared, list }
}

async fn put(desk: &Client, change: &SavedViewChange) -> (u16, Value) {
    desk.post("/sync/v1/saved-views", serde_json::to_value(change).unwrap()).await
}

async fn kept(desk: &Client, change: &SavedViewChange) -> SavedView {
    let (status, answer) = put(desk, change).await;
    assert_eq!(status, 200, "{answer}");
    serde_json::from_value(answer).unwrap()
}

fn named(rows: &[Row], name: &str) -> bool {
    rows.iter().any(|row| matches!(row, Row::SavedView(it) if it.list.as_ref().is_some_and(|list| list.name == name)))
}

#[tokio::test]
async fn a_personal_one_is_told_to_its_owner_alone_and_a_shared_one_to_all() {
    let app = TestApp::start().await;
    let other = app.second().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let (hers, his) = (Client::new(&app, &sari), Client::new(&other, &bagas));
    let (mut her_desk, mut his_desk) = (Client::new(&other, &sari).live(None).await, his.live(None).await);
    kept(&hers, &change(1, false, Some(list("Rahasia Sari")))).await;
    kept(&hers, &change(2, true, Some(list("Untuk semua")))).await;

    // Live: what was told him up to the shared one, which was made later.
    his_desk.until(|rows| named(rows, "Untuk semua")).await;
    her_desk.until(|rows| named(rows, "Rahasia Sari") && named(rows, "Untuk semua")).await;
    let mut heard = his_desk.rows.clone();
    // Pull, from the beginning and in small pages, and bootstrap: not a word of it anywhere.
    for limit in [500, 1] {
        heard.extend(his.pull_all(None, limit).await.0);
    }
    let heard = format!("{}{}", serde_json::to_string(&heard).unwrap(), his.get("/sync/v1/bootstrap").await.1);
    assert!(
        heard.contains("Untuk semua") && !heard.contains("Rahasia") && !heard.contains(&Uuid::from_u128(1).to_string())
    );
    assert!(named(&hers.pull_all(None, 500).await.0, "Rahasia Sari"));
    assert!(hers.get("/sync/v1/bootstrap").await.1.to_string().contains("Rahasia Sari"));
    // Nor can he find out by asking.
    assert_eq!(put(&his, &change(1, false, Some(list("Punya siapa")))).await.0, 404);
}

#[tokio::test]
async fn a_change_happens_once_the_last_one_counts_and_what_is_deleted_stays_so() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    let first = change(1, false, Some(list("Vendor")));
    let (one, two) = (kept(&sari, &first).await, change(1, false, Some(list("Vendor Bali"))));
    assert_eq!(kept(&sari, &first).await, one);
    let changed = kept(&sari, &two).await;
    assert_eq!((changed.n, changed.list.as_ref().map(|list| list.name.as_str())), (2, Some("Vendor Bali")));
    assert_eq!(kept(&sari, &first).await, changed, "a late copy of the first undoes nothing");
    assert_eq!(put(&sari, &SavedViewChange { view: Uuid::from_u128(9), ..first.clone() }).await.0, 409);
    let gone = kept(&sari, &change(1, false, None)).await;
    assert_eq!((gone.n, &gone.list), (3, &None));
    assert_eq!(kept(&sari, &change(1, false, Some(list("Masih?")))).await, gone);
    assert!(!sari.get("/sync/v1/bootstrap").await.1.to_string().contains("saved_view"));
}

#[tokio::test]
async fn a_shared_one_is_changed_by_its_owner_and_by_admins() {
    let app = TestApp::start().await;
    let (sari, bagas) = (app.staff("Sari").await, app.staff("Bagas").await);
    let (sari, bagas) = (Client::new(&app, &sari), Client::new(&app, &bagas));
    let admin = Client::new(&app, &app.admin("Rina").await);
    kept(&sari, &change(1, true, Some(list("Vendor")))).await;
    for wanted in [Some(list("Punya Bagas")), None] {
        assert_eq!(put(&bagas, &change(1, true, wanted)).await.0, 403);
    }
    // Whether it is shared was said when it was made.
    let changed = kept(&admin, &change(1, false, Some(list("Vendor kita")))).await;
    assert!(changed.shared);
    assert_eq!(kept(&admin, &change(1, true, None)).await.list, None);
}

#[tokio::test]
async fn limits_are_told_beside_their_field() {
    let app = TestApp::start().await;
    let sari = Client::new(&app, &app.staff("Sari").await);
    for (wrong, field) in [
        (SavedList { name: " \u{200b}".into(), ..list("") }, "view"),
        (list(&"k".repeat(61)), "view"),
        (SavedList { q: "x".repeat(501), ..list("Panjang") }, "q"),
    ] {
        let (status, answer) = put(&sari, &change(1, false, Some(wrong))).await;
        assert_eq!((status, answer["errors"].get(field).is_some()), (422, true), "{answer}");
    }
    for wrong in [SavedList { inbox: "A; b".into(), ..list("x") }, SavedList { sort: String::new(), ..list("x") }] {
        assert_eq!(put(&sari, &change(1, false, Some(wrong))).await.0, 400);
    }
    for view in 1..=50 {
        kept(&sari, &change(view, view % 2 == 0, Some(list("Vendor")))).await;
    }
    let (status, answer) = put(&sari, &change(51, false, Some(list("Satu lagi")))).await;
    assert_eq!(
        (status, &answer["errors"]["view"][0]),
        (422, &json!("Sudah ada 50 tampilan. Hapus satu yang tidak dipakai dulu."))
    );
    kept(&sari, &change(50, true, None)).await;
    kept(&sari, &change(51, false, Some(list("Satu lagi")))).await;
}
