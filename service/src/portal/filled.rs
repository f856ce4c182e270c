//! What somebody filled in: a form's or a JSON object's fields as texts, after the checks that keep other sites' forms out.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use gemilang_protocol::Code;
use serde_json::Value;

use super::visit::Visit;
use crate::{App, Error, Result};

/// The header in which a client without forms may send the token.
pub(super) const TOKEN_HEADER: &str = "x-csrf-token";

/// Fields by name; of a name given twice the first counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    fields: BTreeMap<String, String>,
    header_token: String,
}

impl FromRequest<App> for Filled {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let headers = request.headers().clone();
        if !is_own(&headers, &app.config.public_url) {
            return Err(Code::ForeignForm.into());
        }
        let body = crate::request::body(request, app).await?;
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let fields = if kind.starts_with("application/json") { json(&body)? } else { form(body).await? };
        let header_token =
            headers.get(TOKEN_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Ok(Self { fields, header_token })
    }
}

impl Filled {
    /// A field; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether a field was sent, if only empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// A box or a switch: on or off when it was sent. A browser leaves out those that are off, so in a form that was sent
    /// `whole` one that is not there is off.
    pub(super) fn switch(&self, name: &str, whole: bool) -> Option<bool> {
        match self.fields.get(name).map(String::as_str) {
            None => whole.then_some(false),
            Some(value) => Some(["on", "true", "1"].contains(&value)),
        }
    }

    /// The fields whose names begin so, without that beginning.
    pub(super) fn beginning(&self, prefix: &str) -> BTreeMap<String, String> {
        self.fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?.to_owned(), value.clone())))
            .collect()
    }

    /// Fields that were kept while somebody signed in again.
    pub(super) fn kept(fields: BTreeMap<String, String>) -> Self {
        Self { fields, header_token: String::new() }
    }

    /// The fields worth keeping while somebody signs in again.
    pub(super) fn worth_keeping(&self) -> Vec<(String, String)> {
        self.fields
            .iter()
            .filter(|(name, value)| !["csrf", "id"].contains(&name.as_str()) && !value.is_empty())
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// Refuses a form that does not carry this visitor's token.
    ///
    /// # Errors
    /// `foreign_form`.
    pub(super) fn must_carry(&self, token: &str) -> Result<()> {
        if self.get("csrf") == token || self.header_token == token { Ok(()) } else { Err(Code::ForeignForm.into()) }
    }

    /// As [`Filled::must_carry`], with the token of who is signed in.
    ///
    /// # Errors
    /// `foreign_form`.
    pub(super) fn must_be_of(&self, visit: &Visit) -> Result<()> {
        self.must_carry(&visit.form_token())
    }
}

/// The fields of a form as browsers send it.
///
/// # Errors
/// `malformed`.
pub(super) async fn form(body: Bytes) -> Result<BTreeMap<String, String>> {
    let request = Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .map_err(|_| Code::Malformed)?;
    let axum::Form(pairs) =
        axum::Form::<Vec<(String, String)>>::from_request(request, &()).await.map_err(|_| Code::Malformed)?;
    let mut fields = BTreeMap::new();
    for (name, value) in pairs {
        fields.entry(name).or_insert(value);
    }
    Ok(fields)
}

fn json(body: &[u8]) -> Result<BTreeMap<String, String>> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(BTreeMap::new());
    }
    let Ok(Value::Object(object)) = serde_json::from_slice(body) else {
        return Err(Code::Malformed.into());
    };
    object
        .into_iter()
        .map(|(name, value)| {
            let text = match value {
                Value::Null => String::new(),
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(bool) => bool.to_string(),
                Value::Array(_) | Value::Object(_) => return Err(Code::Malformed.into()),
            };
            Ok((name, text))
        })
        .collect()
}

/// Whether a request comes from our own pages, as far as the browser says: one that names another origin does not.
pub(super) fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(header::ORIGIN) {
        let host = origin.split_once("://").map(|(_, host)| host);
        return origin == public_url || (host.is_some() && host == text(header::HOST));
    }
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_origin_is_not_ours() {
        let own = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().expect("a value"));
            }
            is_own(&headers, "https://bantuan.contoh.id")
        };
        assert!(own(&[]));
        assert!(own(&[("origin", "https://bantuan.contoh.id"), ("host", "10.0.0.7:8080")]));
        assert!(own(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!own(&[("origin", "null"), ("host", "bantuan.contoh.id")]));
        assert!(!own(&[("origin", "https://evil.example"), ("host", "bantuan.contoh.id")]));
        assert!(!own(&[("origin", "https://bantuan.contoh.id.evil.example"), ("host", "bantuan.contoh.id")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn json_fields_are_texts_and_nothing_deeper() {
        let fields = json(br#"{"message":"halo","up_to":7,"id":null}"#).expect("fields");
        assert_eq!(fields["message"], "halo");
        assert_eq!(fields["up_to"], "7");
        assert_eq!(fields["id"], "");
        for bad in ["[1]", "{\"a\":{}}", "{", "\"x\""] {
            assert!(json(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
