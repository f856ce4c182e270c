//! Statements on `user_preferences`.

use gemilang_protocol::{Channel, Happening, Time};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Preferences;
use crate::Result;

pub(super) async fn find(db: impl PgExecutor<'_>, user_id: Uuid) -> Result<Option<Preferences>> {
    let row =
        sqlx::query!("select email, sms, whatsapp, quiet_nights from user_preferences where user_id = $1", user_id,)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|row| {
        let mut chosen = Preferences { wanted: Vec::new(), quiet_nights: row.quiet_nights };
        for (channel, words) in
            [(Channel::Email, row.email), (Channel::Sms, row.sms), (Channel::Whatsapp, row.whatsapp)]
        {
            // A word of a newer service is not ours to know.
            for happening in words.iter().filter_map(|word| word.parse::<Happening>().ok()) {
                chosen.set(channel, happening, true);
            }
        }
        chosen
    }))
}

pub(super) async fn save(db: impl PgExecutor<'_>, user_id: Uuid, chosen: &Preferences, now: Time) -> Result<()> {
    sqlx::query!(
        "insert into user_preferences (user_id, email, sms, whatsapp, quiet_nights, updated_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (user_id) do update
         set email = excluded.email, sms = excluded.sms, whatsapp = excluded.whatsapp,
             quiet_nights = excluded.quiet_nights, updated_at = excluded.updated_at",
        user_id,
        &chosen.of(Channel::Email),
        &chosen.of(Channel::Sms),
        &chosen.of(Channel::Whatsapp),
        chosen.quiet_nights,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
