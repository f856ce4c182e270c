//! What stands beside the dashboard's queues: who has how much, and the lines of the last days.

use gemilang_protocol::desk::views::{Day, Load};
use gemilang_protocol::{Duty, Time};
use uuid::Uuid;

/// Rows of the team that are shown.
pub const MATES: usize = 8;

/// Tickets that fill a bar, unless somebody has more.
const FULL: u64 = 20;

/// Somebody of the team, as they stand in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Mate {
    /// Who, and what they have.
    pub load: Load,
    /// How much of the bar is filled, in percent.
    pub share: u64,
}

/// The team, those on duty first, of both those with most tickets. Own duty is what this desk knows of it, which may not have left yet.
pub fn team(load: &[Load], own: Option<(Uuid, Duty)>, now: Time) -> Vec<Mate> {
    let full = load.iter().map(|it| it.tickets).max().unwrap_or(0).max(FULL);
    let mut team: Vec<_> = load.iter().cloned().map(|load| Mate { share: load.tickets * 100 / full, load }).collect();
    if let Some((me, duty)) = own {
        for mate in team.iter_mut().filter(|mate| mate.load.person.id == me) {
            mate.load.duty = duty;
        }
    }
    team.sort_by_key(|mate| (!mate.load.duty.is_on(now), u64::MAX - mate.load.tickets));
    team
}

/// Where a wedding is: what stands last in the venue's address.
pub fn city(venue: &str) -> &str {
    venue.rsplit(',').map(str::trim).find(|part| !part.is_empty()).unwrap_or(venue)
}

/// The box of the drawing.
pub const WIDTH: u32 = 316;
/// Its height, the base line included.
pub const HEIGHT: u32 = 72;

/// The lines of the last days, as paths.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// What was filed.
    pub filed: String,
    /// What was resolved.
    pub resolved: String,
    /// Below what was filed.
    pub area: String,
    /// Today's end of what was filed.
    pub end: (f64, f64),
    /// Where each day stands.
    pub days: Vec<f64>,
    /// Filed in all.
    pub all_filed: u64,
    /// Resolved in all.
    pub all_resolved: u64,
}

/// The drawing of these days, the oldest at the left; `None` for fewer than two.
pub fn trend(days: &[Day]) -> Option<Trend> {
    const EDGE: f64 = 4.0;
    const TOP: f64 = 6.0;
    const BASE: f64 = 70.0;
    // A line of ones and twos is no mountain.
    const LEAST: u32 = 4;
    if days.len() < 2 {
        return None;
    }
    let most = days.iter().map(|day| day.filed.max(day.resolved)).max().unwrap_or(0).max(LEAST);
    let step = (f64::from(WIDTH) - 2.0 * EDGE) / (days.len() - 1) as f64;
    let x = |at: usize| EDGE + step * at as f64;
    let y = |tickets: u32| BASE - (BASE - TOP) * f64::from(tickets) / f64::from(most);
    let path = |figure: fn(&Day) -> u32| {
        let points: Vec<_> =
            days.iter().enumerate().map(|(at, day)| format!("{:.1} {:.1}", x(at), y(figure(day)))).collect();
        format!("M{}", points.join(" "))
    };
    let filed = path(|day| day.filed);
    let last = days.len() - 1;
    Some(Trend {
        area: format!("{filed} V{HEIGHT} H{EDGE}z"),
        filed,
        resolved: path(|day| day.resolved),
        end: (x(last), y(days[last].filed)),
        days: (0..days.len()).map(x).collect(),
        all_filed: days.iter().map(|day| u64::from(day.filed)).sum(),
        all_resolved: days.iter().map(|day| u64::from(day.resolved)).sum(),
    })
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::PersonRef;

    use super::super::samples::{id, time};
    use super::*;

    fn load(n: u8, duty: Duty, tickets: u64) -> Load {
        Load { person: PersonRef { id: id(n), name: n.to_string() }, duty, tickets }
    }

    #[test]
    fn those_on_duty_stand_first_and_who_has_most_before_all() {
        let now = time("2026-11-30T07:00:00Z");
        let paused = Duty::Away { until: time("2026-11-30T08:00:00Z") };
        let all = [load(1, Duty::Off, 30), load(2, Duty::On, 5), load(3, paused, 31), load(4, Duty::On, 10)];
        let order = |own, now| team(&all, own, now).iter().map(|it| it.load.person.id).collect::<Vec<_>>();
        assert_eq!(order(None, now), [4, 2, 3, 1].map(id));
        assert_eq!(order(None, time("2026-11-30T08:00:00Z")), [3, 4, 2, 1].map(id), "a pause ends by itself");
        assert_eq!(order(Some((id(1), Duty::On)), now), [1, 4, 2, 3].map(id), "the own switch is followed at once");
        assert_eq!(team(&all, None, now).iter().map(|it| it.share).collect::<Vec<_>>(), [32, 16, 100, 96]);
        assert_eq!(team(&all[1..2], None, now)[0].share, 25, "few tickets are a short bar, also where nobody has more");
    }

    #[test]
    fn a_wedding_is_in_the_last_part_of_its_address() {
        assert_eq!(city("Pendopo Arumsari, Sleman"), "Sleman");
        assert_eq!(city("Gedung A, Jl. Braga 1, Kota Bandung, "), "Kota Bandung");
        assert_eq!(city("Taman Bhagawan"), "Taman Bhagawan");
    }

    #[test]
    fn the_days_are_drawn_from_the_base_to_the_top() {
        let day = |n: u32, filed, resolved| Day {
            day: time("2026-11-30T07:00:00Z").date_naive() + chrono::Days::new(u64::from(n)),
            filed,
            resolved,
        };
        let drawn = trend(&[day(0, 0, 2), day(1, 8, 0), day(2, 4, 8)]).unwrap();
        assert_eq!(drawn.filed, "M4.0 70.0 158.0 6.0 312.0 38.0");
        assert_eq!(drawn.resolved, "M4.0 54.0 158.0 70.0 312.0 6.0");
        assert_eq!((drawn.end, drawn.all_filed, drawn.all_resolved), ((312.0, 38.0), 12, 10));
        let quiet = trend(&[day(0, 0, 0), day(1, 1, 0)]).unwrap();
        assert_eq!(quiet.filed, "M4.0 70.0 312.0 54.0", "a single ticket does not fill the height");
        assert_eq!(trend(&[day(0, 1, 1)]), None);
    }
}
