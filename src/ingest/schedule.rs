//! The clockwork: a sweep at start and whenever the cron expression says, one at a time.
//!
//! The scheduler crate neither keeps runs apart, nor catches panics, nor waits at the end. That is done
//! here: a run that would overlap is skipped and counted, a panic is caught and recorded, and a stop tells
//! the running sweep to end, waits for it, and gives up at a deadline.

use super::{Cron, Options};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    sync::Arc,
    time::Duration,
};
use tokio::sync::{Semaphore, watch};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What the clockwork has done so far, for whoever watches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// Whether a sweep is running.
    pub running: bool,
    /// Sweeps that ended by themselves.
    pub finished: u64,
    /// Sweeps that did not begin because another was running.
    pub skipped: u64,
    /// Sweeps that panicked.
    pub panicked: u64,
    /// What the last panic said.
    pub last_panic: Option<String>,
}

/// Why the clockwork did not start.
#[derive(Debug, thiserror::Error)]
#[error("cannot start the scheduler: {0}")]
pub struct ScheduleError(#[from] JobSchedulerError);

/// A running clockwork. Dropped without [`Scheduler::stop`] it goes on until the runtime ends.
pub struct Scheduler {
    jobs: JobScheduler,
    shared: Arc<Shared>,
    deadline: Duration,
}

struct Shared {
    sweep: Box<dyn Fn(CancellationToken) -> Sweeping + Send + Sync>,
    one: Arc<Semaphore>,
    tasks: TaskTracker,
    stop: CancellationToken,
    activity: watch::Sender<Activity>,
}

type Sweeping = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

impl Scheduler {
    /// Starts the clockwork and, at once, the first sweep. `sweep` is handed a token that tells it to end
    /// early, between two articles.
    ///
    /// # Errors
    /// [`ScheduleError`] when the scheduler refuses.
    pub async fn start<S, F>(
        cron: &Cron,
        options: &Options,
        sweep: S,
    ) -> Result<Self, ScheduleError>
    where
        S: Fn(CancellationToken) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let shared = Arc::new(Shared {
            sweep: Box::new(move |stop| Box::pin(sweep(stop))),
            one: Arc::new(Semaphore::new(1)),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            activity: watch::Sender::default(),
        });
        let jobs = JobScheduler::new().await?;
        let (ticked, jitter) = (Arc::clone(&shared), options.jitter);
        let tick = move |_, _| {
            begin(&ticked, spread(jitter));
            Box::pin(std::future::ready(())) as Sweeping
        };
        jobs.add(Job::new_async(cron.pattern(), tick)?).await?;
        begin(&shared, Duration::ZERO);
        jobs.start().await?;
        Ok(Self { jobs, shared, deadline: options.stop_deadline })
    }

    /// What it has done so far; the receiver is told of each change.
    #[must_use]
    pub fn activity(&self) -> watch::Receiver<Activity> {
        self.shared.activity.subscribe()
    }

    /// Begins no more sweeps, tells the running one to end, and waits for it. `false` when it had not
    /// ended at the deadline; what it had stored whole stays stored.
    pub async fn stop(mut self) -> bool {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        if let Err(error) = self.jobs.shutdown().await {
            tracing::warn!(%error, "the scheduler did not shut down cleanly");
        }
        tokio::time::timeout(self.deadline, self.shared.tasks.wait()).await.is_ok()
    }
}

/// Begins a sweep after `delay`, unless one is running or the end has come.
fn begin(shared: &Arc<Shared>, delay: Duration) {
    if shared.stop.is_cancelled() {
        return;
    }
    let Ok(turn) = Arc::clone(&shared.one).try_acquire_owned() else {
        shared.activity.send_modify(|activity| activity.skipped += 1);
        return;
    };
    let task = Arc::clone(shared);
    shared.tasks.spawn(async move {
        let _turn = turn;
        let stopped = task.stop.run_until_cancelled(tokio::time::sleep(delay)).await.is_none();
        if stopped {
            return;
        }
        task.activity.send_modify(|activity| activity.running = true);
        // A task of its own, so that a panic ends the sweep and not the clockwork.
        let ended = tokio::spawn((task.sweep)(task.stop.clone())).await;
        let panic = ended.err().map(|error| message(error.into_panic()));
        if let Some(panic) = &panic {
            tracing::error!("a sweep broke off, the next one comes as planned: {panic}");
        }
        task.activity.send_modify(|activity| {
            activity.running = false;
            match panic {
                None => activity.finished += 1,
                Some(panic) => {
                    activity.panicked += 1;
                    activity.last_panic = Some(panic);
                }
            }
        });
    });
}

/// What a panic said.
pub(super) fn message(panic: Box<dyn std::any::Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => {
            panic.downcast_ref::<&str>().map_or("no reason given", |text| text).to_owned()
        }
    }
}

/// A random part of `most`. The standard library's hasher is seeded anew each time; nothing more is
/// needed to keep installations from asking at the same second.
fn spread(most: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish();
    let millis = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(random % millis.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::Notify;

    const PATIENCE: Duration = Duration::from_secs(20);

    fn options() -> Options {
        Options {
            jitter: Duration::ZERO,
            stop_deadline: Duration::from_millis(200),
            ..Options::default()
        }
    }

    async fn reached(scheduler: &Scheduler, fits: impl FnMut(&Activity) -> bool) -> Activity {
        let mut activity = scheduler.activity();
        tokio::time::timeout(PATIENCE, activity.wait_for(fits)).await.unwrap().unwrap().clone()
    }

    #[tokio::test]
    async fn one_at_a_time_and_one_at_start() {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let go_on = Arc::new(Notify::new());
        let (counted, peak, held) = (now.clone(), most.clone(), go_on.clone());
        let scheduler =
            Scheduler::start(&Cron::new("* * * * * *").unwrap(), &options(), move |_| {
                let (counted, peak, held) = (counted.clone(), peak.clone(), held.clone());
                async move {
                    peak.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    held.notified().await;
                    counted.fetch_sub(1, Ordering::SeqCst);
                }
            })
            .await
            .unwrap();
        reached(&scheduler, |activity| activity.running && activity.skipped >= 2).await;
        go_on.notify_one();
        reached(&scheduler, |activity| activity.finished >= 1).await;
        go_on.notify_one();
        reached(&scheduler, |activity| activity.finished >= 2).await;
        assert_eq!(most.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_panic_is_recorded_and_the_next_sweep_comes() {
        let runs = AtomicUsize::new(0);
        let scheduler =
            Scheduler::start(&Cron::new("* * * * * *").unwrap(), &options(), move |_| {
                let first = runs.fetch_add(1, Ordering::SeqCst) == 0;
                async move { assert!(!first, "a table leg broke") }
            })
            .await
            .unwrap();
        let activity = reached(&scheduler, |activity| activity.finished >= 1).await;
        assert_eq!(
            (activity.panicked, activity.last_panic.as_deref()),
            (1, Some("a table leg broke"))
        );
        assert!(scheduler.stop().await);
    }

    #[tokio::test]
    async fn a_stop_waits_for_the_running_sweep_up_to_its_deadline() {
        for (heeds, clean) in [(true, true), (false, false)] {
            let scheduler = Scheduler::start(
                &Cron::new("@yearly").unwrap(),
                &options(),
                move |stop| async move {
                    if heeds {
                        stop.cancelled().await;
                    } else {
                        std::future::pending::<()>().await;
                    }
                },
            )
            .await
            .unwrap();
            reached(&scheduler, |activity| activity.running).await;
            assert_eq!(scheduler.stop().await, clean);
        }
    }
}
