//! Company: who else is at which ticket, as the service tells it over the line that stands. Without a line nobody is.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use gemilang_protocol::{Company as View, Present};
use tokio::sync::watch;
use uuid::Uuid;

/// So long somebody writes after it was said last.
const TYPING: Duration = Duration::from_secs(Present::TYPING_SECONDS);

/// Who else is there.
pub(super) struct Company {
    me: Uuid,
    here: BTreeSet<Present>,
    typing: Vec<(Present, Instant)>,
    told: watch::Sender<View>,
}

impl Company {
    /// Nobody yet. Oneself, at another desk, is no company.
    pub(super) fn new(me: Uuid) -> (Self, watch::Receiver<View>) {
        let (told, receiver) = watch::channel(View::default());
        (Self { me, here: BTreeSet::new(), typing: Vec::new(), told }, receiver)
    }

    /// Some came and some left.
    pub(super) fn moved(&mut self, anew: bool, came: Vec<Present>, left: &[Present]) {
        if anew {
            self.here.clear();
        }
        let me = self.me;
        self.here.extend(came.into_iter().filter(|who| who.person != me));
        for who in left {
            self.here.remove(who);
            // Who has left has stopped.
            self.typing.retain(|(it, _)| it != who);
        }
        self.tell();
    }

    /// Somebody is writing.
    pub(super) fn types(&mut self, who: Present, now: Instant) {
        if who.person != self.me {
            self.typing.retain(|(it, _)| *it != who);
            self.typing.push((who, now));
            self.tell();
        }
    }

    /// Their message is here: they are done.
    pub(super) fn wrote(&mut self, ticket: Uuid, person: Uuid) {
        self.typing.retain(|(it, _)| (it.ticket, it.person) != (ticket, person));
        self.tell();
    }

    /// Time passes.
    pub(super) fn tick(&mut self, now: Instant) {
        self.typing.retain(|(_, at)| now.saturating_duration_since(*at) < TYPING);
        self.tell();
    }

    /// The line is gone, and with it what is known.
    pub(super) fn alone(&mut self) {
        self.here.clear();
        self.typing.clear();
        self.tell();
    }

    fn tell(&self) {
        let mut typing: Vec<_> = self.typing.iter().map(|(who, _)| *who).collect();
        typing.sort_unstable();
        self.told.send_if_modified(|told| {
            let same = told.typing == typing && told.here.iter().eq(self.here.iter());
            if !same {
                *told = View { here: self.here.iter().copied().collect(), typing };
            }
            !same
        });
    }
}

#[cfg(test)]
mod tests {
    use gemilang_protocol::SenderType;

    use super::*;

    fn who(person: u128) -> Present {
        Present { ticket: Uuid::from_u128(1), person: Uuid::from_u128(person), side: SenderType::Admin }
    }

    #[test]
    fn who_writes_stops_by_themselves_and_nobody_is_their_own_company() {
        let (mut company, told) = Company::new(Uuid::from_u128(9));
        let now = Instant::now();
        company.moved(true, vec![who(1), who(2), who(9)], &[]);
        company.types(who(1), now);
        company.types(who(9), now);
        company.types(who(2), now + Duration::from_secs(3));
        assert_eq!(*told.borrow(), View { here: vec![who(1), who(2)], typing: vec![who(1), who(2)] });
        company.tick(now + TYPING);
        assert_eq!(told.borrow().typing, [who(2)]);
        company.wrote(who(2).ticket, who(2).person);
        assert_eq!(told.borrow().typing, []);
        company.types(who(1), now + TYPING);
        company.moved(false, vec![], &[who(1)]);
        assert_eq!(*told.borrow(), View { here: vec![who(2)], typing: vec![] });
        company.alone();
        assert_eq!(*told.borrow(), View::default());
    }
}
