//! Encrypting for one device: RFC 8291 over `aes128gcm` of RFC 8188, in one record.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use gemilang_protocol::FieldError;

use crate::{Error, Result};

/// Bytes of news that every push service takes: 4 096 with what the encryption adds.
const NEWS_MOST: usize = 3_900;
const RECORD: u32 = 4_096;
/// Browsers leave the padding away; some libraries write it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a device gave to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// An uncompressed point of P-256, 65 bytes.
    pub(super) public_key: Vec<u8>,
    /// 16 bytes.
    pub(super) secret: Vec<u8>,
}

impl Device {
    /// From the texts of a browser's subscription.
    ///
    /// # Errors
    /// `validation` with `p256dh` or `auth`.
    pub fn read(p256dh: &str, auth: &str) -> Result<Self> {
        let bytes = |text: &str| BASE64.decode(text.trim()).unwrap_or_default();
        let (public_key, secret) = (bytes(p256dh), bytes(auth));
        let probe = PrivateKey::generate(&ECDH_P256).map_err(|_| Error::Task)?;
        // A point that is not on the curve is refused now and not at the first reply.
        if public_key.len() != 65 || shared(&probe, &public_key).is_err() {
            return Err(Error::field("p256dh", FieldError::NotInList));
        }
        if secret.len() != 16 {
            return Err(Error::field("auth", FieldError::NotInList));
        }
        Ok(Self { public_key, secret })
    }
}

/// News as only the device can read it.
///
/// # Errors
/// A fault of our own: news too long, or no randomness.
pub(super) fn encrypt(device: &Device, news: &[u8]) -> Result<Vec<u8>> {
    let mut salt = [0; 16];
    rand::fill(&mut salt).map_err(|_| Error::Task)?;
    let own = PrivateKey::generate(&ECDH_P256).map_err(|_| Error::Task)?;
    seal(device, news, &own, salt)
}

fn seal(device: &Device, news: &[u8], own: &PrivateKey, salt: [u8; 16]) -> Result<Vec<u8>> {
    if news.len() > NEWS_MOST {
        return Err(Error::Stored("news that is too long to push"));
    }
    let own_public = own.compute_public_key().map_err(|_| Error::Task)?;
    let secret = shared(own, &device.public_key)?;
    let info = [b"WebPush: info\0", &device.public_key[..], own_public.as_ref()].concat();
    let key = expand::<32>(&Salt::new(HKDF_SHA256, &device.secret).extract(&secret), &info)?;
    let prk = Salt::new(HKDF_SHA256, &salt).extract(&key);
    let cek = expand::<16>(&prk, b"Content-Encoding: aes128gcm\0")?;
    let nonce = expand::<12>(&prk, b"Content-Encoding: nonce\0")?;
    let aead = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &cek).map_err(|_| Error::Task)?);
    // The one byte of padding says that this is the last record.
    let mut sealed = [news, b"\x02"].concat();
    aead.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .map_err(|_| Error::Task)?;
    let own_public = own_public.as_ref();
    let id_length = [u8::try_from(own_public.len()).map_err(|_| Error::Task)?];
    Ok([&salt[..], &RECORD.to_be_bytes(), &id_length, own_public, &sealed].concat())
}

fn shared(own: &PrivateKey, public_key: &[u8]) -> Result<Vec<u8>> {
    agree(own, UnparsedPublicKey::new(&ECDH_P256, public_key), Error::Task, |secret| Ok(secret.to_vec()))
}

/// So many bytes of key.
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand<const N: usize>(prk: &Prk, info: &[u8]) -> Result<[u8; N]> {
    let mut out = [0; N];
    prk.expand(&[info], Length(N)).and_then(|okm| okm.fill(&mut out)).map_err(|_| Error::Task)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 8291, section 5 and appendix A, byte for byte.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let bytes = |text: &str| BASE64.decode(text).expect("base64");
        let device = Device::read(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .expect("a device");
        let own = PrivateKey::from_private_key(&ECDH_P256, &bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
            .expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let sealed = seal(&device, b"When I grow up, I want to be a watermelon", &own, salt).expect("sealed");
        assert_eq!(
            BASE64.encode(sealed).trim_end_matches('='),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn a_device_that_cannot_be_written_to_is_refused() {
        let good = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        assert!(Device::read(good, "BTBZMqHH6r4Tts7J_aSIgg==").is_ok());
        assert!(Device::read(good, "BTBZ").is_err());
        assert!(Device::read("BTBZMqHH6r4Tts7J_aSIgg", "BTBZMqHH6r4Tts7J_aSIgg").is_err());
        let off_the_curve = format!("{}AAAA", &good[..83]);
        assert!(Device::read(&off_the_curve, "BTBZMqHH6r4Tts7J_aSIgg").is_err());
    }
}
