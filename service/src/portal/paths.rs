//! The addresses of the customers' pages, written once for routes, links and redirects.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

/// What stands for itself in a value of a query.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Own tickets; filing one posts here.
pub(crate) const LIST: &str = "/customer/support/tickets";
/// The form for a new ticket.
pub(crate) const CREATE: &str = "/customer/support/tickets/create";
/// Signing in.
pub(crate) const LOGIN: &str = "/login";

/// Making an account.
pub(crate) const REGISTER: &str = "/register";
/// Asking for a link to sign in with; the link itself lies below.
pub(crate) const SIGN_IN_LINK: &str = "/login/link";
/// Asking for a new password.
pub(crate) const FORGOT: &str = "/password/forgot";
/// Preferences.
pub(crate) const PREFERENCES: &str = "/customer/preferences";
/// Password and devices.
pub(crate) const DEVICES: &str = "/customer/preferences/devices";

/// Own data.
pub(crate) const DATA: &str = "/customer/preferences/data";
/// Sharing with the partner.
pub(crate) const SHARING: &str = "/customer/preferences/sharing";

/// Joining the staff; an invitation's token lies below.
pub(crate) const JOIN: &str = "/staff/join/";
/// An invitation's link; its token lies below.
pub(crate) const INVITATION: &str = "/invitation/";

/// A path as it may be logged: what a link from a mail carries opens an account and stays out.
pub(crate) fn without_token(path: &str) -> &str {
    ["/login/link/", "/password/reset/", "/email/confirm/", INVITATION, JOIN]
        .iter()
        .find(|door| path.starts_with(**door))
        .map_or(path, |door| door)
}

/// A ticket's conversation.
pub(crate) fn conversation(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// A text as one value of a query.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// Where somebody may be sent after signing in: a path of our own and nothing a browser could read as another host.
pub(crate) fn own(next: &str) -> Option<&str> {
    let rest = next.strip_prefix('/')?;
    let safe = !rest.starts_with(['/', '\\'])
        && next.len() <= 2_000
        && next.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '\\')
        && !["/login", "/logout", "/register", "/password", "/email", "/dev"].iter().any(|door| next.starts_with(door));
    safe.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host() {
        for next in ["/", "/customer/support/tickets?status=open", "/customer/support/tickets/create"] {
            assert_eq!(own(next), Some(next));
        }
        for next in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "/login?next=/",
            "javascript:alert(1)",
            "/\t/evil.example",
        ] {
            assert_eq!(own(next), None, "{next:?}");
        }
    }

    #[test]
    fn a_links_token_is_never_logged() {
        assert_eq!(without_token("/password/reset/abc"), "/password/reset/");
        assert_eq!(without_token("/customer/support/tickets"), "/customer/support/tickets");
    }

    #[test]
    fn a_value_cannot_leave_its_place_in_a_query() {
        assert_eq!(encoded("/a?b=c&d#e é"), "/a%3Fb%3Dc%26d%23e%20%C3%A9");
    }
}
