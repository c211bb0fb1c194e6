//! What can go wrong on the way, whatever the protocol.

use std::time::{Duration, Instant};

use brink_fetch::{FetchError, Progress, Source, fetch};
use serde_json::json;

use crate::invented::collection;
use crate::server::{Asked, Reply, Server, Way};
use crate::{hasty, layer, source};

fn file(url: &str) -> Source {
    source(json!({"dienst": "bestand", "url": url, "crs": "EPSG:28992"}))
}

fn squares() -> Reply {
    Reply::new(200, "application/geo+json", collection(0..5).to_string())
}

/// What fetching from a server gives, that answers so every time.
fn from(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (Result<u64, FetchError>, Vec<Asked>) {
    let server = Server::start(answer);
    let result = layer(&file(&format!("{}/vakken.geojson", server.url)), &hasty());
    (result.map(|fetched| fetched.received), server.asked())
}

#[test]
fn tries_again_when_it_may_pass() {
    for status in [429, 500, 502, 503, 504] {
        let (result, asked) = from(move |asked| match asked.before {
            0 | 1 => Reply::new(status, "text/plain", "later"),
            _ => squares(),
        });
        assert_eq!((result.unwrap(), asked.len()), (5, 3), "{status}");
    }
}

#[test]
fn does_not_insist_when_it_will_not_pass() {
    for status in [400, 401, 403, 404, 410, 501] {
        let (result, asked) = from(move |_| Reply::new(status, "text/html", "<html><title>Mag niet</title>"));
        let error = result.unwrap_err();
        assert!(
            error.to_string().contains(&format!("antwoordt met {status}: \u{201c}Mag niet\u{201d}")),
            "{error}"
        );
        assert_eq!(asked.len(), 1);
    }
}

#[test]
fn waits_as_asked_but_not_for_ever() {
    let start = Instant::now();
    let (result, _) = from(|asked| match asked.before {
        0 => Reply::new(503, "text/plain", "").header("Retry-After", "3600"),
        _ => squares(),
    });
    assert_eq!(result.unwrap(), 5);
    // `longest` of the hasty options is 50 ms.
    assert!((Duration::from_millis(50)..Duration::from_secs(60)).contains(&start.elapsed()));
}

#[test]
fn says_that_it_tries_again() {
    #[derive(Default)]
    struct Heard(Vec<String>, u64);
    impl Progress for Heard {
        fn again(&mut self, attempt: u32, _: Duration, reason: &str) {
            self.0.push(format!("{attempt}: {reason}"));
        }
        fn bytes(&mut self, bytes: u64, _: Option<u64>) {
            self.1 = bytes;
        }
    }
    let server =
        Server::start(|asked: &Asked| if asked.before == 0 { Reply::new(503, "", "") } else { squares() });
    let mut heard = Heard::default();
    fetch(&file(&format!("{}/a.geojson", server.url)), &hasty(), &mut heard).unwrap();
    assert_eq!(heard.0.len(), 1);
    assert!(heard.0[0].starts_with("2: ") && heard.0[0].contains("503"), "{:?}", heard.0);
    assert_eq!(heard.1, squares().body.len() as u64);
}

#[test]
fn a_body_that_breaks_off() {
    for way in [Way::Cut(100), Way::Chunked] {
        let (result, asked) = from(move |_| squares().way(way));
        let error = result.unwrap_err();
        assert!(matches!(error, FetchError::Truncated { .. }), "{way:?}: {error:?}");
        assert_eq!(asked.len(), 3);
    }
    // And then comes whole: nothing of the first attempt is left.
    let (result, _) = from(|asked| squares().way(if asked.before == 0 { Way::Cut(100) } else { Way::Whole }));
    assert_eq!(result.unwrap(), 5);
    // Without a length only the content tells.
    let (result, _) = from(|_| squares().way(Way::Unmeasured(100)));
    assert!(result.is_err());
    let (result, _) = from(|_| squares().way(Way::Unmeasured(usize::MAX)));
    assert_eq!(result.unwrap(), 5);
}

#[test]
fn packed_answers() {
    let (result, asked) = from(|_| squares().gzip());
    assert_eq!(result.unwrap(), 5);
    assert!(asked[0].headers["accept-encoding"].contains("gzip"));
    let (result, _) = from(|_| {
        let mut reply = squares().gzip();
        reply.body.truncate(reply.body.len() / 2);
        reply
    });
    assert!(matches!(result.unwrap_err(), FetchError::Truncated { .. }));
}

#[test]
fn servers_that_take_their_time() {
    let mut options = hasty();
    options.timeouts.read = Duration::from_millis(200);
    for way in [Way::Late(Duration::from_secs(5)), Way::Stalls(Duration::from_secs(5))] {
        let server = Server::start(move |_: &Asked| squares().way(way));
        let error = layer(&file(&server.url), &options).unwrap_err();
        assert!(matches!(error, FetchError::Timeout { attempts: 3, .. }), "{way:?}: {error}");
        assert_eq!(server.asked().len(), 3);
    }
    // Every byte in time, but the whole never.
    let start = Instant::now();
    let server = Server::start(|_: &Asked| squares().way(Way::Drips(Duration::from_millis(20))));
    let mut options = hasty();
    options.timeouts.request = Duration::from_millis(300);
    options.timeouts.layer = Duration::from_millis(800);
    let error = layer(&file(&server.url), &options).unwrap_err();
    assert!(matches!(error, FetchError::LayerTimeout { .. } | FetchError::Timeout { .. }), "{error}");
    // Sent to the end it takes far longer.
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_server_that_hangs_up_or_is_not_there() {
    let (result, asked) =
        from(|asked| squares().way(if asked.before < 2 { Way::HangsUp } else { Way::Whole }));
    assert_eq!((result.unwrap(), asked.len()), (5, 3));
    // A port that was free a moment ago.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = layer(&file(&format!("http://{address}/a.geojson")), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Connection { attempts: 3, .. }), "{error}");
}

#[test]
fn redirects() {
    let (result, _) = from(|asked| if asked.path == "/nieuw" { squares() } else { Reply::to("/nieuw") });
    assert_eq!(result.unwrap(), 5);
    let (result, asked) = from(|_| Reply::to("/vakken.geojson"));
    assert!(matches!(result.unwrap_err(), FetchError::Redirects { .. }));
    assert_eq!(asked.len(), 4);
    for to in ["file:///etc/passwd", "ftp://example.nl/a", "javascript:1"] {
        let (result, asked) = from(move |_| Reply::to(to));
        assert!(matches!(result.unwrap_err(), FetchError::Unsafe { .. }), "{to}");
        assert_eq!(asked.len(), 1);
    }
}

#[test]
fn a_page_for_people() {
    let page = "<!doctype html><html><head><title>Inloggen &amp; meer</title></head></html>";
    let (result, _) = from(move |_| Reply::new(200, "application/geo+json", page));
    let error = result.unwrap_err().to_string();
    assert!(error.contains("webpagina") && error.contains("\u{201c}Inloggen & meer\u{201d}"), "{error}");
}

#[test]
fn too_much() {
    let server = Server::start(|_: &Asked| squares().way(Way::Unmeasured(usize::MAX)));
    let mut options = hasty();
    options.limits.bytes = 200;
    let error = layer(&file(&server.url), &options).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { limit: 200 }), "{error}");
    // Small on the way, large when unpacked.
    let server =
        Server::start(|_: &Asked| Reply::new(200, "application/geo+json", vec![b' '; 5_000_000]).gzip());
    options.limits.bytes = 100_000;
    let error = layer(&file(&server.url), &options).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_bad_description_asks_nothing() {
    let server = Server::start(|_: &Asked| squares());
    let mut source = file(&server.url);
    source.licence = None;
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Source(_)), "{error}");
    assert!(server.asked().is_empty());
}

#[test]
fn a_certificate_nobody_vouches_for() {
    use std::io::Read;
    use std::sync::Arc;

    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let config = Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut session = rustls::ServerConnection::new(config).unwrap();
        // The client turns away before it asks anything.
        rustls::Stream::new(&mut session, &mut stream).read(&mut [0; 100])
    });
    let error = layer(&file(&format!("https://localhost:{port}/a.geojson")), &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::Connection { attempts: 1, reason, .. } if reason.contains("beveiliging")),
        "{error}"
    );
    assert!(server.join().unwrap().is_err());
}
