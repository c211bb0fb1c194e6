//! Tasks: work that takes longer than somebody should have to wait for an answer.

use crate::app::App;
use crate::error::Problem;
use crate::unguessable;
use crate::world::World;
use axum::http::StatusCode;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// Most tasks that wait or run.
pub(super) const MOST_WAITING: usize = 8;
/// Most tasks that are kept; of what is ready the oldest makes room.
const MOST_KEPT: usize = 32;
/// How long what is ready is kept, in seconds.
const KEPT: i64 = 30 * 60;

/// The tasks of a server.
#[derive(Clone)]
pub(crate) struct Jobs {
    all: Arc<Mutex<HashMap<String, Job>>>,
    /// One at a time: a search takes all cores and much memory.
    turn: Arc<Semaphore>,
}

struct Job {
    made: i64,
    ended: Option<i64>,
    state: State,
    cancelled: Cancelled,
    /// Says when it has ended.
    done: watch::Sender<bool>,
}

enum State {
    Waiting,
    Running,
    Ready(Arc<Made>),
    Failed(Problem),
}

/// What a task makes.
#[derive(Debug, PartialEq)]
pub(super) struct Made {
    /// The answer as JSON.
    pub answer: Vec<u8>,
    /// The shapes as GeoJSON.
    pub shapes: Vec<u8>,
}

/// Whether somebody wants a task to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How a task stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Task {
    id: String,
    /// Wacht, bezig, klaar or mislukt.
    stand: &'static str,
    gemaakt: String,
    /// Until when it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    blijft_tot: Option<String>,
    /// Where the result is.
    #[serde(skip_serializing_if = "Option::is_none")]
    resultaat: Option<String>,
}

impl Task {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Its address.
    pub(super) fn address(&self) -> String {
        format!("/api/v1/taken/{}", self.id)
    }
}

/// Somebody waits for a task. Dropped, the task is forgotten; let go, it is kept.
pub(super) struct Waiting {
    jobs: Jobs,
    id: Option<String>,
}

impl Waiting {
    /// The task goes on by itself.
    pub(super) fn let_go(mut self) {
        self.id = None;
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(id) = &self.id {
            self.jobs.forget(id);
        }
    }
}

/// No task can be taken on.
#[derive(Debug)]
pub(super) struct Full;

impl Default for Jobs {
    fn default() -> Self {
        Self { all: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Jobs {
    /// Takes work on.
    pub(super) fn start(
        &self,
        app: &App,
        work: impl FnOnce(&World, &Cancelled) -> Result<Made, Problem> + Send + 'static,
    ) -> Result<Task, Full> {
        let id = unguessable::id().ok_or(Full)?;
        let cancelled = Cancelled::default();
        {
            let mut all = self.lock();
            tidy(&mut all);
            if all.values().filter(|job| job.ended.is_none()).count() >= MOST_WAITING {
                return Err(Full);
            }
            let job = Job {
                made: now(),
                ended: None,
                state: State::Waiting,
                cancelled: cancelled.clone(),
                done: watch::Sender::new(false),
            };
            all.insert(id.clone(), job);
        }
        let (jobs, app, own) = (self.clone(), app.clone(), id.clone());
        tokio::spawn(async move {
            let Ok(_turn) = jobs.turn.acquire().await else {
                return;
            };
            if cancelled.is_set() {
                return;
            }
            jobs.set(&own, State::Running);
            let world = app.world();
            // A panic in a task is that task's.
            let done = tokio::task::spawn_blocking(move || work(&world, &cancelled)).await;
            jobs.set(
                &own,
                match done {
                    Ok(Ok(made)) => State::Ready(Arc::new(made)),
                    Ok(Err(problem)) => State::Failed(problem),
                    Err(error) => {
                        tracing::error!(%error, "a task panicked");
                        State::Failed(Problem::new(
                            StatusCode::INTERNAL_SERVER_ERROR,
                            "de taak stuitte op een fout in het programma",
                        ))
                    }
                },
            );
        });
        self.find(&id).ok_or(Full)
    }

    /// Waits for a task, but not longer than this; whether it has ended.
    pub(super) async fn wait(&self, id: &str, longest: Duration) -> bool {
        let Some(mut done) = self.lock().get(id).map(|job| job.done.subscribe()) else {
            return false;
        };
        matches!(tokio::time::timeout(longest, done.wait_for(|done| *done)).await, Ok(Ok(_)))
    }

    /// Forgets a task when nobody waits for it any more.
    pub(super) fn while_waiting(&self, id: &str) -> Waiting {
        Waiting { jobs: self.clone(), id: Some(id.to_owned()) }
    }

    /// How a task stands.
    pub(super) fn find(&self, id: &str) -> Option<Task> {
        let mut all = self.lock();
        tidy(&mut all);
        all.get(id).map(|job| task(id, job))
    }

    /// The result of a task: nothing yet, what it made, or why it failed. `None` when there is no such task.
    pub(super) fn result(&self, id: &str) -> Option<Result<Option<Arc<Made>>, Problem>> {
        let mut all = self.lock();
        tidy(&mut all);
        all.get(id).map(|job| match &job.state {
            State::Waiting | State::Running => Ok(None),
            State::Ready(made) => Ok(Some(made.clone())),
            State::Failed(problem) => Err(problem.clone()),
        })
    }

    /// Stops a task and forgets what it made; whether there was one.
    pub(super) fn forget(&self, id: &str) -> bool {
        let mut all = self.lock();
        tidy(&mut all);
        let job = all.remove(id);
        if let Some(job) = &job {
            job.cancelled.0.store(true, Ordering::Relaxed);
        }
        job.is_some()
    }

    fn set(&self, id: &str, state: State) {
        let ended = matches!(state, State::Ready(_) | State::Failed(_)).then(now);
        if let Some(job) = self.lock().get_mut(id) {
            job.ended = ended;
            job.state = state;
            job.done.send_replace(ended.is_some());
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Job>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn task(id: &str, job: &Job) -> Task {
    let stand = match &job.state {
        State::Waiting => "wacht",
        State::Running => "bezig",
        State::Ready(_) => "klaar",
        State::Failed(_) => "mislukt",
    };
    Task {
        id: id.to_owned(),
        stand,
        gemaakt: moment(job.made),
        blijft_tot: job.ended.map(|ended| moment(ended + KEPT)),
        resultaat: job.ended.map(|_| format!("/api/v1/taken/{id}/resultaat")),
    }
}

/// Forgets what is too old, and of what is ready the oldest when there is too much.
fn tidy(all: &mut HashMap<String, Job>) {
    let oldest = now() - KEPT;
    all.retain(|_, job| job.ended.is_none_or(|ended| ended >= oldest));
    while all.len() >= MOST_KEPT {
        let ready = all.iter().filter_map(|(id, job)| Some((job.ended?, id)));
        let Some(first) = ready.min().map(|(_, id)| id.clone()) else {
            return;
        };
        all.remove(&first);
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn moment(second: i64) -> String {
    jiff::Timestamp::from_second(second).map(|moment| moment.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(ended: i64) -> Job {
        let made = Made { answer: Vec::new(), shapes: Vec::new() };
        let state = State::Ready(Arc::new(made));
        let done = watch::Sender::new(true);
        Job { made: ended, ended: Some(ended), state, cancelled: Cancelled::default(), done }
    }

    #[test]
    fn what_is_too_old_or_too_much_goes() {
        let mut all: HashMap<String, Job> = HashMap::new();
        all.insert("oud".to_owned(), ready(now() - KEPT - 1));
        for n in 0..MOST_KEPT {
            all.insert(n.to_string(), ready(now() - 100 + i64::try_from(n).unwrap()));
        }
        tidy(&mut all);
        assert_eq!(all.len(), MOST_KEPT - 1);
        assert!(!all.contains_key("oud") && !all.contains_key("0"));
    }

    #[tokio::test]
    async fn waiting_ends_with_the_task_or_the_patience() {
        let jobs = Jobs::default();
        jobs.lock().insert("a".to_owned(), ready(now()));
        assert!(jobs.wait("a", Duration::ZERO).await);
        assert!(!jobs.wait("b", Duration::ZERO).await);
        jobs.set("a", State::Running);
        assert!(!jobs.wait("a", Duration::from_millis(1)).await);
        jobs.while_waiting("a").let_go();
        assert!(jobs.find("a").is_some());
        drop(jobs.while_waiting("a"));
        assert!(jobs.find("a").is_none());
    }

    #[test]
    fn what_is_forgotten_stops() {
        let jobs = Jobs::default();
        let job = ready(now());
        let cancelled = job.cancelled.clone();
        jobs.lock().insert("a".to_owned(), job);
        assert!(jobs.find("a").is_some());
        assert!(jobs.forget("a"));
        assert!(cancelled.is_set() && !jobs.forget("a"));
    }
}
