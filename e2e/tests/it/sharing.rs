//! A ticket is shared with the partner, who has no account yet; both write live. Then it is shared no more, and nothing of it stays with them.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::page::look_over;
use gemilang_e2e::portal::{Customer, FILED};
use gemilang_e2e::service::{Account, Service};
use serde_json::json;

const LIST: &str = "/customer/support/tickets";
const SHARING: &str = "/customer/preferences/sharing";

/// Whether a kept page of this device names what is asked for.
const KEPT: &str = "return caches.keys().then((names) => Promise.all(names.filter((it) => it.startsWith('pages-')).map(async (name) => { \
    const cache = await caches.open(name); \
    const texts = await Promise.all((await cache.keys()).map(async (it) => it.url + (await (await cache.match(it)).text()))); \
    return texts.some((it) => it.includes(arguments[0])); }))).then((all) => all.includes(true))";

async fn keeps(customer: &Customer, text: &str, wanted: bool) -> Result<()> {
    let script = KEPT.replace("arguments[0]", &json!(text).to_string());
    customer.holds(&if wanted { script } else { format!("{script}.then((it) => !it)") }).await
}

#[tokio::test]
async fn a_partner_comes_by_mail_writes_along_and_is_taken_out_again() -> Result<()> {
    let mut service = Service::start().await?;
    let (roro, bimo) = (
        Account::new("Raden Roro Kusumawardhani Prameswari Hadiningrat"),
        Account::new("Bimo Adiwangsa Suryaningrat Kusumonegoro"),
    );
    let hers = Customer::at(Browser::sized(360, 740).await?, &service.url());
    let his = Customer::at(Browser::sized(1280, 800).await?, &service.url());
    let (her_page, his_page) = (hers.window(), his.window());
    let at = |path: &str| format!("{}{path}", service.url());
    let (list, sharing) = (at(LIST), at(SHARING));
    let mut wrong = Vec::new();

    // Only whose address is confirmed can share.
    hers.register(&roro).await?;
    hers.open_letter("confirm").await?;
    her_page.click("main form .btn-primary").await?;
    her_page.see("main.told, main.sheet").await?;
    hers.file(&FILED).await?;
    let conversation = her_page.address().await?;
    let conversation = conversation.split('?').next().unwrap_or_default().to_owned();
    her_page.go(&sharing).await?;
    her_page.fill("[name=email]", &bimo.email).await?;
    her_page.click("main form .btn-primary").await?;
    her_page.read(".form-banner", &bimo.email).await?;
    wrong.extend(look_over(her_page, "sharing-asked-360").await?);

    // He comes by the mail, and need not type the address that it was sent to.
    his.open_letter("invitation").await?;
    his_page.read("main", FILED.subject).await?;
    wrong.extend(look_over(his_page, "invitation-1280").await?);
    his_page.click("main a[href^='/register']").await?;
    assert_eq!(his_page.see("[name=email]").await?.value().await?, bimo.email);
    his_page.fill("[name=name]", &bimo.name).await?;
    his_page.fill("[name=password]", &bimo.password).await?;
    his_page.fill("[name=password_confirmation]", &bimo.password).await?;
    his_page.click("form[action='/register'] .btn-primary").await?;
    his_page.click("form[action^='/invitation/'] .btn-primary").await?;
    his_page.read(".form-banner", "Undangan diterima").await?;
    wrong.extend(look_over(his_page, "sharing-accepted-1280").await?);
    his_page.go(&list).await?;
    his_page.click(".tickets .trow").await?;
    his.reads("Penghulu mengabari").await?;

    // Both write, and each sees it at once.
    her_page.go(&conversation).await?;
    for customer in [&hers, &his] {
        customer.window().read("[data-link-text]", "Tersambung").await?;
        customer.mark_page().await?;
    }
    his.write("Saya ikut membaca, ya.").await?;
    hers.reads("Saya ikut membaca, ya.").await?;
    hers.write("Siap, Mas.").await?;
    his.reads("Siap, Mas.").await?;
    hers.is_same_page().await?;
    his.is_same_page().await?;
    keeps(&his, FILED.subject, true).await?;

    // She takes him out: his page closes by itself, and no other shows anything of it, with a line or without.
    her_page.go(&sharing).await?;
    her_page.click("form[action$='/end'] button").await?;
    her_page.read(".form-banner", "Sudah diakhiri").await?;
    his.arrive(LIST).await?;
    keeps(&his, FILED.subject, false).await?;
    his_page.go(&conversation).await?;
    his_page.see(".fault-page").await?;
    service.kill();
    for address in [&conversation, &list] {
        his_page.go(address).await?;
        his_page.see("main").await?;
        let text = his_page.find("body").await?.text().await?;
        assert!(!text.contains("Akad") && !text.contains("Penghulu"), "{text}");
    }
    let service = service.start_again().await?;

    // He has his account erased: what he wrote goes from her open page too.
    her_page.go(&conversation).await?;
    her_page.read("[data-link-text]", "Tersambung").await?;
    her_page.fill("[data-writer] [name=message]", "Belum selesai ditulis").await?;
    his_page.go(&format!("{}/customer/preferences/data", service.url())).await?;
    his_page.click("details.confirm summary").await?;
    wrong.extend(look_over(his_page, "erase-1280").await?);
    his_page.fill("[name=current_password]", &bimo.password).await?;
    his_page.click("details.confirm .btn-danger").await?;
    his_page.read("main", "sudah dihapus").await?;
    hers.reads("Dihapus atas permintaan").await?;
    assert_eq!(hers.count("Saya ikut membaca, ya.").await?, 0);
    assert_eq!(hers.count("Siap, Mas.").await?, 1);
    assert!(!her_page.find("body").await?.text().await?.contains("Bimo"), "his name goes with them");
    wrong.extend(look_over(her_page, "conversation-erased-360").await?);
    assert_eq!(her_page.find("[data-writer] [name=message]").await?.value().await?, "Belum selesai ditulis");
    // Nor does her device keep it: the list tells that the page it has is old.
    her_page.go(&list).await?;
    keeps(&hers, "Saya ikut membaca, ya.", false).await?;
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
