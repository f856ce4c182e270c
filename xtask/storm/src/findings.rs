//! Findings: what was looked at, and what was found wrong, with enough to find it again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

/// Found wrong, of one kind, that are written out; the rest is counted.
const WRITTEN: usize = 25;

/// Something is not as it must be.
#[derive(Debug, Clone, Serialize)]
pub struct Wrong {
    /// Which rule it breaks.
    pub check: &'static str,
    /// What is wrong, and where.
    pub what: String,
    /// When it was found.
    pub at: gemilang_protocol::Time,
}

/// How often a rule was held against something, and how often it was broken.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Checked {
    /// Times it was looked at.
    pub looked: u64,
    /// Times it was broken.
    pub wrong: u64,
}

#[derive(Debug, Default)]
struct Inner {
    checks: BTreeMap<&'static str, Checked>,
    wrong: Vec<Wrong>,
}

/// What was found. Clones share it.
#[derive(Debug, Clone)]
pub struct Findings {
    inner: Arc<Mutex<Inner>>,
    broken: Arc<watch::Sender<bool>>,
}

impl Default for Findings {
    fn default() -> Self {
        Self { inner: Arc::default(), broken: Arc::new(watch::channel(false).0) }
    }
}

impl Findings {
    /// With rules that are known before anything is held against them: one that nothing ever was held against shows.
    pub fn of(rules: &[&'static str]) -> Self {
        let findings = Self::default();
        for rule in rules {
            findings.looked(rule, 0);
        }
        findings
    }

    /// A rule was held against so many things.
    pub fn looked(&self, check: &'static str, at: usize) {
        self.inner().checks.entry(check).or_default().looked += at as u64;
    }

    /// A rule is broken.
    pub fn wrong(&self, check: &'static str, what: String) {
        let mut inner = self.inner();
        let checked = inner.checks.entry(check).or_default();
        checked.wrong += 1;
        if checked.wrong as usize <= WRITTEN {
            eprintln!("  broken: {check}: {what}");
            inner.wrong.push(Wrong { check, what, at: chrono::Utc::now() });
        }
        drop(inner);
        self.broken.send_replace(true);
    }

    /// Waits until this rule is broken.
    pub async fn broken(&self, check: &str) {
        let mut news = self.broken.subscribe();
        // The sender lives as long as this.
        while self.times(check) == 0 && news.changed().await.is_ok() {}
    }

    /// How often this rule was broken.
    fn times(&self, check: &str) -> u64 {
        self.inner().checks.get(check).map_or(0, |checked| checked.wrong)
    }

    /// Whether any rule is broken.
    pub fn is_broken(&self) -> bool {
        *self.broken.borrow()
    }

    /// Whether every rule was held against something, and none is broken.
    pub fn holds(&self) -> bool {
        !self.is_broken() && self.inner().checks.values().all(|checked| checked.looked > 0)
    }

    /// Every rule by name.
    pub fn checks(&self) -> BTreeMap<&'static str, Checked> {
        self.inner().checks.clone()
    }

    /// What is wrong, in the order found.
    pub fn list(&self) -> Vec<Wrong> {
        self.inner().wrong.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
