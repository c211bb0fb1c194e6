//! A small web server that does what it is told, also what a server should not.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use url::Url;

/// A request, as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// Names in lower case.
    pub query: BTreeMap<String, String>,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    /// How many requests came before it.
    pub before: usize,
    /// The address of the server.
    pub server: String,
}

impl Asked {
    pub fn get(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.parse().ok()
    }
}

/// How an answer is sent.
#[derive(Debug, Clone, Copy)]
pub enum Way {
    /// As it should.
    Whole,
    /// With the length of the whole, but no more than this much of it.
    Cut(usize),
    /// Without a length, and no more than this much of it.
    Unmeasured(usize),
    /// In pieces, the last one not marked as such.
    Chunked,
    /// After a wait.
    Late(Duration),
    /// With a wait in the middle.
    Stalls(Duration),
    /// A byte at a time, with this wait in between.
    Drips(Duration),
    /// Not at all.
    HangsUp,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub way: Way,
}

impl Reply {
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into(), way: Way::Whole }
    }

    pub fn json(value: &Value) -> Self {
        Self::new(200, "application/json", value.to_string())
    }

    pub fn xml(text: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/xml; charset=utf-8", text)
    }

    pub fn to(address: &str) -> Self {
        Self::new(302, "text/plain", "elders").header("Location", address)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn way(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    pub fn gzip(mut self) -> Self {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(&self.body).unwrap();
        self.body = packer.finish().unwrap();
        self.header("Content-Encoding", "gzip")
    }
}

/// A server on a port of its own; stops when dropped.
pub struct Server {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let stop = Arc::new(AtomicBool::new(false));
        let answer = Arc::new(answer);
        let (log, stopped, address) = (Arc::clone(&asked), Arc::clone(&stop), url.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (log, answer, address) = (Arc::clone(&log), Arc::clone(&answer), address.clone());
                thread::spawn(move || {
                    let Some(mut request) = read(&stream, &address) else { return };
                    {
                        let mut log = log.lock().unwrap();
                        request.before = log.len();
                        log.push(request.clone());
                    }
                    // The client may hang up before the end: that is its right.
                    let _ = send(stream, &answer(&request));
                });
            }
        });
        Self { url, asked, stop }
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn read(stream: &TcpStream, server: &str) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let target = first.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let url = Url::parse(server).unwrap().join(&target).ok()?;
    let query =
        url.query_pairs().map(|(name, value)| (name.to_ascii_lowercase(), value.into_owned())).collect();
    Some(Asked { path: url.path().to_owned(), query, headers, before: 0, server: server.to_owned() })
}

fn send(mut stream: TcpStream, reply: &Reply) -> std::io::Result<()> {
    if let Way::Late(wait) = reply.way {
        thread::sleep(wait);
    }
    if matches!(reply.way, Way::HangsUp) {
        return stream.shutdown(Shutdown::Both);
    }
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    match reply.way {
        Way::Unmeasured(_) => {}
        Way::Chunked => head += "Transfer-Encoding: chunked\r\n",
        _ => head += &format!("Content-Length: {}\r\n", reply.body.len()),
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    let body = &reply.body;
    match reply.way {
        Way::Cut(most) | Way::Unmeasured(most) => stream.write_all(&body[..body.len().min(most)])?,
        Way::Chunked => {
            stream.write_all(format!("{:x}\r\n", body.len()).as_bytes())?;
            stream.write_all(body)?;
            stream.write_all(b"\r\n")?;
        }
        Way::Stalls(wait) => {
            let (first, rest) = body.split_at(body.len() / 2);
            stream.write_all(first)?;
            stream.flush()?;
            thread::sleep(wait);
            stream.write_all(rest)?;
        }
        Way::Drips(wait) => {
            for byte in body {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                thread::sleep(wait);
            }
        }
        Way::Whole | Way::Late(_) | Way::HangsUp => stream.write_all(body)?,
    }
    stream.flush()?;
    stream.shutdown(Shutdown::Write)
}
