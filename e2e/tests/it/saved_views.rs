//! Lists under names: one's own is nobody else's, the team's is on every desk at once, and what was named without a cable arrives when it is back.

use gemilang_e2e::Result;
use gemilang_e2e::cable::Cable;
use gemilang_e2e::keyboard::{ARROW_DOWN, ENTER, ESC, FREE, ctrl, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::said::{heard, listen};
use gemilang_e2e::service::Service;
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use serde_json::json;

use crate::seat::sit;

const ALT: &str = "\u{E00A}";
const OWN: &str = "Vendor Raden Roro Kusumawardhani Prameswari Hadiningrat";
const TEAM: &str = "Pembayaran tim";

#[tokio::test]
async fn a_list_is_kept_under_a_name_for_oneself_or_for_the_team() -> Result<()> {
    let (service, accounts) = Service::start_with_demo().await?;
    let mut cable = Cable::to(service.port())?;
    let (_one, here) = sit(&cable.url(), &accounts["agent"]).await?;
    let (_two, there) = sit(&service.url(), &accounts["admin"]).await?;
    let (here, there) = (&here.window, &there.window);
    listen(here).await?;

    // By keyboard alone: narrowed to vendors, and named.
    narrow(here, 3).await?;
    here.read(".chips", "Vendor").await?;
    ctrl(here, "d").await?;
    here.see(".save-dialog").await?;
    press(here, ENTER).await?;
    here.read(".save-dialog .field-said", "Beri nama dulu.").await?;
    here.fill("#saved-name", OWN).await?;
    let mut wrong = look_over_desk(here, "saved-form").await?;
    press(here, ENTER).await?;
    heard(here, "disimpan").await?;
    here.read(".list-pane h1", OWN).await?;
    counts_agree(here, OWN).await?;

    // Without a cable, for the team.
    cable.pull().await;
    here.read(".statusline", "sejak").await?;
    here.click(".nav-item[title='Semua aktif']").await?;
    narrow(here, 2).await?;
    here.read(".chips", "Pembayaran").await?;
    here.click("#saved-keep").await?;
    here.fill("#saved-name", TEAM).await?;
    here.click(".save-dialog .seg label:nth-child(2)").await?;
    here.click("#saved-submit").await?;
    here.see(&format!("[data-view='{TEAM}'] .saved-state")).await?;
    counts_agree(here, TEAM).await?;
    wrong.extend(look_over_desk(here, "saved").await?);
    cable.plug()?;
    here.gone(".saved-state").await?;
    there.see(&format!("[data-view='{TEAM}']")).await?;
    let theirs =
        there.run("return [...document.querySelectorAll('.nav-item.saved')].map(it => it.dataset.view)", json!([]));
    assert_eq!(theirs.await?, json!([TEAM]), "what somebody keeps for themselves is on no other desk");

    // An admin calls it otherwise, and it is so at once for whoever has it open.
    there.click(&format!("[data-view='{TEAM}']")).await?;
    counts_agree(there, TEAM).await?;
    there.click("#saved-view").await?;
    there.see(".menu").await?;
    press(there, ENTER).await?;
    there.fill("#saved-name", "Pembayaran").await?;
    press(there, ENTER).await?;
    here.read(".list-pane h1", "Pembayaran").await?;
    here.see("[data-view='Pembayaran']").await?;

    // What is changed in an open one is put back, or kept.
    press(here, &format!("{ALT}8{FREE}")).await?;
    here.read(".list-pane h1", OWN).await?;
    narrow(here, 2).await?;
    here.click("#saved-keep").await?;
    here.see(".menu").await?;
    here.resize(1600, 1000).await?;
    wrong.extend(look_over_desk(here, "saved-menu").await?);
    press(here, ESC).await?;
    here.gone(".menu").await?;
    here.click("#saved-keep").await?;
    here.see(".menu").await?;
    press(here, ENTER).await?;
    heard(here, "Perubahan").await?;
    here.read(".chips", "Teknis").await?;
    ctrl(here, "z").await?;
    heard(here, "Diurungkan").await?;
    // The list stays as it is, and differs from its view again.
    here.see("#saved-keep").await?;

    // Deleted, and back.
    here.click("#saved-view").await?;
    here.see(".menu .opt.danger").await?;
    here.click(".menu .opt.danger").await?;
    heard(here, "dihapus").await?;
    here.gone(&format!("[data-view='{OWN}']")).await?;
    ctrl(here, "z").await?;
    here.see(&format!("[data-view='{OWN}']")).await?;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Narrows the list to the category so many lines below the present one, by keyboard.
async fn narrow(window: &Window, category: usize) -> Result<()> {
    press(window, "f").await?;
    window.see(".menu").await?;
    press(window, &format!("{}{ENTER}", ARROW_DOWN.repeat(2))).await?;
    window.see(".menu[aria-label='Kategori']").await?;
    press(window, &format!("{}{ENTER}", ARROW_DOWN.repeat(category))).await?;
    window.gone(".menu").await
}

/// Waits until a view's line says how many its list has.
async fn counts_agree(window: &Window, view: &str) -> Result<()> {
    const READ: &str = "return [`[data-view='${arguments[0]}'] .count`, '.list-pane .head .count'] \
        .map(css => document.querySelector(css)?.innerText ?? '')";
    until("both counts to say the same", || async {
        let counts = window.run(READ, json!([view])).await?;
        let same = counts[0] == counts[1] && counts[0] != json!("");
        Ok(if same { Ok(()) } else { Err(counts.to_string()) })
    })
    .await
}
