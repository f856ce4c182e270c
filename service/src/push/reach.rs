//! Which addresses may be reached: a browser names the endpoint, so it could name anything. Only https on public addresses,
//! no redirect is followed, and a name is connected to by the very addresses that were looked at, so that it cannot mean
//! another machine a moment later.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use url::Host;

/// The URL of an endpoint, if it may be reached at all. `own_host` is the operator's own push service, if there is one.
pub(super) fn endpoint(text: &str, own_host: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let host = url.host()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    if !own_host.is_empty() && host.to_string() == own_host {
        return ["http", "https"].contains(&url.scheme()).then_some(url);
    }
    let named = match host {
        Host::Domain(name) => name.contains('.') && !name.ends_with(".local") && !name.ends_with(".localhost"),
        Host::Ipv4(address) => is_public(address.into()),
        Host::Ipv6(address) => is_public(address.into()),
    };
    (url.scheme() == "https" && named).then_some(url)
}

/// A client that reaches public addresses only.
pub(super) fn client(own_host: &str, answer: Duration) -> reqwest::Result<Client> {
    Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(answer)
        .dns_resolver(Public { own_host: own_host.to_owned() })
        .build()
}

/// Looks names up and leaves out every address that is not public.
struct Public {
    own_host: String,
}

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let own = !self.own_host.is_empty() && name.as_str() == self.own_host;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let kept: Vec<SocketAddr> = found.filter(|it| own || is_public(it.ip())).collect();
            if kept.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public net, and neither this machine, a neighbour nor something reserved.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b) {
        // Addresses that only carry one of version 4: mapped, translated, 6to4.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => v4(g, h),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => v4(g, h),
        (0x2002, _) => v4(b, c),
        // Teredo, documentation and other special uses.
        (0x2001, 0..0x200 | 0xdb8) | (0x3fff, 0..0x1000) => false,
        // Only this eighth is given out to the public.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_https_is_reached() {
        for text in ["https://fcm.googleapis.com/fcm/send/x", "https://203.0.112.9/x", "https://[2606:4700::1111]/x"] {
            assert!(endpoint(text, "").is_some(), "{text}");
        }
        for text in [
            "http://push.contoh.id/x",
            "https://localhost/x",
            "https://printer.local/x",
            "https://127.0.0.1/x",
            "https://0x7f.1/x",
            "https://2130706433/x",
            "https://10.1.2.3/x",
            "https://172.16.0.1/x",
            "https://192.168.1.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://100.100.100.100/x",
            "https://0.0.0.0/x",
            "https://255.255.255.255/x",
            "https://[::1]/x",
            "https://[::]/x",
            "https://[fe80::1]/x",
            "https://[fd00::1]/x",
            "https://[::ffff:127.0.0.1]/x",
            "https://[64:ff9b::7f00:1]/x",
            "https://[2002:7f00:1::]/x",
            "https://name:secret@push.contoh.id/x",
            "ftp://push.contoh.id/x",
            "javascript:alert(1)",
            "",
        ] {
            assert!(endpoint(text, "").is_none(), "{text}");
        }
        assert!(endpoint("http://127.0.0.1:9/x", "127.0.0.1").is_some(), "the operator's own");
        assert!(endpoint("http://127.0.0.2:9/x", "127.0.0.1").is_none());
    }

    #[tokio::test]
    async fn a_name_that_means_this_machine_is_not_connected_to() {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let client = client("", Duration::from_secs(5)).expect("a client");
        let refused = client.get(format!("http://localhost:{port}/")).send().await.expect_err("refused");
        assert!(refused.is_connect(), "{refused}");
        let came = tokio::time::timeout(Duration::ZERO, listener.accept()).await;
        assert!(came.is_err(), "nobody knocked");
    }
}
