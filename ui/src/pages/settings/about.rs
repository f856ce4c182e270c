//! About: the version, what is kept on this computer, and the facts for whoever helps.

use gemilang_protocol::desk::views;
use yew::prelude::*;

use crate::account;
use crate::acts::{self, use_store};
use crate::browser;
use crate::store::navigation::Part;
use crate::store::snack::Sentence;
use crate::words::{Words, use_words};

/// The section.
#[component]
pub(super) fn About() -> Html {
    let store = use_store();
    let words = use_words();
    let about = use_state(|| None::<views::About>);
    let read = {
        let about = about.setter();
        Callback::from(move |()| {
            let about = about.clone();
            account::read_about(Callback::from(move |told| about.set(Some(told))));
        })
    };
    {
        let read = read.clone();
        use_effect_with((), move |()| read.emit(()));
    }
    // Whoever is about to press the button copies the facts of that moment.
    let near = read.reform(|_: PointerEvent| ());
    let at = read.reform(|_: FocusEvent| ());
    let kept = about.as_ref().map(|about| {
        words.with("desk-set-kept", &[("n", about.tickets.into()), ("size", weight(words, about.bytes).into())])
    });
    let copy = {
        let (send, about) = (store.dispatcher(), about.clone());
        Callback::from(move |_: MouseEvent| {
            let done = about.as_ref().is_some_and(|about| browser::copy(&written(about)));
            acts::say(&send, Sentence::plain(if done { "desk-said-copied" } else { "desk-said-not-copied" }), None);
        })
    };
    html! {
        <section class="block" id={Part::About.id()}>
            <h2 class="block-title">{ words.get("desk-set-about") }</h2>
            <div class="lines-table"><div class="set-row">
                <div class="grow"><span>{ format!("Gemilang Desk {}", store.session.version) }</span><span class="meta">{ kept }</span></div>
                <button type="button" id="act-copy-facts" class="btn btn-sm btn-outline-secondary" onpointerenter={near} onfocus={at} onclick={copy}>{ words.get("desk-set-copy") }</button>
            </div></div>
        </section>
    }
}

/// The facts as a text, one a line.
fn written(about: &views::About) -> String {
    about.facts.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// Bytes as people read them.
fn weight(words: Words, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000 * KB;
    const GB: u64 = 1_000 * MB;
    match bytes {
        0..MB => format!("{} KB", words.number(bytes.div_ceil(KB))),
        MB..GB => format!("{} MB", words.number(bytes.div_ceil(MB))),
        _ => format!("{} GB", words.number(bytes.div_ceil(GB))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gemilang_locales::Language;
    use gemilang_protocol::Zone;

    #[test]
    fn what_is_kept_is_weighed_in_words_of_people() {
        let words = Words { language: Language::Id, zone: Zone::Wib };
        let weighed: Vec<_> =
            [0, 1, 999_999, 1_000_000, 211_300_000, 3_000_000_001].map(|bytes| weight(words, bytes)).into();
        assert_eq!(weighed, ["0 KB", "1 KB", "1.000 KB", "1 MB", "212 MB", "4 GB"]);
    }

    #[test]
    fn facts_are_written_one_a_line() {
        let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let about = views::About { facts: vec![fact("app", "0.1.0"), fact("line", "Live")], ..views::About::default() };
        assert_eq!(written(&about), "app: 0.1.0\nline: Live\n");
    }
}
