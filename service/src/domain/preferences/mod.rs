//! Preferences: which happenings a customer is told of, by email, SMS or WhatsApp. Sending is the outbox's.

mod sql;

use gemilang_protocol::{Channel, Happening};
use uuid::Uuid;

use crate::{App, Result};

/// What a customer has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    wanted: Vec<(Channel, Happening)>,
    /// Whether SMS and WhatsApp wait until morning, unless it is urgent.
    pub quiet_nights: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        use {Channel as C, Happening as H};
        let wanted =
            vec![(C::Email, H::Received), (C::Email, H::Reply), (C::Email, H::Status), (C::Whatsapp, H::Reply)];
        Self { wanted, quiet_nights: true }
    }
}

impl Preferences {
    /// Whether a happening is told by a channel.
    pub fn wants(&self, channel: Channel, happening: Happening) -> bool {
        self.wanted.contains(&(channel, happening))
    }

    /// Chooses.
    pub fn set(&mut self, channel: Channel, happening: Happening, wanted: bool) {
        self.wanted.retain(|it| *it != (channel, happening));
        if wanted {
            self.wanted.push((channel, happening));
        }
    }

    /// The words of a channel's column.
    fn of(&self, channel: Channel) -> Vec<String> {
        Happening::ALL.iter().filter(|it| self.wants(channel, **it)).map(|it| it.as_str().to_owned()).collect()
    }
}

/// What a customer has chosen, or the defaults.
///
/// # Errors
/// The database.
pub async fn find(app: &App, user_id: Uuid) -> Result<Preferences> {
    Ok(sql::find(&app.db, user_id).await?.unwrap_or_default())
}

/// Keeps what a customer has chosen.
///
/// # Errors
/// The database.
pub async fn save(app: &App, user_id: Uuid, preferences: &Preferences) -> Result<()> {
    sql::save(&app.db, user_id, preferences, app.clock.now()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_kept_once_and_can_be_taken_back() {
        let mut chosen = Preferences::default();
        chosen.set(Channel::Sms, Happening::Assigned, true);
        chosen.set(Channel::Sms, Happening::Assigned, true);
        assert_eq!(chosen.of(Channel::Sms), ["assigned"]);
        chosen.set(Channel::Sms, Happening::Assigned, false);
        assert_eq!(chosen, Preferences::default());
        assert_eq!(chosen.of(Channel::Email), ["received", "reply", "status"]);
    }
}
