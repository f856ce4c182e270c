//! A visit: who asks, in which language, for a page or for JSON. Read once from the request, for every handler of the portal.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gemilang_locales::Language;
use gemilang_protocol::{Code, Person, Role};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::{browsers, cookies, paths};
use crate::auth::sessions::{self, Kind, Session};
use crate::auth::tokens;
use crate::domain::people;
use crate::{App, Error};

/// How the pages may look; `auto` is as the device does.
pub(super) const THEMES: [&str; 3] = ["auto", "light", "dark"];
/// The header that says whose a private page is.
const PERSON: &str = "x-gemilang-person";

/// Who asks, in which language, for a page or for JSON.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// Whose words are shown.
    pub(super) language: Language,
    /// How the pages look in this browser.
    pub(super) theme: &'static str,
    /// Who is signed in, if anybody.
    pub(super) session: Option<Session>,
    /// Whether JSON is wanted and not a page.
    pub(super) json: bool,
    /// The path asked for.
    pub(super) path: String,
    /// Its query, without `?`.
    pub(super) query: String,
    /// Whether this is a browser loading a page before anybody wants to see it.
    pub(super) prefetch: bool,
    /// The browser, as `Chrome, Android`; empty when it does not say.
    pub(super) device: String,
    form_key: String,
    /// Whether the browser holds a language already, or asked for one just now.
    has_language: bool,
    cookies: Vec<HeaderValue>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let https = app.config.is_https();
        let headers = &parts.headers;
        let mut cookies = Vec::new();
        let mut session = match cookies::read(headers, cookies::SESSION, https) {
            None => None,
            Some(token) => match sessions::find(app, token, &[Kind::Portal]).await {
                Ok(session) if session.person.role == Role::Customer => {
                    // The browser keeps the cookie for as long as the session lasts now.
                    cookies.extend(session.slid.then(|| cookies::signed_in(token, https)).flatten());
                    Some(session)
                }
                Ok(_) | Err(Error::Refused(Code::SessionExpired | Code::Deactivated)) => None,
                Err(error) => return Err(error),
            },
        };
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let asked = value(&query, "lang").as_deref().and_then(Language::from_tag);
        if let Some(language) = asked {
            cookies.extend(cookies::keep(cookies::LANGUAGE, language.tag(), https));
        }
        let held = cookies::read(headers, cookies::LANGUAGE, https).and_then(Language::from_tag);
        // Who asks for a language while signed in has it everywhere, in mails too.
        if let (Some(language), Some(session)) = (asked, &mut session)
            && session.person.language != language.tag()
        {
            people::set_language(app, session.person.id, language.tag()).await?;
            language.tag().clone_into(&mut session.person.language);
        }
        let own = session.as_ref().and_then(|it| Language::from_tag(&it.person.language));
        // A refusal knows only the browser, so the browser learns what its person speaks.
        if let Some(own) = own.filter(|own| asked.is_none() && held != Some(*own)) {
            cookies.extend(cookies::keep(cookies::LANGUAGE, own.tag(), https));
        }
        let chosen = asked.or(own).or(held);
        let language = chosen.or_else(|| accepted(headers)).unwrap_or_default();
        let form_key = match cookies::read(headers, cookies::FORM, https) {
            Some(key) if key.len() == 43 => key.to_owned(),
            _ => {
                let key = tokens::fresh();
                cookies.extend(cookies::keep(cookies::FORM, &key, https));
                key
            }
        };
        Ok(Self {
            language,
            theme: theme_of(headers),
            session,
            json: wants_json(headers),
            path: parts.uri.path().to_owned(),
            query,
            prefetch: ["sec-purpose", "purpose"]
                .iter()
                .any(|name| headers.get(*name).is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))),
            device: headers
                .get(header::USER_AGENT)
                .and_then(|it| it.to_str().ok())
                .map(browsers::called)
                .unwrap_or_default(),
            form_key,
            has_language: chosen.is_some(),
            cookies,
        })
    }
}

impl Visit {
    /// The token that this visitor's forms carry. It is bound to who is signed in, so that a form left open by
    /// somebody else on the same device does nothing.
    pub(super) fn form_token(&self) -> String {
        let person = self.session.as_ref().map(|session| session.person.id.to_string());
        self.token(&person.unwrap_or_default())
    }

    /// The token of forms that were opened before signing in.
    pub(super) fn door_token(&self) -> String {
        self.token("")
    }

    /// What this browser is known by: the hash of its own secret.
    pub(super) fn browser(&self) -> Vec<u8> {
        let mut digest = Sha256::new();
        digest.update(b"browser:");
        digest.update(self.form_key.as_bytes());
        digest.finalize().to_vec()
    }

    fn token(&self, person: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(b"form:");
        digest.update(self.form_key.as_bytes());
        digest.update(b":");
        digest.update(person.as_bytes());
        URL_SAFE_NO_PAD.encode(&digest.finalize()[..18])
    }

    /// This path and query with another language.
    pub(super) fn in_language(&self, language: Language) -> String {
        let mut url = format!("{}?", self.path);
        for pair in self.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")) {
            url.push_str(pair);
            url.push('&');
        }
        url.push_str("lang=");
        url.push_str(language.tag());
        url
    }

    /// From here on the person's own language, unless this browser was told another: then that is the person's from now on.
    ///
    /// # Errors
    /// The database.
    pub(super) async fn settle_language(&mut self, app: &App, person: &Person) -> Result<(), Error> {
        if !self.has_language {
            if let Some(own) = Language::from_tag(&person.language) {
                self.speak(own, app.config.is_https());
            }
        } else if person.language != self.language.tag() {
            people::set_language(app, person.id, self.language.tag()).await?;
        }
        Ok(())
    }

    /// From here on another language, also of what is refused.
    pub(super) fn speak(&mut self, language: Language, https: bool) {
        self.language = language;
        self.cookies.extend(cookies::keep(cookies::LANGUAGE, language.tag(), https));
    }

    /// From here on another look.
    pub(super) fn wear(&mut self, theme: &'static str, https: bool) {
        self.theme = theme;
        self.cookies.extend(cookies::keep(cookies::THEME, theme, https));
    }

    /// The address asked for, path and query.
    pub(super) fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The first value of a name in the query.
    pub(super) fn asked(&self, name: &str) -> Option<String> {
        value(&self.query, name)
    }

    /// Keeps what this visit settled (language, form key) in the browser.
    pub(super) fn keep(&self, mut response: Response) -> Response {
        for cookie in &self.cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        // The service worker keeps what it saw under whose it is; see sw.js.
        if let Some(session) = &self.session
            && let Ok(person) = HeaderValue::from_str(&session.person.id.to_string())
        {
            response.headers_mut().insert(PERSON, person);
        }
        response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag()));
        response
    }

    /// The way to the sign-in page, and back to `next` afterwards; 401 for who asked for JSON.
    pub(super) fn to_sign_in(&self, next: &str) -> Response {
        if self.json {
            return Error::from(Code::SessionExpired).into_response();
        }
        let to = match paths::own(next) {
            Some(next) if next != paths::LIST && next != "/" => {
                format!("{}?next={}", paths::LOGIN, paths::encoded(next))
            }
            _ => paths::LOGIN.to_owned(),
        };
        self.keep(Redirect::to(&to).into_response())
    }
}

/// A customer who is signed in; everybody else is sent to sign in.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    /// The visit.
    pub(super) visit: Visit,
    /// Who.
    pub(super) session: Session,
}

impl FromRequestParts<App> for Customer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        match visit.session.clone() {
            Some(session) => Ok(Self { visit, session }),
            None => Err(visit.to_sign_in(&visit.address())),
        }
    }
}

/// The language a refusal is written in: as a visit's, without asking the database.
pub fn language(headers: &HeaderMap) -> Language {
    [true, false]
        .into_iter()
        .find_map(|https| cookies::read(headers, cookies::LANGUAGE, https).and_then(Language::from_tag))
        .or_else(|| accepted(headers))
        .unwrap_or_default()
}

/// A word of a theme.
pub(super) fn theme(word: &str) -> Option<&'static str> {
    THEMES.into_iter().find(|theme| *theme == word)
}

/// How the pages look in a browser: as it chose, or as the device does.
pub(super) fn theme_of(headers: &HeaderMap) -> &'static str {
    [true, false]
        .into_iter()
        .find_map(|https| cookies::read(headers, cookies::THEME, https).and_then(theme))
        .unwrap_or(THEMES[0])
}

fn accepted(headers: &HeaderMap) -> Option<Language> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Language::from_accept_language(value)
}

/// Whether JSON is asked for: named, and not beside HTML.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("json") && !value.contains("text/html"))
}

/// The first value of a name in a query; bytes that are no text are replaced.
fn value(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find_map(|(it, value)| (it == name).then(|| value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_browsers_write_it() {
        assert_eq!(value("a=1&q=bunga+meja%20%C3%A9&q=2", "q").as_deref(), Some("bunga meja é"));
        assert_eq!(value("unread", "unread").as_deref(), Some(""));
        assert_eq!(value("q=%", "q").as_deref(), Some("%"));
        assert_eq!(value("q=%é", "q").as_deref(), Some("%é"));
        assert_eq!(value("q=%ff", "q").as_deref(), Some("\u{fffd}"));
        assert_eq!(value("", "q"), None);
    }

    #[test]
    fn a_page_is_meant_unless_json_is_named() {
        let asks = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            wants_json(&headers)
        };
        assert!(asks("application/json"));
        assert!(asks("application/problem+json, application/json"));
        assert!(!asks("text/html,application/xhtml+xml,*/*;q=0.8"));
        assert!(!asks("*/*"));
    }
}
