//! Keychain: the one secret of the desk, a session's token, in the system's own store. Where none answers, the token stays in memory.

use std::thread;
use std::time::Duration;

use keyring::Entry;

/// The name under which people find the token in their keychain.
const SERVICE: &str = "Gemilang Desk";
/// A locked keychain may ask its person for a password; longer than this the window does not wait for it.
const PATIENCE: Duration = Duration::from_secs(4);

/// The keychain did not do it. Its own words are for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeychainError {
    /// It is not there, or refused.
    #[error(transparent)]
    Refused(#[from] keyring::Error),
    /// It did not answer in time.
    #[error("the keychain does not answer")]
    Silent,
}

/// Keeps a token.
///
/// # Errors
/// There is no keychain, or it does not answer.
pub(crate) async fn keep(account: String, token: String) -> Result<(), KeychainError> {
    asked(move || Entry::new(SERVICE, &account)?.set_password(&token)).await
}

/// The kept token, if there is one.
///
/// # Errors
/// There is no keychain, or it does not answer.
pub(crate) async fn token(account: String) -> Result<Option<String>, KeychainError> {
    asked(move || match Entry::new(SERVICE, &account)?.get_password() {
        Ok(token) => Ok(Some(token)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
    .await
}

/// Forgets a token; one that is not there is forgotten already.
///
/// # Errors
/// There is no keychain, or it does not answer.
pub(crate) async fn forget(account: String) -> Result<(), KeychainError> {
    asked(move || match Entry::new(SERVICE, &account)?.delete_credential() {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
    .await
}

/// Asks on a thread of its own, which may hang for ever without anybody waiting for it, not even the app's end.
async fn asked<T: Send + 'static>(
    ask: impl FnOnce() -> keyring::Result<T> + Send + 'static,
) -> Result<T, KeychainError> {
    let (tell, answer) = tokio::sync::oneshot::channel();
    thread::spawn(move || {
        let _ = tell.send(ask());
    });
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answer)) => Ok(answer?),
        Ok(Err(_)) | Err(_) => Err(KeychainError::Silent),
    }
}
