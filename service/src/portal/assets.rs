//! What the pages load: style sheet, icons, scripts. Built and compressed by `build.rs`, named by content, kept by browsers for ever.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gemilang_locales::{Language, Texts};

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

/// `GET /sw.js`: the service worker. Its address stays, so browsers ask for it each time.
pub(super) async fn worker() -> Response {
    let script = include_str!(concat!(env!("OUT_DIR"), "/sw.js"));
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], script).into_response()
}

/// `GET /manifest-{language}.webmanifest`: what the app on a phone is called and how it looks.
pub(super) async fn manifest(language: Language) -> Response {
    let texts = Texts::of(language);
    let icon = |src: &str, sizes: &str, purpose: &str| serde_json::json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": purpose });
    let manifest = serde_json::json!({
        "id": "/",
        "lang": language.tag(),
        "name": texts.get("app-name"),
        "short_name": texts.get("app-short-name"),
        "description": texts.get("signin-lead"),
        "start_url": super::paths::LIST,
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f6f8",
        "theme_color": "#ffffff",
        "icons": [
            icon(ICON_192_PNG, "192x192", "any"),
            icon(ICON_512_PNG, "512x512", "any"),
            icon(MASKABLE_192_PNG, "192x192", "maskable"),
            icon(MASKABLE_512_PNG, "512x512", "maskable"),
        ],
        "shortcuts": [{ "name": texts.get("nav-create"), "url": super::paths::CREATE }],
    });
    let kind = "application/manifest+json";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], manifest.to_string()).into_response()
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
