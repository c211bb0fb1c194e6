//! One layer's conversation with its servers.

use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use url::Url;

use crate::answer;
use crate::error::FetchError;
use crate::fetch::Validators;
use crate::http::retry;
use crate::http::sink::{Download, Sink};
use crate::options::FetchOptions;
use crate::progress::Progress;

/// How much of an answer with an error status is read, to see what it says.
const COMPLAINT_BYTES: u64 = 64 << 10;

/// What stands above a body.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// Where the answer came from, after redirects.
    pub url: Url,
    pub status: u16,
    pub content_type: String,
    pub content_crs: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    length: Option<u64>,
}

impl Head {
    /// Whether the server says that nothing changed.
    pub(crate) fn not_modified(&self) -> bool {
        self.status == 304
    }
}

/// An answer in memory.
#[derive(Debug)]
pub(crate) struct Reply {
    pub head: Head,
    pub body: Vec<u8>,
}

/// What failed, and whether it may go well next time.
struct Failure {
    error: FetchError,
    again: bool,
    asked: Option<Duration>,
}

impl Failure {
    fn lasting(error: FetchError) -> Self {
        Self { error, again: false, asked: None }
    }

    fn passing(error: FetchError) -> Self {
        Self { error, again: true, asked: None }
    }
}

/// One layer's conversation: keeps the limits over all requests together.
pub(crate) struct Client<'a> {
    agent: Agent,
    pub options: &'a FetchOptions,
    pub progress: &'a mut dyn Progress,
    deadline: Instant,
    hash: Sha256,
    /// Bytes of data so far.
    pub bytes: u64,
    /// Bytes of everything so far.
    all_bytes: u64,
}

impl<'a> Client<'a> {
    pub(crate) fn new(options: &'a FetchOptions, progress: &'a mut dyn Progress) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are followed here, to look at every address before going there.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(options.timeouts.connect))
            .timeout_per_read(Some(options.timeouts.read))
            .user_agent(concat!("brink/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let now = Instant::now();
        let deadline = now.checked_add(options.timeouts.layer).unwrap_or(now);
        Self { agent, options, progress, deadline, hash: Sha256::new(), bytes: 0, all_bytes: 0 }
    }

    /// The hash of all data received, in order.
    pub(crate) fn sha256(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What a service says about itself.
    pub(crate) fn describe(&mut self, url: &Url, accept: &str) -> Result<Reply, FetchError> {
        self.reply(url, accept, None, false)
    }

    /// A page of data.
    pub(crate) fn page(
        &mut self,
        url: &Url,
        accept: &str,
        known: Option<&Validators>,
    ) -> Result<Reply, FetchError> {
        self.reply(url, accept, known, true)
    }

    /// An answer that is no page for people and no complaint. A complaint that may pass, such as that of an ArcGIS
    /// server with too much to do, gets another chance whatever the status.
    fn reply(
        &mut self,
        url: &Url,
        accept: &str,
        known: Option<&Validators>,
        data: bool,
    ) -> Result<Reply, FetchError> {
        let mut attempt = 1;
        loop {
            let (hash, bytes) = (self.hash.clone(), self.bytes);
            let mut body = Vec::new();
            let head = self.ask(url, accept, known, &mut body, data)?;
            let error = match answer::check(&head.url, &head.content_type, &body) {
                Err(error) if !head.not_modified() => error,
                _ => return Ok(Reply { head, body }),
            };
            // A complaint is no data.
            (self.hash, self.bytes) = (hash, bytes);
            let again =
                matches!(error, FetchError::Service { code: Some(code), .. } if retry::may_pass(code));
            if !again || !self.wait(&mut attempt, None, &error) {
                return Err(error);
            }
        }
    }

    /// A file, into a temporary one.
    pub(crate) fn download(
        &mut self,
        url: &Url,
        known: Option<&Validators>,
        into: &mut Download,
    ) -> Result<Head, FetchError> {
        let head = self.ask(url, "*/*", known, into, true)?;
        let mut start = Vec::new();
        let file = into.file();
        let read = io::Seek::rewind(file).and_then(|()| file.take(COMPLAINT_BYTES).read_to_end(&mut start));
        read.map_err(|error| FetchError::File { path: into.path().to_owned(), error })?;
        answer::check(&head.url, &head.content_type, &start)?;
        Ok(head)
    }

    /// Data of this machine.
    pub(crate) fn local(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.progress.bytes(self.bytes, None);
    }

    /// Asks until there is an answer, or no hope of one.
    fn ask(
        &mut self,
        url: &Url,
        accept: &str,
        known: Option<&Validators>,
        sink: &mut dyn Sink,
        data: bool,
    ) -> Result<Head, FetchError> {
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(url, accept, known, sink, data, attempt) {
                Ok(head) => return Ok(head),
                Err(failure) => failure,
            };
            if !failure.again || !self.wait(&mut attempt, failure.asked, &failure.error) {
                return Err(failure.error);
            }
        }
    }

    /// Waits before the next attempt; `false` when there will be none.
    fn wait(&mut self, attempt: &mut u32, asked: Option<Duration>, error: &FetchError) -> bool {
        let wait = retry::wait(&self.options.retry, *attempt, asked);
        let late = Instant::now().checked_add(wait).is_none_or(|then| then >= self.deadline);
        if *attempt >= self.options.retry.attempts || late {
            return false;
        }
        *attempt += 1;
        self.progress.again(*attempt, wait, &error.to_string());
        thread::sleep(wait);
        true
    }

    fn attempt(
        &mut self,
        url: &Url,
        accept: &str,
        known: Option<&Validators>,
        sink: &mut dyn Sink,
        data: bool,
        attempt: u32,
    ) -> Result<Head, Failure> {
        let start = Instant::now();
        let end =
            start.checked_add(self.options.timeouts.request).unwrap_or(self.deadline).min(self.deadline);
        let (url, mut response) = self.follow(url, accept, known, end, attempt)?;
        let head = head(url, &response);
        if head.not_modified() && known.is_some() {
            return Ok(head);
        }
        if !(200..300).contains(&head.status) {
            return Err(Self::refused(head, response));
        }
        let local = |error| Failure::lasting(FetchError::File { path: std::env::temp_dir(), error });
        sink.clear().map_err(local)?;
        let mut hash = self.hash.clone();
        let mut taken = 0_u64;
        let mut buffer = vec![0; 64 << 10];
        let mut reader = response.body_mut().as_reader();
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.broken(&head.url, &ureq::Error::from(error), attempt, true)),
            };
            let bytes = buffer.get(..count).unwrap_or_default();
            taken += count as u64;
            if self.all_bytes + taken > self.options.limits.bytes {
                return Err(Failure::lasting(FetchError::TooLarge { limit: self.options.limits.bytes }));
            }
            if Instant::now() >= end {
                return Err(self.late(&head.url, "het hele antwoord", attempt));
            }
            sink.take(bytes).map_err(local)?;
            if data {
                hash.update(bytes);
                self.progress.bytes(self.bytes + taken, head.length.map(|length| self.bytes + length));
            }
        }
        self.all_bytes += taken;
        if data {
            self.bytes += taken;
            self.hash = hash;
        }
        Ok(head)
    }

    /// Goes where the server sends us, as far as that is safe.
    fn follow(
        &self,
        asked: &Url,
        accept: &str,
        known: Option<&Validators>,
        end: Instant,
        attempt: u32,
    ) -> Result<(Url, Response<ureq::Body>), Failure> {
        let mut url = asked.clone();
        let mut redirects = 0;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(self.late(&url, "het hele antwoord", attempt));
            }
            let mut request = self.agent.get(url.as_str()).header("Accept", accept);
            if let Some(etag) = known.and_then(|known| known.etag.as_ref()) {
                request = request.header("If-None-Match", etag);
            } else if let Some(date) = known.and_then(|known| known.last_modified.as_ref()) {
                request = request.header("If-Modified-Since", date);
            }
            let response = request
                .config()
                .timeout_global(Some(left))
                .build()
                .call()
                .map_err(|error| self.broken(&url, &error, attempt, false))?;
            let location = text(response.headers(), "location");
            let (301 | 302 | 303 | 307 | 308, Some(location)) = (response.status().as_u16(), location) else {
                return Ok((url, response));
            };
            redirects += 1;
            if redirects > self.options.limits.redirects {
                return Err(Failure::lasting(FetchError::Redirects { url: asked.to_string() }));
            }
            url = safe(&url, &location).map_err(Failure::lasting)?;
        }
    }

    fn late(&self, url: &Url, what: &str, attempt: u32) -> Failure {
        if Instant::now() >= self.deadline {
            Failure::lasting(FetchError::LayerTimeout { seconds: self.options.timeouts.layer.as_secs() })
        } else {
            let url = url.to_string();
            Failure::passing(FetchError::Timeout { url, what: what.to_owned(), attempts: attempt })
        }
    }

    fn refused(head: Head, mut response: Response<ureq::Body>) -> Failure {
        let asked = retry::asked(
            text(response.headers(), "retry-after").as_deref(),
            text(response.headers(), "date").as_deref(),
        );
        let mut body = Vec::new();
        // A complaint that breaks off is still worth showing.
        let _ = response.body_mut().as_reader().take(COMPLAINT_BYTES).read_to_end(&mut body);
        let detail = answer::words(&head.content_type, &body).unwrap_or_default();
        let error = FetchError::Status { url: head.url.to_string(), status: head.status, detail };
        Failure { error, again: retry::may_pass(head.status), asked }
    }

    /// A connection that failed, before the body or in it.
    fn broken(&self, url: &Url, error: &ureq::Error, attempts: u32, in_body: bool) -> Failure {
        use ureq::Error;
        let address = url.to_string();
        match error {
            Error::Timeout(kind) => {
                let what = match kind {
                    ureq::Timeout::Connect | ureq::Timeout::Resolve => "geen verbinding",
                    ureq::Timeout::PerRead if in_body => "het antwoord stokt",
                    ureq::Timeout::PerRead => "geen antwoord",
                    _ => "het hele antwoord",
                };
                self.late(url, what, attempts)
            }
            Error::Io(_) | Error::Protocol(_) | Error::Decompress(..) | Error::BodyStalled if in_body => {
                Failure::passing(FetchError::Truncated { url: address, reason: told(error) })
            }
            // A certificate that is not trusted comes as invalid data.
            Error::Io(cause) if cause.kind() == io::ErrorKind::InvalidData => {
                Failure::lasting(FetchError::Connection { url: address, reason: told(error), attempts })
            }
            Error::Io(_) | Error::ConnectionFailed => {
                Failure::passing(FetchError::Connection { url: address, reason: told(error), attempts })
            }
            _ => Failure::lasting(FetchError::Connection { url: address, reason: told(error), attempts }),
        }
    }
}

/// What went wrong with a connection, for people.
fn told(error: &ureq::Error) -> String {
    use ureq::Error;
    match error {
        Error::HostNotFound => "de naam van de server is onbekend".to_owned(),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => "de server weigert de verbinding".to_owned(),
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::UnexpectedEof => "de server verbrak de verbinding".to_owned(),
            io::ErrorKind::InvalidData => format!("de beveiliging is niet in orde ({error})"),
            _ => error.to_string(),
        },
        Error::Decompress(..) => "het ingepakte antwoord is niet heel".to_owned(),
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => {
            format!("de beveiliging is niet in orde ({error})")
        }
        _ => error.to_string(),
    }
}

/// The address a server points to, if it may be gone to.
pub(super) fn safe(from: &Url, to: &str) -> Result<Url, FetchError> {
    let refused = || FetchError::Unsafe { url: from.to_string(), to: to.to_owned() };
    let mut url = from.join(to).map_err(|_| refused())?;
    if from.scheme() == "https" && url.scheme() == "http" {
        // Servers behind a proxy often don't know that they are https to the world.
        if url.host() != from.host() || url.port().is_some() || from.port().is_some() {
            return Err(refused());
        }
        url.set_scheme("https").map_err(|()| refused())?;
    }
    if !matches!(url.scheme(), "http" | "https") { Err(refused()) } else { Ok(url) }
}

impl Client<'_> {
    /// The address of a link in an answer, if it may be gone to.
    pub(crate) fn link(from: &Url, to: &str) -> Result<Url, FetchError> {
        safe(from, to)
    }
}

fn head(url: Url, response: &Response<ureq::Body>) -> Head {
    let headers = response.headers();
    Head {
        url,
        status: response.status().as_u16(),
        content_type: text(headers, "content-type").unwrap_or_default().to_ascii_lowercase(),
        content_crs: text(headers, "content-crs").map(|crs| crs.trim_matches(['<', '>', ' ']).to_owned()),
        etag: text(headers, "etag"),
        last_modified: text(headers, "last-modified"),
        length: if headers.contains_key("content-encoding") {
            None
        } else {
            response.body().content_length()
        },
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_only_the_web_and_never_down_to_http() {
        let from = Url::parse("https://dienst.example.nl/a/b?c=d").unwrap();
        let to = |to: &str| safe(&from, to).map(|url| url.to_string()).ok();
        assert_eq!(to("/e").as_deref(), Some("https://dienst.example.nl/e"));
        assert_eq!(to("?c=e").as_deref(), Some("https://dienst.example.nl/a/b?c=e"));
        assert_eq!(to("https://elders.example.nl/").as_deref(), Some("https://elders.example.nl/"));
        assert_eq!(to("http://dienst.example.nl/a").as_deref(), Some("https://dienst.example.nl/a"));
        assert_eq!(to("http://elders.example.nl/"), None);
        assert_eq!(to("http://dienst.example.nl:81/a"), None);
        assert_eq!(to("file:///etc/passwd"), None);
        assert_eq!(to("ftp://dienst.example.nl/a"), None);
    }
}
