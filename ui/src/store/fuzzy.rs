//! Matching what people type against words: beginnings first, then what stands inside a word, then letters left out or swapped.

use std::ops::Range;

/// How well something matches; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every word begins one of the text.
    Begins,
    /// Every word stands in the text.
    Holds,
    /// The letters of a word come in this order within one of the text's words, or one is wrong.
    Near,
}

/// Where the words of `q` stand in `text` (in bytes), and how well; nothing where one of them does not.
pub fn matched(text: &str, q: &str) -> Option<(Fit, Vec<Range<usize>>)> {
    let letters: Vec<(usize, char)> =
        text.char_indices().map(|(at, letter)| (at, letter.to_lowercase().next().unwrap_or(letter))).collect();
    let parts = parts(&letters);
    let mut fit = Fit::Begins;
    let mut marks: Vec<Range<usize>> = Vec::new();
    for word in q.split_whitespace() {
        let word: Vec<char> = word.chars().filter_map(|letter| letter.to_lowercase().next()).collect();
        let (how, marked) = best(&letters, &parts, &word)?;
        fit = fit.max(how);
        let end = |at: usize| letters.get(at).map_or(text.len(), |(byte, _)| *byte);
        marks.extend(marked.into_iter().map(|range| end(range.start)..end(range.end)));
    }
    marks.sort_by_key(|range| range.start);
    marks.dedup_by(|next, before| {
        let joins = next.start <= before.end;
        if joins {
            before.end = before.end.max(next.end);
        }
        joins
    });
    Some((fit, marks))
}

/// Where each word of a text begins and ends, in letters.
fn parts(letters: &[(usize, char)]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = None;
    for (at, (_, letter)) in letters.iter().enumerate() {
        match (letter.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                parts.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    parts.extend(from.map(|start| start..letters.len()));
    parts
}

fn best(letters: &[(usize, char)], parts: &[Range<usize>], word: &[char]) -> Option<(Fit, Vec<Range<usize>>)> {
    let is_at = |at: usize| {
        word.iter().enumerate().all(|(n, letter)| letters.get(at + n).is_some_and(|(_, other)| other == letter))
    };
    let one = |from: usize| std::iter::once(from..from + word.len()).collect();
    if let Some(part) = parts.iter().find(|part| is_at(part.start)) {
        return Some((Fit::Begins, one(part.start)));
    }
    if let Some(at) = (0..letters.len()).find(|at| is_at(*at)) {
        return Some((Fit::Holds, one(at)));
    }
    parts
        .iter()
        .find_map(|part| near(&letters[part.clone()], word).map(|marks| (part.start, marks)))
        .map(|(start, marks)| (Fit::Near, marks.into_iter().map(|at| start + at..start + at + 1).collect()))
}

/// Letters left out on the way through a word, beginning with its first one; or, of four letters and more, one wrong, one too many, or two swapped.
fn near(part: &[(usize, char)], word: &[char]) -> Option<Vec<usize>> {
    if word.len() < 2 || part.first().map(|(_, letter)| letter) != word.first() {
        return None;
    }
    let mut marks = Vec::new();
    let mut rest = part.iter().enumerate();
    let in_order = word.iter().all(|letter| {
        rest.find(|(_, (_, other))| other == letter).is_some_and(|(at, _)| {
            marks.push(at);
            true
        })
    });
    if in_order {
        return Some(marks);
    }
    let typed = word.len();
    let mistyped = typed >= 4
        && (typed.saturating_sub(1)..=typed + 1)
            .filter(|length| *length <= part.len())
            .any(|length| is_one_off(&part[..length], word));
    mistyped.then(|| (0..typed.min(part.len())).collect())
}

/// Whether one letter is wrong, missing or too many, or two beside each other are swapped.
fn is_one_off(part: &[(usize, char)], word: &[char]) -> bool {
    let same = part.iter().zip(word).take_while(|((_, one), other)| one == *other).count();
    let tail = |from: usize, of: usize| {
        part.get(from..).unwrap_or_default().iter().map(|(_, letter)| letter).eq(word.get(of..).unwrap_or_default())
    };
    match part.len().cmp(&word.len()) {
        std::cmp::Ordering::Less => tail(same, same + 1),
        std::cmp::Ordering::Greater => tail(same + 1, same),
        std::cmp::Ordering::Equal => {
            let swapped = same + 1 < word.len()
                && part[same].1 == word[same + 1]
                && part[same + 1].1 == word[same]
                && tail(same + 2, same + 2);
            swapped || tail(same + 1, same + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(text: &str, q: &str) -> Option<Fit> {
        matched(text, q).map(|(fit, _)| fit)
    }

    fn marked<'a>(text: &'a str, q: &str) -> Vec<&'a str> {
        matched(text, q).map_or_else(Vec::new, |(_, marks)| marks.into_iter().map(|mark| &text[mark]).collect())
    }

    #[test]
    fn beginnings_come_before_what_stands_inside_and_that_before_slips() {
        let text = "Selesaikan tiket ini";
        for (q, fit) in [
            ("sel", Some(Fit::Begins)),
            ("TIK sel", Some(Fit::Begins)),
            ("kan", Some(Fit::Holds)),
            ("tkt", Some(Fit::Near)),
            ("selsaikan", Some(Fit::Near)),
            ("seelsai", Some(Fit::Near)),
            ("tikwt", Some(Fit::Near)),
            ("lsk", None),
            ("sel x", None),
            ("", Some(Fit::Begins)),
        ] {
            assert_eq!(fits(text, q), fit, "{q}");
        }
        assert_eq!(fits("Pergi ke Dasbor", "dabsor"), Some(Fit::Near), "two letters swapped");
        assert_eq!(fits("Pergi ke Dasbor", "daftar"), None);
    }

    #[test]
    fn what_matched_is_marked_whatever_its_letters_weigh() {
        assert_eq!(marked("Selesaikan tiket ini", "tik sel"), ["Sel", "tik"]);
        assert_eq!(marked("Tunda “é” sampai Selasa", "sel é"), ["é", "Sel"]);
        assert_eq!(marked("Balas", "bls"), ["B", "l", "s"]);
        assert_eq!(marked("Balas", "ba bal"), ["Bal"]);
        assert!(marked("Balas", "x").is_empty());
    }
}
