//! Settings: looks and language at once and after a start, a new password, sessions that are not one's own, another server.

use gemilang_e2e::Result;
use gemilang_e2e::colleague::Colleague;
use gemilang_e2e::desk::{Desk, Setting, TITLE};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::page;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use serde_json::json;

/// Waits until a script of the page answers this.
async fn becomes(window: &Window, script: &str, wanted: serde_json::Value) -> Result<()> {
    until(&format!("{wanted} of `{script}`"), || async {
        let is = window.run(&format!("return {script}"), json!([])).await?;
        Ok(if is == wanted { Ok(()) } else { Err(is.to_string()) })
    })
    .await
}

/// The size that is chosen; its own field is seen by nobody.
const SIZE: &str = "document.querySelector('[name=text-size]:checked')?.value";

/// One choice of several.
fn choice(name: &str, value: &str) -> String {
    format!(".seg label:has([name={name}][value='{value}'])")
}

#[tokio::test]
async fn what_is_chosen_is_so_at_once_and_after_a_start() -> Result<()> {
    let service = Service::start().await?;
    let mut ayu = Account::new("Raden Ayu Ni Luh Putu Larasati Kusumawardhani Prawirodirdjo");
    service.add_admin(&ayu)?;
    let other = Colleague::sign_in(&service.url(), &ayu).await?;
    let display = Display::start(Comforts { alerts: true, keyring: true }).await?;
    let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    desk.sign_in(&service.url(), &ayu.email, &ayu.password).await?;
    window.read(".statusline", "Langsung").await?;
    window.click("[title='Pengaturan']").await?;
    window.read("#set-general", "tersambung, versi").await?;
    window.read("#set-account", "Gemilang Desk").await?;

    // How it looks, in both themes and sizes, and to who cannot see it.
    for (width, height) in [(1600, 1000), (1280, 800)] {
        window.resize(width, height).await?;
        assert_eq!(page::look_over_desk(window, &format!("settings-{width}")).await?, Vec::<String>::new());
    }
    for theme in ["dark", "light"] {
        window.click(&choice("theme", theme)).await?;
        becomes(window, "document.documentElement.dataset.bsTheme", json!(theme)).await?;
    }

    // The parts lead to their place, and the mark follows whoever reads on.
    window.click("[data-part=set-about]").await?;
    window.see("[data-part=set-about][aria-current]").await?;
    window.run("document.querySelector('.set-page').parentElement.scrollTop = 0", json!([])).await?;
    window.see("[data-part=set-general][aria-current]").await?;
    window.click("#act-copy-facts").await?;
    window.read(".snack-at", "Info sudah disalin").await?;

    // The keys are told without leaving the page, which has the keyboard again afterwards.
    window.click("[data-part=keys]").await?;
    window.see(".keysheet").await?;
    display.press(TITLE, "Escape")?;
    window.gone(".keysheet").await?;
    becomes(window, "document.activeElement.dataset.part", json!("keys")).await?;
    window.click(&choice("undo-seconds", "30")).await?;
    becomes(window, "document.querySelector('[name=undo-seconds]:checked').value", json!("30")).await?;

    window.click("[name=contrast]").await?;
    becomes(window, "document.documentElement.dataset.contrast", json!("more")).await?;
    window.picture("desk-settings-contrast").await?;
    window.click("[name=reduce-motion]").await?;
    becomes(window, "document.documentElement.dataset.motion", json!("less")).await?;
    // Everything grows, so that the page has less room.
    display.press(TITLE, "ctrl+plus")?;
    becomes(window, SIZE, json!("110")).await?;
    becomes(window, "innerWidth < 1180", json!(true)).await?;
    window.picture("desk-settings-110").await?;
    display.press(TITLE, "ctrl+0")?;
    becomes(window, SIZE, json!("100")).await?;
    becomes(window, "innerWidth", json!(1280)).await?;

    // The other session is somebody's whom nobody knows.
    window.read("#set-account", "2 perangkat").await?;
    window.click("#act-password").await?;
    window.fill("[name=current_password]", "bukan yang ini").await?;
    window.fill("[name=password]", "kenanga putih 8").await?;
    window.fill("[name=password_confirmation]", "kenanga putih 9\u{E007}").await?;
    window.read("#password_confirmation-said", "sama").await?;
    window.fill("[name=password_confirmation]", "kenanga putih 8\u{E007}").await?;
    window.read("#current_password-said", "Tersisa 4 percobaan").await?;
    window.picture("desk-settings-password").await?;
    window.fill("[name=current_password]", &format!("{}\u{E007}", ayu.password)).await?;
    window.read(".snack-at", "Kata sandi sudah diganti").await?;
    window.gone("[data-session=other]").await?;
    assert!(other.read("GW-1").await.is_err(), "it has ended");
    ayu.password = "kenanga putih 8".to_owned();
    let again = Colleague::sign_in(&service.url(), &ayu).await?;
    window.click("[title='Dasbor']").await?;
    window.click("[title='Pengaturan']").await?;
    window.click("[data-session=other] .btn").await?;
    window.gone("[data-session=other]").await?;
    assert!(again.read("GW-1").await.is_err(), "it has ended");

    // Without a reload, everywhere.
    window.click("#act-language").await?;
    window.click("#opt-1").await?;
    window.read(".subnav h1", "Settings").await?;
    window.see("[title='Unassigned']").await?;
    window.picture("desk-settings-en").await?;
    desk.close(&display).await?;

    // All of it is kept.
    let desk = Desk::start(&display, &setting).await?;
    let window = &desk.window;
    window.read(".statusline", "Live").await?;
    for (name, value) in [("contrast", "more"), ("motion", "less"), ("bsTheme", "light")] {
        becomes(window, &format!("document.documentElement.dataset.{name}"), json!(value)).await?;
    }

    // To another server: signed out, with the address to be typed over.
    window.click("[title='Settings']").await?;
    window.click("#act-server").await?;
    window.see("[name=server]").await?;
    becomes(window, "document.activeElement.name", json!("server")).await?;
    desk.sign_in(&service.url(), &ayu.email, &ayu.password).await?;
    window.read(".statusline", "Live").await?;
    desk.close(&display).await
}
