//! Addresses as people type them: `desk.gemilangwo.id` is https, loopback is http.

use std::net::IpAddr;

use reqwest::Url;

use super::LinkError;

/// The address as `scheme://host[:port]`, whatever was pasted around it.
///
/// # Errors
/// It cannot be read as an address.
pub fn normalise_server(typed: &str) -> Result<String, LinkError> {
    let typed = typed.trim();
    let url = if typed.contains("://") {
        typed.to_owned()
    } else {
        // The scheme only helps to read the host; loopback is decided from what was read.
        format!("https://{typed}")
    };
    let mut url = Url::parse(&url).map_err(|_| LinkError::BadAddress)?;
    let host = url.host_str().ok_or(LinkError::BadAddress)?.to_owned();
    let good = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && !host.is_empty();
    if !good {
        return Err(LinkError::BadAddress);
    }
    if !typed.contains("://") && is_loopback(&host) {
        // A port that equals https's default is dropped by the parser; on loopback nobody means that.
        url.set_scheme("http").map_err(|()| LinkError::BadAddress)?;
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{}://{host}{port}", url.scheme()))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_an_address() {
        for (typed, address) in [
            ("desk.gemilangwo.id", "https://desk.gemilangwo.id"),
            (" Desk.GemilangWO.id/ ", "https://desk.gemilangwo.id"),
            ("https://desk.gemilangwo.id/login?x=1", "https://desk.gemilangwo.id"),
            ("localhost:8080", "http://localhost:8080"),
            ("127.0.0.1:18080", "http://127.0.0.1:18080"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("https://localhost:8443", "https://localhost:8443"),
            ("http://192.168.1.5:8080", "http://192.168.1.5:8080"),
        ] {
            assert_eq!(normalise_server(typed).as_deref(), Ok(address), "{typed}");
        }
        for typed in ["", "  ", "http://", "ftp://x.id", "dua kata", "user:pw@host.id", "a:b:c"] {
            assert_eq!(normalise_server(typed), Err(LinkError::BadAddress), "{typed}");
        }
    }
}
