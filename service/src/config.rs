//! Configuration: from a TOML file, then from the environment, which wins. No secret has a default.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

/// What an operator may set. Each field's environment variable stands beside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `DATABASE_URL`: where Postgres is.
    pub database_url: String,
    /// `GEMILANG_LISTEN`: the address to listen on.
    pub listen: SocketAddr,
    /// `GEMILANG_PUBLIC_URL`: how people reach it; `https` makes cookies `Secure`.
    pub public_url: String,
    /// `GEMILANG_LOG`: what is logged, as in `info,gemilang_service=debug`.
    pub log: String,
    /// `GEMILANG_CONNECTIONS`: connections to Postgres held at most, beside the few for search and the feed.
    pub connections: u32,
    /// `GEMILANG_TRUST_FORWARDED`: whether a proxy in front sets `X-Forwarded-For`. Otherwise anybody could claim any address.
    pub trust_forwarded: bool,
    /// `GEMILANG_REQUEST_SECONDS`: how long a client may take to send a request's head, and then its body. A line that is
    /// kept is closed when it was silent for so long.
    pub request_seconds: u64,
    /// `GEMILANG_METRICS_TOKEN`: who bears it may read `/metrics`. Without one, that is read on this machine only, and only
    /// when `public_url` is this machine too: elsewhere a proxy's visitors would seem to be here.
    pub metrics_token: Option<String>,
    /// `GEMILANG_SMTP_URL`: the mail server, as `smtps://user:password@host`, `smtp://user:password@host:587?tls=required`
    /// (STARTTLS) or, within one's own walls, `smtp://host:25`; empty keeps mails and sends none.
    pub smtp_url: String,
    /// `GEMILANG_MAIL_FROM`: who mails are from, as `Gemilang WO <bantuan@contoh.id>`.
    pub mail_from: String,
    /// `GEMILANG_OUTBOX`: whether `serve` also works the outbox. Without it somebody must run `work`.
    pub outbox: bool,
    /// `GEMILANG_DEV`: shows captured mails at `/dev/outbox`, on loopback only. `cargo xtask run` sets it.
    pub dev: bool,
    /// `GEMILANG_LIVE_MOST`: live lines (desks' sockets, customers' open conversations) of one person at most, in one
    /// process; one session may have half of them.
    pub live_most: usize,
    /// `GEMILANG_PUSH_OWN_HOST`: the host of a push service of one's own, which alone may be at a private address and without https.
    pub push_own_host: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "postgres://localhost/gemilang".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: "http://127.0.0.1:8080".to_owned(),
            log: "info,sqlx=warn".to_owned(),
            connections: 16,
            live_most: 32,
            trust_forwarded: false,
            request_seconds: 30,
            metrics_token: None,
            smtp_url: String::new(),
            mail_from: "Gemilang WO <bantuan@localhost>".to_owned(),
            outbox: true,
            dev: false,
            push_own_host: String::new(),
        }
    }
}

/// Why a configuration cannot be used. Read by the operator, on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The file is not the TOML we know.
    #[error("{0}: {1}")]
    Unknown(PathBuf, #[source] Box<toml::de::Error>),
    /// A variable has a value that makes no sense.
    #[error("{name}: {value:?} is not {wanted}")]
    Value {
        /// Which variable.
        name: &'static str,
        /// What it says.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
}

impl Config {
    /// Reads the file, if one is named, and then the environment through `var`.
    ///
    /// # Errors
    /// An unreadable file, an unknown key, or a value that makes no sense.
    pub fn load(file: Option<&Path>, var: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut config = match file {
            None => Self::default(),
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
                toml::from_str(&text).map_err(|error| ConfigError::Unknown(path.to_owned(), Box::new(error)))?
            }
        };
        if let Some(url) = var("DATABASE_URL") {
            config.database_url = url;
        }
        if let Some(value) = var("GEMILANG_LISTEN") {
            config.listen = parse("GEMILANG_LISTEN", value, "an address such as 127.0.0.1:8080")?;
        }
        match var("GEMILANG_PUBLIC_URL") {
            Some(url) => config.public_url = url.trim_end_matches('/').to_owned(),
            None if file.is_none() => config.public_url = format!("http://{}", config.listen),
            None => {}
        }
        if let Some(log) = var("GEMILANG_LOG") {
            config.log = log;
        }
        if let Some(value) = var("GEMILANG_CONNECTIONS") {
            config.connections = parse("GEMILANG_CONNECTIONS", value, "a number of connections")?;
        }
        if let Some(value) = var("GEMILANG_TRUST_FORWARDED") {
            config.trust_forwarded = parse("GEMILANG_TRUST_FORWARDED", value, "true or false")?;
        }
        if let Some(value) = var("GEMILANG_REQUEST_SECONDS") {
            config.request_seconds = parse("GEMILANG_REQUEST_SECONDS", value, "a number of seconds")?;
        }
        if let Some(value) = var("GEMILANG_METRICS_TOKEN") {
            config.metrics_token = Some(value).filter(|token| !token.is_empty());
        }
        if let Some(url) = var("GEMILANG_SMTP_URL") {
            config.smtp_url = url;
        }
        if let Some(from) = var("GEMILANG_MAIL_FROM") {
            config.mail_from = from;
        }
        if config.mail_from.parse::<lettre::message::Mailbox>().is_err() {
            let (name, wanted) = ("GEMILANG_MAIL_FROM", "a sender such as Gemilang WO <bantuan@contoh.id>");
            return Err(ConfigError::Value { name, value: config.mail_from, wanted });
        }
        if let Some(value) = var("GEMILANG_OUTBOX") {
            config.outbox = parse("GEMILANG_OUTBOX", value, "true or false")?;
        }
        if let Some(value) = var("GEMILANG_DEV") {
            config.dev = parse("GEMILANG_DEV", value, "true or false")?;
        }
        if let Some(value) = var("GEMILANG_LIVE_MOST") {
            config.live_most = parse("GEMILANG_LIVE_MOST", value, "a number of live lines")?;
        }
        if let Some(host) = var("GEMILANG_PUSH_OWN_HOST") {
            config.push_own_host = host;
        }
        Ok(config)
    }

    /// How long a client may take to send a part of a request.
    pub const fn request_time(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// Whether people reach the service on this machine only.
    pub fn is_local(&self) -> bool {
        let host = self.public_url.split_once("://").map_or("", |(_, rest)| rest);
        let host = host.split(['/', '?']).next().unwrap_or_default();
        let host = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
            Some((host, _)) => host,
            None => host.split(':').next().unwrap_or_default(),
        };
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether what is for developers may be shown: asked for, and nobody from outside can reach it.
    pub fn shows_dev(&self) -> bool {
        self.dev && self.listen.ip().is_loopback() && self.is_local()
    }

    /// Whether people reach the service by https: then its cookies are `Secure` and carry the `__Host-` name.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn parse<T: std::str::FromStr>(name: &'static str, value: String, wanted: &'static str) -> Result<T, ConfigError> {
    value.parse().map_err(|_| ConfigError::Value { name, value, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_wins_and_nonsense_is_named() {
        let config =
            Config::load(None, |name| (name == "GEMILANG_LISTEN").then(|| "127.0.0.1:18080".to_owned())).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:18080");
        let error = Config::load(None, |name| (name == "GEMILANG_CONNECTIONS").then(|| "many".to_owned())).unwrap_err();
        for (url, local) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost", true),
            ("http://[::1]:8080/", true),
            ("https://bantuan.contoh.id", false),
            ("http://0.0.0.0:8080", false),
            ("http://127.0.0.1.contoh.id", false),
        ] {
            assert_eq!(Config { public_url: url.to_owned(), ..Config::default() }.is_local(), local, "{url}");
        }
        assert_eq!(error.to_string(), "GEMILANG_CONNECTIONS: \"many\" is not a number of connections");
        let from = |name: &str| (name == "GEMILANG_MAIL_FROM").then(|| "nobody".to_owned());
        assert!(Config::load(None, from).is_err(), "a sender without an address");
    }

    #[test]
    fn what_is_for_developers_is_never_reached_from_outside() {
        let shows = |dev, listen: &str| {
            Config { dev, listen: listen.parse().expect("an address"), ..Config::default() }.shows_dev()
        };
        assert!(shows(true, "127.0.0.1:8080") && shows(true, "[::1]:8080"));
        assert!(!shows(true, "0.0.0.0:8080") && !shows(true, "192.168.1.7:8080"));
        assert!(!shows(false, "127.0.0.1:8080"));
    }
}
