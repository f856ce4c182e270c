//! What the pages load: style sheet, icons, scripts. Built and compressed by `build.rs`, named by content, kept by browsers for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One file under `/assets/`, in the encodings it is served in.
pub(crate) struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// `GET /assets/{name}`
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    ALL.iter()
        .find(|asset| asset.name == name)
        .map_or_else(|| StatusCode::NOT_FOUND.into_response(), |asset| asset.answer(&headers))
}

/// `GET /favicon.ico`, for those who ask without reading the page.
pub(super) async fn favicon() -> Response {
    let (kind, body) = ALL
        .iter()
        .find(|asset| FAVICON_ICO.ends_with(asset.name))
        .map_or(("image/x-icon", &[][..]), |asset| (asset.kind, asset.plain));
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=86400")], body).into_response()
}

impl Asset {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let takes = |encoding: &str| {
            headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| {
                value.split(',').any(|part| {
                    let mut pieces = part.split(';').map(str::trim);
                    pieces.next() == Some(encoding) && pieces.all(|piece| piece != "q=0")
                })
            })
        };
        let (body, encoding) = match (self.brotli, self.gzip) {
            (Some(body), _) if takes("br") => (body, Some("br")),
            (_, Some(body)) if takes("gzip") => (body, Some("gzip")),
            _ => (self.plain, None),
        };
        let mut response = body.into_response();
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}
