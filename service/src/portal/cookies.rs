//! Cookies: their names, how they are read and how they are set.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookies' plain names; on https they carry `__Host-` in front.
pub(super) const SESSION: &str = "gemilang_session";
pub(super) const FORM: &str = "gemilang_form";
pub(super) const LANGUAGE: &str = "gemilang_language";
pub(super) const THEME: &str = "gemilang_theme";
const YEAR: u32 = 31_536_000;
/// As long as a session lasts unless it is used, when it is set anew; the service has the last word.
const MONTH: u32 = 2_592_000;

/// A cookie to sign in with.
pub(super) fn signed_in(token: &str, https: bool) -> Option<HeaderValue> {
    set(SESSION, token, MONTH, https)
}

/// The cookie's end.
pub(super) fn signed_out(https: bool) -> Option<HeaderValue> {
    set(SESSION, "", 0, https)
}

/// A name as the browser holds it.
fn name(plain: &str, https: bool) -> String {
    if https { format!("__Host-{plain}") } else { plain.to_owned() }
}

/// A cookie for a year: a choice, or what knows this browser again.
pub(super) fn keep(plain: &str, value: &str, https: bool) -> Option<HeaderValue> {
    set(plain, value, YEAR, https)
}

fn set(plain: &str, value: &str, max_age: u32, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}", name(plain, https));
    HeaderValue::from_str(&text).ok()
}

/// What the browser sends under a name, if it is anything.
pub(super) fn read<'a>(headers: &'a HeaderMap, plain: &str, https: bool) -> Option<&'a str> {
    let name = name(plain, https);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(it, value)| (it == name.as_str() && !value.is_empty()).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_bound_to_the_host_where_the_line_is_safe() {
        let text = |https| signed_in("abc", https).expect("a cookie").to_str().expect("text").to_owned();
        assert_eq!(text(true), "__Host-gemilang_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(text(false), "gemilang_session=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; __Host-gemilang_session=abc; b=2"));
        assert_eq!(read(&headers, SESSION, true), Some("abc"));
        assert_eq!(read(&headers, SESSION, false), None);
    }
}
