//! What is kept on this computer: how many tickets, and what they take on its disk.

use crate::error::Result;
use crate::file::Replica;
use crate::navigation::counts;

/// How much a desk keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Tickets, whatever their status.
    pub tickets: u64,
    /// Bytes on the disk: the file, its log, the words beside it, and what was set aside.
    pub bytes: u64,
}

impl Replica {
    /// How much is kept of this person's at this service.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn kept(&self) -> Result<Kept> {
        let mut tx = self.read().await?;
        let tickets = counts(&mut tx).await?.iter().map(|count| count.tickets.unsigned_abs()).sum();
        let (file, all) = (self.path(), self.path().parent().and_then(|dir| dir.read_dir().ok()));
        let name = file.file_name().unwrap_or_default().as_encoded_bytes();
        let own = all.into_iter().flatten().flatten().filter(|it| it.file_name().as_encoded_bytes().starts_with(name));
        // One that goes away meanwhile takes nothing.
        let bytes = own.filter_map(|it| it.metadata().ok()).map(|it| it.len()).sum();
        Ok(Kept { tickets, bytes })
    }
}
