//! Work beside the window: one thread does what it is asked in order, so that no frame waits for a disk, a network folder
//! or a database.
//!
//! It keeps what its jobs work on (nothing for files, the open register for the register), runs what it is given and hands
//! back the answers; what is read or written, and what the answer means, it must not know.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use egui::Context;

type Job<Kept, Answer> = Box<dyn FnOnce(&mut Kept) -> Answer + Send>;

/// The thread, what it was asked, and what it answered.
pub struct Disk<Kept, Answer> {
    /// Empty only while the program ends.
    jobs: Option<Sender<Job<Kept, Answer>>>,
    answers: Receiver<Answer>,
    /// What draws a frame after an answer, once there is a window.
    window: Arc<OnceLock<Context>>,
    /// How many answers are still to come.
    open: usize,
    /// An answer that was waited for.
    next: Option<Answer>,
    thread: Option<JoinHandle<()>>,
}

impl<Kept: Send + 'static, Answer: Send + 'static> Disk<Kept, Answer> {
    /// Starts the thread with what its jobs work on; `broken` is the answer of a job that did not come to its end.
    pub fn start(mut kept: Kept, broken: fn() -> Answer) -> Self {
        let window = Arc::new(OnceLock::<Context>::new());
        let wake = Arc::clone(&window);
        let (jobs, asked) = channel::<Job<Kept, Answer>>();
        let (answer, answers) = channel();
        let thread = std::thread::spawn(move || {
            for job in asked {
                // A fault in one job must not leave the next save undone.
                let done = catch_unwind(AssertUnwindSafe(|| job(&mut kept)));
                let done = done.unwrap_or_else(|_| broken());
                if answer.send(done).is_err() {
                    // The window is gone; what was asked is still done.
                    continue;
                }
                if let Some(ctx) = wake.get() {
                    ctx.request_repaint();
                }
            }
        });
        Self {
            jobs: Some(jobs),
            answers,
            window,
            open: 0,
            next: None,
            thread: Some(thread),
        }
    }

    /// From now on the window draws a frame after each answer.
    pub fn wake(&self, window: Context) {
        // There is one window, so it is told once.
        let _ = self.window.set(window);
    }

    /// Asks for a job, after those that were asked before.
    pub fn ask(&mut self, job: impl FnOnce(&mut Kept) -> Answer + Send + 'static) {
        if let Some(jobs) = &self.jobs
            && jobs.send(Box::new(job)).is_ok()
        {
            self.open = self.open.saturating_add(1);
        }
    }

    /// Whether answers are still to come.
    pub fn is_busy(&self) -> bool {
        self.open > 0
    }

    /// The next answer, if it is there.
    pub fn answer(&mut self) -> Option<Answer> {
        let answer = self.next.take().or_else(|| self.answers.try_recv().ok())?;
        self.open = self.open.saturating_sub(1);
        Some(answer)
    }

    /// Waits until the next answer is there; gives whether there is one to wait for. For tests, which have no next frame.
    #[cfg(test)]
    pub fn wait(&mut self) -> bool {
        if self.open > 0 && self.next.is_none() {
            self.next = self.answers.recv().ok();
        }
        self.next.is_some()
    }
}

impl<Kept, Answer> Drop for Disk<Kept, Answer> {
    /// Waits for what was asked: a save that was begun is finished.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A thread that failed has nothing left to finish.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_done_in_the_order_in_which_they_were_asked() {
        let mut disk = Disk::start((), || -1);
        for number in 0..100 {
            disk.ask(move |()| number);
        }
        let mut got = Vec::new();
        while disk.wait() {
            got.extend(disk.answer());
        }
        assert_eq!(got, (0..100).collect::<Vec<_>>());
        assert!(!disk.is_busy());
    }

    #[test]
    fn a_job_that_fails_answers_and_leaves_the_next_one_alone() {
        let mut disk = Disk::start((), || "broken");
        disk.ask(|()| panic!("a fault in a job"));
        disk.ask(|()| "done");
        assert!(disk.wait());
        assert_eq!(disk.answer(), Some("broken"));
        assert!(disk.wait());
        assert_eq!(disk.answer(), Some("done"));
    }

    #[test]
    fn what_was_asked_is_done_even_when_the_window_goes() {
        let (begin, begun) = channel::<()>();
        let (end, ended) = channel();
        let mut disk = Disk::start((), || ());
        disk.ask(move |()| begun.recv().unwrap());
        disk.ask(move |()| end.send("saved").unwrap());
        begin.send(()).unwrap();
        drop(disk);
        assert_eq!(ended.try_recv(), Ok("saved"));
    }
}
