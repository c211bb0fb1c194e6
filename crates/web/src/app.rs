//! The state that all requests share.

use crate::api::Jobs;
use crate::error::Busy;
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::store::Store;
use crate::world::World;
use arc_swap::ArcSwap;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The state; a clone is a handle.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    world: ArcSwap<World>,
    settings: Settings,
    store: Store,
    metrics: Metrics,
    jobs: Jobs,
    /// Work on the processor: a few at a time, the others wait.
    desks: Arc<Semaphore>,
    /// Those who wait or work; above it nobody may join.
    queue: Arc<Semaphore>,
}

/// Most requests that wait for the processor.
const QUEUE: usize = 512;

impl App {
    /// A state with this world.
    #[must_use]
    pub fn new(mut world: World, settings: Settings, store: Store) -> Self {
        world.base_map = settings.base_map();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let metrics = Metrics::new();
        metrics.world(&world);
        Self {
            inner: Arc::new(Inner {
                world: ArcSwap::from_pointee(world),
                settings,
                store,
                metrics,
                jobs: Jobs::default(),
                desks: Arc::new(Semaphore::new(cores * 2)),
                queue: Arc::new(Semaphore::new(QUEUE)),
            }),
        }
    }

    /// The world as it is now. Keep it during a request: it may be replaced.
    #[must_use]
    pub fn world(&self) -> Arc<World> {
        self.inner.world.load_full()
    }

    /// Puts another world in its place.
    pub fn replace(&self, mut world: World) {
        world.base_map = self.inner.settings.base_map();
        self.inner.metrics.world(&world);
        self.inner.world.store(Arc::new(world));
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Stored answers and places.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Work that takes long.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }

    /// Does work on the processor away from the threads that serve connections.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce(&World) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let world = self.world();
        self.blocking(move || work(&world)).await
    }

    /// The same, for work that needs the whole state.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let place = self.inner.queue.clone().try_acquire_owned().map_err(|_| Busy::Full)?;
        let desk = self.inner.desks.clone().acquire_owned().await.map_err(|_| Busy::Full)?;
        // The work keeps its places until it is done, also when the one who asked has gone.
        let task = move || {
            let done = work();
            drop((place, desk));
            done
        };
        match tokio::task::spawn_blocking(task).await {
            Ok(done) => Ok(done),
            // Let it go on as the panic it was: the layer around the route makes an answer of it.
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(Busy::Full),
        }
    }
}
