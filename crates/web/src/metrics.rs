//! What the server counts, for Prometheus.

use crate::world::World;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// One kind of request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Route {
    /// The route as it is written in the code, never the address that was asked.
    pub route: String,
    pub method: String,
}

/// One kind of answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Answered {
    pub route: String,
    pub method: String,
    pub status: u16,
}

/// All counts.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    pub(crate) connections: Gauge,
    pub(crate) refused: Counter,
    pub(crate) panics: Counter,
    reloads: Counter,
    pub(crate) failed_reloads: Counter,
    norms: Gauge,
    layers: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("brink");
        let requests = Family::<Answered, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.001, 2.0, 14))
        });
        let (connections, norms, layers) = (Gauge::default(), Gauge::default(), Gauge::default());
        let (refused, panics) = (Counter::default(), Counter::default());
        let (reloads, failed_reloads) = (Counter::default(), Counter::default());
        registry.register("verzoeken", "Beantwoorde verzoeken", requests.clone());
        registry.register("verzoek_seconden", "Tijd per verzoek", seconds.clone());
        registry.register("verbindingen", "Open verbindingen", connections.clone());
        registry.register("geweigerd", "Verzoeken boven de grens van een bezoeker", refused.clone());
        registry.register("paniek", "Verzoeken die op een fout van het programma stuitten", panics.clone());
        registry.register("herladen", "Keren dat pakket en kaarten zijn gelezen", reloads.clone());
        registry.register("herladen_mislukt", "Keren dat het lezen niet lukte", failed_reloads.clone());
        registry.register("normen", "Normen in het pakket", norms.clone());
        registry.register("lagen", "Kaartlagen", layers.clone());
        Self {
            registry,
            requests,
            seconds,
            connections,
            refused,
            panics,
            reloads,
            failed_reloads,
            norms,
            layers,
        }
    }

    pub(crate) fn world(&self, world: &World) {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.reloads.inc();
        self.norms.set(count(world.package.norms.len()));
        self.layers.set(count(world.ground.atlas().layers().len()));
    }

    pub(crate) fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let (route, method) = (route.to_owned(), method.to_owned());
        self.seconds
            .get_or_create(&Route { route: route.clone(), method: method.clone() })
            .observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { route, method, status }).inc();
    }

    /// All counts in the text form of OpenMetrics.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            tracing::error!("metrics cannot be written");
        }
        text
    }
}
