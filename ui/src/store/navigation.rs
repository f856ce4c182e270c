//! Navigation: the page on screen and the counts beside the inbox views.

use gemilang_protocol::Status;
use gemilang_protocol::desk::views::{Inbox, Navigation};
use uuid::Uuid;

/// A page of the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// Greeting, counts, urgent queue, newest tickets.
    #[default]
    Dashboard,
    /// List and thread.
    Inbox(Inbox),
    /// Everything unsent.
    Outbox,
    /// Everything that can be found.
    Search,
    /// Duty, what one wants to be told of, and the ledger.
    Alerts,
    /// What one chose, for oneself and for this computer.
    Settings(Part),
    /// Who is there, for admins.
    Team,
    /// When the house is open, for admins; below the team.
    Hours,
    /// Customers, looked up.
    Customers,
    /// Orders, looked up.
    Orders,
    /// A customer with all that is theirs.
    Customer(Uuid),
    /// An order with the tickets about it.
    Order(Uuid),
}

/// A part of the settings; all stand on one page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// Server, language, start.
    #[default]
    General,
    /// Name, password, sessions.
    Account,
    /// Theme, contrast, size, motion.
    Appearance,
    /// Version, and what is kept here.
    About,
}

impl Part {
    /// All, as they stand on the page.
    pub const ALL: [Self; 4] = [Self::General, Self::Account, Self::Appearance, Self::About];

    /// The id of its section.
    pub const fn id(self) -> &'static str {
        match self {
            Self::General => "set-general",
            Self::Account => "set-account",
            Self::Appearance => "set-appearance",
            Self::About => "set-about",
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::General => "desk-set-general",
            Self::Account => "desk-set-account",
            Self::Appearance => "desk-set-appearance",
            Self::About => "desk-set-about",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::General => "sliders",
            Self::Account => "user",
            Self::Appearance => "sun",
            Self::About => "info",
        }
    }
}

impl Page {
    /// Whether it is about one customer or one order.
    pub const fn is_of_one(self) -> bool {
        matches!(self, Self::Customer(_) | Self::Order(_))
    }

    /// Whether a conversation is on screen.
    pub const fn has_thread(self) -> bool {
        matches!(self, Self::Inbox(_) | Self::Outbox)
    }
}

/// Where the person is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: Page,
    /// The counts beside the views.
    pub counts: Navigation,
    /// Whether the side pane is open as a drawer (narrow windows only).
    pub drawer: bool,
    /// Where the search was begun, to go back there.
    pub before_search: Option<Page>,
    /// Whether the conversation on screen was opened from a search.
    pub from_search: bool,
    /// Where a customer or an order was opened from, to go back there.
    pub before_look: Option<Page>,
}

/// The views of the inbox, as they stand in the nav. [`Inbox::All`] is reached from the dashboard's total.
pub const VIEWS: [Inbox; 7] =
    [Inbox::Mine, Inbox::Unassigned, Inbox::Urgent, Inbox::Waiting, Inbox::Snoozed, Inbox::Active, Inbox::Closed];

/// The key of a view's name.
pub const fn view_key(inbox: Inbox) -> &'static str {
    match inbox {
        Inbox::Mine => "desk-view-mine",
        Inbox::Unassigned => "desk-view-unassigned",
        Inbox::Urgent => "desk-view-urgent",
        Inbox::Waiting => "desk-view-waiting",
        Inbox::Active => "desk-view-active",
        Inbox::Closed => "desk-view-closed",
        Inbox::Snoozed => "desk-view-snoozed",
        Inbox::All => "desk-view-all",
    }
}

/// A view's icon.
pub const fn view_icon(inbox: Inbox) -> &'static str {
    match inbox {
        Inbox::Mine => "user",
        Inbox::Unassigned => "inbox",
        Inbox::Urgent => "bell",
        Inbox::Waiting => "pause",
        Inbox::Active | Inbox::All => "list",
        Inbox::Snoozed => "moon",
        Inbox::Closed => "archive",
    }
}

impl Place {
    /// Go to a page.
    pub fn go(&mut self, page: Page) {
        self.before_look = match (self.page.is_of_one(), page.is_of_one()) {
            (_, false) => None,
            (true, true) => self.before_look,
            (false, true) => Some(self.page),
        };
        self.page = page;
        self.drawer = false;
        self.before_search = None;
        self.from_search = false;
    }

    /// Whether the settings are on screen, whichever part of them.
    pub const fn is_settings(&self) -> bool {
        matches!(self.page, Page::Settings(_))
    }

    /// Whether list and thread are on screen.
    pub const fn is_inbox(&self) -> bool {
        matches!(self.page, Page::Inbox(_))
    }

    /// The count beside a view; recently closed and all have none.
    pub const fn count(&self, inbox: Inbox) -> Option<u64> {
        match inbox {
            Inbox::Mine => Some(self.counts.mine),
            Inbox::Unassigned => Some(self.counts.unassigned),
            Inbox::Urgent => Some(self.counts.urgent),
            Inbox::Waiting => Some(self.counts.waiting),
            Inbox::Active => Some(self.counts.active),
            Inbox::Snoozed => Some(self.counts.snoozed),
            Inbox::Closed | Inbox::All => None,
        }
    }
}

/// Where a figure of the dashboard leads: the view that holds its tickets, and the status to narrow it by.
pub const fn figure_goes_to(status: Status) -> (Inbox, Status) {
    let inbox = match status {
        Status::Open | Status::InProgress | Status::WaitingCustomer => Inbox::Active,
        Status::Resolved | Status::Closed => Inbox::Closed,
    };
    (inbox, status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_somewhere_closes_the_drawer() {
        let mut place = Place { drawer: true, ..Place::default() };
        place.go(Page::Inbox(Inbox::Mine));
        assert!(!place.drawer && place.is_inbox());
    }

    #[test]
    fn from_a_customer_the_way_leads_back_over_their_order() {
        let mut place = Place::default();
        place.go(Page::Inbox(Inbox::Mine));
        place.go(Page::Customer(Uuid::nil()));
        place.go(Page::Order(Uuid::nil()));
        assert_eq!(place.before_look, Some(Page::Inbox(Inbox::Mine)));
        place.go(Page::Dashboard);
        assert_eq!(place.before_look, None);
    }

    #[test]
    fn figures_lead_to_the_view_that_holds_them() {
        assert_eq!(figure_goes_to(Status::Open), (Inbox::Active, Status::Open));
        assert_eq!(figure_goes_to(Status::Closed), (Inbox::Closed, Status::Closed));
    }
}
