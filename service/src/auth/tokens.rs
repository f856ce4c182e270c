//! Tokens: 32 random bytes for the client, their SHA-256 for the table. Whoever reads the table can sign in as nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A fresh token, as the client keeps it: 43 characters that are safe in URLs, headers and cookies.
pub fn fresh() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the table keeps of a token.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
