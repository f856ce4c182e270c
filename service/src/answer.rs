//! Answers in JSON: written into one buffer that is large from the start.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::Error;

/// A page of a list is a few of these, nearly everything else is less.
const FIRST: usize = 16 * 1024;

/// An answer. `axum::Json` writes every name and quote by itself into a buffer that begins with 128 bytes; for a page of
/// a list that took longer than reading it from the database.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut bytes = Vec::with_capacity(FIRST);
        if serde_json::to_writer(&mut bytes, &self.0).is_err() {
            return Error::Stored("an answer that is no JSON").into_response();
        }
        let mut response = bytes.into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}
