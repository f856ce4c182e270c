//! Writing: what is typed survives a desk that is killed in mid-sentence, and a reply can be taken back for a few seconds, over a
//! kill as well; a customer who reads along is answered at once.

use gemilang_e2e::Result;
use gemilang_e2e::browser::Browser;
use gemilang_e2e::desk::{Desk, Setting};
use gemilang_e2e::display::{Comforts, Display};
use gemilang_e2e::portal::Customer;
use gemilang_e2e::service::{Account, Service};
use gemilang_e2e::wait::until;
use gemilang_e2e::webdriver::Window;
use sqlx::PgPool;

use crate::seat::calm;

const SEND: &str = "\u{E009}\u{E007}";
const RESOLVE: &str = "\u{E009}\u{E008}\u{E007}";
const UNDO: &str = "\u{E009}z";

/// A desk with one open ticket whose customer has left the page.
struct Scene {
    service: Service,
    database: PgPool,
    display: Display,
    setting: Setting,
    customer: Customer,
    number: String,
    desk: Desk,
}

impl Scene {
    async fn set() -> Result<Self> {
        let service = Service::start().await?;
        let (bagas, rina) = (Account::new("Bagas Pratama"), Account::new("Rina Larasati"));
        service.add_staff(&bagas)?;
        let database = PgPool::connect(service.database()).await?;
        let customer = Customer::at(Browser::phone().await?, &service.url());
        customer.register(&rina).await?;
        let number = customer.file(&calm("Menu vegetarian")).await?;
        customer.window().go(&format!("{}/customer/support/tickets", service.url())).await?;
        // The keychain keeps the session over a kill.
        let display = Display::start(Comforts { alerts: false, keyring: true }).await?;
        let setting = Setting { data: display.home().join("desk"), server: Some(service.url()) };
        let desk = Desk::start(&display, &setting).await?;
        desk.window.resize(1280, 800).await?;
        desk.sign_in(&service.url(), &bagas.email, &bagas.password).await?;
        desk.window.read(".statusline", "Langsung").await?;
        let scene = Self { service, database, display, setting, customer, number, desk };
        scene.open().await?;
        Ok(scene)
    }

    fn window(&self) -> &Window {
        &self.desk.window
    }

    async fn open(&self) -> Result<()> {
        let window = self.window();
        window.click(".nav-item[title='Semua aktif']").await?;
        window.click(&format!("[data-ticket={}]", self.number)).await?;
        window.read(".thread-head .num", &self.number).await.map(drop)
    }

    /// The desk is killed, and started again.
    async fn kill(mut self) -> Result<Self> {
        self.desk.kill();
        self.desk = Desk::start(&self.display, &self.setting).await?;
        self.desk.window.resize(1280, 800).await?;
        self.desk.window.read(".statusline", "Langsung").await?;
        self.open().await?;
        Ok(self)
    }

    /// What the team has written to the customer.
    async fn sent(&self) -> Result<Vec<String>> {
        let all = "select message from chat_messages where sender_type = 'admin' order by n";
        Ok(sqlx::query_scalar(all).fetch_all(&self.database).await?)
    }

    async fn until_sent(&self, wanted: &[&str]) -> Result<()> {
        until("the reply at the service", || async {
            let sent = self.sent().await?;
            Ok(if sent == wanted { Ok(()) } else { Err(sent.join(" | ")) })
        })
        .await
    }
}

#[tokio::test]
async fn a_sentence_outlives_the_desk_it_was_typed_on() -> Result<()> {
    let scene = Scene::set().await?;
    let window = scene.window();
    window.fill("[name=message]", "Baik, Kak Rina, menu vegetarian untuk").await?;
    window.read(".composer .saved", "Draf tersimpan").await?;
    window.click(".composer .tab:nth-child(2)").await?;
    window.fill("[name=note]", "Tanya dapur soal 30 porsi").await?;
    window.read(".composer .saved", "Draf tersimpan").await?;

    let scene = scene.kill().await?;
    let window = scene.window();
    assert_eq!(window.see("[name=message]").await?.value().await?, "Baik, Kak Rina, menu vegetarian untuk");
    window.click(".composer .tab:nth-child(2)").await?;
    assert_eq!(window.see("[name=note]").await?.value().await?, "Tanya dapur soal 30 porsi");
    Ok(())
}

#[tokio::test]
async fn a_reply_is_taken_back_with_its_words() -> Result<()> {
    let scene = Scene::set().await?;
    let window = scene.window();
    window.fill("[name=message]", "Bisa, Kak").await?;
    window.see("[name=message]").await?.keys(RESOLVE).await?;
    window.read(".snack", "Terkirim dalam 5 detik").await?;
    window.read(".msg.unsent .marks", "Terkirim sebentar lagi").await?;
    window.read("#fact-status", "Selesai").await?;
    window.picture("composer-undo-send").await?;
    window.see("[name=message]").await?.keys(UNDO).await?;
    window.gone(".msg.unsent").await?;
    window.read("#fact-status", "Terbuka").await?;
    assert_eq!(window.see("[name=message]").await?.value().await?, "Bisa, Kak");
    window.see("[name=message]").await?.keys(" Rina.").await?;
    window.see("[name=message]").await?.keys(SEND).await?;
    scene.until_sent(&["Bisa, Kak Rina."]).await?;

    // It is in the outbox with its time, whatever becomes of the desk meanwhile.
    window.fill("[name=message]", "Ditulis sebelum mati lampu.").await?;
    window.see("[name=message]").await?.keys(SEND).await?;
    window.read(".snack", "Terkirim dalam 5 detik").await?;
    let scene = scene.kill().await?;
    scene.until_sent(&["Bisa, Kak Rina.", "Ditulis sebelum mati lampu."]).await?;

    // Whoever wants no delay has none.
    let window = scene.window();
    window.click("#send-more").await?;
    window.picture("composer-send-menu").await?;
    window.click(".menu #opt-3").await?;
    window.picture("composer-undo-menu").await?;
    window.click(".menu #opt-0").await?;
    window.fill("[name=message]", "Tanpa jeda.").await?;
    window.see("[name=message]").await?.keys(SEND).await?;
    scene.until_sent(&["Bisa, Kak Rina.", "Ditulis sebelum mati lampu.", "Tanpa jeda."]).await?;
    window.gone(".snack").await
}

#[tokio::test]
async fn a_customer_who_reads_along_is_answered_at_once() -> Result<()> {
    let scene = Scene::set().await?;
    let window = scene.window();
    scene.customer.window().go(&format!("{}/customer/support/tickets", scene.service.url())).await?;
    scene.customer.window().click("a[href*='/customer/support/tickets/0']").await?;
    window.read(".composer .to", "sedang membuka percakapan").await?;
    window.fill("[name=message]", "Bisa, Kak.").await?;
    window.see("[name=message]").await?.keys(SEND).await?;
    scene.customer.reads("Bisa, Kak.").await?;
    window.gone(".snack").await?;
    window.picture("composer-customer-here").await?;
    scene.customer.window().go(&format!("{}/customer/support/tickets", scene.service.url())).await?;
    window.read(".composer .to", "portal").await.map(drop)
}
