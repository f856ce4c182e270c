//! Pieces of the screen. Each draws what it is given; reading and writing are [`crate::reads`] and [`crate::acts`].

/// What is put around a ticket: tags, links, and the menu of what is done more seldom.
pub(crate) mod around;
/// A popover that asks for one thing by its name.
pub(crate) mod ask_menu;
/// The pieces of the search field beside its text.
pub(crate) mod asking;
/// Initials in a ring.
pub(crate) mod avatar;
/// What can be done to all picked tickets.
pub(crate) mod bulk;
/// A day from a calendar and a clock.
pub(crate) mod calendar;
/// Who else is at a ticket.
pub(crate) mod company;
/// Where replies and notes are written.
pub(crate) mod composer;
/// To confirm what cannot be undone.
pub(crate) mod dialog;
/// The switch of duty.
pub(crate) mod duty_switch;
/// The editor of what has not left yet.
pub(crate) mod editor;
/// Nothing here: why, and one way on.
pub(crate) mod empty;
/// A change, told in one line.
pub(crate) mod event_line;
/// A ticket for a customer who called.
pub(crate) mod file_ticket;
/// What narrows a list: the menu and its chips.
pub(crate) mod filters;
/// Symbols and glyphs.
pub(crate) mod icon;
/// Keys as they are told, and all of them on one sheet.
pub(crate) mod keys;
/// A reply that waits to be sent later.
pub(crate) mod later;
/// What became of every alert.
pub(crate) mod ledger;
/// The list of tickets.
pub(crate) mod list_pane;
/// Colleagues, while a note calls one by name.
pub(crate) mod mention_list;
/// A popover that chooses at once.
pub(crate) mod menu;
/// Two tickets that are to become one.
pub(crate) mod merge;
/// Where a conversation goes on that went into another ticket.
pub(crate) mod merged;
/// A message, and a held reply beside what came in.
pub(crate) mod message;
/// What can be done with a message.
pub(crate) mod message_menu;
/// The navigation.
pub(crate) mod nav;
/// An internal note.
pub(crate) mod note;
/// Which order a ticket is about.
pub(crate) mod order_menu;
/// Every deed and every ticket, by a few letters.
pub(crate) mod palette;
/// When a person is left in peace.
pub(crate) mod quiet_hours;
/// What rings, above the list.
pub(crate) mod ringer;
/// The rows in view of a list of any length.
pub(crate) mod rows;
/// Lists that are kept under a name.
pub(crate) mod saved_views;
/// The way to the search.
pub(crate) mod search;
/// Each way by which an alert comes, tried.
pub(crate) mod self_test;
/// Customer, wedding, properties and history of a ticket.
pub(crate) mod side_pane;
/// What was just done.
pub(crate) mod snack;
/// In which order the list stands.
pub(crate) mod sorting;
/// A message that is split off, in the form.
pub(crate) mod split_quote;
/// Where sync stands.
pub(crate) mod status_line;
/// The subject over the conversation, and its field.
pub(crate) mod subject;
/// The conversation with its head.
pub(crate) mod thread;
/// The menus of a ticket: status, priority, assignee.
pub(crate) mod ticket_menus;
/// One row of the list.
pub(crate) mod ticket_row;
/// An own word or change that has not left yet.
pub(crate) mod unsent;
/// A moment in plain words.
pub(crate) mod when_menu;
