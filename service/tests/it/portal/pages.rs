//! Every page that a customer sees before and beside the tickets, as it is read, in both languages.

use gemilang_service::testing::TestApp;

use super::browser::Browser;

/// The page's main part without what differs from run to run: files bear their content's hash, forms a secret.
fn settled(text: &str) -> String {
    let main = text.find("<main").map_or(text, |from| &text[from..]);
    let main = main.find("</body>").map_or(main, |to| &main[..to]);
    let hidden =
        [("/assets/icons-", '#'), ("name=\"csrf\" value=\"", '"'), ("data-csrf=\"", '"'), ("data-push=\"", '"')];
    hidden.into_iter().fold(main.to_owned(), |text, (mark, end)| hide(&text, mark, end))
}

/// A text without what stands between each `mark` and the next `end`.
fn hide(text: &str, mark: &str, end: char) -> String {
    let mut parts = text.split(mark);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + mark + "…" + &part[part.find(end).unwrap_or_default()..])
}

async fn see(browser: &Browser, path: &str, name: &str) {
    for language in ["id", "en"] {
        let mark = if path.contains('?') { '&' } else { '?' };
        let page = browser.get(&format!("{path}{mark}lang={language}")).await;
        insta::assert_snapshot!(format!("{name}_{language}"), settled(&page.text));
    }
}

#[tokio::test]
async fn at_the_door() {
    let app = TestApp::start().await;
    let browser = Browser::new(&app);
    for (path, name) in [
        ("/login", "login"),
        ("/register", "register"),
        ("/login/link", "ask_sign_in"),
        ("/password/forgot", "ask_reset"),
        ("/password/reset/old", "link_over"),
    ] {
        see(&browser, path, name).await;
    }
}

#[tokio::test]
async fn preferences() {
    let app = TestApp::start().await;
    let roro = app.customer("Raden Roro Kusumawardhani").await;
    sqlx::query("update users set email = 'roro@contoh.id', phone = '+6281234560198', email_confirmed_at = null")
        .execute(&app.app.db)
        .await
        .expect("a person");
    let browser = Browser::of(&app, &roro);
    for (path, name) in [
        ("/customer/preferences", "preferences"),
        ("/customer/preferences/profile", "profile"),
        ("/customer/preferences/display", "display"),
        ("/customer/preferences/devices", "devices"),
        ("/customer/preferences/sharing", "sharing"),
        ("/customer/preferences/data", "data"),
    ] {
        see(&browser, path, name).await;
    }
}
