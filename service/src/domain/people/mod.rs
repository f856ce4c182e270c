//! People: finding and making them. Passwords are `auth`'s.

pub(crate) mod sql;

use gemilang_protocol::{Code, FieldError, Fields, Person, PersonRef, Role, Zone, validate};
use uuid::Uuid;

use crate::auth::sessions;
use crate::outbox::{self, Letter};
use crate::{App, Error, Result};

/// What somebody fills in to register. It cannot be printed, because it holds a password.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their phone; may stay empty.
    pub phone: String,
    /// The password they want.
    pub password: String,
    /// The same again.
    pub password_confirmation: String,
}

/// A person to be made, every rule checked. It cannot be printed, because it holds a password.
#[derive(Clone)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// Lower case.
    pub email: String,
    /// E.164, if given.
    pub phone: Option<String>,
    /// As typed.
    pub password: String,
    /// What they may do.
    pub role: Role,
    /// The language they read: `id` or `en`.
    pub language: &'static str,
    /// Their zone.
    pub zone: Zone,
    /// Whether the address is known to be theirs.
    pub confirmed: bool,
}

impl RegisterForm {
    /// Checks what was filled in.
    ///
    /// # Errors
    /// The fields that break a rule.
    pub fn check(&self, language: &'static str) -> Result<NewPerson, Fields> {
        let mut fields = Fields::default();
        let name = fields.take("name", validate::name(&self.name));
        let email = fields.take("email", validate::email(&self.email));
        let phone = match self.phone.trim() {
            "" => None,
            phone => fields.take("phone", validate::phone(phone)),
        };
        let password = match new_password(&self.password, &self.password_confirmation) {
            Ok(password) => Some(password),
            Err(broken) => {
                fields.0.extend(broken.0);
                None
            }
        };
        match (name, email, password) {
            (Some(name), Some(email), Some(password)) if fields.is_empty() => Ok(NewPerson {
                name,
                email,
                phone,
                password,
                role: Role::Customer,
                language,
                zone: Zone::Wib,
                confirmed: false,
            }),
            _ => Err(fields),
        }
    }
}

/// A new password, typed twice.
///
/// # Errors
/// The fields that break a rule.
pub fn new_password(password: &str, confirmation: &str) -> Result<String, Fields> {
    let mut fields = Fields::default();
    let password = fields.take("password", validate::password(password));
    match password {
        Some(password) if password == confirmation => Ok(password),
        Some(_) => {
            fields.put("password_confirmation", FieldError::Differs);
            Err(fields)
        }
        None => Err(fields),
    }
}

/// Makes a person.
///
/// # Errors
/// `validation` with `email: taken` when the address is known; the database.
pub async fn create(app: &App, person: NewPerson) -> Result<Person> {
    let id = Uuid::now_v7();
    let hash = app.passwords.hash(person.password.clone()).await?;
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    match sql::insert(&mut *transaction, id, &person, &hash, now, app.generation()).await {
        Ok(()) => {}
        Err(error) if error.is_unique_violation() => {
            return Err(Error::field("email", FieldError::Taken));
        }
        Err(error) => return Err(error),
    }
    if !person.confirmed {
        outbox::put(&mut *transaction, &Letter::Confirm {}, &person.email, now).await?;
    }
    transaction.commit().await?;
    app.committed();
    app.post.ring();
    find(app, id).await
}

/// A person by id.
///
/// # Errors
/// `not_found`; the database.
pub async fn find(app: &App, id: Uuid) -> Result<Person> {
    sql::find(&app.db, id).await?.try_into()
}

/// A person by address, in any letter case.
///
/// # Errors
/// The database.
pub async fn find_by_email(app: &App, email: &str) -> Result<Option<Person>> {
    let email = email.trim().to_lowercase();
    if email.contains('\0') {
        return Ok(None);
    }
    sql::find_by_email(&app.db, &email).await?.map(Person::try_from).transpose()
}

/// Everybody of the staff, by name; the deactivated too, because old tickets name them.
///
/// # Errors
/// The database.
pub async fn staff(app: &App) -> Result<Vec<Person>> {
    let rows = sql::staff(&app.db).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Who can be called by name in a note: those of the staff who may come in.
///
/// # Errors
/// The database.
pub async fn names_of_staff(app: &App) -> Result<Vec<PersonRef>> {
    let active = staff(app).await?.into_iter().filter(|person| person.active);
    Ok(active.map(|person| PersonRef { id: person.id, name: person.name }).collect())
}

/// Deactivates a person, or lets them sign in again. Whoever is deactivated is out: their sessions end with it, and do
/// not come back; their live lines close as the feed tells of it.
///
/// # Errors
/// `not_found`; the database.
pub async fn set_active(app: &App, id: Uuid, active: bool) -> Result<Person> {
    let mut transaction = app.db.begin().await?;
    sql::set_active(&mut *transaction, id, active, app.clock.now(), app.generation()).await?;
    let ended = match active {
        true => Vec::new(),
        false => sessions::end_all_within(&mut transaction, id, None, app.generation()).await?,
    };
    transaction.commit().await?;
    sessions::ended(app, &ended);
    changed(app, id);
    find(app, id).await
}

/// Shuts a customer out of the portal, or lets them in again.
///
/// # Errors
/// `not_found` for staff, and for who had everything erased; the database.
pub async fn block(app: &App, id: Uuid, blocked: bool) -> Result<Person> {
    let person = find(app, id).await?;
    if person.role != Role::Customer || person.email.ends_with("@invalid") {
        return Err(Code::NotFound.into());
    }
    set_active(app, id, !blocked).await
}

/// Gives a person another language.
///
/// # Errors
/// `not_found`; the database.
pub async fn set_language(app: &App, id: Uuid, language: &'static str) -> Result<()> {
    sql::set_language(&app.db, id, language, app.clock.now(), app.generation()).await?;
    changed(app, id);
    Ok(())
}

/// The feed tells every process that a person is another now; this one need not wait for it.
pub(crate) fn changed(app: &App, id: Uuid) {
    app.sessions.forget(&[], &[id]);
    app.committed();
}

/// Notes in which browser a customer signed in. One that never did is told by mail, so that a stranger is noticed.
/// `browser` is a secret of the browser's, hashed; `device` names it for people.
///
/// # Errors
/// The database.
pub async fn signed_in(app: &App, id: Uuid, browser: &[u8], device: &str) -> Result<()> {
    let at = app.clock.now();
    let letter = Letter::NewSignIn { device: device.to_owned(), at };
    let (_, data) = letter.columns()?;
    if sql::know_browser(&app.db, id, browser, Uuid::now_v7(), &data, at).await? {
        app.post.ring();
    }
    Ok(())
}

/// Whether somebody with this address has signed in with this browser.
///
/// # Errors
/// The database.
pub async fn is_known_browser(app: &App, email: &str, browser: &[u8]) -> Result<bool> {
    sql::is_known_browser(&app.db, &email.trim().to_lowercase(), browser).await
}

/// What a customer changes about themselves: only what is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another name, checked.
    pub name: Option<String>,
    /// Another number in E.164, or none any more.
    pub phone: Option<Option<String>>,
    /// Another language: `id` or `en`.
    pub language: Option<&'static str>,
    /// Another zone.
    pub zone: Option<Zone>,
}

/// Changes what is given; desks hear of it.
///
/// # Errors
/// `not_found`; the database.
pub async fn change(app: &App, id: Uuid, change: &Change) -> Result<Person> {
    sql::change(&app.db, id, change, app.clock.now(), app.generation()).await?;
    changed(app, id);
    find(app, id).await
}

/// Whether a person's address is known to be theirs.
///
/// # Errors
/// `not_found`; the database.
pub async fn is_confirmed(app: &App, id: Uuid) -> Result<bool> {
    sql::is_confirmed(&app.db, id).await
}

/// Gives a new password and ends all sessions but the one it was asked from.
///
/// # Errors
/// `session_expired` when that one ended meanwhile; the database; the hashing task died.
pub async fn change_password(app: &App, id: Uuid, password: String, session: Uuid) -> Result<()> {
    let hash = app.passwords.hash(password).await?;
    let mut transaction = app.db.begin().await?;
    sql::set_password(&mut *transaction, id, &hash).await?;
    super::links::forget(&mut transaction, id).await?;
    // Who was shut out while this was on its way changes nothing any more.
    if !sessions::stands_within(&mut transaction, session, app.clock.now()).await? {
        return Err(Code::SessionExpired.into());
    }
    let ended = sessions::end_all_within(&mut transaction, id, Some(session), app.generation()).await?;
    transaction.commit().await?;
    sessions::ended(app, &ended);
    Ok(())
}

/// Confirms a person's address: they have shown that it is theirs.
///
/// # Errors
/// The database.
pub(crate) async fn confirm(app: &App, id: Uuid) -> Result<()> {
    sql::confirm(&app.db, id, app.clock.now(), app.generation()).await?;
    changed(app, id);
    Ok(())
}
