//! Web push: a reply is announced on the devices whose owners asked for it. Encrypted for the device alone (RFC 8291),
//! signed with the service's own key (RFC 8292), and only ever sent to public addresses.

/// Encrypting for one device.
mod encrypt;
/// Which addresses may be reached.
mod reach;
mod sql;
/// From a reply on the feed to the devices.
mod task;
/// The service's own key, by which push services know it.
mod vapid;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use gemilang_protocol::{Code, FieldError};
use tokio::sync::OnceCell;
use uuid::Uuid;

pub use self::encrypt::Device;
pub use self::task::start;

use self::vapid::Key;
use crate::auth::Session;
use crate::{App, Error, Result};

/// Devices of one person at most; the oldest gives way.
const DEVICES_MOST: i64 = 12;
/// An endpoint longer than this is none.
const ENDPOINT_MOST: usize = 1_024;
/// How long a push service may take to answer.
const ANSWER: Duration = Duration::from_secs(10);

/// What the service needs to push; made when it is first needed.
#[derive(Debug, Clone, Default)]
pub struct Push {
    key: Arc<OnceCell<Key>>,
    client: Arc<OnceCell<reqwest::Client>>,
    started: Arc<AtomicBool>,
}

/// A device as its browser describes it.
#[derive(Debug, Clone)]
pub struct Subscription<'a> {
    /// Where its push service takes messages.
    pub endpoint: &'a str,
    /// Its key, base64url, uncompressed P-256.
    pub p256dh: &'a str,
    /// Its secret, base64url, 16 bytes.
    pub auth: &'a str,
}

/// How a push service took a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It will deliver it.
    Yes,
    /// The device is gone.
    Gone,
    /// Perhaps later.
    Later,
    /// Never.
    No,
}

/// The public half of the service's key, as pages hand it to browsers.
///
/// # Errors
/// The database.
pub async fn public_key(app: &App) -> Result<String> {
    Ok(key(app).await?.public())
}

async fn key(app: &App) -> Result<&Key> {
    app.push
        .key
        .get_or_try_init(|| async {
            let fresh = Key::generate()?;
            // Of two processes that start at once one key stays.
            let kept = sql::key(&app.db, fresh.pkcs8()).await?;
            Key::read(&kept)
        })
        .await
}

/// A device asks to be told of replies.
///
/// # Errors
/// `validation` with `endpoint`, `p256dh` or `auth`; `session_expired` when that ended a moment ago; the database.
pub async fn subscribe(app: &App, session: &Session, subscription: &Subscription<'_>) -> Result<()> {
    let endpoint = subscription.endpoint;
    let allowed = endpoint.len() <= ENDPOINT_MOST && reach::endpoint(endpoint, &app.config.push_own_host).is_some();
    if !allowed {
        return Err(Error::field("endpoint", FieldError::NotInList));
    }
    let device = Device::read(subscription.p256dh, subscription.auth)?;
    let now = app.clock.now();
    if sql::subscribe(&app.db, endpoint, session.id, session.person.id, &device, now, DEVICES_MOST).await? {
        Ok(())
    } else {
        Err(Code::SessionExpired.into())
    }
}

/// A device asks to be told no more.
///
/// # Errors
/// The database.
pub async fn unsubscribe(app: &App, person: Uuid, endpoint: &str) -> Result<()> {
    sql::unsubscribe(&app.db, person, endpoint).await
}

/// Tells one device of its own owner how an announcement looks.
///
/// # Errors
/// `not_found` for a device that is not theirs or is gone, `validation` with `endpoint` when its push service does not
/// take it: which one that is, the device says.
pub async fn test(app: &App, session: &Session, endpoint: &str, news: &serde_json::Value) -> Result<()> {
    let found = sql::device(&app.db, session.person.id, endpoint).await?.ok_or(Code::NotFound)?;
    match send(app, &found, news, "test").await? {
        Taken::Yes => Ok(()),
        Taken::Gone => {
            sql::gone(&app.db, endpoint).await?;
            Err(Code::NotFound.into())
        }
        Taken::Later | Taken::No => Err(Error::field("endpoint", FieldError::NotInList)),
    }
}

/// Sends news to one device. `topic` makes newer news replace what was not delivered yet.
async fn send(app: &App, device: &sql::Found, news: &serde_json::Value, topic: &str) -> Result<Taken> {
    let Some(url) = reach::endpoint(&device.endpoint, &app.config.push_own_host) else {
        return Ok(Taken::No);
    };
    let body = encrypt::encrypt(&device.device, news.to_string().as_bytes())?;
    let authorization = key(app).await?.authorization(&url, &app.config.public_url, app.clock.now())?;
    let client = app
        .push
        .client
        .get_or_try_init(|| async { reach::client(&app.config.push_own_host, ANSWER) })
        .await
        .map_err(|_| Error::Task)?;
    let request = client
        .post(url)
        .header("authorization", authorization)
        .header("content-encoding", "aes128gcm")
        .header("content-type", "application/octet-stream")
        .header("ttl", "86400")
        .header("urgency", "high")
        .header("topic", topic)
        .body(body);
    Ok(match request.send().await {
        Ok(answer) => match answer.status().as_u16() {
            200..300 => Taken::Yes,
            404 | 410 => Taken::Gone,
            429 | 500.. => Taken::Later,
            status => {
                tracing::warn!(status, "a push service refuses what we send");
                Taken::No
            }
        },
        Err(error) => {
            tracing::info!(error = %error.without_url(), "a push service cannot be reached");
            Taken::Later
        }
    })
}
