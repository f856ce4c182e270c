//! From a letter to the mail as it is read: in the reader's language, as text and as HTML, its link made now. Only the
//! link's hash is kept, so whoever reads the database can open no account.

use askama::Template;
use chrono::TimeDelta;
use gemilang_locales::names::called;
use gemilang_locales::{Language, Texts, dates};
use gemilang_protocol::{Time, Zone};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use uuid::Uuid;

use super::{Letter, sql};
use crate::domain::links::{self, Purpose};
use crate::domain::people;
use crate::domain::shares::{self, Share, What};
use crate::domain::team;
use crate::{App, Result};

/// A mail, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The reader's name, as their mail program shows it.
    pub name: String,
    /// Their address.
    pub address: String,
    /// One line.
    pub subject: String,
    /// For who reads text.
    pub text: String,
    /// For everybody else.
    pub html: String,
}

/// Why a mail cannot be put into the form that goes over the wire: no other try will help.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The address is none.
    #[error("address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// What holds it together is missing.
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

/// What stands in a mail, before it is text or HTML.
#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: Language,
    words: &'a Words,
    home: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    words: &'a Words,
    home: &'a str,
}

/// The words of a mail, in the order they are read.
#[derive(Debug)]
struct Words {
    language: Language,
    subject: String,
    greeting: String,
    lead: String,
    facts: Vec<(String, String)>,
    button: Option<(String, String)>,
    paste: String,
    after: Vec<String>,
    why: String,
    house: String,
}

/// Writes a letter. None when nobody is to be told: the address has no account, or its owner has no use for it any more.
///
/// # Errors
/// The database; a template that cannot be written.
pub(super) async fn compose(app: &App, id: Uuid, letter: &Letter, recipient: &str) -> Result<Option<Mail>> {
    let reader = sql::reader(&app.db, recipient).await?;
    if let Letter::Invitation { share } = letter {
        return invitation(app, letter, *share, recipient, reader).await;
    }
    if let Letter::Staff { invitation } = letter {
        return joining(app, letter, *invitation, recipient).await;
    }
    let Some(reader) = reader.filter(|reader| !(reader.confirmed && matches!(letter, Letter::Confirm {}))) else {
        return Ok(None);
    };
    let url = match purpose(letter) {
        None => format!("{}{}", app.config.public_url, crate::portal::DEVICES),
        Some(purpose) => {
            let token = links::make(&app.db, purpose, reader.id, recipient, app.clock.now()).await?;
            format!("{}{}", app.config.public_url, purpose.path(&token))
        }
    };
    let words = words(letter, &Told { url: &url, share: None, ..Told::of(&reader) });
    tracing::trace!(%id, kind = letter.kind(), "written");
    write(words.language, &words, &app.config.public_url, &reader.name, recipient).map(Some)
}

/// An invitation may be for somebody who has no account yet: then it speaks the language of who invites.
async fn invitation(
    app: &App,
    letter: &Letter,
    share: Uuid,
    recipient: &str,
    reader: Option<sql::Reader>,
) -> Result<Option<Mail>> {
    let Some((share, token)) = shares::link(app, share).await? else {
        return Ok(None);
    };
    let url = format!("{}/invitation/{token}", app.config.public_url);
    let told = match &reader {
        Some(reader) => Told::of(reader),
        None => {
            let owner = people::find(app, share.owner.id).await?;
            let language = Language::from_tag(&owner.language).unwrap_or_default();
            Told { language, zone: owner.zone, name: "", url: "", share: None, by: None }
        }
    };
    let words = words(letter, &Told { url: &url, share: Some(&share), ..told });
    let name = reader.as_ref().map_or("", |reader| reader.name.as_str());
    write(words.language, &words, &app.config.public_url, name, recipient).map(Some)
}

/// Who is asked to join has no account: the mail speaks the language of who asks.
async fn joining(app: &App, letter: &Letter, invitation: Uuid, recipient: &str) -> Result<Option<Mail>> {
    let Some((invitation, token)) = team::link(app, invitation).await? else {
        return Ok(None);
    };
    let url = format!("{}{}{token}", app.config.public_url, crate::portal::JOIN);
    let by = people::find(app, invitation.by.id).await?;
    let language = Language::from_tag(&by.language).unwrap_or_default();
    let told = Told { language, zone: by.zone, name: "", url: &url, share: None, by: Some(&by.name) };
    let words = words(letter, &told);
    write(words.language, &words, &app.config.public_url, "", recipient).map(Some)
}

const fn purpose(letter: &Letter) -> Option<Purpose> {
    match letter {
        Letter::Confirm {} => Some(Purpose::Confirm),
        Letter::SignIn {} => Some(Purpose::SignIn),
        Letter::Reset {} => Some(Purpose::Reset),
        Letter::NewSignIn { .. } | Letter::Invitation { .. } | Letter::Staff { .. } => None,
    }
}

/// Whom a mail is for, and what is in it that only the database knows.
#[derive(Clone, Copy)]
struct Told<'a> {
    language: Language,
    zone: Zone,
    name: &'a str,
    url: &'a str,
    share: Option<&'a Share>,
    /// Who asks somebody to join the staff.
    by: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn of(reader: &'a sql::Reader) -> Self {
        Self {
            language: Language::from_tag(&reader.language).unwrap_or_default(),
            zone: reader.zone.parse().unwrap_or(Zone::Wib),
            name: &reader.name,
            url: "",
            share: None,
            by: None,
        }
    }
}

fn write(language: Language, words: &Words, home: &str, name: &str, address: &str) -> Result<Mail> {
    let template = |_| crate::Error::Stored("mail");
    Ok(Mail {
        name: line(name),
        address: address.to_owned(),
        subject: line(&words.subject),
        text: Text { words, home }.render().map_err(template)?,
        html: Html { language, words, home }.render().map_err(template)?,
    })
}

/// The words of a letter.
fn words(letter: &Letter, told: &Told<'_>) -> Words {
    let texts = Texts::of(told.language);
    let kind = letter.kind();
    let from = told.share.map(|share| share.owner.name.as_str()).or(told.by).unwrap_or_default();
    let say = |what: &str| texts.with(&format!("mail-{kind}-{what}"), &[("name", line(from).into())]);
    let mut facts = Vec::new();
    if let Letter::NewSignIn { device, at } = letter {
        let device = if device.is_empty() { texts.get("device-unknown") } else { device.clone() };
        facts.push((texts.get("mail-fact-device"), device));
        facts.push((texts.get("mail-fact-when"), dates::full(*at, told.zone, told.language)));
    }
    if let Some(share) = told.share {
        let key = match share.what {
            What::Ticket(_) => "mail-fact-ticket",
            What::Order(_) => "mail-fact-order",
        };
        facts.push((texts.get(key), format!("{} · {}", share.number, line(&share.title))));
    }
    let life = purpose(letter).map(Purpose::life).or(told.share.map(|_| shares::LIFE)).or(told.by.map(|_| team::LIFE));
    let valid = life.map(|life| texts.with("mail-valid", &[("span", span(texts, life).into())]));
    Words {
        language: told.language,
        subject: say("subject"),
        greeting: match called(told.name) {
            "" => texts.get("mail-greeting-nobody"),
            name => texts.with("mail-greeting", &[("name", name.into())]),
        },
        lead: say("lead"),
        facts,
        button: Some((say("button"), told.url.to_owned())),
        paste: texts.get("mail-paste"),
        after: valid.into_iter().chain([say("after")]).collect(),
        why: texts.get(match (told.share, told.by) {
            (Some(_), _) => "mail-why-invited",
            (None, Some(_)) => "mail-why-staff",
            (None, None) => "mail-why",
        }),
        house: texts.get("mail-house"),
    }
}

/// `15 menit`, `1 jam`, `2 hari`.
fn span(texts: &Texts, life: TimeDelta) -> String {
    let (key, n) = match (life.num_days(), life.num_hours()) {
        (days, _) if days > 0 => ("span-days", days),
        (_, hours) if hours > 0 => ("span-hours", hours),
        _ => ("span-minutes", life.num_minutes()),
    };
    texts.with(key, &[("n", n.into())])
}

/// A text as one line of a header: nothing in it can begin another one.
fn line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A mail as it goes over the wire. The Message-ID is the letter's, so that a mail server or a reader that gets it twice
/// can tell.
///
/// # Errors
/// An address that is none.
pub(super) fn message(app: &App, id: Uuid, mail: &Mail) -> Result<Message, MessageError> {
    build(&app.config.mail_from, id, mail, app.clock.now())
}

fn build(from: &str, id: Uuid, mail: &Mail, now: Time) -> Result<Message, MessageError> {
    let from: Mailbox = from.parse()?;
    let address: Address = mail.address.parse()?;
    let message_id = format!("<{}@{}>", id.simple(), from.email.domain());
    // Answering machines leave such mails alone.
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let suppress = HeaderValue::new(HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All".to_owned());
    Ok(Message::builder()
        .from(from)
        .to(Mailbox::new(Some(mail.name.clone()).filter(|name| !name.is_empty()), address))
        .subject(mail.subject.clone())
        .message_id(Some(message_id))
        .date(now.into())
        .raw_header(automatic)
        .raw_header(suppress)
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text.clone()))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(mail.html.clone())),
        )?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://bantuan.contoh.id";

    fn mail(letter: &Letter, language: Language) -> Mail {
        let url = format!("{HOME}/link/{}", "t".repeat(43));
        let name = "Raden Roro Kusumawardhani";
        let share = share("Raden Roro Kusumawardhani");
        let share = matches!(letter, Letter::Invitation { .. }).then_some(&share);
        let by = matches!(letter, Letter::Staff { .. }).then_some("Bayu Saputra");
        let name = if share.is_some() || by.is_some() { "" } else { name };
        let words = words(letter, &Told { language, zone: Zone::Wita, name, url: &url, share, by });
        write(language, &words, HOME, name, "roro@contoh.id").expect("a mail")
    }

    fn share(owner: &str) -> Share {
        let at = "2026-11-30T07:36:00Z".parse().expect("a time");
        Share {
            id: Uuid::nil(),
            owner: gemilang_protocol::PersonRef { id: Uuid::nil(), name: owner.to_owned() },
            email: "bimo@contoh.id".to_owned(),
            person: None,
            what: What::Order(Uuid::nil()),
            title: "Paket Kencana, 500 tamu".to_owned(),
            number: "GO-2611".to_owned(),
            created_at: at,
            expires_at: at,
        }
    }

    fn letters() -> [Letter; 6] {
        let at = "2026-11-30T07:36:00Z".parse().expect("a time");
        [
            Letter::Confirm {},
            Letter::SignIn {},
            Letter::Reset {},
            Letter::NewSignIn { device: "Chrome, Android".to_owned(), at },
            Letter::Invitation { share: Uuid::nil() },
            Letter::Staff { invitation: Uuid::nil() },
        ]
    }

    #[test]
    fn every_mail_reads_as_it_should_in_both_languages() {
        for language in Language::ALL {
            for letter in letters() {
                let mail = mail(&letter, *language);
                let name = format!("mail_{}_{}", letter.kind(), language.tag());
                insta::assert_snapshot!(format!("{name}_text"), format!("{}\n\n{}", mail.subject, mail.text));
                insta::assert_snapshot!(format!("{name}_html"), mail.html);
                for text in [&mail.subject, &mail.text] {
                    assert!(!text.contains("mail-") && !text.contains('{'), "{text}");
                }
            }
        }
    }

    #[test]
    fn nobodys_name_begins_a_header_or_markup() {
        let evil = "Roro\r\nBcc: evil@example.com\u{2028}\nX: <b>\"y\"</b>";
        let told = Told {
            language: Language::Id,
            zone: Zone::Wib,
            name: evil,
            url: "https://x/",
            share: Some(&share(evil)),
            by: None,
        };
        let words = words(&Letter::Invitation { share: Uuid::nil() }, &told);
        let mut mail = write(Language::Id, &words, HOME, evil, "roro@contoh.id").expect("a mail");
        assert!(!mail.html.contains("<b>\"y\""));
        mail.subject = format!("{}\r\nBcc: evil@example.com", mail.subject);
        let id = Uuid::from_u128(7);
        let now = "2026-11-30T07:36:00Z".parse().expect("a time");
        let message = build("Gemilang WO <bantuan@contoh.id>", id, &mail, now).expect("a message");
        let raw = String::from_utf8(message.formatted()).expect("ASCII");
        let head = raw.split("\r\n\r\n").next().expect("headers");
        assert!(!head.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X:")), "{head}");
        assert_eq!(message.envelope().to().len(), 1);
        assert!(head.contains("Message-ID: <00000000000000000000000000000007@contoh.id>"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        for address in ["roro@contoh.id\r\nBcc: evil@example.com", "roro@contoh.id>, <evil@example.com", ""] {
            mail.address = address.to_owned();
            assert!(build("Gemilang WO <bantuan@contoh.id>", id, &mail, now).is_err(), "{address:?}");
        }
    }
}
