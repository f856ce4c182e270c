//! The service's own key, by which push services know that a message comes from who was subscribed to (RFC 8292).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use gemilang_protocol::Time;
use reqwest::Url;

use crate::{Error, Result};

/// How long a signature is good; push services take at most a day.
const LIFE: TimeDelta = TimeDelta::hours(12);

/// The key.
pub(super) struct Key {
    pair: EcdsaKeyPair,
    pkcs8: Vec<u8>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    pub(super) fn generate() -> Result<Self> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| Error::Task)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| Error::Task)?.as_ref().to_vec();
        Ok(Self { pair, pkcs8 })
    }

    pub(super) fn read(pkcs8: &[u8]) -> Result<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
            .map_err(|_| Error::Stored("the key for web push"))?;
        Ok(Self { pair, pkcs8: pkcs8.to_vec() })
    }

    pub(super) fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The public half, base64url.
    pub(super) fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// The `Authorization` for a push service: who we are, for this service alone, for half a day.
    pub(super) fn authorization(&self, endpoint: &Url, contact: &str, now: Time) -> Result<String> {
        let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = serde_json::json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": (now + LIFE).timestamp(),
            "sub": contact,
        });
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| Error::Task)?;
        Ok(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.as_ref()), self.public()))
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_signature_is_for_one_push_service_and_can_be_checked() {
        let key = Key::generate().expect("a key");
        let key = Key::read(key.pkcs8()).expect("the same key");
        let endpoint = Url::parse("https://push.contoh.id:8443/a/b?c").expect("a URL");
        let now: Time = "2026-11-22T02:00:00Z".parse().expect("a time");
        let text = key.authorization(&endpoint, "https://bantuan.contoh.id", now).expect("signed");
        let (token, public) = text.strip_prefix("vapid t=").expect("vapid").split_once(", k=").expect("a key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(public))
            .verify(signed.as_bytes(), &bytes(signature))
            .expect("signed by this key");
        let claims: serde_json::Value =
            serde_json::from_slice(&bytes(signed.split_once('.').expect("claims").1)).expect("JSON");
        assert_eq!(claims["aud"], "https://push.contoh.id:8443");
        assert_eq!(claims["exp"], (now + LIFE).timestamp());
    }
}
