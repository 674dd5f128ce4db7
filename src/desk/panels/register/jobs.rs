//! The work that the screens of the register ask for, and what came of it.
//!
//! It passes a job to the screen that asked; what a screen shows, it must not know.

use std::path::PathBuf;

use jiff::Timestamp;

use super::{Around, Screen, backups, definitive, keeping, log, people, versions};
use crate::dossier::Dossier;
use crate::register::{DossierId, Failure, Loaded, Register};

/// Work in the register that a screen asks for.
#[derive(Debug)]
pub enum Job {
    /// Of the versions.
    Versions(versions::Job),
    /// Of making definitive.
    Definitive(definitive::Job),
    /// Of the log.
    Log(log::Job),
    /// Of the backups.
    Backups(backups::Job),
    /// Of keeping.
    Keeping(keeping::Job),
    /// Of people.
    People(people::Job),
}

/// What came of a job, for the screen that asked.
#[derive(Debug)]
pub(super) enum Told {
    Versions(versions::Told),
    Definitive(definitive::Told),
    Log(log::Told),
    Backups(backups::Told),
    Keeping(keeping::Told),
    People(people::Told),
}

/// What came of a job, as a whole.
#[derive(Debug)]
pub struct Answer {
    pub(super) screen: Screen,
    /// The dossier that was asked about, if the screen shows one.
    pub(super) about: Option<DossierId>,
    pub(super) told: Result<Told, Failure>,
    pub(super) news: Option<News>,
}

/// What a job changed or found outside of its screen.
#[derive(Debug)]
pub enum News {
    /// Show this dossier for reading only, with these words about what it is.
    Read(Box<Loaded>, String),
    /// The open dossier now stands in the register as this, with these words about what was done.
    Stands(Box<Loaded>, String),
    /// Begin this dossier, which follows up the decision of another.
    FollowUp(Box<Dossier>, DossierId),
    /// These dossiers are no longer there, with words about that and about what went wrong with it.
    Gone {
        /// Which.
        ids: Vec<DossierId>,
        /// What is said.
        words: String,
    },
    /// Something in the list of dossiers changed, with these words about it.
    Changed(String),
    /// The whole register is another one than before.
    Replaced(String),
    /// A backup was made in this folder, in which they come from now on.
    BackupsIn(PathBuf),
    /// A thing done.
    Done(String),
}

/// What a job made: words for its screen, and news for the window.
pub(super) type Made<T> = Result<(T, Option<News>), Failure>;

impl Job {
    /// Which screen asked.
    pub(super) fn screen(&self) -> Screen {
        match self {
            Self::Versions(_) => Screen::Versions,
            Self::Definitive(_) => Screen::Definitive,
            Self::Log(_) => Screen::Log,
            Self::Backups(_) => Screen::Backups,
            Self::Keeping(_) => Screen::Keeping,
            Self::People(_) => Screen::People,
        }
    }

    /// What is going on, for who waits for it, and whether it may be stopped half way.
    pub(super) fn doing(&self) -> (&'static str, bool) {
        match self {
            Self::Log(log::Job::Check(_)) | Self::Backups(backups::Job::Check) => {
                ("Bezig met controleren", true)
            }
            Self::Backups(backups::Job::Make | backups::Job::MakeIn(_)) => {
                ("Bezig met de reservekopie", true)
            }
            Self::Backups(backups::Job::Restore(..)) => ("Bezig met terugzetten", false),
            Self::Keeping(keeping::Job::Destroy { .. }) => ("Bezig met vernietigen", true),
            Self::Keeping(keeping::Job::Export { .. }) => ("Bezig met uitvoeren", true),
            Self::Keeping(keeping::Job::Import { .. }) => ("Bezig met invoeren", true),
            _ => ("Bezig", false),
        }
    }

    /// Whether it does for good what may be done on a certain day, which has to be today.
    pub fn is_of_today(&self) -> bool {
        matches!(
            self,
            Self::Definitive(definitive::Job::Make(_))
                | Self::Keeping(keeping::Job::Destroy { .. })
        )
    }

    /// Whether it puts another register in the place of the one that is open.
    pub fn replaces(&self) -> bool {
        matches!(self, Self::Backups(backups::Job::Restore(..)))
    }

    /// Whether nothing is lost when it does not come to its end.
    pub(super) fn is_only_looking(&self) -> bool {
        matches!(
            self,
            Self::Log(log::Job::Check(_)) | Self::Backups(backups::Job::Check)
        )
    }

    /// The dossier that it asks about, for a screen that shows one.
    fn about(&self) -> Option<DossierId> {
        match self {
            Self::Versions(job) => Some(job.about()),
            Self::Definitive(job) => Some(job.about()),
            Self::Log(_) | Self::Backups(_) | Self::Keeping(_) | Self::People(_) => None,
        }
    }

    /// Does the work; `now` stands in the log.
    pub fn carry_out(self, register: &mut Register, around: &Around, now: Timestamp) -> Answer {
        fn answer<T>(
            (screen, about): (Screen, Option<DossierId>),
            made: Made<T>,
            wrap: fn(T) -> Told,
        ) -> Answer {
            match made {
                Ok((told, news)) => Answer {
                    screen,
                    about,
                    told: Ok(wrap(told)),
                    news,
                },
                Err(failure) => Answer {
                    screen,
                    about,
                    told: Err(failure),
                    news: None,
                },
            }
        }
        let screen = (self.screen(), self.about());
        register.watch(around.progress.clone());
        match self {
            Self::Versions(job) => {
                answer(screen, job.carry_out(register, around, now), Told::Versions)
            }
            Self::Definitive(job) => {
                let made = job.carry_out(register, around, now);
                answer(screen, made, Told::Definitive)
            }
            Self::Log(job) => answer(screen, job.carry_out(register, around), Told::Log),
            Self::Backups(job) => {
                answer(screen, job.carry_out(register, around, now), Told::Backups)
            }
            Self::Keeping(job) => {
                answer(screen, job.carry_out(register, around, now), Told::Keeping)
            }
            Self::People(job) => answer(screen, job.carry_out(register, around, now), Told::People),
        }
    }
}
