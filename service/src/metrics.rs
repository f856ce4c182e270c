//! Figures for operators, in Prometheus' text form: few, and each one that somebody would act on.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::App;

/// Counters of this process.
#[derive(Debug, Default)]
pub struct Metrics {
    answers: [AtomicU64; 5],
    /// Mails that a mail server accepted, or that were captured.
    pub(crate) mails_sent: AtomicU64,
    /// Letters that wait, as the worker last counted them.
    pub(crate) mails_waiting: AtomicU64,
    /// Letters that were given up.
    pub(crate) mails_dead: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, status: u16) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
    }
}

/// All figures as text.
pub fn text(app: &App) -> String {
    let mut text = String::new();
    let mut put = |name: &str, help: &str, kind: &str, values: &[(String, f64)]| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in values {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    };
    let answers: Vec<_> = app
        .metrics
        .answers
        .iter()
        .enumerate()
        .map(|(class, count)| {
            let labels = format!("{{status=\"{}xx\"}}", class + 1);
            (labels, as_f64(count.load(Ordering::Relaxed)))
        })
        .collect();
    put("http_requests_total", "Answers by class of status.", "counter", &answers);
    let (_, complete_to) = app.hub.standing();
    let age = complete_to.map_or(0.0, |to| (app.clock.now() - to).as_seconds_f64().max(0.0));
    let one = |value: f64| [(String::new(), value)];
    put(
        "feed_horizon_age_seconds",
        "How far the claim 'complete up to' is behind; a long transaction anywhere in the cluster holds it.",
        "gauge",
        &one(age),
    );
    put("live_watchers", "Live sockets and followed conversations.", "gauge", &one(as_f64(app.hub.watchers() as u64)));
    let pools = [("main", &app.db), ("search", &app.search_db), ("feed", &app.feed_db), ("hub", &app.hub_db)];
    let values: Vec<_> = pools
        .iter()
        .flat_map(|(name, pool)| {
            let idle = pool.num_idle() as u64;
            let busy = u64::from(pool.size()).saturating_sub(idle);
            [
                (format!("{{pool=\"{name}\",state=\"idle\"}}"), as_f64(idle)),
                (format!("{{pool=\"{name}\",state=\"busy\"}}"), as_f64(busy)),
            ]
        })
        .collect();
    put("postgres_connections", "Connections to Postgres.", "gauge", &values);
    let mails = |count: &AtomicU64| [(String::new(), as_f64(count.load(Ordering::Relaxed)))];
    put("mails_sent_total", "Mails handed over by this process.", "counter", &mails(&app.metrics.mails_sent));
    put("mails_waiting", "Letters waiting in the outbox.", "gauge", &mails(&app.metrics.mails_waiting));
    put(
        "mails_dead",
        "Letters given up; `gemilang-service outbox` lists them.",
        "gauge",
        &mails(&app.metrics.mails_dead),
    );
    put(
        "ready",
        "1 once the database answered and has today's tables.",
        "gauge",
        &one(f64::from(u8::from(app.is_ready()))),
    );
    text
}

/// Counts are far below what a float holds exactly.
fn as_f64(count: u64) -> f64 {
    u32::try_from(count).map_or_else(|_| f64::from(u32::MAX), f64::from)
}
