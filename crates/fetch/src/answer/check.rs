//! Pages for people and complaints of services, whatever their status says.

use serde_json::Value;
use url::Url;

use super::xml::Element;
use crate::error::FetchError;

/// No more than this is quoted.
const QUOTED: usize = 300;

/// A page for people, or a complaint of the service, is no data.
pub(crate) fn check(url: &Url, content_type: &str, body: &[u8]) -> Result<(), FetchError> {
    if is_html(content_type, body) {
        return Err(FetchError::Html { url: url.to_string(), title: title(body).unwrap_or_default() });
    }
    match complaint(body) {
        Some(Complaint { text, code }) => Err(FetchError::Service { url: url.to_string(), text, code }),
        None => Ok(()),
    }
}

/// What an answer with an error status says for itself.
pub(crate) fn words(content_type: &str, body: &[u8]) -> Option<String> {
    if is_html(content_type, body) {
        return title(body);
    }
    if let Some(complaint) = complaint(body) {
        return Some(complaint.text);
    }
    if let Ok(Value::Object(object)) = serde_json::from_slice(body) {
        let told =
            ["detail", "description", "message", "title"].iter().find_map(|key| object.get(*key)?.as_str());
        return told.map(short);
    }
    if content_type.starts_with("text/plain") { Some(short(&String::from_utf8_lossy(body))) } else { None }
}

fn is_html(content_type: &str, body: &[u8]) -> bool {
    let start =
        String::from_utf8_lossy(body.get(..body.len().min(512)).unwrap_or_default()).to_ascii_lowercase();
    let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let looks = start.starts_with("<!doctype html") || start.starts_with("<html");
    // A server may call its data HTML; JSON it is then.
    looks
        || (content_type.starts_with("text/html")
            && !start.starts_with(['{', '['])
            && !start.starts_with("<?xml"))
}

fn title(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body.get(..body.len().min(64 << 10)).unwrap_or_default());
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let from = open + lower.get(open..)?.find('>')? + 1;
    let to = from + lower.get(from..)?.find("</title")?;
    let raw = text.get(from..to)?;
    let title = quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Into::into);
    Some(short(&title)).filter(|title| !title.is_empty())
}

/// What a service complains of.
struct Complaint {
    text: String,
    code: Option<u16>,
}

/// An OGC exception report, or an ArcGIS error.
fn complaint(body: &[u8]) -> Option<Complaint> {
    let start = String::from_utf8_lossy(body.get(..body.len().min(2048)).unwrap_or_default());
    let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with('<') && start.contains("Exception") {
        return exception(body).map(|text| Complaint { text, code: None });
    }
    if !start.starts_with('{') || !start.contains("\"error\"") {
        return None;
    }
    #[derive(serde::Deserialize)]
    struct Told {
        error: Value,
    }
    let error = serde_json::from_slice::<Told>(body).ok()?.error;
    let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut parts = vec![text("message")];
    if let Some(details) = error.get("details").and_then(Value::as_array) {
        parts.extend(details.iter().filter_map(Value::as_str).map(ToOwned::to_owned));
    }
    if let Some(plain) = error.as_str() {
        parts.push(plain.to_owned());
    }
    let code = error.get("code").and_then(Value::as_i64);
    if let Some(code) = code {
        parts.push(format!("code {code}"));
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.dedup();
    let text = if parts.is_empty() { "zonder uitleg".to_owned() } else { short(&parts.join("; ")) };
    Some(Complaint { text, code: code.and_then(|code| u16::try_from(code).ok()) })
}

fn exception(body: &[u8]) -> Option<String> {
    let report = Element::read(body).ok()?;
    if !matches!(report.name.as_str(), "ExceptionReport" | "ServiceExceptionReport") {
        return None;
    }
    let mut parts = Vec::new();
    for exception in report.all("Exception").chain(report.all("ServiceException")) {
        let texts: Vec<&str> = exception.all("ExceptionText").map(|text| text.text.trim()).collect();
        let said = if texts.is_empty() { exception.text.trim().to_owned() } else { texts.join(" ") };
        let code =
            exception.attribute("exceptionCode").or_else(|| exception.attribute("code")).unwrap_or_default();
        parts.push(match (said.is_empty(), code.is_empty()) {
            (false, false) => format!("{said} ({code})"),
            (false, true) => said,
            (true, _) => code.to_owned(),
        });
    }
    parts.retain(|part| !part.is_empty());
    Some(if parts.is_empty() { "zonder uitleg".to_owned() } else { short(&parts.join("; ")) })
}

/// On one line, and not too long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}\u{2026}", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(content_type: &str, body: &str) -> Option<String> {
        let url = Url::parse("https://x.nl/").unwrap();
        check(&url, content_type, body.as_bytes()).err().map(|error| error.to_string())
    }

    #[test]
    fn a_page_for_people_is_quoted_by_its_title() {
        let page =
            "\n<!DOCTYPE html><html><head><TITLE lang=nl>Onderhoud &amp;\n storing</TITLE></head></html>";
        assert!(found("application/json", page).unwrap().contains("\u{201c}Onderhoud & storing\u{201d}"));
        assert!(found("text/html; charset=utf-8", "<p>Log in").unwrap().contains("webpagina"));
        assert_eq!(found("text/html", "{\"type\": \"FeatureCollection\"}"), None);
    }

    #[test]
    fn a_complaint_is_no_data() {
        let report = r#"<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1">
            <ows:Exception exceptionCode="InvalidParameterValue"><ows:ExceptionText>Laag &lt;a&gt; onbekend</ows:ExceptionText>
            </ows:Exception></ows:ExceptionReport>"#;
        assert!(found("text/xml", report).unwrap().contains("Laag <a> onbekend (InvalidParameterValue)"));
        let old = r#"<ServiceExceptionReport><ServiceException code="X">stuk</ServiceException></ServiceExceptionReport>"#;
        assert!(found("text/xml", old).unwrap().contains("stuk (X)"));
        let arcgis = r#"{"error":{"code":400,"message":"Invalid URL","details":["Invalid URL","laag 9"]}}"#;
        assert!(found("application/json", arcgis).unwrap().contains("Invalid URL; laag 9; code 400"));
        assert_eq!(found("application/json", r#"{"type":"Feature","properties":{"error":"x"}}"#), None);
    }

    #[test]
    fn the_words_of_an_error_status() {
        assert_eq!(
            words("application/json", br#"{"title":"kort","detail":"lang"}"#).as_deref(),
            Some("lang")
        );
        assert_eq!(words("text/plain", b"te druk\n").as_deref(), Some("te druk"));
        assert_eq!(words("application/octet-stream", b"\0\0"), None);
        assert_eq!(words("text/plain", "x".repeat(400).as_bytes()).unwrap().chars().count(), 301);
    }
}
