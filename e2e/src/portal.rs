//! Portal: what a customer does on the pages, by the names of their fields, as a person finds them.

use gemilang_protocol::{Category, Priority};
use serde_json::json;

use crate::browser::Browser;
use crate::failure::{Failure, Result};
use crate::service::Account;
use crate::wait::until;
use crate::webdriver::Window;

/// A ticket to file.
pub const FILED: Filed<'static> = Filed {
    subject: "Akad dimajukan ke 06.30, mohon sesuaikan MUA dan katering",
    description: "Penghulu mengabari bahwa akad dimajukan. Mohon MUA dan sarapan keluarga ikut disesuaikan.",
    category: Category::Schedule,
    priority: Priority::High,
};

/// What a customer files.
#[derive(Debug, Clone)]
pub struct Filed<'a> {
    /// One line.
    pub subject: &'a str,
    /// At least 20 characters.
    pub description: &'a str,
    /// About what.
    pub category: Category,
    /// How soon.
    pub priority: Priority,
}

/// A customer at a browser.
#[derive(Debug)]
pub struct Customer {
    browser: Browser,
    url: String,
}

impl Customer {
    /// Sits down at a browser in front of a service.
    pub fn at(browser: Browser, url: &str) -> Self {
        Self { browser, url: url.to_owned() }
    }

    /// The page.
    pub fn window(&self) -> &Window {
        &self.browser.window
    }

    /// Makes an account, which signs in.
    ///
    /// # Errors
    /// The form refuses or is not there.
    pub async fn register(&self, account: &Account) -> Result<()> {
        let page = self.window();
        page.go(&format!("{}/register", self.url)).await?;
        page.fill("[name=name]", &account.name).await?;
        page.fill("[name=email]", &account.email).await?;
        page.fill("[name=phone]", "0812-3456-0198").await?;
        page.fill("[name=password]", &account.password).await?;
        page.fill("[name=password_confirmation]", &account.password).await?;
        page.click("form[action='/register'] .btn-primary").await?;
        self.arrive("/customer/support/tickets").await
    }

    /// Signs in.
    ///
    /// # Errors
    /// The form refuses or is not there.
    pub async fn sign_in(&self, account: &Account) -> Result<()> {
        let page = self.window();
        page.go(&format!("{}/login", self.url)).await?;
        page.fill("[name=email]", &account.email).await?;
        page.fill("[name=password]", &account.password).await?;
        page.click("form[action='/login'] .btn-primary").await?;
        self.arrive("/customer/support/tickets").await
    }

    /// Files a ticket and answers its number, as its page shows it.
    ///
    /// # Errors
    /// The form refuses or is not there.
    pub async fn file(&self, filed: &Filed<'_>) -> Result<String> {
        let page = self.window();
        page.go(&format!("{}/customer/support/tickets/create", self.url)).await?;
        page.click(&format!("label:has([name=category][value={}])", filed.category)).await?;
        page.fill("[name=subject]", filed.subject).await?;
        page.fill("[name=description]", filed.description).await?;
        // On a low screen it may be under the button that stays in sight.
        page.reveal("[name=priority]").await?;
        page.click(&format!("label:has([name=priority][value={}])", filed.priority)).await?;
        page.click(".dock .btn-primary").await?;
        page.read("[data-number]", "GW-").await
    }

    /// Writes into the open conversation.
    ///
    /// # Errors
    /// The form is not there.
    pub async fn write(&self, message: &str) -> Result<()> {
        let page = self.window();
        page.fill("[data-writer] [name=message]", message).await?;
        page.click("[data-writer] .sendbtn").await
    }

    /// Waits until the open conversation shows a text.
    ///
    /// # Errors
    /// It does not come.
    pub async fn reads(&self, text: &str) -> Result<()> {
        self.window().read("[data-flow]", text).await.map(drop)
    }

    /// Waits until a script says that something holds on the page.
    ///
    /// # Errors
    /// It does not come to hold.
    pub async fn holds(&self, script: &str) -> Result<()> {
        until(script, || async {
            let seen = self.window().run(script, json!([])).await?;
            Ok(if seen == json!(true) { Ok(()) } else { Err(seen.to_string()) })
        })
        .await
    }

    /// How often a text stands in the open conversation.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn count(&self, text: &str) -> Result<u64> {
        let script =
            "return [...document.querySelectorAll('.bubble')].filter((it) => it.textContent === arguments[0]).length";
        Ok(self.window().run(script, json!([text])).await?.as_u64().unwrap_or_default())
    }

    /// Opens the link of the newest letter of a kind, as found in the service's outbox.
    ///
    /// # Errors
    /// There is none.
    pub async fn open_letter(&self, kind: &str) -> Result<()> {
        let (outbox, link) = (format!("{}/dev/outbox", self.url), format!("[data-letter={kind}] .btn-primary"));
        until(&format!("the letter {kind}"), || async {
            self.window().go(&outbox).await?;
            self.window().find(&link).await.map(Ok)
        })
        .await?
        .click()
        .await
    }

    /// Waits until the page is at a path.
    ///
    /// # Errors
    /// It does not come there.
    pub async fn arrive(&self, path: &str) -> Result<()> {
        until(&format!("the page {path}"), || async move {
            let address = self.window().address().await?;
            Ok(if address.ends_with(path) { Ok(()) } else { Err(address) })
        })
        .await
    }

    /// Leaves a mark that only this very page carries, so that a reload would be seen.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn mark_page(&self) -> Result<()> {
        self.window().run("window.gemilangMark = true", json!([])).await.map(drop)
    }

    /// Fails when the page was loaded anew since [`Self::mark_page`].
    ///
    /// # Errors
    /// It was.
    pub async fn is_same_page(&self) -> Result<()> {
        let mark = self.window().run("return window.gemilangMark === true", json!([])).await?;
        if mark.as_bool() == Some(true) {
            Ok(())
        } else {
            Err(Failure::Answer("the customer's page was reloaded".to_owned()))
        }
    }
}
