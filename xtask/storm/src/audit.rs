//! The audit of what stands in the tables: every text once, each author's in the order written. Pure; fed while the storm blows and once more with everything at its end.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use crate::findings::Findings;
use crate::ledger::{Fate, Mark, Said};
use crate::truth::{Numbering, Text};

/// Each text stands once.
pub const ONCE: &str = "every message exists at most once";
/// What was said of it is so.
pub const HONEST: &str = "what an author was told is so";
/// In the order written.
pub const ORDER: &str = "each author's order holds";
/// Numbers without gaps.
pub const NUMBERS: &str = "events are numbered without a gap";

/// What has been seen of the tables.
#[derive(Debug, Default)]
pub struct Audit {
    seen: HashMap<Mark, (Uuid, Uuid, i64)>,
    order: HashMap<(Uuid, String), BTreeMap<i64, u64>>,
    /// Taken by a restore: they may stand once more, at another place.
    lost: HashSet<Mark>,
}

impl Audit {
    /// Takes in texts, new or seen before.
    pub fn add(&mut self, texts: &[Text], ledger: &BTreeMap<Mark, Said>, findings: &Findings) {
        for (mark, _) in ledger.iter().filter(|(_, said)| said.lost) {
            self.lose(mark);
        }
        let mut fresh = 0;
        for text in texts {
            let Some(mark) = Mark::of(&text.text) else { continue };
            let here = (text.ticket, text.id, text.n);
            match self.seen.get(&mark) {
                Some(before) if *before == here => continue,
                Some(before) => {
                    findings.wrong(ONCE, format!("{mark} stands as {before:?} and as {here:?} (ticket, id, n)"));
                    continue;
                }
                None => {}
            }
            fresh += 1;
            self.seen.insert(mark.clone(), here);
            let Some(said) = ledger.get(&mark) else {
                findings.wrong(HONEST, format!("{mark} stands at {here:?}, and nobody wrote it"));
                continue;
            };
            if !said.reworded && !said.lost {
                self.place(text.ticket, &mark, text.n, findings);
            }
        }
        findings.looked(ONCE, fresh);
        findings.looked(ORDER, fresh);
    }

    /// Forgets where it stood before the restore.
    fn lose(&mut self, mark: &Mark) {
        if self.lost.insert(mark.clone())
            && let Some((ticket, _, n)) = self.seen.remove(mark)
            && let Some(placed) = self.order.get_mut(&(ticket, mark.author.clone()))
        {
            placed.remove(&n);
        }
    }

    /// One more of an author's texts at its place between those that are known.
    fn place(&mut self, ticket: Uuid, mark: &Mark, n: i64, findings: &Findings) {
        let placed = self.order.entry((ticket, mark.author.clone())).or_default();
        let before = placed.range(..n).next_back();
        let after = placed.range(n..).next();
        for (other, seq) in [before.filter(|(_, seq)| **seq > mark.seq), after.filter(|(_, seq)| **seq < mark.seq)]
            .into_iter()
            .flatten()
        {
            findings
                .wrong(ORDER, format!("in ticket {ticket} {mark} stands at {n}, and {}-{seq} at {other}", mark.author));
        }
        placed.insert(n, mark.seq);
    }

    /// Holds what authors were told against what stands, once everything has settled. `unsent` are ids that are held or failed in an outbox;
    /// in tickets that are `erased` it may have gone before it was seen.
    pub fn close(&self, ledger: &BTreeMap<Mark, Said>, unsent: &[Uuid], erased: &[Uuid], findings: &Findings) {
        findings.looked(HONEST, ledger.len());
        for (mark, said) in ledger {
            let stands = self.seen.get(mark);
            let waits = unsent.contains(&said.id);
            let wrong = match (&said.fate, stands) {
                (Fate::Kept | Fate::Sent, None) if erased.contains(&said.ticket) => continue,
                // No browser keeps for long what it was told is sent.
                (Fate::Sent, None) if said.lost && !mark.is_staffs() => continue,
                (Fate::Kept, None) if !waits => "was said to be kept, and is neither there nor in an outbox",
                (Fate::Sent, None) => "was said to be sent, and is not there",
                (Fate::TakenBack, Some(_)) => "was said to be taken back, and is there",
                (Fate::Refused(_), Some(_)) => "was said to be refused, and is there",
                (Fate::Kept | Fate::Unsaid, Some(_)) if waits => "is there, and its outbox says that it is not",
                _ => continue,
            };
            findings
                .wrong(HONEST, format!("{mark} in ticket {} (id {}) {wrong}: {:?}", said.ticket, said.id, said.fate));
        }
    }
}

/// Holds numbers against their rule.
pub fn numbers(numbering: &[Numbering], findings: &Findings) {
    findings.looked(NUMBERS, numbering.len());
    for ticket in numbering {
        let Numbering { last_n, events, lowest, highest, .. } = ticket;
        if (lowest, events, highest) != (&1, last_n, last_n) {
            findings.wrong(NUMBERS, format!("{ticket:?}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(seq: u64) -> Mark {
        Mark { author: "k1".to_owned(), seq }
    }

    fn text(seq: u64, n: i64) -> Text {
        let id = Uuid::from_u128(u128::from(seq) * 100 + n.unsigned_abs() as u128);
        Text { ticket: Uuid::from_u128(1), n, id, text: mark(seq).text("Halo"), note: false }
    }

    fn ledger(fates: &[(u64, Fate)]) -> BTreeMap<Mark, Said> {
        let said = |seq: u64, fate: &Fate| Said {
            ticket: Uuid::from_u128(1),
            id: Uuid::from_u128(seq.into()),
            fate: fate.clone(),
            told_at: None,
            reworded: false,
            note: false,
            lost: false,
        };
        fates.iter().map(|(seq, fate)| (mark(*seq), said(*seq, fate))).collect()
    }

    fn broken(findings: &Findings) -> Vec<&'static str> {
        findings.list().iter().map(|wrong| wrong.check).collect()
    }

    #[test]
    fn what_is_as_it_must_be_is_not_complained_about() {
        let said =
            ledger(&[(1, Fate::Sent), (2, Fate::Kept), (3, Fate::Kept), (4, Fate::TakenBack), (5, Fate::Wanted)]);
        let (mut audit, findings) = (Audit::default(), Findings::default());
        audit.add(&[text(1, 2), text(2, 5)], &said, &findings);
        audit.add(&[text(2, 5)], &said, &findings);
        audit.close(&said, &[Uuid::from_u128(3)], &[], &findings);
        assert!(!findings.is_broken(), "{:?}", findings.list());
    }

    #[test]
    fn a_copy_under_another_id_is_seen() {
        let said = ledger(&[(1, Fate::Sent)]);
        let (mut audit, findings) = (Audit::default(), Findings::default());
        audit.add(&[text(1, 2), text(1, 3)], &said, &findings);
        assert_eq!(broken(&findings), [ONCE]);
    }

    #[test]
    fn what_a_restore_took_may_stand_once_more_and_no_staff_member_loses_a_word() {
        let mut said = ledger(&[(1, Fate::Sent), (2, Fate::Sent)]);
        let (mut audit, findings) = (Audit::default(), Findings::default());
        audit.add(&[text(1, 2), text(2, 3)], &said, &findings);
        said.values_mut().for_each(|said| said.lost = true);
        // The second is sent again first; its first place may be another's by now.
        audit.add(&[text(2, 2), text(1, 3)], &said, &findings);
        audit.close(&said, &[], &[], &findings);
        assert!(!findings.is_broken(), "{:?}", findings.list());
        audit.add(&[text(1, 4)], &said, &findings);
        assert_eq!(broken(&findings), [ONCE], "but once");

        let staffs = Mark { author: "s1".to_owned(), seq: 1 };
        let one = said.into_values().next().unwrap();
        let said = BTreeMap::from([(mark(1), one.clone()), (staffs, Said { fate: Fate::Kept, ..one })]);
        let findings = Findings::default();
        Audit::default().close(&said, &[], &[], &findings);
        assert_eq!(broken(&findings), [HONEST]);
    }

    #[test]
    fn another_order_is_seen_whichever_comes_first() {
        let said = ledger(&[(1, Fate::Sent), (2, Fate::Sent)]);
        for texts in [[text(1, 9), text(2, 3)], [text(2, 3), text(1, 9)]] {
            let (mut audit, findings) = (Audit::default(), Findings::default());
            audit.add(&texts, &said, &findings);
            assert_eq!(broken(&findings), [ORDER]);
        }
    }

    #[test]
    fn whatever_was_told_and_is_not_so_is_seen() {
        let said = ledger(&[(1, Fate::Sent), (2, Fate::Kept), (3, Fate::TakenBack), (4, Fate::Refused(String::new()))]);
        let (mut audit, findings) = (Audit::default(), Findings::default());
        audit.add(&[text(3, 4), text(4, 5)], &said, &findings);
        audit.close(&said, &[], &[], &findings);
        assert_eq!(broken(&findings), [HONEST; 4]);
        let findings = Findings::default();
        audit.add(&[text(9, 9)], &said, &findings);
        assert_eq!(broken(&findings), [HONEST], "nobody wrote it");
    }

    #[test]
    fn a_gap_in_the_numbers_is_seen() {
        let ticket = Uuid::from_u128(1);
        let findings = Findings::default();
        numbers(&[Numbering { ticket, last_n: 5, events: 5, lowest: 1, highest: 5 }], &findings);
        assert!(!findings.is_broken());
        numbers(&[Numbering { ticket, last_n: 5, events: 4, lowest: 1, highest: 5 }], &findings);
        assert!(findings.is_broken());
    }
}
