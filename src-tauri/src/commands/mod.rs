//! The table of commands: everything the page can ask. Their words are in `protocol/src/desk/commands.rs`; each is one call into a room.

/// Where one is signed in, and the password.
mod account;
/// What rings, the ledger, duty and rules.
mod alerts;
/// The first frame, and what its person is looking at.
mod boot;
/// Customers and orders.
mod lookup;
/// Own words that have not left yet.
mod outbox;
/// Lists that people keep, and where a ticket stands in one.
mod saved_views;
/// Search here, and at the service for what is not here.
mod search;
/// Signing in and out, and whether there is a service.
mod session;
/// Language, theme and what this computer does, and the end.
mod settings;
/// Where sync stands.
mod sync;
/// The team and the opening hours, for admins.
mod team;
/// One conversation: reading it, and writing into it.
mod thread;
/// Dashboard, counts, lists and people.
mod tickets;

use tauri::ipc::Invoke;

pub(crate) use tickets::zone as zone_of;

/// Writes the table once, for the handler and for the test that holds it against the protocol.
macro_rules! table {
    ($($room:ident { $($command:ident),+ $(,)? })+) => {
        /// Answers the page.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($room::$command),+),+]
        }

        #[cfg(test)]
        const TABLE: &[&str] = &[$($(stringify!($command)),+),+];
    };
}

table! {
    boot { get_boot, look, get_company }
    session { check_server, sign_in, sign_out }
    settings { set_settings, get_about, quit }
    team { list_team, invite_member, resend_invitation, withdraw_invitation, change_member, end_member_sessions, get_hours, set_hours }
    lookup { look_up_customers, look_up_orders, get_customer, get_order, block_customer }
    account { list_sessions, end_session, end_other_sessions, change_password }
    tickets { get_navigation, get_dashboard, list_tickets, list_staff, list_tags, find_customers, find_to_merge, file_ticket, keep_filing, get_filing }
    thread { get_thread, fetch_thread, reply, undo_send, write_note, change_properties, send_later, call_off, mark_read, save_draft, typing }
    saved_views { find_place, list_saved_views, count_saved_views, save_view, delete_view, settle_view }
    search { find_tickets, search, search_service }
    outbox { list_outbox, list_sent, keep_edit, retry_op, withdraw_op, edit_op }
    alerts { get_alerts, list_alerts, set_duty, set_rule, set_quiet, snooze_alert, try_alert, saw_alert, stir }
    sync { get_sync_status, sync_now }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use gemilang_protocol::desk::commands::NAMES;

    #[test]
    fn the_table_holds_every_command_of_the_protocol_and_no_other() {
        let here: BTreeSet<_> = super::TABLE.iter().copied().collect();
        let there: BTreeSet<_> = NAMES.iter().copied().collect();
        assert_eq!(here, there);
        assert_eq!(super::TABLE.len(), NAMES.len(), "one is in the table twice");
    }
}
