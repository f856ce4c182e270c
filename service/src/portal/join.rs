//! Joining the staff by a link from a mail: a name and a password, and from then on the desk. The link shows a form and is spent by it, once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gemilang_protocol::team::Invitation;
use gemilang_protocol::{Fields, validate};

use super::assets;
use super::filled::Filled;
use super::frame::{Errors, Frame, page};
use super::links::{frame, over};
use super::paths;
use super::say::{Say, shown};
use super::visit::Visit;
use crate::domain::{people, team};
use crate::{App, Error, Result};

#[derive(Template)]
#[template(path = "join.html")]
struct Join<'a> {
    frame: Frame,
    lead: String,
    notice: Option<String>,
    errors: Errors,
    visit_path: &'a str,
    email: &'a str,
    name: &'a str,
    /// What was done, and where to go on.
    joined: Option<(String, String)>,
}

/// `GET /staff/join/{token}`
pub(super) async fn show(State(app): State<App>, Path(token): Path<String>, visit: Visit) -> Result<Response> {
    match team::look(&app, &token).await? {
        Some(invitation) => form(&visit, &invitation, "", Say::default()),
        None => over(&visit, paths::LOGIN),
    }
}

fn form(visit: &Visit, invitation: &Invitation, name: &str, say: Say) -> Result<Response> {
    let frame = for_staff(visit);
    let lead = frame.with("join-lead", "name", &invitation.by.name);
    let (how, notice, errors) = ((say.status, say.retry_after), say.text, say.errors);
    let email = &invitation.email;
    shown(visit, how, &Join { lead, notice, errors, visit_path: &visit.path, email, name, joined: None, frame })
}

/// What is said beside the form is said to who works here.
fn for_staff(visit: &Visit) -> Frame {
    let mut frame = frame(visit);
    frame.headline = "join-headline";
    frame
}

/// `POST /staff/join/{token} {name, password, password_confirmation}`
pub(super) async fn join(
    State(app): State<App>,
    Path(token): Path<String>,
    visit: Visit,
    filled: Filled,
) -> Result<Response> {
    filled.must_carry(&visit.door_token())?;
    let Some(invitation) = team::look(&app, &token).await? else {
        return over(&visit, paths::LOGIN);
    };
    let joined = async {
        let mut fields = Fields::default();
        let name = fields.take("name", validate::name(filled.get("name")));
        match (name, people::new_password(filled.get("password"), filled.get("password_confirmation"))) {
            (Some(name), Ok(password)) => team::accept(&app, &token, name, password, visit.language.tag()).await,
            (_, refused) => {
                fields.0.extend(refused.err().unwrap_or_default().0);
                Err(Error::Validation(fields))
            }
        }
    };
    match joined.await {
        Ok(Some(_)) if visit.json => Ok(visit.keep(StatusCode::NO_CONTENT.into_response())),
        Ok(Some(person)) => {
            let mut frame = for_staff(&visit);
            // This page answers a form, which a link cannot repeat.
            frame.no_languages();
            let text = frame.with("joined-text", "email", &person.email);
            let joined = Some((text, frame.with("joined-hint", "server", &app.config.public_url)));
            let (lead, errors) = (String::new(), Errors::default());
            let page_of = Join { lead, notice: None, errors, visit_path: "", email: "", name: "", joined, frame };
            Ok(visit.keep(page(StatusCode::OK, &page_of)?))
        }
        Ok(None) => over(&visit, paths::LOGIN),
        Err(error) => form(&visit, &invitation, filled.get("name"), Say::refused(error, &visit)?.brief()),
    }
}
