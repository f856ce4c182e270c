//! Preferences: what is told by which way, name and phone, language, zone and look. Password and devices are `devices`'.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use gemilang_locales::names::called;
use gemilang_locales::{Language, Texts};
use gemilang_protocol::{Channel, Fields, Happening, Zone, validate};

use super::filled::Filled;
use super::frame::{Errors, Frame, page};
use super::tickets::json;
use super::visit::{Customer, Visit};
use super::{assets, paths};
use crate::auth::Session;
use crate::domain::devices;
use crate::domain::people::{self, Change};
use crate::domain::preferences::{self, Preferences};
use crate::domain::shares;
use crate::{App, Error, Result, push};

/// A happening and its three boxes.
struct Told {
    word: &'static str,
    text: String,
    boxes: Vec<Box>,
}

struct Box {
    name: String,
    label: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "preferences.html")]
struct Page {
    frame: Frame,
    saved: bool,
    unconfirmed: Option<String>,
    channels: Vec<String>,
    told: Vec<Told>,
    quiet_nights: bool,
    quiet_hours: String,
    name: String,
    phone: Option<String>,
    language: &'static str,
    zone: String,
    theme: String,
    devices: String,
    sharing: String,
    push_key: String,
}

#[derive(Template)]
#[template(path = "profile.html")]
struct Profile<'a> {
    frame: Frame,
    errors: Errors,
    name: &'a str,
    phone: &'a str,
    email: &'a str,
}

/// One of several things, of which one is chosen.
struct Choice {
    word: &'static str,
    text: String,
    hint: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "display.html")]
struct Display {
    frame: Frame,
    groups: Vec<(&'static str, String, Vec<Choice>)>,
}

/// `GET /customer/preferences`
pub(super) async fn show(State(app): State<App>, customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let chosen = preferences::find(&app, session.person.id).await?;
    let confirmed = people::is_confirmed(&app, session.person.id).await?;
    if visit.json {
        return Ok(json(&visit, StatusCode::OK, &told(&visit, &session, &chosen, confirmed)));
    }
    let frame = Frame::new(&visit, "preferences");
    let devices = devices::of_customer(&app, session.person.id).await?.len();
    let zone = session.person.zone;
    let shared = shares::of_owner(&app, session.person.id).await?;
    let partners: BTreeSet<_> =
        shared.iter().filter_map(|share| share.person.as_ref()).map(|it| called(&it.name)).collect();
    let sharing = match (partners.is_empty(), shared.len()) {
        (true, 0) => frame.t("sharing-none"),
        (true, n) => frame.count("sharing-some", i64::try_from(n).unwrap_or(i64::MAX)),
        (false, _) => partners.into_iter().collect::<Vec<_>>().join(", "),
    };
    let page = page(
        StatusCode::OK,
        &Page {
            saved: visit.asked("saved").is_some(),
            unconfirmed: (!confirmed).then(|| session.person.email.clone()),
            channels: Channel::ALL.iter().map(|channel| frame.t(&format!("channel-{channel}"))).collect(),
            told: Happening::ALL.iter().map(|it| line(&frame, &chosen, *it)).collect(),
            quiet_nights: chosen.quiet_nights,
            quiet_hours: frame.with("pref-quiet-hours", "zone", zone.as_str()),
            name: session.person.name.clone(),
            phone: session.person.phone.as_deref().map(written),
            language: visit.language.name(),
            zone: frame.t(&format!("zone-{zone}")),
            theme: frame.t(&format!("theme-{}", visit.theme)),
            devices: frame.count("pref-devices", i64::try_from(devices).unwrap_or(i64::MAX)),
            sharing,
            push_key: push::public_key(&app).await?,
            frame,
        },
    )?;
    Ok(visit.keep(page))
}

fn line(frame: &Frame, chosen: &Preferences, happening: Happening) -> Told {
    let text = frame.t(&format!("happening-{happening}"));
    let boxes = Channel::ALL.iter().map(|channel| Box {
        name: field(*channel, happening),
        label: Texts::of(frame.language).with(
            "pref-told-by",
            &[("what", text.clone().into()), ("how", frame.t(&format!("channel-{channel}")).into())],
        ),
        on: chosen.wants(*channel, happening),
    });
    Told { word: happening.as_str(), boxes: boxes.collect(), text }
}

/// The name of a box: `email_reply`.
fn field(channel: Channel, happening: Happening) -> String {
    format!("{channel}_{happening}")
}

/// All of it as JSON; what is chosen bears the names of the form's fields.
fn told(visit: &Visit, session: &Session, chosen: &Preferences, confirmed: bool) -> serde_json::Value {
    let person = &session.person;
    let wanted: BTreeMap<String, bool> = Channel::ALL
        .iter()
        .flat_map(|channel| Happening::ALL.iter().map(move |it| (*channel, *it)))
        .map(|(channel, it)| (field(channel, it), chosen.wants(channel, it)))
        .chain([("quiet_nights".to_owned(), chosen.quiet_nights)])
        .collect();
    let mut all = serde_json::json!({
        "name": person.name,
        "email": person.email,
        "email_confirmed": confirmed,
        "phone": person.phone,
        "language": visit.language.tag(),
        "zone": person.zone,
        "theme": visit.theme,
    });
    if let (Some(all), Ok(serde_json::Value::Object(wanted))) = (all.as_object_mut(), serde_json::to_value(wanted)) {
        all.extend(wanted);
    }
    all
}

/// `POST /customer/preferences`: what is given is changed. A form's boxes that are off are not sent, so a form with
/// boxes says so with `boxes`, and then those that are not there are off.
pub(super) async fn save(State(app): State<App>, mut customer: Customer, filled: Filled) -> Result<Response> {
    filled.must_be_of(&customer.visit)?;
    let Customer { visit, session } = &mut customer;
    let mut fields = Fields::default();
    let change = read(&filled, &mut fields);
    let theme = match filled.get("theme") {
        "" => None,
        word => fields.take("theme", super::visit::theme(word).ok_or(gemilang_protocol::FieldError::NotInList)),
    };
    if !fields.is_empty() {
        return refuse(visit, session, &filled, fields);
    }
    let whole = !filled.get("boxes").is_empty();
    let before = preferences::find(&app, session.person.id).await?;
    let mut chosen = before.clone();
    for (channel, happening) in
        Channel::ALL.iter().flat_map(|channel| Happening::ALL.iter().map(move |it| (*channel, *it)))
    {
        if let Some(on) = filled.switch(&field(channel, happening), whole) {
            chosen.set(channel, happening, on);
        }
    }
    if let Some(on) = filled.switch("quiet_nights", whole) {
        chosen.quiet_nights = on;
    }
    if chosen != before {
        preferences::save(&app, session.person.id, &chosen).await?;
    }
    if change != Change::default() {
        session.person = people::change(&app, session.person.id, &change).await?;
    }
    if let Some(language) = change.language.and_then(Language::from_tag) {
        visit.speak(language, app.config.is_https());
    }
    if let Some(theme) = theme {
        visit.wear(theme, app.config.is_https());
    }
    if visit.json {
        let confirmed = people::is_confirmed(&app, session.person.id).await?;
        return Ok(json(visit, StatusCode::OK, &told(visit, session, &chosen, confirmed)));
    }
    Ok(visit.keep(Redirect::to(&format!("{}?saved=1", paths::PREFERENCES)).into_response()))
}

/// The part of a change that belongs to the person.
fn read(filled: &Filled, fields: &mut Fields) -> Change {
    let mut change = Change::default();
    if filled.has("name") {
        change.name = fields.take("name", validate::name(filled.get("name")));
    }
    if filled.has("phone") {
        change.phone = match filled.get("phone").trim() {
            "" => Some(None),
            phone => fields.take("phone", validate::phone(phone)).map(Some),
        };
    }
    change.language = match filled.get("language") {
        "" => None,
        tag => fields
            .take("language", known_language(tag).ok_or(gemilang_protocol::FieldError::NotInList))
            .map(Language::tag),
    };
    change.zone = match filled.get("zone") {
        "" => None,
        zone => fields.take("zone", validate::word::<Zone>(zone)),
    };
    change
}

fn known_language(tag: &str) -> Option<Language> {
    Language::ALL.iter().copied().find(|language| language.tag() == tag)
}

/// The form again, with what was typed; only name and phone can be typed wrongly.
fn refuse(visit: &Visit, session: &Session, filled: &Filled, fields: Fields) -> Result<Response> {
    if visit.json {
        return Err(Error::Validation(fields));
    }
    let errors = Errors::of(&fields, visit.language);
    if !(filled.has("name") || filled.has("phone")) {
        // Nobody chooses from a list what is not in it.
        return Err(Error::Validation(fields));
    }
    let mut response = profile_page(visit, session, filled.get("name"), filled.get("phone"), errors)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `GET /customer/preferences/profile`
pub(super) async fn profile(customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let phone = session.person.phone.as_deref().map(written).unwrap_or_default();
    profile_page(&visit, &session, &session.person.name, &phone, Errors::default())
}

fn profile_page(visit: &Visit, session: &Session, name: &str, phone: &str, errors: Errors) -> Result<Response> {
    let mut frame = Frame::new(visit, "preferences");
    if visit.path == paths::PREFERENCES {
        frame.no_languages();
    }
    let profile = Profile { frame, errors, name, phone, email: &session.person.email };
    Ok(visit.keep(page(StatusCode::OK, &profile)?))
}

/// `GET /customer/preferences/display`
pub(super) async fn display(customer: Customer) -> Result<Response> {
    let Customer { visit, session } = customer;
    let frame = Frame::new(&visit, "preferences");
    let languages = Language::ALL.iter().map(|language| Choice {
        word: language.tag(),
        text: language.name().to_owned(),
        hint: String::new(),
        on: *language == visit.language,
    });
    let zones = Zone::ALL.iter().map(|zone| Choice {
        word: zone.as_str(),
        text: frame.t(&format!("zone-{zone}")),
        hint: frame.t(&format!("zone-hint-{zone}")),
        on: *zone == session.person.zone,
    });
    let themes = super::visit::THEMES.iter().map(|theme| Choice {
        word: theme,
        text: frame.t(&format!("theme-{theme}")),
        hint: String::new(),
        on: *theme == visit.theme,
    });
    let groups = vec![
        ("language", frame.t("pref-language"), languages.collect()),
        ("zone", frame.t("pref-zone"), zones.collect()),
        ("theme", frame.t("pref-theme"), themes.collect()),
    ];
    Ok(visit.keep(page(StatusCode::OK, &Display { frame, groups })?))
}

/// A number as people here write it: `0812-3456-0198`; one from abroad keeps its `+`.
fn written(phone: &str) -> String {
    let Some(rest) = phone.strip_prefix("+62") else {
        return phone.to_owned();
    };
    let digits = format!("0{rest}");
    let mut parts = vec![digits.get(..4).unwrap_or(&digits)];
    let mut rest = digits.get(4..).unwrap_or_default();
    while rest.len() > 5 {
        let (part, more) = rest.split_at(4);
        parts.push(part);
        rest = more;
    }
    parts.extend((!rest.is_empty()).then_some(rest));
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_it_is_dialled_and_read_back_the_same() {
        for (stored, shown) in [
            ("+6281234560198", "0812-3456-0198"),
            ("+628123456019", "0812-3456-019"),
            ("+62812345601987", "0812-3456-01987"),
            ("+62215550123", "0215-5501-23"),
            ("+6591234567", "+6591234567"),
        ] {
            assert_eq!(written(stored), shown);
            assert_eq!(validate::phone(shown).as_deref(), Ok(stored));
        }
    }
}
