//! How many tickets each saved view shows: what its list would say, without its rows.

use gemilang_protocol::desk::asked::Calendar;
use gemilang_protocol::desk::views::{SavedViewCount, TicketQuery};

use crate::error::Result;
use crate::file::Replica;

impl Replica {
    /// The counts of all views that can be read here, one after the other: nobody waits for them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn saved_view_counts(&self, calendar: Calendar) -> Result<Vec<SavedViewCount>> {
        let mut counts = Vec::new();
        for view in self.saved_views().await? {
            let Some(query) = view.query else { continue };
            let (total, more) = self.counted(&TicketQuery { calendar, ..query }).await?;
            counts.push(SavedViewCount { id: view.id, total, more });
        }
        Ok(counts)
    }
}
