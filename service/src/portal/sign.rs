//! Signing in, registering, signing out. What was typed while a session ended comes through here and out again.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{Figures, Texts, problem_text};
use gemilang_protocol::session::SessionUser;
use gemilang_protocol::{Code, FieldError, Fields, Person, Role};

use super::cookies::{signed_in, signed_out};
use super::filled::Filled;
use super::frame::{Errors, Frame};
use super::say::{Say, shown};
use super::visit::Visit;
use super::{assets, conversation, create, paths, sharing};
use crate::auth::sessions::{self, Kind};
use crate::auth::throttle::{self, Verified};
use crate::domain::people::{self, RegisterForm};
use crate::request::ClientAddress;
use crate::{App, Error, Result};

/// What was typed when a session ended, on its way through the sign-in page.
pub(super) struct Kept {
    /// Where it was going.
    pub(super) to: String,
    /// What it was.
    pub(super) fields: Vec<(String, String)>,
}

impl Kept {
    /// The longest of the texts, to be shown as safe.
    fn text(&self) -> Option<&str> {
        self.fields.iter().map(|(_, value)| value.as_str()).max_by_key(|value| value.len())
    }
}

#[derive(Template)]
#[template(path = "login.html")]
struct Login<'a> {
    frame: Frame,
    notice: Option<String>,
    notice_kind: &'static str,
    errors: Errors,
    email: &'a str,
    next: &'a str,
    next_query: String,
    kept: Option<&'a Kept>,
    kept_text: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "register.html")]
struct Register<'a> {
    frame: Frame,
    notice: Option<String>,
    errors: Errors,
    form: &'a RegisterForm,
    next: &'a str,
    next_query: String,
}

/// `GET /`
pub(super) async fn home(visit: Visit) -> Response {
    let to = if visit.session.is_some() { paths::LIST } else { paths::LOGIN };
    visit.keep(Redirect::to(to).into_response())
}

/// `GET /login`
pub(super) async fn login_page(State(app): State<App>, visit: Visit) -> Result<Response> {
    let next = visit.asked("next").unwrap_or_default();
    if visit.session.is_some() && visit.asked("lang").is_none() {
        return Ok(visit.keep(onward(&next)));
    }
    let texts = Texts::of(visit.language);
    let notice = if visit.asked("erased").is_some() {
        Say::of("success", Some(texts.get("erased-account")))
    } else if visit.asked("out").is_some() {
        Say::of("success", Some(texts.get("signed-out")))
    } else if paths::own(&next).is_some() {
        Say::of("info", Some(texts.get("signin-first")))
    } else {
        Say::default()
    };
    let email = sharing::asked(&app, &next).await?;
    login(&visit, notice, &email, &next, None)
}

/// The sign-in page in place of the answer to a form, with what was typed in it.
///
/// # Errors
/// A template that cannot be written.
pub(super) fn keep_typed(visit: &Visit, filled: &Filled) -> Result<Response> {
    let kept = Kept { to: visit.path.clone(), fields: filled.worth_keeping() };
    let text = problem_text(visit.language, Code::SessionExpired, &Figures::default());
    let notice = Say { status: StatusCode::UNAUTHORIZED, ..Say::of("warning", Some(text)) };
    login(visit, notice, "", "", Some(&kept))
}

/// The sign-in page again for who asked for a link while it held something typed: the link opens another page, and
/// this one keeps the text.
///
/// # Errors
/// A template that cannot be written.
pub(super) fn keep_beside_link(visit: &Visit, filled: &Filled, email: &str) -> Option<Result<Response>> {
    let kept = kept(filled)?;
    let text = Texts::of(visit.language).with("sent-text", &[("email", email.into())]);
    Some(login(visit, Say::of("success", Some(text)), email, "", Some(&kept)))
}

fn login(visit: &Visit, notice: Say, email: &str, next: &str, kept: Option<&Kept>) -> Result<Response> {
    let mut frame = Frame::new(visit, "");
    frame.me = None;
    frame.csrf = visit.door_token();
    frame.private = kept.is_some() || !visit.query.is_empty();
    if visit.path != paths::LOGIN {
        // This page answers a form at another address, which a link cannot repeat.
        frame.no_languages();
    }
    let next = paths::own(next).unwrap_or_default();
    shown(
        visit,
        (notice.status, notice.retry_after),
        &Login {
            frame,
            notice: notice.text,
            notice_kind: notice.kind,
            errors: notice.errors,
            email,
            next,
            next_query: next_query(next),
            kept,
            kept_text: kept.and_then(Kept::text),
        },
    )
}

/// `POST /login`
pub(super) async fn login_form(
    State(app): State<App>,
    address: ClientAddress,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token()).or_else(|_| filled.must_be_of(&visit))?;
    let (email, next) = (filled.get("email"), filled.get("next"));
    match sign_in(&app, &filled, address).await {
        Ok(verified) => let_in(&app, visit, verified, kept(&filled), next).await,
        Err(error) => login(&visit, Say::refused(error, &visit)?.brief(), email, next, kept(&filled).as_ref()),
    }
}

/// The answer to who knows the password: what they had typed, or where they wanted to go.
async fn let_in(app: &App, mut visit: Visit, verified: Verified, kept: Option<Kept>, next: &str) -> Result<Response> {
    let token = sessions::create_by_password(app, &verified, Kind::Portal, &visit.device).await?;
    let person = verified.person;
    visit.settle_language(app, &person).await?;
    people::signed_in(app, person.id, &visit.browser(), &visit.device).await?;
    let response = match kept {
        Some(kept) if !visit.json => again(app, visit, &token, kept).await?,
        _ => welcome(&visit, &person, next, StatusCode::OK),
    };
    Ok(with_session(app, response, &token))
}

/// An answer that carries the session's cookie.
fn with_session(app: &App, mut response: Response, token: &str) -> Response {
    let cookie = signed_in(token, app.config.is_https());
    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// Makes the session of somebody who has just shown who they are, and answers its token.
///
/// # Errors
/// The database.
pub(super) async fn enter(app: &App, visit: &Visit, person: &Person) -> Result<String> {
    let token = sessions::create(app, person.id, Kind::Portal, &visit.device, &[]).await?;
    people::signed_in(app, person.id, &visit.browser(), &visit.device).await?;
    Ok(token)
}

async fn sign_in(app: &App, filled: &Filled, address: ClientAddress) -> Result<Verified> {
    let (email, password) = (filled.get("email"), filled.get("password"));
    let mut fields = Fields::default();
    if email.trim().is_empty() {
        fields.put("email", FieldError::Empty);
    }
    if password.is_empty() {
        fields.put("password", FieldError::Empty);
    }
    if !fields.is_empty() {
        return Err(fields.into());
    }
    let may = |person: &Person| person.role == Role::Customer;
    throttle::sign_in_if(app, email, password.to_owned(), address.0, may).await
}

fn kept(filled: &Filled) -> Option<Kept> {
    let to = filled.get("kept_to");
    let fields: Vec<_> = filled.beginning("kept_").into_iter().filter(|(name, _)| name != "to").collect();
    (!to.is_empty() && !fields.is_empty()).then(|| Kept { to: to.to_owned(), fields })
}

/// The form as it was typed, now that its author is signed in again.
async fn again(app: &App, mut visit: Visit, token: &str, kept: Kept) -> Result<Response> {
    let session = sessions::find(app, token, &[Kind::Portal]).await?;
    visit.session = Some(session.clone());
    let filled = Filled::kept(kept.fields.into_iter().collect());
    if kept.to == paths::LIST {
        return create::form_again(app, visit, &session, &filled).await;
    }
    let ticket = kept.to.strip_prefix(paths::LIST).and_then(|rest| rest.strip_prefix('/')?.strip_suffix("/messages"));
    match ticket.and_then(|id| id.parse().ok()) {
        Some(id) => match conversation::form_again(app, &visit, &session, id, &filled).await {
            Err(error) if error.code() == Code::NotFound => Ok(visit.keep(onward(""))),
            answer => answer,
        },
        None => Ok(visit.keep(onward(""))),
    }
}

fn welcome(visit: &Visit, person: &Person, next: &str, status: StatusCode) -> Response {
    if visit.json {
        let user =
            SessionUser { id: person.id, name: person.name.clone(), email: person.email.clone(), role: person.role };
        return visit.keep((status, axum::Json(serde_json::json!({ "user": user }))).into_response());
    }
    visit.keep(onward(next))
}

pub(super) fn onward(next: &str) -> Response {
    Redirect::to(paths::own(next).unwrap_or(paths::LIST)).into_response()
}

fn next_query(next: &str) -> String {
    if next.is_empty() { String::new() } else { format!("?next={}", paths::encoded(next)) }
}

/// `GET /register`
pub(super) async fn register_page(State(app): State<App>, visit: Visit) -> Result<Response> {
    let next = visit.asked("next").unwrap_or_default();
    if visit.session.is_some() && visit.asked("lang").is_none() {
        return Ok(visit.keep(onward(&next)));
    }
    let form = RegisterForm { email: sharing::asked(&app, &next).await?, ..RegisterForm::default() };
    register(&visit, Say::default(), &form, &next)
}

fn register(visit: &Visit, notice: Say, form: &RegisterForm, next: &str) -> Result<Response> {
    let mut frame = Frame::new(visit, "");
    frame.me = None;
    frame.csrf = visit.door_token();
    frame.private = !visit.query.is_empty();
    let next = paths::own(next).unwrap_or_default();
    let next_query = next_query(next);
    let how = (notice.status, notice.retry_after);
    shown(visit, how, &Register { frame, notice: notice.text, errors: notice.errors, form, next, next_query })
}

/// `POST /register`
pub(super) async fn register_form(
    State(app): State<App>,
    address: ClientAddress,
    mut visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token()).or_else(|_| filled.must_be_of(&visit))?;
    let form = RegisterForm {
        name: filled.get("name").to_owned(),
        email: filled.get("email").to_owned(),
        phone: filled.get("phone").to_owned(),
        password: filled.get("password").to_owned(),
        password_confirmation: filled.get("password_confirmation").to_owned(),
    };
    let next = filled.get("next");
    match make(&app, &visit, &form, address).await {
        Ok((person, token)) => {
            visit.settle_language(&app, &person).await?;
            Ok(with_session(&app, welcome(&visit, &person, next, StatusCode::CREATED), &token))
        }
        // The form sent twice, by a hurried thumb: the second is let in like the first.
        Err(Error::Validation(fields)) if people::is_known_browser(&app, &form.email, &visit.browser()).await? => {
            match sign_in(&app, &filled, address).await {
                Ok(verified) => let_in(&app, visit, verified, None, next).await,
                Err(_) => register(&visit, Say::refused(fields.into(), &visit)?, &form, next),
            }
        }
        Err(error) => register(&visit, Say::refused(error, &visit)?, &form, next),
    }
}

/// Makes the account and its first session. That an address is known is told, but only so often.
async fn make(app: &App, visit: &Visit, form: &RegisterForm, address: ClientAddress) -> Result<(Person, String)> {
    let person = form.check(visit.language.tag()).map_err(Error::Validation)?;
    let made = async {
        let person = people::create(app, person).await?;
        let token = enter(app, visit, &person).await?;
        Ok((person, token))
    };
    throttle::guess(app, address.0, made).await
}

/// `POST /logout`
pub(super) async fn logout(State(app): State<App>, visit: Visit, filled: Filled) -> Result<Response> {
    if let Some(session) = &visit.session {
        filled.must_be_of(&visit)?;
        sessions::end(&app, session.id).await?;
    }
    let response =
        if visit.json { StatusCode::NO_CONTENT.into_response() } else { Redirect::to("/login?out=1").into_response() };
    let mut response = visit.keep(response);
    response.headers_mut().extend(signed_out(app.config.is_https()).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}
