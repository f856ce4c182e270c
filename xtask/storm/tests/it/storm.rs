//! A short storm finds nothing, and finds each guard missing.

use std::process::{Command, Output};

use serde_json::Value;

use crate::{programs, turn};

/// Decides every choice of the short storm. `cargo xtask storm` blows with others.
const SEED: &str = "20261122";

/// Lets it blow, and answers what it said and its report.
fn storm(minutes: &str, more: &[&str]) -> (Output, Value) {
    // Postgres' own user must get there.
    let out = tempfile::Builder::new().prefix("gemilang-storm-").tempdir_in("/var/tmp").unwrap();
    let mut storm = Command::new(env!("CARGO_BIN_EXE_gemilang-storm"));
    storm.args(["--minutes", minutes, "--seed", SEED]).args(more);
    storm.arg("--out").arg(out.path()).arg("--programs").arg(programs());
    let output = storm.output().unwrap();
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let report = std::fs::read(out.path().join("report.json")).expect("the storm writes its report");
    (output, serde_json::from_slice(&report).unwrap())
}

fn kept(report: &Value, promise: &str) -> bool {
    let promises = report["promises"].as_array().unwrap();
    promises.iter().find(|it| it["name"] == promise).unwrap()["holds"].as_bool().unwrap()
}

#[test]
fn a_storm_loses_nothing_doubles_nothing_and_keeps_every_order() {
    let _turn = turn();
    let (output, report) = storm("0.5", &[]);
    assert!(output.status.success(), "{:#}", report["failures"]);
    assert_eq!(report["failures"], Value::Array(Vec::new()));
    // It blew: how much was written in the time depends on the machine, what was done to it does not.
    for promise in ["cuts a minute", "kills a minute", "share of cuts after the commit"] {
        assert!(kept(&report, promise), "{promise}: {:#}", report["promises"]);
    }
    for (check, checked) in report["checks"].as_object().unwrap() {
        assert!(checked["looked"].as_u64().unwrap() > 0, "{check} was held against nothing");
    }
}

#[test]
fn a_storm_sees_each_guard_missing() {
    let _turn = turn();
    for (guard, check) in [
        ("dedupe", "every message exists at most once"),
        // Who goes on from too far misses what commits late: nearly every import.
        ("cursor", "every replica equals the database"),
        ("order", "each author's order holds"),
    ] {
        let (output, report) = storm("0.6", &["--sabotage", guard]);
        assert!(!output.status.success(), "{guard} is off, and nobody noticed: {report:#}");
        let broken = report["failures"].as_array().unwrap();
        assert!(broken.iter().any(|wrong| wrong["check"] == check), "{guard}: {broken:#?}");
    }
}
