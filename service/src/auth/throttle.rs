//! The throttle at the door: failed tries are counted by account and by address, and an unknown account costs as much work as a known one.

use std::net::IpAddr;

use chrono::TimeDelta;
use gemilang_protocol::{Code, Person, Time};
use sha2::{Digest, Sha256};

use super::sql;
use crate::{App, Error, Result};

/// How long a failure counts.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures after which an account is held shut.
const ACCOUNT_MOST: i64 = 5;
/// Failures after which an address is held shut: more, because an office or a village shares one.
const ADDRESS_MOST: i64 = 30;

/// Mails of one kind that may be asked for to an address within [`WINDOW`].
const ASK_ACCOUNT_MOST: i64 = 3;
/// Mails that may be asked for from one place within it.
const ASK_ADDRESS_MOST: i64 = 20;
/// Accounts that may be made from one place within it.
const REGISTER_MOST: i64 = 20;

/// Somebody who knows an account's password.
#[derive(Clone)]
pub struct Verified {
    /// Who.
    pub person: Person,
    /// The hash that it matched: once there is another, nobody is let in by it any more.
    pub(super) hash: String,
}

/// Checks an address and a password. Whether the person may use the door is the caller's to ask.
///
/// # Errors
/// `wrong_credentials` with the tries left, `throttled`, `deactivated` (only to who knows the password); the database.
pub async fn sign_in(app: &App, email: &str, password: String, address: IpAddr) -> Result<Verified> {
    sign_in_if(app, email, password, address, |_| true).await
}

/// Like [`sign_in`], for a door that only some may use: for the others it is as if the account was not there.
///
/// # Errors
/// As [`sign_in`].
pub async fn sign_in_if(
    app: &App,
    email: &str,
    password: String,
    address: IpAddr,
    may: impl Fn(&Person) -> bool + Send,
) -> Result<Verified> {
    let email = email.trim().to_lowercase();
    let now = app.clock.now();
    let account_key = account_key(&email);
    let address_key = address_key(address);
    check(app, &account_key, now, ACCOUNT_MOST).await?;
    check(app, &address_key, now, ADDRESS_MOST).await?;
    // Counted one by one: otherwise a hundred guesses at once would all be the first. The address waits first, so that
    // a rush from one holds up no account.
    let _address_turn = app.address_turns.take(&address_key).await;
    let _account_turn = app.account_turns.take(&account_key).await;
    let account_failures = check(app, &account_key, now, ACCOUNT_MOST).await?;
    check(app, &address_key, now, ADDRESS_MOST).await?;

    // Postgres cannot even be asked about a NUL; nobody has such an address.
    let account = if email.contains('\0') { None } else { sql::find_account(&app.db, &email).await? };
    let mut found = None;
    let mut hash = None;
    if let Some((row, password_hash)) = account {
        let person = Person::try_from(row)?;
        if may(&person) {
            hash = password_hash;
            found = Some(person);
        }
    }
    let right = app.passwords.verify(password, hash.clone()).await?;
    match found.zip(hash) {
        Some((person, hash)) if right && person.active => {
            if account_failures > 0 {
                sql::delete_failures(&app.db, &account_key).await?;
            }
            Ok(Verified { person, hash })
        }
        Some(_) if right => Err(Code::Deactivated.into()),
        _ => {
            fail(app, &[account_key, address_key], now).await?;
            let left = ACCOUNT_MOST - account_failures - 1;
            Err(Error::WrongCredentials { tries_left: u32::try_from(left).unwrap_or_default() })
        }
    }
}

/// Does what tells whether an account is there (registering), and counts it against the caller's address when it tells
/// that one is. After too many it is not done at all: a refusal that only known accounts get would tell as much.
///
/// # Errors
/// `throttled` once there were too many; as `work`; the database.
pub async fn guess<T>(app: &App, address: IpAddr, work: impl Future<Output = Result<T>> + Send) -> Result<T> {
    let now = app.clock.now();
    let key = address_key(address);
    let made_key = format!("register-{key}");
    check(app, &key, now, ADDRESS_MOST).await?;
    let _turn = app.address_turns.take(&key).await;
    check(app, &key, now, ADDRESS_MOST).await?;
    check(app, &made_key, now, REGISTER_MOST).await?;
    let done = work.await;
    match &done {
        // Nobody makes accounts by the hundred either.
        Ok(_) => fail(app, &[made_key], now).await?,
        Err(Error::Validation(_)) => fail(app, &[key], now).await?,
        Err(_) => {}
    }
    done
}

/// Lets somebody ask for a mail, or holds them off: too many to one address, or from one place. It is counted whether
/// or not anybody has the address. `what` keeps kinds of mails apart.
///
/// # Errors
/// `throttled`; the database.
pub async fn ask(app: &App, what: &str, email: &str, address: IpAddr) -> Result<()> {
    let now = app.clock.now();
    let address_key = format!("ask-{}", address_key(address));
    let account_key = format!("ask-{what}-{}", account_key(&email.trim().to_lowercase()));
    let _address_turn = app.address_turns.take(&address_key).await;
    let _account_turn = app.account_turns.take(&account_key).await;
    check(app, &address_key, now, ASK_ADDRESS_MOST).await?;
    check(app, &account_key, now, ASK_ACCOUNT_MOST).await?;
    fail(app, &[address_key, account_key], now).await
}

/// Forgets the failures of an account whose owner has just shown that they are its owner.
///
/// # Errors
/// The database.
pub async fn forgive(app: &App, email: &str) -> Result<()> {
    sql::delete_failures(&app.db, &account_key(&email.to_lowercase())).await
}

/// The failures so far.
async fn check(app: &App, key: &str, now: Time, most: i64) -> Result<i64> {
    let (count, oldest) = sql::failures(&app.db, key, now - WINDOW).await?;
    if count < most {
        return Ok(count);
    }
    let until = oldest.unwrap_or(now) + WINDOW;
    Err(Error::Throttled { retry_after: (until - now).num_seconds().max(1).unsigned_abs() })
}

async fn fail(app: &App, keys: &[String], now: Time) -> Result<()> {
    sql::insert_failures(&app.db, keys, now, now - WINDOW).await
}

/// A key for where somebody is. Of an IPv6 address the network counts: its lower half is the client's to choose.
fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("address:{address}"),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// A key that does not spell out whose address was tried, and that Postgres can store whatever was typed.
fn account_key(email: &str) -> String {
    use std::fmt::Write as _;
    let mut key = "account:".to_owned();
    for byte in &Sha256::digest(email.as_bytes())[..16] {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_chooses_an_address_within_a_network_is_still_the_same() {
        let key = |text: &str| address_key(text.parse().expect("an address"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::7"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.7"), key("10.0.0.7"));
        assert_ne!(key("10.0.0.7"), key("10.0.0.8"));
    }
}
