//! Listening, with limits on connections, and stopping without dropping a request.

use crate::app::App;
use crate::client::client;
use crate::error::ServeError;
use crate::patience::Patient;
use crate::reload::{self, Marks};
use crate::router::router;
use crate::settings::{LogForm, LogLevel, Settings};
use crate::store::Store;
use crate::supply::Supply;
use crate::world::World;
use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// Time a client has for the head of its request.
const HEAD: Duration = Duration::from_secs(10);
/// Time that an answer may stand still because nobody reads it.
const STANDSTILL: Duration = Duration::from_secs(20);
/// Most bytes of the head of a request.
const HEAD_BYTES: usize = 64 << 10;
/// Most headers of a request.
const HEADERS: usize = 100;
/// Time that requests get to finish when the server stops.
const FAREWELL: Duration = Duration::from_secs(15);

/// Runs the server until it is told to stop. `ready` hears where it listens.
pub fn serve(settings: Settings, supply: Supply, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    log(&settings);
    let seen = reload::marks(&supply.watch);
    let parts = (supply.load)().map_err(ServeError::Supply)?;
    let store = Store::open(&settings).map_err(|error| ServeError::Store(error.to_string()))?;
    let app = App::new(World::new(parts), settings, store);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(app, supply, seen, ready))
}

fn log(settings: &Settings) {
    let level = match settings.logniveau {
        LogLevel::Fout => "error",
        LogLevel::LetOp => "warn",
        LogLevel::Info => "info",
        LogLevel::Alles => "debug",
    };
    let filter = tracing_subscriber::EnvFilter::new(format!("warn,brink_web={level},brink={level}"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Another subscriber may be there already, of the program that embeds this.
    let _ = match settings.logvorm {
        LogForm::Json => builder.json().try_init(),
        LogForm::Tekst => builder.try_init(),
    };
}

async fn run(
    app: App,
    supply: Supply,
    seen: Marks,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let address = app.settings().adres;
    let listener =
        TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
    ready(listener.local_addr()?);
    // The map for `geschikt` takes a moment: begin it before the first one asks.
    let first = app.clone();
    tokio::spawn(async move { first.compute(|world| world.canvas().classes()).await });
    reload::watch(app.clone(), supply, seen);
    let server = Server {
        service: router(app.clone()),
        connections: Arc::new(Semaphore::new(app.settings().verbindingen.max(1))),
        guests: Arc::default(),
        app,
    };
    let graceful = GracefulShutdown::new();
    let stop = stopped();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // Out of file handles, say: a pause, not the end.
                Err(error) => {
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        server.take(stream, peer, &graceful);
    }
    tracing::info!("stopping");
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    Ok(())
}

struct Server {
    service: axum::Router,
    app: App,
    connections: Arc<Semaphore>,
    guests: Arc<Guests>,
}

impl Server {
    /// Serves a connection, unless there are too many; then it is closed.
    fn take(&self, stream: TcpStream, peer: SocketAddr, graceful: &GracefulShutdown) {
        let Ok(permit) = self.connections.clone().try_acquire_owned() else {
            self.app.metrics().refused.inc();
            return;
        };
        let settings = self.app.settings();
        // Behind a proxy all connections are the proxy's.
        let most = if settings.achter_proxy { 0 } else { settings.verbindingen_per_bezoeker };
        let Some(guest) = Guests::enter(&self.guests, peer, most) else {
            self.app.metrics().refused.inc();
            return;
        };
        let _ = stream.set_nodelay(true);
        let service = self.service.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            service.clone().oneshot(request)
        });
        let mut builder = Builder::new(TokioExecutor::new());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEADERS);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_header_list_size(HEAD_BYTES as u32)
            .max_concurrent_streams(64)
            .keep_alive_interval(Some(Duration::from_secs(20)))
            .keep_alive_timeout(Duration::from_secs(20));
        let stream = Patient::new(stream, HEAD, STANDSTILL);
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = graceful.watch(connection);
        let open = self.app.metrics().connections.clone();
        open.inc();
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection");
            }
            open.dec();
            drop((permit, guest));
        });
    }
}

/// How many connections each client has.
#[derive(Default)]
struct Guests {
    count: Mutex<HashMap<IpAddr, usize>>,
}

struct Guest {
    guests: Arc<Guests>,
    address: IpAddr,
}

impl Guests {
    fn enter(guests: &Arc<Self>, peer: SocketAddr, most: usize) -> Option<Guest> {
        let address = client(Some(peer.ip()), &HeaderMap::new(), false)?;
        let mut count = guests.count.lock().unwrap_or_else(PoisonError::into_inner);
        let own = count.entry(address).or_default();
        if most > 0 && *own >= most {
            return None;
        }
        *own += 1;
        drop(count);
        Some(Guest { guests: Arc::clone(guests), address })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut count = self.guests.count.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = count.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                count.remove(&self.address);
            }
        }
    }
}

/// Ends when the system asks to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_that_leaves_makes_room() {
        let guests = Arc::new(Guests::default());
        let peer: SocketAddr = "192.0.2.1:4000".parse().unwrap();
        let first = Guests::enter(&guests, peer, 2).unwrap();
        let second = Guests::enter(&guests, peer, 2).unwrap();
        assert!(Guests::enter(&guests, peer, 2).is_none());
        assert!(Guests::enter(&guests, "192.0.2.2:4000".parse().unwrap(), 2).is_some());
        drop(first);
        assert!(Guests::enter(&guests, peer, 2).is_some());
        drop(second);
        assert!(guests.count.lock().unwrap().is_empty());
    }
}
