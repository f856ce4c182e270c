//! The plan of a storm: which line is broken how, and what is killed, at which moment. Pure: the same seed, the same plan.

use std::time::Duration;

use crate::chance::Chance;

/// Desks of a storm.
pub const DESKS: usize = 8;
/// Customers of a storm.
pub const CUSTOMERS: usize = 16;
/// Service processes of a storm.
pub const SERVICES: usize = 2;

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// A connection is closed as soon as it is open.
    Connect,
    /// A request is read and goes no further.
    Before,
    /// So much of a request goes on, then both ends are cut.
    HalfRequest(f64),
    /// The request arrives whole, and of its answer not one byte: after the commit, before the answer.
    Swallow,
    /// So much of what is read first of an answer, then both ends are cut.
    HalfAnswer(f64),
    /// A live line is cut, in the middle of what comes next or between two words.
    Live(Option<f64>),
    /// Everything is cut, and nothing gets through for so long.
    Dark(Duration),
    /// A whole request is sent once more over a connection of its own, so much later.
    Repeat(Duration),
    /// A request is held up.
    SlowRequest(Duration),
    /// An answer is held up.
    SlowAnswer(Duration),
}

/// Who is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Victim {
    /// A service process.
    Service(usize),
    /// A desk's core.
    Desk(usize),
    /// The database.
    Postgres,
}

/// Everything that will be done to the parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// When, to which line, what. Lines of desks come before those of customers.
    pub faults: Vec<(Duration, usize, Fault)>,
    /// When, who, and how long they stay away.
    pub kills: Vec<(Duration, Victim, Duration)>,
}

/// Faults a minute: more than the storm promises, because a line may have nothing to break just then.
const FAULTS: f64 = 560.0;
/// Kills a minute.
const KILLS: f64 = 14.0;

impl Plan {
    /// The plan of a storm that blows so long.
    pub fn new(seed: u64, span: Duration) -> Self {
        let mut chance = Chance::of(seed, "plan", 0);
        let gap = |rate: f64| Duration::from_secs_f64(60.0 / rate);
        let mut faults = Vec::new();
        let mut at = Duration::ZERO;
        while at < span {
            // Desks carry most of the talk.
            let line = if chance.percent(60) { chance.below(DESKS) } else { DESKS + chance.below(CUSTOMERS) };
            faults.push((at, line, fault(&mut chance)));
            at += chance.wait(gap(FAULTS));
        }
        let mut kills = Vec::new();
        let mut at = gap(KILLS) / 2;
        for turn in 0.. {
            if at >= span {
                break;
            }
            let victim = match turn % 14 {
                1 | 6 | 11 => Victim::Postgres,
                0 | 3 | 5 | 8 | 10 => Victim::Service(chance.below(SERVICES)),
                _ => Victim::Desk(chance.below(DESKS)),
            };
            kills.push((at, victim, chance.millis(50, 1_500)));
            at += gap(KILLS).mul_f64(0.7 + 0.6 * chance.part());
        }
        Self { faults, kills }
    }
}

fn fault(chance: &mut Chance) -> Fault {
    match chance.below(100) {
        0..34 => Fault::Swallow,
        34..40 => Fault::Before,
        40..47 => Fault::HalfRequest(chance.part()),
        47..54 => Fault::HalfAnswer(chance.part()),
        54..58 => Fault::Connect,
        58..70 => Fault::Live(if chance.percent(50) { Some(chance.part()) } else { None }),
        70..72 => Fault::Dark(chance.millis(200, 3_500)),
        72..84 => Fault::Repeat(chance.millis(0, 3_000)),
        84..93 => Fault::SlowRequest(chance.millis(5, 700)),
        _ => Fault::SlowAnswer(chance.millis(5, 700)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_makes_one_plan() {
        let minute = Duration::from_secs(60);
        assert_eq!(Plan::new(7, minute), Plan::new(7, minute));
        assert_ne!(Plan::new(7, minute), Plan::new(8, minute));
    }

    #[test]
    fn every_minute_holds_what_a_storm_promises() {
        for seed in 0..20 {
            let plan = Plan::new(seed, Duration::from_secs(60));
            let cuts = plan.faults.iter().filter(|(_, _, fault)| {
                !matches!(fault, Fault::Repeat(_) | Fault::SlowRequest(_) | Fault::SlowAnswer(_))
            });
            assert!(cuts.count() > 300, "seed {seed}");
            assert!(plan.kills.len() >= 11, "seed {seed}: {}", plan.kills.len());
            let killed =
                |wanted: fn(&Victim) -> bool| plan.kills.iter().filter(|(_, victim, _)| wanted(victim)).count();
            assert!(killed(|victim| *victim == Victim::Postgres) >= 2);
            assert!(killed(|victim| matches!(victim, Victim::Service(_))) >= 4);
            assert!(killed(|victim| matches!(victim, Victim::Desk(_))) >= 4);
        }
    }
}
