//! Sharing with the partner: who is asked to see what, accepting it, ending it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::{Texts, dates};
use gemilang_protocol::Code;
use uuid::Uuid;

use super::filled::Filled;
use super::frame::{Errors, Frame, page};
use super::say::{Say, shown};
use super::tickets::json;
use super::visit::{Customer, Visit};
use super::{assets, paths};
use crate::auth::{Session, throttle};
use crate::domain::shares::{self, Share, What};
use crate::domain::tickets::{self, Filter};
use crate::domain::{Paging, orders};
use crate::request::ClientAddress;
use crate::{App, Error, Result};

/// Tickets that can be chosen one by one.
const OFFERED: i64 = 15;

/// A share as a line of the page.
struct Line {
    id: Uuid,
    title: String,
    who: String,
    state: String,
    accepted: bool,
    open: bool,
}

/// Something that can be shared.
struct Offer {
    value: String,
    text: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "sharing.html")]
struct Page<'a> {
    frame: Frame,
    notice: Option<String>,
    notice_kind: &'static str,
    errors: Errors,
    mine: Vec<Line>,
    theirs: Vec<Line>,
    offers: Vec<Offer>,
    email: &'a str,
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct Invitation {
    frame: Frame,
    text: String,
    what: String,
    /// Why it cannot be accepted as things are.
    hindrance: Option<String>,
    signed_in: bool,
    path: String,
}

/// `GET /customer/preferences/sharing`
pub(super) async fn show(State(app): State<App>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    if visit.json {
        let mine = shares::of_owner(&app, session.person.id).await?;
        let theirs = shares::with_person(&app, &session.person).await?;
        let body = serde_json::json!({
            "mine": mine.iter().map(plain).collect::<Vec<_>>(),
            "theirs": theirs.iter().map(plain).collect::<Vec<_>>(),
        });
        return Ok(json(&visit, StatusCode::OK, &body));
    }
    let texts = Texts::of(visit.language);
    let text = match visit.asked("done").as_deref() {
        Some("ended") => Some(texts.get("sharing-ended")),
        Some("accepted") => Some(texts.get("sharing-accepted-now")),
        _ => None,
    };
    let chosen = visit.asked("ticket").map(|id| format!("ticket:{id}")).unwrap_or_default();
    write(&app, &visit, &session, Say::of("success", text), "", &chosen).await
}

fn plain(share: &Share) -> serde_json::Value {
    serde_json::json!({
        "id": share.id, "owner": share.owner, "email": share.email, "person": share.person,
        "title": share.title, "number": share.number, "expires_at": share.expires_at,
    })
}

async fn write(app: &App, visit: &Visit, session: &Session, say: Say, email: &str, chosen: &str) -> Result<Response> {
    let mut frame = Frame::new(visit, "preferences");
    if visit.path != paths::SHARING || say.status != StatusCode::OK {
        frame.no_languages();
    }
    let me = session.person.id;
    let mine = shares::of_owner(app, me).await?;
    let theirs = shares::with_person(app, &session.person).await?;
    let offers = offers(app, &frame, me, chosen).await?;
    let line = |share: &Share| line(app, &frame, session, share);
    let (mine, theirs): (Vec<_>, Vec<_>) = (mine.iter().map(line).collect(), theirs.iter().map(line).collect());
    let how = (say.status, say.retry_after);
    let sharing =
        Page { notice: say.text, notice_kind: say.kind, errors: say.errors, mine, theirs, offers, email, frame };
    shown(visit, how, &sharing)
}

fn line(app: &App, frame: &Frame, session: &Session, share: &Share) -> Line {
    let (now, zone) = (app.clock.now(), session.person.zone);
    let mine = share.owner.id == session.person.id;
    let who = if mine { share.email.clone() } else { frame.with("sharing-from", "name", &share.owner.name) };
    let open = share.person.is_none() && share.expires_at > now;
    let state = match &share.person {
        Some(person) if mine => frame.with("sharing-accepted", "name", &person.name),
        Some(_) => String::new(),
        None if open => {
            let when = dates::date_short(zone.day(share.expires_at), frame.language);
            frame.with("sharing-waiting", "when", &when)
        }
        None => frame.t("sharing-lapsed"),
    };
    Line { id: share.id, title: titled(frame, share), who, state, accepted: share.person.is_some(), open }
}

fn titled(frame: &Frame, share: &Share) -> String {
    let key = match share.what {
        What::Ticket(_) => "sharing-ticket",
        What::Order(_) => "sharing-order",
    };
    named(frame, key, &share.number, &share.title)
}

fn named(frame: &Frame, key: &str, number: &str, title: &str) -> String {
    Texts::of(frame.language).with(key, &[("number", number.into()), ("title", title.into())])
}

/// What a customer can share: orders first, because nobody thinks in single tickets.
async fn offers(app: &App, frame: &Frame, me: Uuid, chosen: &str) -> Result<Vec<Offer>> {
    let mut offers = Vec::new();
    for order in orders::of_customer(app, me).await? {
        let value = format!("order:{}", order.id);
        let text = named(frame, "sharing-order", &order.number, &order.package);
        offers.push(Offer { on: value == chosen, value, text });
    }
    let paging = Paging { after: None, limit: OFFERED };
    for ticket in tickets::list_for_customer(app, me, &Filter::default(), &paging).await?.items {
        if ticket.customer.id == me {
            let value = format!("ticket:{}", ticket.id);
            let text = named(frame, "sharing-ticket", &ticket.number.to_string(), &ticket.subject);
            offers.push(Offer { on: value == chosen, value, text });
        }
    }
    Ok(offers)
}

fn what(text: &str) -> Option<What> {
    let (kind, id) = text.split_once(':')?;
    let id = id.parse().ok()?;
    match kind {
        "ticket" => Some(What::Ticket(id)),
        "order" => Some(What::Order(id)),
        _ => None,
    }
}

/// `POST /customer/preferences/sharing {email, what}`
pub(super) async fn invite(
    State(app): State<App>,
    address: ClientAddress,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    let (email, chosen) = (filled.get("email"), filled.get("what"));
    let invited = async {
        // Neither one mailbox nor, from one account, many: whose words they carry is a customer like any other.
        throttle::ask(&app, "inviter", &session.person.email, address.0).await?;
        throttle::ask(&app, "invitation", email, address.0).await?;
        shares::invite(&app, &session.person, email, what(chosen)).await
    };
    match invited.await {
        Ok(()) if visit.json => Ok(visit.keep(StatusCode::ACCEPTED.into_response())),
        Ok(()) => {
            let text = Texts::of(visit.language).with("sharing-sent", &[("email", email.trim().into())]);
            write(&app, &visit, &session, Say::of("success", Some(text)), "", "").await
        }
        Err(error) => {
            let unconfirmed = error.code() == Code::Forbidden;
            let mut say = Say::refused(error, &visit)?.brief();
            if unconfirmed {
                say.text = Some(Texts::of(visit.language).get("sharing-confirm-first"));
                say.status = StatusCode::UNPROCESSABLE_ENTITY;
            }
            write(&app, &visit, &session, say, email, chosen).await
        }
    }
}

/// `POST /customer/preferences/sharing/{id}/accept`
pub(super) async fn accept(
    State(app): State<App>,
    Path(id): Path<String>,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    shares::accept(&app, &session.person, id.parse().map_err(|_| Code::NotFound)?, false).await?;
    Ok(done(&visit, "accepted"))
}

/// `POST /customer/preferences/sharing/{id}/end`
pub(super) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    shares::end(&app, &session.person, id.parse().map_err(|_| Code::NotFound)?).await?;
    Ok(done(&visit, "ended"))
}

fn done(visit: &Visit, what: &str) -> Response {
    if visit.json {
        return visit.keep(StatusCode::NO_CONTENT.into_response());
    }
    visit.keep(Redirect::to(&format!("{}?done={what}", paths::SHARING)).into_response())
}

/// `GET` of an address that only takes forms.
pub(super) async fn back(visit: Visit) -> Response {
    visit.keep(Redirect::to(paths::SHARING).into_response())
}

/// `GET /invitation/{token}`: shows what is offered, to whoever has the link, and changes nothing.
pub(super) async fn look(State(app): State<App>, Path(token): Path<String>, visit: Visit) -> Result<Response> {
    let share = shares::look(&app, &token).await?.ok_or(Code::NotFound)?;
    let frame = Frame::new(&visit, "");
    let other = visit.session.as_ref().is_some_and(|session| !is_for(&share, session));
    let hindrance = match &visit.session {
        None => Some(frame.with("invitation-sign-in", "email", &share.email)),
        Some(_) if other => Some(frame.with("sharing-other-account", "email", &share.email)),
        Some(_) => None,
    };
    let invitation = Invitation {
        text: frame.with("invitation-text", "name", &share.owner.name),
        what: titled(&frame, &share),
        hindrance,
        signed_in: visit.session.is_some(),
        path: visit.path.clone(),
        frame,
    };
    Ok(visit.keep(page(StatusCode::OK, &invitation)?))
}

/// The address that was asked, for whoever comes to a door from the invitation at `next`: it shows them the address too.
///
/// # Errors
/// The database.
pub(super) async fn asked(app: &App, next: &str) -> Result<String> {
    let Some(token) = next.strip_prefix(paths::INVITATION) else {
        return Ok(String::new());
    };
    Ok(shares::look(app, token).await?.map(|share| share.email).unwrap_or_default())
}

fn is_for(share: &Share, session: &Session) -> bool {
    session.person.email.to_lowercase() == share.email
}

/// `POST /invitation/{token}`: accepts it.
pub(super) async fn accept_link(
    State(app): State<App>,
    Path(token): Path<String>,
    customer: Customer,
    filled: Filled,
) -> Result<Response> {
    let Customer { visit, session } = customer;
    filled.must_be_of(&visit)?;
    let share = shares::look(&app, &token).await?.ok_or(Error::from(Code::NotFound))?;
    if !is_for(&share, &session) {
        return Err(Code::NotFound.into());
    }
    shares::accept(&app, &session.person, share.id, true).await?;
    Ok(done(&visit, "accepted"))
}
