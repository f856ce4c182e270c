//! Passwords: argon2id, off the async threads, and only a few at once so that a rush of sign-ins cannot starve the rest.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// A hash of nothing anybody knows: checked when there is no account, so that the answer takes as long as with one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Z2VtaWxhbmctbm9ib2R5$3n0BAwSsPV5dP2bOSnDfvRk4zdnTt2fgUnkgzBFxlNU";

/// Hashes and checks passwords, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self(Arc::new(Semaphore::new(cores)))
    }
}

impl Passwords {
    /// Hashes a new password.
    ///
    /// # Errors
    /// The hashing task died.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.work(move || {
            Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| Error::Task)
        })
        .await?
    }

    /// Whether the password is the one of the hash. Without a hash it works as long, and says no.
    ///
    /// # Errors
    /// The hashing task died.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        self.work(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(NOBODY);
            let right = PasswordHash::new(hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            known && right
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let permit = Arc::clone(&self.0).acquire_owned().await.map_err(|_| Error::Task)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        })
        .await
        .map_err(|_| Error::Task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_is_right_and_nobody_has_none() {
        let passwords = Passwords::default();
        let hash = passwords.hash("melati putih 7".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("melati putih 7".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("melati putih 8".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("melati putih 7".to_owned(), None).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_takes_as_long_as_one_of_ours() {
        let ours = Argon2::default().hash_password(b"x").unwrap().to_string();
        let costs = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(costs(&ours), costs(NOBODY));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
