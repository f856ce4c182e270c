//! Size: how large everything is, in steps; by the settings and by Ctrl with + − 0, as in a browser.

use gemilang_protocol::desk::views::TEXT_SIZES;

/// Everything as it was drawn.
pub const AS_DRAWN: u16 = 100;

/// The size that a key with Ctrl asks for, if it asks for one that is not there already.
pub fn asked_by(key: &str, now: u16) -> Option<u16> {
    let wanted = match key {
        "+" | "=" => TEXT_SIZES.into_iter().find(|size| *size > now)?,
        "-" | "_" | "−" => TEXT_SIZES.into_iter().rfind(|size| *size < now)?,
        "0" => AS_DRAWN,
        _ => return None,
    };
    (wanted != now).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_step_by_step_and_stop_at_the_ends() {
        let mut size = AS_DRAWN;
        let mut seen = vec![size];
        while let Some(larger) = asked_by("+", size) {
            size = larger;
            seen.push(size);
        }
        assert_eq!(seen, [100, 110, 125, 150]);
        while let Some(smaller) = asked_by("-", size) {
            size = smaller;
        }
        assert_eq!(size, 90);
        assert_eq!(asked_by("0", size), Some(100));
        assert_eq!((asked_by("0", 100), asked_by("k", 100)), (None, None));
        assert_eq!(asked_by("+", 0), Some(90), "a size of an older file");
    }
}
