//! What a page says above its content and beside its fields: that something was done, or why a form was not taken.

use axum::http::{StatusCode, header};
use axum::response::Response;

use super::frame::{Errors, page};
use super::visit::Visit;
use crate::{Error, Result};

/// What a page says besides its content, and how it is answered.
#[derive(Default)]
pub(super) struct Say {
    pub(super) status: StatusCode,
    /// The sentence above.
    pub(super) text: Option<String>,
    /// The sentence's look: `success`, `info`, `warning`, `danger`.
    pub(super) kind: &'static str,
    /// What stands beside fields.
    pub(super) errors: Errors,
    /// Seconds until it is worth trying again.
    pub(super) retry_after: Option<u64>,
}

impl Say {
    /// A sentence, if there is one to say.
    pub(super) fn of(kind: &'static str, text: Option<String>) -> Self {
        Self { kind, text, ..Self::default() }
    }

    /// Why a form was not taken: in a sentence above, and beside its fields where it names any.
    ///
    /// # Errors
    /// The refusal itself, for who asked for JSON, and for a fault of our own, which no form can mend.
    pub(super) fn refused(error: Error, visit: &Visit) -> Result<Self> {
        if visit.json || error.code().status() >= 500 {
            return Err(error);
        }
        let problem = error.problem(visit.language, None);
        let errors = Errors::of_error(&error, visit.language);
        Ok(Self {
            status: StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
            text: Some(problem.detail),
            kind: "danger",
            errors,
            retry_after: problem.retry_after,
        })
    }

    /// Without the sentence where fields say it all: for a form that is not longer than a screen.
    pub(super) fn brief(mut self) -> Self {
        self.text = self.text.filter(|_| self.errors.len() == 0);
        self
    }
}

/// A page that says something, answered as it must be.
///
/// # Errors
/// A template that cannot be written.
pub(super) fn shown(
    visit: &Visit,
    (status, retry_after): (StatusCode, Option<u64>),
    template: &impl askama::Template,
) -> Result<Response> {
    let mut response = visit.keep(page(status, template)?);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}
