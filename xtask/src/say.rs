//! What is printed: one line for each thing checked or done, and colour only on a terminal.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stdout};
use std::time::Duration;

/// Columns kept for the name of what is checked.
const NAME: usize = 18;

/// A new part of the work.
pub(crate) fn part(title: &str) {
    line(&paint("1", title));
}

/// Something checked, and how it was found.
pub(crate) fn found(name: &str, state: impl Display) {
    line(&format!("  {} {name:<NAME$} {state}", paint("32", "✓")));
}

/// Something about to be done, which may take a while.
pub(crate) fn doing(what: impl Display) {
    line(&format!("  {} {what}", paint("36", "→")));
}

/// Something a person should know.
pub(crate) fn note(what: impl Display) {
    line(&format!("  {} {what}", paint("33", "!")));
}

/// A plain line.
pub(crate) fn line(text: &str) {
    // A closed pipe is no reason to stop a running service.
    let _ = writeln!(stdout(), "{text}");
}

/// Why the chore ended.
pub(crate) fn failed(why: &impl Display) {
    let mark = if std::io::stderr().is_terminal() { "\x1b[1;31merror:\x1b[0m" } else { "error:" };
    eprintln!("{mark} {why}");
}

/// `3.2 s`, `2 min 05 s`.
pub(crate) fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Text in a colour or weight, when a person looks at a terminal.
pub(crate) fn paint(code: &str, text: &str) -> String {
    if stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
