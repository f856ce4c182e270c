//! The status line: the truth about sync, in one or two lines at the foot of the nav.

use gemilang_protocol::desk::views::{Line, Storage, SyncStatus};
use yew::prelude::*;

use crate::words::{Words, use_words};

/// What the line says.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    dot: &'static str,
    bold: String,
    rest: Option<String>,
    share: Option<u64>,
}

fn say(status: &SyncStatus, words: Words) -> Said {
    let complete =
        status.complete_to.map(|time| words.with("desk-line-complete", &[("time", words.clock_seconds(time).into())]));
    let plain = |dot, key: &str| Said { dot, bold: words.get(key), rest: complete.clone(), share: None };
    let since = |key: &str, time| Said {
        dot: "dot-offline",
        bold: words.with(key, &[("time", words.clock(time).into())]),
        rest: complete.clone(),
        share: None,
    };
    if status.storage == Some(Storage::Full) && has_a_line(&status.line) {
        // Not the line keeps the news away.
        return plain("dot-offline", "desk-line-disk-full");
    }
    match &status.line {
        Line::Live => plain("", "desk-line-live"),
        Line::Connecting => plain("dot-catchup", "desk-line-connecting"),
        Line::SignedOut => plain("dot-offline", "desk-line-signed-out"),
        Line::SessionEnded => {
            Said { rest: Some(words.get("desk-line-ended-way")), ..plain("dot-offline", "desk-line-ended") }
        }
        Line::AppTooOld => plain("dot-offline", "desk-line-too-old"),
        Line::Offline { since: time } => since("desk-line-offline", *time),
        Line::ServiceAway { since: time } => since("desk-line-away", *time),
        Line::FirstSync { done, of } => Said {
            dot: "dot-catchup",
            bold: words.get("desk-line-first"),
            rest: Some(words.with("desk-line-first-of", &[("n", (*done).into()), ("of", (*of).into())])),
            share: Some(share(*done, *of)),
        },
        Line::CatchingUp { done, of } => Said {
            dot: "dot-catchup",
            bold: words.with("desk-line-catching-up", &[("n", (*done).into()), ("of", (*of).into())]),
            rest: complete,
            share: None,
        },
    }
}

/// Whether news would come but for this computer.
const fn has_a_line(line: &Line) -> bool {
    match line {
        Line::Live | Line::Connecting | Line::CatchingUp { .. } | Line::FirstSync { .. } => true,
        Line::SignedOut | Line::SessionEnded | Line::AppTooOld | Line::Offline { .. } | Line::ServiceAway { .. } => {
            false
        }
    }
}

const fn share(done: u64, of: u64) -> u64 {
    if of == 0 {
        return 0;
    }
    let share = done * 100 / of;
    if share > 100 { 100 } else { share }
}

#[derive(Properties, PartialEq)]
pub(crate) struct StatusLineProps {
    /// Where sync stands.
    pub status: Option<SyncStatus>,
}

/// Where sync stands.
#[component]
pub(crate) fn StatusLine(props: &StatusLineProps) -> Html {
    let words = use_words();
    let said = props.status.as_ref().map(|status| say(status, words));
    // Short enough for one line only while all is well; everything else gets two, as drawn.
    let two =
        props.status.as_ref().is_some_and(|it| !matches!(it.line, Line::Live) || it.storage == Some(Storage::Full));
    let title = said.as_ref().map(|said| match &said.rest {
        Some(rest) => format!("{} · {rest}", said.bold),
        None => said.bold.clone(),
    });
    html! {
        <div class={classes!("statusline", two.then_some("two"))} role="status" {title}>
            if let Some(said) = said {
                <span class={classes!("dot", said.dot)}></span>
                <span>
                    <b>{ said.bold }</b>
                    if let Some(rest) = said.rest {
                        if two { <span class="sr">{ " · " }</span><br />{ rest } } else { { format!(" · {rest}") } }
                    }
                    if let Some(share) = said.share {
                        <span class="progress" role="progressbar" aria-label={words.get("desk-line-first")} aria-valuenow={share.to_string()} aria-valuemin="0" aria-valuemax="100">
                            <i style={format!("width:{share}%")}></i>
                        </span>
                    }
                </span>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gemilang_locales::Language;
    use gemilang_protocol::{Time, Zone};

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    fn status(line: Line, storage: Option<Storage>) -> SyncStatus {
        let complete_to = Some(time("2026-11-30T07:32:07Z"));
        SyncStatus { line, complete_to, unsent: 0, newer: 0, storage, next_try: None }
    }

    fn line(line: Line, language: Language) -> String {
        let words = Words { language, zone: Zone::Wib };
        let said = say(&status(line, None), words);
        format!("{} · {}", said.bold, said.rest.unwrap_or_default())
    }

    #[test]
    fn the_line_is_worded_as_agreed() {
        let since = time("2026-11-30T07:02:00Z");
        for (state, id, en) in [
            (Line::Live, "Langsung · lengkap s.d. 14:32:07", "Live · complete up to 14:32:07"),
            (
                Line::CatchingUp { done: 312, of: 1_040 },
                "Menyusul 312 dari 1.040 · lengkap s.d. 14:32:07",
                "Catching up, 312 of 1,040 · complete up to 14:32:07",
            ),
            (
                Line::Offline { since },
                "Offline sejak 14:02 · lengkap s.d. 14:32:07",
                "Offline since 14:02 · complete up to 14:32:07",
            ),
            (
                Line::FirstSync { done: 312, of: 1_040 },
                "Sinkronisasi pertama · 312 dari 1.040 tiket",
                "First sync · 312 of 1,040 tickets",
            ),
            (Line::SessionEnded, "Sesi berakhir · masuk lagi untuk mengirim", "Session ended · sign in again to send"),
            (
                Line::ServiceAway { since },
                "Server tidak menjawab sejak 14:02 · lengkap s.d. 14:32:07",
                "Server not answering since 14:02 · complete up to 14:32:07",
            ),
        ] {
            assert_eq!(line(state.clone(), Language::Id), id);
            assert_eq!(line(state, Language::En), en);
        }
    }

    #[test]
    fn a_full_disk_is_not_taken_for_a_line_that_is_down() {
        let words = Words { language: Language::Id, zone: Zone::Wib };
        let full = |line| say(&status(line, Some(Storage::Full)), words);
        let (done, of) = (3, 9);
        for line in [Line::Connecting, Line::Live, Line::CatchingUp { done, of }, Line::FirstSync { done, of }] {
            let said = full(line.clone());
            assert_eq!(said.bold, "Ruang penyimpanan penuh", "{line:?}");
            assert_eq!((said.rest.as_deref(), said.share), (Some("lengkap s.d. 14:32:07"), None));
        }
        let since = time("2026-11-30T07:02:00Z");
        assert_eq!(
            full(Line::Offline { since }).bold,
            "Offline sejak 14:02",
            "both are so: the notice tells the other"
        );
    }

    #[test]
    fn a_share_never_passes_the_whole() {
        assert_eq!(share(5, 0), 0);
        assert_eq!(share(312, 1_040), 30);
        assert_eq!(share(2_000, 1_040), 100);
    }
}
