//! A story: one ticket from its filing to where it stands today, and how stories are told to the service in the order of their times.

use chrono::{Duration, NaiveTime, TimeZone};
use gemilang_protocol::{Category, Priority, Status, Time, Zone};

/// When a story begins, seen from now.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// Minutes ago.
    Minutes(i64),
    /// Days ago, at an hour and minute in WIB.
    Day(i64, u32, u32),
}

/// Something that happens to the ticket. People are named by their keys.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// A member of the staff takes it.
    Take(&'static str),
    /// The first gives it to the second.
    Give(&'static str, &'static str),
    /// A member of the staff answers.
    Reply(&'static str, &'static str),
    /// The customer writes again.
    Write(&'static str),
    /// An internal note.
    Note(&'static str, &'static str),
    /// A member of the staff changes the status.
    Status(&'static str, Status),
    /// A member of the staff changes the priority.
    Priority(&'static str, Priority),
    /// A member of the staff has read everything.
    Seen(&'static str),
    /// The customer has read everything.
    Read,
    /// The customer closes it.
    Close,
}

/// One ticket.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) customer: &'static str,
    /// The order's number, or nothing.
    pub(super) order: &'static str,
    pub(super) category: Category,
    pub(super) priority: Priority,
    pub(super) filed: When,
    pub(super) subject: &'static str,
    pub(super) text: &'static str,
    /// What happened then, each so many minutes after the one before.
    pub(super) then: &'static [(i64, Step)],
}

/// A moment of a story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) at: Time,
    pub(super) story: usize,
    /// Which step; nothing for the filing.
    pub(super) step: Option<usize>,
}

impl When {
    fn before(self, now: Time) -> Time {
        match self {
            Self::Minutes(minutes) => now - Duration::minutes(minutes),
            Self::Day(days, hour, minute) => {
                let local = Zone::Wib.at(now);
                let day = local.date_naive() - Duration::days(days);
                let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
                local.offset().from_local_datetime(&day.and_time(time)).single().map_or(now, |time| time.to_utc())
            }
        }
    }
}

/// All moments of all stories up to now, in the order of their times. What would lie in the future has just happened.
pub(super) fn moments(stories: &[&Story], now: Time) -> Vec<Moment> {
    let mut moments = Vec::new();
    for (story, told) in stories.iter().enumerate() {
        let mut at = told.filed.before(now).min(now - Duration::minutes(1));
        moments.push(Moment { at, story, step: None });
        for (step, (minutes, _)) in told.then.iter().enumerate() {
            at = (at + Duration::minutes(*minutes)).min(now);
            moments.push(Moment { at, story, step: Some(step) });
        }
    }
    // Stable, so the steps of one story that happen at once keep their order.
    moments.sort_by_key(|moment| moment.at);
    moments
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::{Role, validate};

    use super::super::people::{ORDERS, PEOPLE};
    use super::super::stories;
    use super::*;

    fn role(key: &str) -> Option<Role> {
        Some(PEOPLE.iter().find(|person| person.key == key)?.role)
    }

    #[test]
    fn every_story_keeps_the_rules_of_what_may_be_written() {
        for story in stories::all() {
            assert_eq!(role(story.customer), Some(Role::Customer), "{}", story.subject);
            assert_eq!(validate::subject(story.subject).as_deref(), Ok(story.subject));
            assert_eq!(validate::description(story.text).as_deref(), Ok(story.text));
            let own =
                |number: &str| ORDERS.iter().any(|order| order.number == number && order.customer == story.customer);
            assert!(story.order.is_empty() || own(story.order), "{}", story.subject);
            for (minutes, step) in story.then {
                assert!(*minutes >= 0, "{}", story.subject);
                if let Step::Take(who) | Step::Give(who, _) | Step::Reply(who, _) | Step::Note(who, _) = step {
                    assert!(role(who).is_some_and(Role::is_staff), "{who} in {}", story.subject);
                }
            }
        }
    }

    #[test]
    fn time_only_goes_forward_and_ends_now_at_any_hour() {
        for hour in 0..24 {
            let now: Time = format!("2026-11-30T{hour:02}:10:00Z").parse().unwrap();
            let stories: Vec<_> = stories::all().collect();
            let moments = moments(&stories, now);
            assert!(moments.is_sorted_by_key(|moment| moment.at));
            assert!(moments.iter().all(|moment| moment.at <= now));
            let mut next = vec![0; stories.len()];
            for moment in moments {
                assert_eq!(moment.step.map_or(0, |step| step + 1), next[moment.story]);
                next[moment.story] += 1;
            }
        }
    }
}
