//! What people do, played through the real programs.

/// Two desks on duty.
mod alerts;
/// By keyboard to every ticket and every deed.
mod around;
/// Mentions, tags, links, and tickets filed for who called.
mod around_tickets;
/// Two desks on one ticket.
mod company;
/// Drafts that outlive the desk, and replies that are taken back.
mod composer;
/// The notification daemon comes and goes.
mod daemon;
/// What somebody sees who starts it for the first time.
mod demo;
/// What nobody takes calls the admins.
mod escalation;
/// What the desk is told and does when something is missing or breaks.
mod faults;
/// How keys and rows feel beside changes.
mod feel;
/// What a ticket is, changed where it stands; a message split off.
mod in_place;
/// How long an alert takes.
mod latency;
/// Snooze and send later.
mod later;
/// What overtakes what on a customer's line.
mod line;
/// The list under a pointer.
mod list;
/// How alerts look.
mod looks;
/// Customers and orders, looked up.
mod lookup;
/// Two tickets that become one.
mod merge;
/// The cable is pulled, work goes on, and all of it arrives once.
mod offline;
/// Reached once, and left in peace.
mod peace;
/// Several tickets at once.
mod picks;
/// What customers do on the pages, on a phone and on a computer, and how the pages look.
mod portal;
/// Lists under names.
mod saved_views;
/// What is looked for, by words and operators.
mod search;
/// Somebody at their desk.
mod seat;
/// The desk tries the ways to its person.
mod self_test;
/// What one chose, for oneself and for this computer.
mod settings;
/// A ticket is shared with the partner, and no more.
mod sharing;
/// Addresses, passwords and sessions that are wrong or end.
mod sign_in_errors;
/// The main job, from the customer's phone to the desk and back.
mod story;
/// The team, as an admin keeps it.
mod team;
/// The desk beside the clock, behind links, and out of sight.
mod tray;
