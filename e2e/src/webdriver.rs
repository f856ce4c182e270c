//! WebDriver: the W3C protocol as far as these tests need it, the same for Chromium and for the desk's web view.

use std::time::Duration;

use base64::Engine;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::artefacts;
use crate::failure::{Failure, Result};
use crate::process::Process;
use crate::wait::until;

/// The key under which WebDriver hides an element's id.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One window under a driver's control.
#[derive(Debug, Clone)]
pub struct Window {
    http: reqwest::Client,
    /// `http://127.0.0.1:<port>/session/<id>`
    session: String,
    /// Whether elements are told of a click instead of being clicked: where no page may run a script, the driver waits
    /// for ever to hear what its click has done.
    told: bool,
}

/// An element found in a window.
#[derive(Debug, Clone)]
pub struct Element {
    window: Window,
    id: String,
}

impl Window {
    /// Opens a session at a driver once that driver listens.
    ///
    /// # Errors
    /// The driver ends, does not listen in time, or refuses the capabilities.
    pub async fn open(driver: &mut Process, port: u16, capabilities: Value) -> Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).no_proxy().build()?;
        let base = format!("http://127.0.0.1:{port}");
        until("the driver to listen", || {
            let alive = driver.check();
            let status = http.get(format!("{base}/status")).send();
            async {
                alive?;
                Ok(status.await.map(drop).map_err(|error| error.to_string()))
            }
        })
        .await?;
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = command(http.post(format!("{base}/session")).json(&body)).await?;
        let Some(id) = answer["sessionId"].as_str() else {
            return Err(Failure::Answer(answer.to_string()));
        };
        Ok(Self { session: format!("{base}/session/{id}"), http, told: false })
    }

    /// The same window for pages without script.
    pub(crate) fn without_script(self) -> Self {
        Self { told: true, ..self }
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn go(&self, url: &str) -> Result<()> {
        self.post("url", json!({ "url": url })).await.map(drop)
    }

    /// Where it is.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn address(&self) -> Result<String> {
        let answer = self.get("url").await?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// The first element that matches, now.
    ///
    /// # Errors
    /// `no such element`, or the driver's refusal.
    pub async fn find(&self, css: &str) -> Result<Element> {
        let answer = self.post("element", json!({ "using": "css selector", "value": css })).await?;
        let Some(id) = answer[ELEMENT].as_str() else {
            return Err(Failure::Answer(answer.to_string()));
        };
        Ok(Element { window: self.clone(), id: id.to_owned() })
    }

    /// Waits until an element that matches is on screen.
    ///
    /// # Errors
    /// It does not appear in time.
    pub async fn see(&self, css: &str) -> Result<Element> {
        let outcome = until(&format!("`{css}`"), || async move {
            let element = self.find(css).await?;
            Ok(if element.is_displayed().await? { Ok(element) } else { Err("there, but hidden".to_owned()) })
        })
        .await;
        self.kept(outcome).await
    }

    /// Waits until the text of an element contains `text`, and answers the whole of it.
    ///
    /// # Errors
    /// It does not come in time.
    pub async fn read(&self, css: &str, text: &str) -> Result<String> {
        let outcome = until(&format!("“{text}” in `{css}`"), || async move {
            let seen = self.find(css).await?.text().await?;
            Ok(if seen.contains(text) { Ok(seen) } else { Err(seen) })
        })
        .await;
        self.kept(outcome).await
    }

    /// Waits until nothing matches any more.
    ///
    /// # Errors
    /// It is still there in the end.
    pub async fn gone(&self, css: &str) -> Result<()> {
        let outcome = until(&format!("`{css}` to go"), || async move {
            match self.find(css).await {
                Ok(element) => Ok(Err(element.text().await.unwrap_or_default())),
                Err(failure) if failure.is_not_yet() => Ok(Ok(())),
                Err(failure) => Err(failure),
            }
        })
        .await;
        self.kept(outcome).await
    }

    /// Clicks an element as soon as it can be clicked.
    ///
    /// # Errors
    /// It cannot be clicked in time.
    pub async fn click(&self, css: &str) -> Result<()> {
        let outcome =
            until(&format!("a click on `{css}`"), || async move { self.find(css).await?.click().await.map(Ok) }).await;
        self.kept(outcome).await
    }

    /// Scrolls an element to the middle of the screen.
    ///
    /// # Errors
    /// The driver's refusal, or it is not there.
    pub async fn reveal(&self, css: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.run(
            "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })",
            json!([{ ELEMENT: element.id }]),
        )
        .await
        .map(drop)
    }

    /// Empties a field and types into it as soon as it can be typed into.
    ///
    /// # Errors
    /// It cannot be typed into in time.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let outcome = until(&format!("typing into `{css}`"), || async move {
            let field = self.find(css).await?;
            // Selected and typed over: the driver's own clearing tells the page nothing.
            self.run("arguments[0].select()", json!([{ ELEMENT: field.id }])).await?;
            field.keys(&format!("\u{E003}{text}")).await.map(Ok)
        })
        .await;
        self.kept(outcome).await
    }

    /// Runs a script's body in the page; `arguments` are its arguments.
    ///
    /// # Errors
    /// The script's or the driver's refusal.
    pub async fn run(&self, script: &str, arguments: Value) -> Result<Value> {
        self.post("execute/sync", json!({ "script": script, "args": arguments })).await
    }

    /// Asks Chromium's own tools, which can do what no person can: cut the line, turn scripts off, deliver a push message.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn reload(&self) -> Result<()> {
        self.post("refresh", json!({})).await.map(drop)
    }

    /// Keeps a picture of the page under `target/e2e`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let answer = self.get("screenshot").await?;
        let png = base64::engine::general_purpose::STANDARD
            .decode(answer.as_str().unwrap_or_default())
            .map_err(|error| Failure::Answer(error.to_string()))?;
        artefacts::picture(name, &png).map(drop)
    }

    /// Sets the size of the window, in CSS pixels.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.post("window/rect", json!({ "width": width, "height": height })).await.map(drop)
    }

    /// Closes the window; what it showed ends as if its person had closed it.
    ///
    /// # Errors
    /// The driver's refusal.
    pub async fn close(&self) -> Result<()> {
        command(self.http.delete(&self.session)).await.map(drop)
    }

    /// Keeps a picture of what was there instead, for whoever reads the failure.
    async fn kept<T>(&self, outcome: Result<T>) -> Result<T> {
        if matches!(outcome, Err(Failure::Late { .. })) {
            let name = format!("failed-{}", Uuid::now_v7().simple());
            if self.picture(&name).await.is_ok() {
                eprintln!("what was there instead: {name}.png");
            }
        }
        outcome
    }

    async fn get(&self, path: &str) -> Result<Value> {
        command(self.http.get(format!("{}/{path}", self.session))).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value> {
        let request = self.http.post(format!("{}/{path}", self.session)).json(&body);
        command(request).await
    }
}

impl Element {
    /// What a person reads in it. The page's own `innerText`: WebKit's driver takes a clamped line for a hidden one.
    ///
    /// # Errors
    /// It is gone, or the driver's refusal.
    pub async fn text(&self) -> Result<String> {
        let answer = self.window.get(&self.path("property/innerText")).await?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// What is typed into it.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub async fn value(&self) -> Result<String> {
        let answer = self.window.get(&self.path("property/value")).await?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute, empty where it has none.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub async fn attribute(&self, name: &str) -> Result<String> {
        let answer = self.window.get(&self.path(&format!("attribute/{name}"))).await?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// Whether it can be seen.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub async fn is_displayed(&self) -> Result<bool> {
        let answer = self.window.get(&self.path("displayed")).await?;
        Ok(answer.as_bool().unwrap_or_default())
    }

    /// Clicks it.
    ///
    /// # Errors
    /// It cannot be clicked now.
    pub async fn click(&self) -> Result<()> {
        if self.window.told {
            return self.window.run("arguments[0].click()", json!([{ ELEMENT: self.id }])).await.map(drop);
        }
        self.window.post(&self.path("click"), json!({})).await.map(drop)
    }

    /// Types, key by key. `\u{E009}` holds Ctrl, `\u{E007}` is Enter.
    ///
    /// # Errors
    /// It cannot be typed into now.
    pub async fn keys(&self, text: &str) -> Result<()> {
        self.window.post(&self.path("value"), json!({ "text": text })).await.map(drop)
    }

    fn path(&self, rest: &str) -> String {
        format!("element/{}/{rest}", self.id)
    }
}

/// Sends a command and unwraps WebDriver's envelope.
async fn command(request: reqwest::RequestBuilder) -> Result<Value> {
    let answer: Value = request.send().await?.json().await?;
    let value = &answer["value"];
    match value["error"].as_str() {
        Some(error) => Err(Failure::Driver {
            error: error.to_owned(),
            message: value["message"].as_str().unwrap_or_default().to_owned(),
        }),
        None => Ok(value.clone()),
    }
}
