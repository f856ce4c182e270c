//! The app on a phone: what it is called, what its worker keeps, and whose a page is.

use gemilang_service::testing::TestApp;

use super::browser::Browser;

const LIST: &str = "/customer/support/tickets";

#[tokio::test]
async fn the_app_has_a_name_in_each_language_and_pictures_that_are_there() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    assert!(browser.get("/login").await.has("<link rel=\"manifest\" href=\"/manifest-id.webmanifest\">"));
    for (language, name) in [("id", "Tiket Gemilang WO"), ("en", "Gemilang WO tickets")] {
        let manifest = browser.get_json(&format!("/manifest-{language}.webmanifest")).await;
        assert_eq!(manifest.headers["content-type"], "application/manifest+json");
        let manifest = manifest.json();
        assert_eq!((manifest["name"].as_str(), manifest["lang"].as_str()), (Some(name), Some(language)));
        assert_eq!(manifest["id"], "/", "in whatever language, one app");
        let icons = manifest["icons"].as_array().expect("icons");
        assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
        for icon in icons {
            let picture = browser.get(icon["src"].as_str().expect("an address")).await;
            assert_eq!(
                (picture.status, &picture.headers["content-type"]),
                (200, &"image/png".parse().expect("a kind"))
            );
        }
    }
    assert_eq!(browser.get_json("/manifest-fr.webmanifest").await.status, 404);
}

#[tokio::test]
async fn the_worker_is_asked_for_anew_and_keeps_only_what_is_there() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    let worker = browser.get("/sw.js").await;
    assert_eq!(worker.headers["cache-control"], "no-cache");
    assert!(!worker.has("{files}") && !worker.has("{version}") && !worker.has("{icon}"));
    let names: Vec<&str> = worker.text.split('"').filter(|it| it.starts_with("/assets/") && it.contains('-')).collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        assert_eq!(browser.get(name).await.status, 200, "{name}");
    }
    for language in ["id", "en"] {
        let page = browser.get(&format!("/offline/{language}")).await;
        assert!(page.has(&format!("<html lang=\"{language}\"")) && page.has("content=\"noindex\""));
    }
}

#[tokio::test]
async fn a_private_page_says_whose_it_is_and_a_public_one_does_not() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro").await;
    let browser = Browser::of(&app, &roro);
    let page = browser.get(LIST).await;
    assert_eq!(page.headers["x-gemilang-person"], roro.person.id.to_string().as_str());
    assert_eq!(page.headers["content-language"], "id");
    assert!(page.has("content=\"noindex\""));
    let door = Browser::new(&app).get("/login").await;
    assert!(!door.headers.contains_key("x-gemilang-person") && !door.has("noindex"));
}
