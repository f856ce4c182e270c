//! The portal as a customer's browser speaks to it: cookies, the form's token, requests that may get no answer, and events as they come.

use std::time::Duration;

use serde_json::Value;
use uuid::Uuid;

/// How long the page's script waits for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// A live line that says nothing for so long only looks open.
const SILENCE: Duration = Duration::from_secs(20);

/// Own tickets; filing one posts here.
pub const LIST: &str = "/customer/support/tickets";

/// Sharing with a partner.
pub const SHARING: &str = "/customer/preferences/sharing";
/// Having account and words erased.
pub const ERASE: &str = "/customer/preferences/data/erase";

/// No answer, or one that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent;

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Portal {
    http: reqwest::Client,
    base: String,
    cookies: String,
    token: String,
}

impl Portal {
    /// Signs in as a person does: opens the page, sends its form, opens the next.
    ///
    /// # Errors
    /// No answer, or another than the page.
    pub async fn sign_in(base: &str, email: &str, password: &str) -> Result<Self, Silent> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(PATIENCE)
            .build()
            .map_err(|_| Silent)?;
        let mut portal = Self { http, base: base.to_owned(), cookies: String::new(), token: String::new() };
        portal.open("/login").await?;
        let fields = [("email", email), ("password", password)];
        let answer = portal.send("/login", &fields).await?;
        if !answer.status().is_success() {
            return Err(Silent);
        }
        portal.keep_cookies(&answer);
        portal.open("/customer/support/tickets/create").await?;
        Ok(portal)
    }

    /// Opens a page for its cookies and the token of its form.
    async fn open(&mut self, path: &str) -> Result<(), Silent> {
        let request = self.http.get(format!("{}{path}", self.base)).header("accept", "text/html");
        let answer = request.header("cookie", &self.cookies).timeout(PATIENCE).send().await.map_err(|_| Silent)?;
        if !answer.status().is_success() {
            return Err(Silent);
        }
        self.keep_cookies(&answer);
        let page = answer.text().await.map_err(|_| Silent)?;
        let (_, after) = page.split_once("name=\"csrf\" value=\"").ok_or(Silent)?;
        self.token = after.split('"').next().unwrap_or_default().to_owned();
        Ok(())
    }

    fn keep_cookies(&mut self, answer: &reqwest::Response) {
        for cookie in answer.headers().get_all("set-cookie") {
            let cookie = String::from_utf8_lossy(cookie.as_bytes()).into_owned();
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            let others = self.cookies.split("; ").filter(|pair| !pair.starts_with(&format!("{name}=")));
            let mut kept: Vec<String> = others.filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
            kept.push(format!("{name}={value}"));
            self.cookies = kept.join("; ");
        }
    }

    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Result<reqwest::Response, Silent> {
        let mut body = format!("csrf={}", encoded(&self.token));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let request = self.http.post(format!("{}{path}", self.base)).header("cookie", &self.cookies).body(body);
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").header("accept", "application/json");
        request.timeout(PATIENCE).send().await.map_err(|_| Silent)
    }

    /// Sends a form, and answers status and body.
    ///
    /// # Errors
    /// No whole answer: it may have been done.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<(u16, Value), Silent> {
        body(self.send(path, fields).await?).await
    }

    /// Asks for something as JSON.
    ///
    /// # Errors
    /// No whole answer.
    pub async fn get(&self, path: &str) -> Result<(u16, Value), Silent> {
        let request = self.http.get(format!("{}{path}", self.base)).header("accept", "application/json");
        let answer = request.header("cookie", &self.cookies).timeout(PATIENCE).send().await.map_err(|_| Silent)?;
        body(answer).await
    }

    /// Follows a conversation from a place on.
    ///
    /// # Errors
    /// No answer, or a refusal.
    pub async fn follow(&self, ticket: Uuid, after: &str) -> Result<Events, Silent> {
        let request = self.http.get(format!("{}{LIST}/{ticket}/live?after={}", self.base, encoded(after)));
        let request = request.header("accept", "text/event-stream").header("cookie", &self.cookies);
        let answer = tokio::time::timeout(PATIENCE, request.send()).await.map_err(|_| Silent)?.map_err(|_| Silent)?;
        if answer.status().is_success() { Ok(Events { answer, read: Vec::new() }) } else { Err(Silent) }
    }
}

async fn body(answer: reqwest::Response) -> Result<(u16, Value), Silent> {
    let status = answer.status().as_u16();
    if status == 204 {
        return Ok((status, Value::Null));
    }
    let bytes = answer.bytes().await.map_err(|_| Silent)?;
    serde_json::from_slice(&bytes).map(|body| (status, body)).map_err(|_| Silent)
}

/// One event.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// `message`, `ticket`, `read`, `trail`, `ping` or `bye`.
    pub name: String,
    /// Its JSON.
    pub data: String,
    /// The place after it, if it carries one.
    pub id: Option<String>,
}

/// Events of a conversation.
#[derive(Debug)]
pub struct Events {
    answer: reqwest::Response,
    read: Vec<u8>,
}

impl Events {
    /// The next event.
    ///
    /// # Errors
    /// The line is cut, over or silent.
    pub async fn next(&mut self) -> Result<Heard, Silent> {
        loop {
            if let Some(heard) = take_event(&mut self.read) {
                return Ok(heard);
            }
            let chunk = tokio::time::timeout(SILENCE, self.answer.chunk()).await.map_err(|_| Silent)?;
            self.read.extend_from_slice(&chunk.map_err(|_| Silent)?.ok_or(Silent)?);
        }
    }
}

/// Takes the first whole event out of what was read. One that was cut is none.
fn take_event(read: &mut Vec<u8>) -> Option<Heard> {
    let end = read.windows(2).position(|window| window == b"\n\n")?;
    let rest = read.split_off(end + 2);
    let event = String::from_utf8_lossy(&std::mem::replace(read, rest)).into_owned();
    let mut heard = Heard::default();
    for line in event.lines() {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
        match field {
            "event" => heard.name = value,
            "data" => heard.data = value,
            "id" => heard.id = Some(value),
            _ => {}
        }
    }
    Some(heard)
}

/// A text as one value of a form.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_counts_once_it_is_whole() {
        let mut read = b"event: message\ndata: {\"n\":1}\nid: abc\n".to_vec();
        assert_eq!(take_event(&mut read), None);
        read.extend_from_slice(b"\nevent: ping\nda");
        let heard = take_event(&mut read).unwrap();
        assert_eq!(
            (heard.name.as_str(), heard.data.as_str(), heard.id.as_deref()),
            ("message", "{\"n\":1}", Some("abc"))
        );
        assert_eq!(read, b"event: ping\nda");
    }
}
