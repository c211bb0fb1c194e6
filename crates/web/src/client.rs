//! Who asks, as far as that is needed to keep one client from crowding out the others.

use crate::app::App;
use crate::error::{PageError, Problem};
use crate::pages::words;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts requests for each client.
#[derive(Clone)]
pub(crate) struct Limit {
    limiter: Option<Arc<Limiter>>,
    app: App,
    proxy: bool,
    seen: Arc<AtomicU32>,
}

type Limiter = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>;

/// After this many requests, clients that have been quiet are forgotten.
const CLEAN: u32 = 10_000;

impl Limit {
    pub(crate) fn new(app: &App) -> Self {
        let settings = app.settings();
        let quota = NonZeroU32::new(settings.verzoeken_per_seconde).map(|rate| {
            let burst = NonZeroU32::new(settings.verzoeken_ineens).unwrap_or(rate);
            Quota::per_second(rate).allow_burst(burst)
        });
        let limiter = quota.map(|quota| Arc::new(RateLimiter::dashmap(quota)));
        Self { limiter, app: app.clone(), proxy: settings.achter_proxy, seen: Arc::default() }
    }

    fn allows(&self, client: IpAddr) -> bool {
        let Some(limiter) = &self.limiter else {
            return true;
        };
        if self.seen.fetch_add(1, Ordering::Relaxed) % CLEAN == CLEAN - 1 {
            limiter.retain_recent();
        }
        limiter.check_key(&client).is_ok()
    }
}

/// Refuses a client that asks more than its share.
pub(crate) async fn limit(limit: Limit, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = client(peer, request.headers(), limit.proxy);
    // The operator's questions are not counted: an orchestrator must not hear "too many".
    let counted = !matches!(request.uri().path(), "/gezond" | "/klaar" | "/metrics");
    if counted && client.is_some_and(|client| !limit.allows(client)) {
        limit.app.metrics().refused.inc();
        let detail = format!(
            "u vraagt meer dan {} keer per seconde; wacht even en probeer het weer",
            limit.app.settings().verzoeken_per_seconde
        );
        return refuse(request.uri().path(), StatusCode::TOO_MANY_REQUESTS, &detail);
    }
    next.run(request).await
}

/// A fault in the form the asker reads.
pub(crate) fn refuse(path: &str, status: StatusCode, detail: &str) -> Response {
    if path.starts_with("/api/")
        || path.starts_with("/ogc/")
        || matches!(path, "/gezond" | "/klaar" | "/metrics")
    {
        Problem::new(status, detail).into_response()
    } else {
        PageError::new(status, format!("{}.", words::capital(detail))).into_response()
    }
}

/// The client: the peer, or who the proxy says it is. Of IPv6 the network, since a client has a whole one.
pub(crate) fn client(peer: Option<IpAddr>, headers: &HeaderMap, proxy: bool) -> Option<IpAddr> {
    let told =
        || headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok();
    let address = if proxy { told().or(peer) } else { peer }?;
    Some(match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_names_the_client() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "10.0.0.1, 192.0.2.7".parse().unwrap());
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        assert_eq!(client(Some(peer), &headers, false), Some(peer));
        assert_eq!(client(Some(peer), &headers, true), Some("192.0.2.7".parse().unwrap()));
        let six = client(Some("2001:db8:1:2:3:4:5:6".parse().unwrap()), &headers, false);
        assert_eq!(six, Some("2001:db8:1:2::".parse().unwrap()));
    }
}
