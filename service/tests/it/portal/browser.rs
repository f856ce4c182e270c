//! A browser without script: it keeps cookies, follows no redirect by itself, and fills in the forms it was shown.

use std::collections::BTreeMap;
use std::sync::Mutex;

use gemilang_service::testing::{Credentials, TestApp};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, redirect};
use serde_json::Value;

/// A browser with its cookies.
pub(crate) struct Browser {
    client: Client,
    url: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Page {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(LOCATION).map(|value| value.to_str().expect("a path")).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} is no JSON: {}", self.status, self.text))
    }

    /// The value of the first field of this name.
    pub(crate) fn value(&self, name: &str) -> String {
        let at = self.text.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {}", self.text));
        let rest = &self.text[at..];
        let value = rest.find("value=\"").map(|from| &rest[from + 7..]).expect("a value");
        value[..value.find('"').expect("its end")].to_owned()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}

impl Browser {
    pub(crate) fn new(app: &TestApp) -> Self {
        Self {
            client: Client::builder().redirect(redirect::Policy::none()).build().expect("a client"),
            url: app.url.clone(),
            cookies: Mutex::default(),
        }
    }

    /// With the cookie of somebody who signed in earlier.
    pub(crate) fn of(app: &TestApp, who: &Credentials) -> Self {
        let browser = Self::new(app);
        browser.set_cookie("gemilang_session", &who.token);
        browser
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("cookies").insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("cookies").get(name).cloned()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Page {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        let cookies: Vec<_> =
            self.cookies.lock().expect("cookies").iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header(COOKIE, cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            let (pair, rest) = cookie.to_str().expect("a cookie").split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a name");
            if rest.contains("Max-Age=0") {
                self.cookies.lock().expect("cookies").remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
        let text = response.text().await.expect("text");
        if headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
            check(&text, &headers);
        }
        Page { status, headers, text }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[(ACCEPT.as_str(), "text/html")], None).await
    }

    pub(crate) async fn get_json(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[(ACCEPT.as_str(), "application/json")], None).await
    }

    /// Sends a form exactly as given.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(path, fields, &[(ACCEPT.as_str(), "text/html")]).await
    }

    pub(crate) async fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Page {
        let mut headers = headers.to_vec();
        headers.push((CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded"));
        self.send(Method::POST, path, &headers, Some(encoded(fields))).await
    }

    /// Opens a page and sends a form to `action` with the page's own token.
    pub(crate) async fn fill(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.get(page).await.value("csrf");
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.post(action, &fields).await
    }
}

/// What holds for every page: no inline script or style, a language, a policy, nothing kept by caches.
fn check(html: &str, headers: &HeaderMap) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(html.contains("<html lang="), "a page names its language");
    assert!(!html.contains(" style=") && !html.contains("<style"), "no inline style");
    assert!(!html.contains("<script>") && !html.contains(" onclick"), "no inline script");
    for (at, _) in html.match_indices("<script") {
        assert!(html[at..].starts_with("<script type=\"module\" src=\"/assets/"), "scripts come from our own address");
    }
    let policy = text("content-security-policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(text("cache-control").contains("no-store"));
    assert_eq!(text("x-content-type-options"), "nosniff");
    for key in ["error-", "label-", "trail-", "link-", "field-", "status-customer-"] {
        assert!(!html.contains(&format!(">{key}")), "a text is missing: {key}");
    }
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            use std::fmt::Write as _;
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
