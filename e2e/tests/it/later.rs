//! Put off and sent later, by plain words: a ticket leaves its person's view till then, and a reply leaves with the laptop closed.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::keyboard::{ARROW_DOWN, CTRL, ENTER, ESC, FREE, SHIFT, ctrl, press};
use gemilang_e2e::page::look_over_desk;
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use sqlx::PgPool;

use crate::seat::{Seat, calm};

#[tokio::test]
async fn a_ticket_is_put_off_and_a_reply_leaves_with_the_laptop_closed() -> Result<()> {
    let service = Service::start().await?;
    let (bagas, rina) = (Account::new("Bagas Pratama"), Account::new("Rina Larasati"));
    service.add_staff(&bagas)?;
    let database = PgPool::connect(service.database()).await?;
    let customer = Customer::at(Browser::phone().await?, &service.url());
    customer.register(&rina).await?;
    let number = customer.file(&calm("Menu vegetarian")).await?;
    let Seat { display, mut desk } = Seat::take(&service.url(), &bagas).await?;
    desk.window.resize(1280, 800).await?;
    let window = &desk.window;
    let row = format!("[data-ticket={number}]");
    window.click(".nav-item[title='Semua aktif']").await?;
    window.click(&row).await?;
    window.click("#act-take").await?;
    window.click(".nav-item[title='Tiket saya']").await?;
    window.click(&row).await?;

    // What is typed is read back; what is not clear is said.
    press(window, "z").await?;
    window.fill("[name=when]", "entah kapan").await?;
    window.read(".when-said", "belum jelas").await?;
    let mut wrong = look_over_desk(window, "snooze-unclear").await?;
    window.see("[name=when]").await?.keys(ENTER).await?;
    window.fill("[name=when]", "besok 9 pagi").await?;
    window.read("#when-0", "09:00 WIB").await?;
    wrong.extend(look_over_desk(window, "snooze").await?);
    window.see("[name=when]").await?.keys(ENTER).await?;
    window.read(".snack", "Ditunda sampai besok 09:00").await?;
    window.gone(&row).await?;
    // What was put off by mistake is back as fast.
    ctrl(window, "z").await?;
    window.click(&row).await?;
    window.click("#act-snooze").await?;
    window.fill("[name=when]", "besok 9 pagi").await?;
    window.read("#when-0", "09:00 WIB").await?;
    window.see("[name=when]").await?.keys(ENTER).await?;
    window.read(".snack", "Ditunda sampai").await?;
    window.gone(&row).await?;
    window.click(".nav-item[title='Ditunda']").await?;
    window.see(&format!("{row} .put-off")).await?;
    window.click(&row).await?;
    window.read("#fact-snooze", "Ditunda sampai").await?;
    wrong.extend(look_over_desk(window, "snoozed").await?);

    // When the time comes the service says so, once, and it is back with an alert.
    let due = "update support_tickets set due_at = now(),
        internal = jsonb_set(internal, '{snoozes,0,until}', '\"2026-01-01T00:00:00Z\"')";
    sqlx::query(due).execute(&database).await?;
    window.gone(&row).await?;
    window.click(".nav-item[title='Tiket saya']").await?;
    window.click(&row).await?;

    // A reply for later stands in the conversation.
    window.fill("[name=message]", "Menunya siap, Kak.").await?;
    window.click("#send-more").await?;
    wrong.extend(look_over_desk(window, "ways-to-send").await?);
    window.click(".menu #opt-2").await?;
    window.read(".menu", "Kirim nanti").await?;
    press(window, ESC).await?;
    window.see("[name=message]").await?.keys(&format!("{CTRL}{SHIFT}l{FREE}")).await?;
    window.fill("[name=when]", "2 jam lagi").await?;
    window.read("#when-0", "WIB").await?;
    wrong.extend(look_over_desk(window, "send-later").await?);
    // Or by a calendar; whoever has second thoughts has the words back.
    window.fill("[name=when]", "").await?;
    window.click("#when-lines .opt:last-child").await?;
    wrong.extend(look_over_desk(window, "calendar").await?);
    press(window, ARROW_DOWN).await?;
    press(window, ENTER).await?;
    window.read("[data-later] .marks", "Akan dikirim").await?;
    window.click(".snack .btn, .snack button").await?;
    window.gone("[data-later]").await?;
    assert_eq!(window.see("[name=message]").await?.value().await?, "Menunya siap, Kak.");
    window.see("[name=message]").await?.keys(&format!("{CTRL}{SHIFT}l{FREE}")).await?;
    window.fill("[name=when]", "2 jam lagi").await?;
    window.read("#when-0", "WIB").await?;
    window.see("[name=when]").await?.keys(ENTER).await?;
    window.read("[data-later] .marks", "Akan dikirim").await?;
    wrong.extend(look_over_desk(window, "waits-for-later").await?);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(window.see("[name=message]").await?.value().await?, "");
    desk.kill();
    drop(display);
    let due = "update support_tickets set due_at = now(),
        internal = jsonb_set(internal, '{later,0,at}', '\"2026-01-01T00:00:00Z\"')";
    sqlx::query(due).execute(&database).await?;
    customer.reads("Menunya siap, Kak.").await?;
    until("nothing to be left", || async {
        let left: Option<i64> = sqlx::query_scalar("select count(*) from support_tickets where due_at is not null")
            .fetch_one(&database)
            .await?;
        Ok(if left == Some(0) { Ok(()) } else { Err(format!("{left:?}")) })
    })
    .await
}
