//! The customers' pages, and the JSON that shares their URLs. Rules are `domain`'s; here is what a visit is, and how a page looks.

/// What was typed, while nobody can take it.
mod again;
/// What the pages load.
mod assets;
/// Browsers, as their owners call them.
mod browsers;
/// A ticket's conversation.
mod conversation;
/// Cookies.
mod cookies;
/// A new ticket.
mod create;
/// Own data: taking it along, having it erased.
mod data;
/// What the outbox holds, for developers.
mod dev;
/// Password and devices.
mod devices;
/// Refusals as pages.
mod faults;
/// What somebody filled in.
mod filled;
/// What every page is given.
mod frame;
/// What became of a ticket, in plain words.
mod history;
/// Opening hours.
mod hours;
/// Joining the staff.
mod join;
/// Links that come by mail: asking for them, opening them, spending them.
mod links;
/// Following a conversation live.
mod live;
/// Addresses.
mod paths;
/// What a customer is told of, and how the pages look to them.
mod preferences;
/// Being told of replies on a device.
mod push;
/// What a field must be, for the page.
mod rules;
/// What a page says besides its content.
mod say;
/// Sharing with the partner.
mod sharing;
/// Signing in and out, registering.
mod sign;
/// Own tickets.
mod tickets;
/// A conversation as it is shown.
mod timeline;
/// A conversation in JSON.
mod told;
/// What several pages show.
mod views;
/// Who asks.
mod visit;
/// Links in what people write.
mod weblinks;

use axum::Router;
use axum::routing::{get, post};
use gemilang_locales::Language;

pub use again::keep_typed;
pub use faults::error_page;
pub(crate) use paths::conversation as conversation_path;
pub(crate) use paths::{DEVICES, JOIN, without_token};
pub use visit::language;

use crate::App;

/// The routes of the customers' pages.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(sign::home))
        .route("/login", get(sign::login_page).post(sign::login_form))
        .route("/register", get(sign::register_page).post(sign::register_form))
        .route("/logout", post(sign::logout))
        .route("/login/link", get(links::sign_in_page).post(links::sign_in_ask))
        .route("/login/link/{token}", get(links::sign_in_look).post(links::sign_in))
        .route("/password/forgot", get(links::forgot_page).post(links::forgot))
        .route("/password/reset/{token}", get(links::reset_page).post(links::reset))
        .route("/email/confirm", get(links::confirm_back).post(links::confirm_again))
        .route("/email/confirm/{token}", get(links::confirm_look).post(links::confirm))
        .route("/staff/join/{token}", get(join::show).post(join::join))
        .route("/dev/outbox", get(dev::outbox))
        .route("/dev/outbox/{id}", get(dev::mail))
        .route("/customer/preferences", get(preferences::show).post(preferences::save))
        .route("/customer/preferences/profile", get(preferences::profile))
        .route("/customer/preferences/display", get(preferences::display))
        .route("/customer/preferences/data", get(data::show))
        .route("/customer/preferences/data/gemilang.json", get(data::json))
        .route("/customer/preferences/data/gemilang.html", get(data::html))
        .route("/customer/preferences/data/erase", get(data::back).post(data::erase))
        .route("/customer/preferences/sharing", get(sharing::show).post(sharing::invite))
        .route("/customer/preferences/sharing/{id}/accept", get(sharing::back).post(sharing::accept))
        .route("/customer/preferences/sharing/{id}/end", get(sharing::back).post(sharing::end))
        .route("/invitation/{token}", get(sharing::look).post(sharing::accept_link))
        .route("/customer/preferences/devices", get(devices::show))
        .route("/customer/preferences/devices/{id}/end", get(devices::back).post(devices::end))
        .route("/customer/preferences/password", get(devices::back).post(devices::password))
        .route("/customer/support/tickets", get(tickets::list).post(create::file))
        .route("/customer/support/tickets/create", get(create::show))
        .route("/customer/support/tickets/{id}", get(conversation::show))
        .route("/customer/support/tickets/{id}/messages", get(conversation::list).post(conversation::send))
        .route("/customer/support/tickets/{id}/close", get(conversation::back).post(conversation::close))
        .route("/customer/support/tickets/{id}/read", get(conversation::back).post(conversation::read))
        .route("/customer/support/tickets/{id}/typing", post(conversation::typing))
        .route("/customer/support/tickets/{id}/live", get(live::follow))
        .route("/customer/push", post(push::subscribe))
        .route("/customer/push/end", post(push::unsubscribe))
        .route("/customer/push/test", post(push::test))
}

/// What the pages load. It needs no database, so that a page that says so has its look.
pub fn files() -> Router<App> {
    Router::new()
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::favicon))
        .route("/sw.js", get(assets::worker))
        .route("/manifest-id.webmanifest", get(|| assets::manifest(Language::Id)))
        .route("/manifest-en.webmanifest", get(|| assets::manifest(Language::En)))
        .route("/offline/{language}", get(faults::offline))
}
