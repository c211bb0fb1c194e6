//! The address the server has for who asks.

use crate::app::App;
use axum::http::HeaderMap;

/// Where the server is for who asks: scheme and host, without a slash at the end.
pub(crate) fn origin(app: &App, headers: &HeaderMap) -> String {
    if let Some(address) = &app.settings().openbaar_adres {
        return address.trim_end_matches('/').to_owned();
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let proxy = app.settings().achter_proxy;
    let plain = |host: &&str| {
        !host.is_empty()
            && host.len() < 256
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_'))
    };
    let forwarded = proxy.then(|| text("x-forwarded-host")).flatten().filter(plain);
    let own = app.settings().adres.to_string();
    let host = forwarded.or_else(|| text("host").filter(plain)).unwrap_or(&own);
    let secure = proxy && text("x-forwarded-proto") == Some("https");
    format!("{}://{host}", if secure { "https" } else { "http" })
}
