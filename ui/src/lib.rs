//! The eyes: the desk's window, drawn by Yew from what the core answers. No rule of tickets and no text lives here: rules are in protocol, texts in locales.

/// What a person does to their account and on the page of settings.
pub(crate) mod account;
/// What a person does to tickets: a command, then what is said about it.
pub(crate) mod acts;
/// The root: state, theme, language, and which page is on screen.
pub mod app;
/// The only file that knows Tauri.
pub(crate) mod bridge;
/// What the page asks the browser: time, zone, focus.
pub(crate) mod browser;
/// Pieces of the screen.
pub(crate) mod components;
/// How each deed of the table is done.
pub(crate) mod doing;
/// The form of a ticket for a customer, kept while it is filled in.
pub(crate) mod filing;
/// When the house is open, as an admin says it.
pub(crate) mod hours;
/// Tickets put off and replies for later.
pub(crate) mod later;
/// Shutting customers out, and letting them in.
pub(crate) mod lookup;
/// Names of people: short forms and initials.
pub(crate) mod names;
/// Whole screens.
pub(crate) mod pages;
/// When the first rows were on screen.
pub mod painted;
/// What is read from the core, and when.
pub(crate) mod reads;
/// Keeping lists under names.
pub(crate) mod saved_views;
/// What the page knows: pure reducers.
pub mod store;
/// What an admin does to the team.
pub(crate) mod team;
/// The texts of the chosen language, with this device's zone.
pub(crate) mod words;
