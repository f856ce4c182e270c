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

use super::paths;
use crate::auth::sessions::{self, Kind, Session};
use crate::auth::tokens;
use crate::domain::people;
use crate::{App, Error};

/// The cookies' plain names; on https they carry `__Host-` in front.
pub(super) const SESSION: &str = "gemilang_session";
const FORM: &str = "gemilang_form";
const LANGUAGE: &str = "gemilang_language";
const THEME: &str = "gemilang_theme";
/// How the pages may look; `auto` is as the device does.
pub(super) const THEMES: [&str; 3] = ["auto", "light", "dark"];
/// The header that says whose a private page is.
const PERSON: &str = "x-gemilang-person";
const YEAR: u32 = 31_536_000;
/// As long as a session lasts unless it is used, when it is set anew; the service has the last word.
const MONTH: u32 = 2_592_000;

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
        let mut session = match cookie(headers, &name(SESSION, https)) {
            None => None,
            Some(token) => match sessions::find(app, token, &[Kind::Portal]).await {
                Ok(session) if session.person.role == Role::Customer => {
                    // The browser keeps the cookie for as long as the session lasts now.
                    cookies.extend(session.slid.then(|| signed_in(token, https)).flatten());
                    Some(session)
                }
                Ok(_) | Err(Error::Refused(Code::SessionExpired | Code::Deactivated)) => None,
                Err(error) => return Err(error),
            },
        };
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let asked = value(&query, "lang").as_deref().and_then(Language::from_tag);
        if let Some(language) = asked {
            cookies.extend(set(LANGUAGE, language.tag(), YEAR, https));
        }
        let held = cookie(headers, &name(LANGUAGE, https)).and_then(Language::from_tag);
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
            cookies.extend(set(LANGUAGE, own.tag(), YEAR, https));
        }
        let chosen = asked.or(own).or(held);
        let language = chosen.or_else(|| accepted(headers)).unwrap_or_default();
        let form_key = match cookie(headers, &name(FORM, https)) {
            Some(key) if key.len() == 43 => key.to_owned(),
            _ => {
                let key = tokens::fresh();
                cookies.extend(set(FORM, &key, YEAR, https));
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
            device: headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).map(device).unwrap_or_default(),
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
        self.cookies.extend(set(LANGUAGE, language.tag(), YEAR, https));
    }

    /// From here on another look.
    pub(super) fn wear(&mut self, theme: &'static str, https: bool) {
        self.theme = theme;
        self.cookies.extend(set(THEME, theme, YEAR, https));
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
        .find_map(|https| cookie(headers, &name(LANGUAGE, https)).and_then(Language::from_tag))
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
        .find_map(|https| cookie(headers, &name(THEME, https)).and_then(theme))
        .unwrap_or(THEMES[0])
}

fn accepted(headers: &HeaderMap) -> Option<Language> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Language::from_accept_language(value)
}

/// A browser as its owner would call it: `Chrome, Android`. Every browser claims to be several; the last claim that is
/// not shared by the others is the one.
fn device(agent: &str) -> String {
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("UCBrowser", "UC Browser"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    browser.into_iter().chain(system).collect::<Vec<_>>().join(", ")
}

/// Whether JSON is asked for: named, and not beside HTML.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("json") && !value.contains("text/html"))
}

/// A cookie to sign in with.
pub(super) fn signed_in(token: &str, https: bool) -> Option<HeaderValue> {
    set(SESSION, token, MONTH, https)
}

/// The cookie's end.
pub(super) fn signed_out(https: bool) -> Option<HeaderValue> {
    set(SESSION, "", 0, https)
}

/// The token in the session's cookie.
fn name(plain: &str, https: bool) -> String {
    if https { format!("__Host-{plain}") } else { plain.to_owned() }
}

fn set(plain: &str, value: &str, max_age: u32, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}", name(plain, https));
    HeaderValue::from_str(&text).ok()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(it, value)| (it == name && !value.is_empty()).then_some(value))
}

/// The first value of a name in a query, decoded; bytes that are no text are replaced.
fn value(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('=').or(Some((pair, ""))))
        .find_map(|(it, value)| (it == name).then(|| decoded(value)))
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = match bytes[at] {
            b'+' => b' ',
            b'%' => {
                let hex = text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                if hex.is_some() {
                    at += 2;
                }
                hex.unwrap_or(b'%')
            }
            byte => byte,
        };
        out.push(byte);
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
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
    fn a_browser_is_called_what_its_owner_calls_it() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge, Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
                "Samsung Internet, Android",
            ),
            ("curl/8.5", ""),
        ] {
            assert_eq!(device(agent), name, "{agent}");
        }
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

    #[test]
    fn cookies_are_bound_to_the_host_where_the_line_is_safe() {
        let text = |https| signed_in("abc", https).expect("a cookie").to_str().expect("text").to_owned();
        assert_eq!(text(true), "__Host-gemilang_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(text(false), "gemilang_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; __Host-gemilang_session=abc; b=2"));
        assert_eq!(cookie(&headers, &name(SESSION, true)), Some("abc"));
        assert_eq!(cookie(&headers, &name(SESSION, false)), None);
    }
}
