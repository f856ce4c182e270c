//! Links that come by mail. Asking for one is answered alike, and as fast, whether or not anybody has the address.
//! Opening one shows a button and changes nothing, because mail scanners open every link; the button spends it, once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::dates;
use gemilang_protocol::{Fields, Zone, validate};

use super::cookies::signed_in;
use super::filled::Filled;
use super::frame::{Errors, Frame, page};
use super::say::{Say, shown};
use super::visit::Visit;
use super::{assets, paths, sign};
use crate::auth::throttle;
use crate::domain::links::{self, Looked, Purpose, Spent};
use crate::domain::people;
use crate::outbox::{self, Letter};
use crate::request::ClientAddress;
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "ask.html")]
struct Ask<'a> {
    frame: Frame,
    title: String,
    lead: String,
    notice: Option<String>,
    errors: Errors,
    email: &'a str,
    action: &'static str,
    button: String,
}

#[derive(Template)]
#[template(path = "spend.html")]
struct Spend<'a> {
    frame: Frame,
    title: String,
    lead: String,
    notice: Option<String>,
    errors: Errors,
    visit_path: &'a str,
    email: &'a str,
    password: bool,
    button: String,
    /// What the account is, for who may not know of it.
    facts: Vec<(String, String)>,
    hint: Option<String>,
    /// Whether it can be said that the account is none of one's own.
    disown: bool,
}

#[derive(Template)]
#[template(path = "told.html")]
struct Told {
    frame: Frame,
    icon: &'static str,
    good: bool,
    title: String,
    text: String,
    hint: Option<String>,
    way: (String, String),
    /// Another way, for later.
    other: Option<(String, String)>,
}

/// The two mails that anybody may ask for.
#[derive(Clone, Copy)]
struct Door {
    purpose: Purpose,
    action: &'static str,
    title: &'static str,
    lead: &'static str,
    button: &'static str,
}

const SIGN_IN: Door = Door {
    purpose: Purpose::SignIn,
    action: paths::SIGN_IN_LINK,
    title: "link-title",
    lead: "link-lead",
    button: "link-send",
};
const FORGOT: Door = Door {
    purpose: Purpose::Reset,
    action: paths::FORGOT,
    title: "forgot-title",
    lead: "forgot-lead",
    button: "link-send",
};

/// A frame for who stands at the door, signed in or not.
pub(super) fn frame(visit: &Visit) -> Frame {
    let mut frame = Frame::new(visit, "");
    frame.me = None;
    frame.csrf = visit.door_token();
    frame.private = true;
    frame
}

/// `GET /login/link`
pub(super) async fn sign_in_page(visit: Visit) -> Result<Response> {
    ask(&visit, SIGN_IN, Say::default(), "")
}

/// `GET /password/forgot`
pub(super) async fn forgot_page(visit: Visit) -> Result<Response> {
    ask(&visit, FORGOT, Say::default(), "")
}

/// `POST /login/link {email}`
pub(super) async fn sign_in_ask(
    State(app): State<App>,
    address: ClientAddress,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    send(&app, address, &visit, &filled, SIGN_IN, &Letter::SignIn {}).await
}

/// `POST /password/forgot {email}`
pub(super) async fn forgot(
    State(app): State<App>,
    address: ClientAddress,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    send(&app, address, &visit, &filled, FORGOT, &Letter::Reset {}).await
}

fn ask(visit: &Visit, door: Door, say: Say, email: &str) -> Result<Response> {
    let frame = frame(visit);
    let how = (say.status, say.retry_after);
    let (title, lead, button) = (frame.t(door.title), frame.t(door.lead), frame.t(door.button));
    let (notice, errors) = (say.text, say.errors);
    shown(visit, how, &Ask { title, lead, notice, errors, email, action: door.action, button, frame })
}

async fn send(
    app: &App,
    address: ClientAddress,
    visit: &Visit,
    filled: &Filled,
    door: Door,
    letter: &Letter,
) -> Result<Response> {
    filled.must_carry(&visit.door_token()).or_else(|_| filled.must_be_of(visit))?;
    let typed = filled.get("email");
    let asked = async {
        let mut fields = Fields::default();
        let email = fields.take("email", validate::email(typed)).ok_or(Error::Validation(fields))?;
        throttle::ask(app, door.purpose.as_str(), &email, address.0).await?;
        // Who has the address is not even looked up here: the worker finds out.
        outbox::put(&app.db, letter, &email, app.clock.now()).await?;
        app.post.ring();
        Ok::<_, Error>(email)
    };
    match asked.await {
        Ok(_) if visit.json => Ok(visit.keep(StatusCode::ACCEPTED.into_response())),
        Ok(email) => {
            if let Some(page) = sign::keep_beside_link(visit, filled, &email) {
                return page;
            }
            let frame = frame(visit);
            let told = Told {
                icon: "mail",
                good: true,
                title: frame.t("sent-title"),
                text: frame.with("sent-text", "email", &email),
                hint: Some(frame.t("sent-hint")),
                way: (paths::LOGIN.to_owned(), frame.t("back-to-sign-in")),
                other: None,
                frame,
            };
            tell(visit, StatusCode::OK, told)
        }
        Err(error) => ask(visit, door, Say::refused(error, visit)?.brief(), typed),
    }
}

fn tell(visit: &Visit, status: StatusCode, mut told: Told) -> Result<Response> {
    // This page answers a form, which a link cannot repeat.
    told.frame.no_languages();
    Ok(visit.keep(page(status, &told)?))
}

/// A link that holds no more, and the way to another.
pub(super) fn over(visit: &Visit, again: &str) -> Result<Response> {
    if visit.json {
        return Err(gemilang_protocol::Code::NotFound.into());
    }
    let frame = frame(visit);
    let told = Told {
        icon: "clock",
        good: false,
        title: frame.t("over-title"),
        text: frame.t("over-text"),
        hint: None,
        way: (again.to_owned(), frame.t(if again == paths::LOGIN { "back-to-sign-in" } else { "over-again" })),
        other: None,
        frame,
    };
    tell(visit, StatusCode::GONE, told)
}

/// `GET /login/link/{token}`
pub(super) async fn sign_in_look(State(app): State<App>, Path(token): Path<String>, visit: Visit) -> Result<Response> {
    look(&app, &visit, Purpose::SignIn, &token).await
}

/// `GET /email/confirm/{token}`
pub(super) async fn confirm_look(State(app): State<App>, Path(token): Path<String>, visit: Visit) -> Result<Response> {
    look(&app, &visit, Purpose::Confirm, &token).await
}

/// `GET /password/reset/{token}`
pub(super) async fn reset_page(State(app): State<App>, Path(token): Path<String>, visit: Visit) -> Result<Response> {
    look(&app, &visit, Purpose::Reset, &token).await
}

async fn look(app: &App, visit: &Visit, purpose: Purpose, token: &str) -> Result<Response> {
    match links::look(app, purpose, token).await? {
        Some(looked) => button(visit, purpose, StatusCode::OK, &looked, Errors::default()),
        None => over(visit, again(purpose, visit)),
    }
}

/// Where another link of the kind is asked for.
fn again(purpose: Purpose, visit: &Visit) -> &'static str {
    match purpose {
        Purpose::SignIn => paths::SIGN_IN_LINK,
        Purpose::Reset => paths::FORGOT,
        Purpose::Confirm if visit.session.is_some() => paths::PREFERENCES,
        Purpose::Confirm => paths::LOGIN,
    }
}

fn button(visit: &Visit, purpose: Purpose, status: StatusCode, looked: &Looked, errors: Errors) -> Result<Response> {
    let frame = frame(visit);
    let (title, lead, button) = match purpose {
        Purpose::SignIn => ("sign-in", "spend-sign_in-lead", "sign-in"),
        Purpose::Confirm => ("spend-confirm-title", "spend-confirm-lead", "spend-confirm-button"),
        Purpose::Reset => ("spend-reset-title", "spend-reset-lead", "spend-reset-button"),
    };
    // Who confirms may not have registered: they are told what it is, and what happens to who did.
    let unknown = purpose == Purpose::Confirm && !looked.confirmed;
    let inside = visit.session.as_ref().is_some_and(|session| session.person.id == looked.user_id);
    let mut facts = Vec::new();
    if unknown {
        let since = dates::full(looked.registered_at, Zone::Wib, visit.language);
        facts = vec![(frame.t("pref-name"), looked.name.clone()), (frame.t("spend-registered"), since)];
    }
    let spend = Spend {
        title: frame.t(title),
        lead: frame.with(lead, "email", &looked.email),
        notice: None,
        errors,
        visit_path: &visit.path,
        email: &looked.email,
        password: purpose == Purpose::Reset,
        button: frame.t(button),
        facts,
        hint: (unknown && !inside).then(|| frame.t("spend-confirm-elsewhere")),
        disown: unknown,
        frame,
    };
    Ok(visit.keep(page(status, &spend)?))
}

/// `POST /login/link/{token}`
pub(super) async fn sign_in(
    State(app): State<App>,
    Path(token): Path<String>,
    mut visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token())?;
    match links::spend(&app, Purpose::SignIn, &token, visit.session.as_ref()).await? {
        Some(spent) => enter(&app, &mut visit, &spent).await,
        None => over(&visit, paths::SIGN_IN_LINK),
    }
}

/// In, with a session of this browser's own.
async fn enter(app: &App, visit: &mut Visit, spent: &Spent) -> Result<Response> {
    visit.settle_language(app, &spent.person).await?;
    let token = sign::enter(app, visit, &spent.person).await?;
    let mut response = match &spent.claimed {
        Some(path) => claimed(visit, path, Some(paths::LIST))?,
        None if visit.json => visit.keep(StatusCode::NO_CONTENT.into_response()),
        None => visit.keep(Redirect::to(paths::LIST).into_response()),
    };
    response.headers_mut().extend(signed_in(&token, app.config.is_https()).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

/// What ended because an address was confirmed by who had not registered it, and the way to a password of their own.
fn claimed(visit: &Visit, new_password: &str, later: Option<&str>) -> Result<Response> {
    if visit.json {
        let body = serde_json::json!({ "sessions_ended": true, "new_password": new_password });
        return Ok(visit.keep(axum::Json(body).into_response()));
    }
    let frame = frame(visit);
    let told = Told {
        icon: "check",
        good: true,
        title: frame.t("claimed-title"),
        text: frame.t("claimed-text"),
        hint: Some(frame.t("claimed-hint")),
        way: (new_password.to_owned(), frame.t("claimed-button")),
        other: later.map(|path| (path.to_owned(), frame.t("claimed-later"))),
        frame,
    };
    tell(visit, StatusCode::OK, told)
}

/// `POST /password/reset/{token} {password, password_confirmation}`
pub(super) async fn reset(
    State(app): State<App>,
    Path(token): Path<String>,
    mut visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token())?;
    let Some(looked) = links::look(&app, Purpose::Reset, &token).await? else {
        return over(&visit, paths::FORGOT);
    };
    match people::new_password(filled.get("password"), filled.get("password_confirmation")) {
        Ok(password) => match links::reset(&app, &token, password, visit.session.as_ref()).await? {
            Some(person) => enter(&app, &mut visit, &Spent { person, claimed: None }).await,
            None => over(&visit, paths::FORGOT),
        },
        Err(fields) if visit.json => Err(fields.into()),
        Err(fields) => {
            let errors = Errors::of(&fields, visit.language);
            button(&visit, Purpose::Reset, StatusCode::UNPROCESSABLE_ENTITY, &looked, errors)
        }
    }
}

/// `GET /email/confirm`: the address that asking once more answers at.
pub(super) async fn confirm_back(visit: Visit) -> Response {
    visit.keep(Redirect::to(paths::PREFERENCES).into_response())
}

/// `POST /email/confirm`: the mail once more.
pub(super) async fn confirm_again(
    State(app): State<App>,
    address: ClientAddress,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    let Some(session) = visit.session.clone() else {
        return Ok(visit.to_sign_in(paths::PREFERENCES));
    };
    filled.must_be_of(&visit)?;
    let email = session.person.email.to_lowercase();
    throttle::ask(&app, Purpose::Confirm.as_str(), &email, address.0).await?;
    outbox::put(&app.db, &Letter::Confirm {}, &email, app.clock.now()).await?;
    app.post.ring();
    if visit.json {
        return Ok(visit.keep(StatusCode::ACCEPTED.into_response()));
    }
    let frame = frame(&visit);
    let told = Told {
        icon: "mail",
        good: true,
        title: frame.t("sent-title"),
        text: frame.with("confirm-sent-text", "email", &email),
        hint: Some(frame.t("sent-hint")),
        way: (paths::LIST.to_owned(), frame.t("back-to-list")),
        other: None,
        frame,
    };
    tell(&visit, StatusCode::OK, told)
}

/// `POST /email/confirm/{token} {answer?}`; the answer `not_me` takes the address from the account.
pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token())?;
    if filled.get("answer") == "not_me" {
        return disown(&app, &token, &visit).await;
    }
    let Some(spent) = links::spend(&app, Purpose::Confirm, &token, visit.session.as_ref()).await? else {
        return over(&visit, again(Purpose::Confirm, &visit));
    };
    if let Some(path) = &spent.claimed {
        return claimed(&visit, path, None);
    }
    if visit.json {
        return Ok(visit.keep(StatusCode::NO_CONTENT.into_response()));
    }
    let frame = frame(&visit);
    let inside = visit.session.as_ref().is_some_and(|session| session.person.id == spent.person.id);
    let way = if inside { (paths::LIST, "back-to-list") } else { (paths::LOGIN, "sign-in") };
    let told = Told {
        icon: "check",
        good: true,
        title: frame.t("confirmed-title"),
        text: frame.with("confirmed-text", "email", &spent.person.email),
        hint: None,
        way: (way.0.to_owned(), frame.t(way.1)),
        other: None,
        frame,
    };
    tell(&visit, StatusCode::OK, told)
}

/// The answer to who says that they did not register.
async fn disown(app: &App, token: &str, visit: &Visit) -> Result<Response> {
    if links::disown(app, token).await?.is_none() {
        return over(visit, paths::LOGIN);
    }
    if visit.json {
        return Ok(visit.keep(StatusCode::NO_CONTENT.into_response()));
    }
    let frame = frame(visit);
    let told = Told {
        icon: "check",
        good: true,
        title: frame.t("disowned-title"),
        text: frame.t("disowned-text"),
        hint: None,
        way: (paths::REGISTER.to_owned(), frame.t("register")),
        other: None,
        frame,
    };
    tell(visit, StatusCode::OK, told)
}
