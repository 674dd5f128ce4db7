//! How far long work in a register is, for who waits for it, and the wish to stop it.
//!
//! It is shared between the thread that works and the one that looks. What is counted, and how it is shown, it must not
//! know.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::failure::{Failure, Kind};
use super::session::Register;

/// How far long work is. A copy looks at the same work.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    counts: Arc<Counts>,
    stops: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct Counts {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// Of work that stops when this becomes true.
    pub fn stopped_by(stops: Arc<AtomicBool>) -> Self {
        Self {
            counts: Arc::default(),
            stops,
        }
    }

    /// How many are done, and of how many; 0 while that is not known.
    pub fn so_far(&self) -> (usize, usize) {
        let Counts { done, total } = &*self.counts;
        (done.load(Ordering::Relaxed), total.load(Ordering::Relaxed))
    }

    /// Asks the work to stop before the next one.
    pub fn stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
    }

    /// Whether that was asked.
    pub fn is_stopped(&self) -> bool {
        self.stops.load(Ordering::Relaxed)
    }

    /// There are so many to do, as far as known.
    pub fn begin(&self, total: usize) {
        self.counts.done.store(0, Ordering::Relaxed);
        self.counts.total.store(total, Ordering::Relaxed);
    }

    /// Another one begins. Error: the work was asked to stop.
    pub fn step(&self) -> Result<(), Failure> {
        if self.is_stopped() {
            return Err(Failure::new(
                Kind::Stopped,
                "het werk is gestopt voordat het klaar was",
                "Begin opnieuw als u het wel wilt.",
            ));
        }
        self.counts.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Register {
    /// From now on the long work in this register tells here how far it is, and stops when that is asked here: checking,
    /// backups, taking in and writing out dossiers.
    pub fn watch(&mut self, progress: Progress) {
        self.progress = progress;
    }

    /// Where long work tells how far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }
}
