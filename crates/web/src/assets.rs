//! Scripts, styles and icons, embedded. Their address carries a hash of them all, so they may be kept forever.

use crate::app::App;
use crate::error::PageError;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

static FILES: Dir<'_> = include_dir!("$OUT_DIR/bestanden");

static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    let mut files: Vec<_> = FILES.files().collect();
    files.sort_by_key(|file| file.path());
    for file in files {
        digest.update(file.path().to_string_lossy().as_bytes());
        digest.update(file.contents());
    }
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/bestanden/{hash}/{*name}", get(file))
}

/// The address of an asset.
pub(crate) fn address(name: &str) -> String {
    format!("/bestanden/{}/{name}", *HASH)
}

/// Whether there is an asset of this name.
pub(crate) fn known(name: &str) -> bool {
    FILES.get_file(name).is_some()
}

async fn file(Path((hash, name)): Path<(String, String)>) -> Result<Response, PageError> {
    let file = FILES.get_file(&name).ok_or_else(|| PageError::not_found("Dit bestand is er niet."))?;
    // An older page may still ask with an older hash: it gets what there is, but not to keep.
    let keep = if hash == *HASH { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(([(header::CONTENT_TYPE, kind(&name)), (header::CACHE_CONTROL, keep)], file.contents())
        .into_response())
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
