//! Preferences: what a customer may be told of, and by which way. Choosing is the portal's, sending the service's.

use crate::ticket::words;

words! {
    /// Something a customer may be told of.
    Happening {
        /// Their ticket is in the house.
        Received = "received",
        /// Staff answered.
        Reply = "reply",
        /// Its status changed.
        Status = "status",
        /// Somebody else looks after it.
        Assigned = "assigned",
    }
}

words! {
    /// A way to tell it.
    Channel {
        /// Email.
        Email = "email",
        /// SMS.
        Sms = "sms",
        /// WhatsApp.
        Whatsapp = "whatsapp",
    }
}
