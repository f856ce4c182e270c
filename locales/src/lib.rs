//! Every text people read: Fluent files embedded for Indonesian and English, and how times, figures and faults are worded. No I/O.
//!
//! `common.ftl` holds the words all rooms share, `errors.ftl` fields and faults, `portal.ftl` the customer's
//! pages, `mail.ftl` mails, `desk.ftl` the desk's window, `alerts.ftl` its pop-ups. A key means the same in every file of a language.

/// Times, days and figures as people write them.
pub mod dates;
/// Fields and faults: from a rule or a code to a sentence.
pub mod faults;
/// The two languages, and how one is chosen.
pub mod language;
/// What came in during quiet hours.
mod meanwhile;
/// Names of people, as they are spoken to.
pub mod names;
/// The texts of one language.
pub mod texts;

pub use faults::{Figures, field_text, problem_text, problem_title, unsent_text};
pub use language::Language;
pub use meanwhile::meanwhile_text;
pub use texts::{Texts, Value};
