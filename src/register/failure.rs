//! What can go wrong with a register: a kind for the program to act on, a problem in Dutch for the person.

use std::fmt;

use crate::document::Problem;

/// What sort of failure it is, for who has to decide what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// There is nothing here.
    Missing,
    /// The place itself is not there: no such folder, no such database on the server.
    Nowhere,
    /// Something else than a register stands here, or one stands here already.
    Foreign,
    /// Made by a newer version of the program.
    Newer,
    /// Made by an older version of the program: it can be brought up to date.
    Older,
    /// Half copied, altered, or not readable.
    Damaged,
    /// It can be read but not written.
    ReadOnly,
    /// Another program holds it.
    Busy,
    /// Another file took its place while it was open.
    Replaced,
    /// No room on the disk.
    Full,
    /// The server does not answer, or the line broke: try again.
    Unreachable,
    /// The line to the server is not protected, or nobody vouches for the server.
    Insecure,
    /// The server is too old, or set up so that it may lose what it confirmed.
    Unfit,
    /// The system, the server or the slot does not allow this.
    Denied,
    /// The slot with which it was unlocked was taken away since.
    Withdrawn,
    /// All of it was put in another place, where the work goes on.
    Moved,
    /// The passphrase or recovery key is another one.
    WrongPassphrase,
    /// A rule of the register forbids it.
    Refused,
    /// Who waited for it, asked to stop.
    Stopped,
    /// Anything else.
    Failed,
}

/// A failure: what sort, and what to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What sort.
    pub kind: Kind,
    /// In Dutch, with what to do. Never with personal data.
    pub problem: Problem,
}

impl Failure {
    /// A failure with its message (lower case, no full stop) and advice (whole sentences).
    pub fn new(kind: Kind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            kind,
            problem: Problem::error(message).hint(hint),
        }
    }

    /// The same failure, at this file or server.
    pub(super) fn at(mut self, place: impl Into<String>) -> Self {
        if self.problem.file.is_empty() {
            self.problem.file = place.into();
        }
        self
    }

    /// A record that does not hold what it should. `what` names it, as in "een dossier".
    pub(super) fn damaged(what: &str) -> Self {
        Self::new(
            Kind::Damaged,
            format!("{what} is beschadigd of veranderd buiten het programma om"),
            "De rest blijft leesbaar. Controleer het register, en zet zo nodig een reservekopie terug.",
        )
    }

    /// A fault of the program or the system that nobody can repair by typing.
    pub(super) fn internal(what: &str) -> Self {
        Self::new(Kind::Failed, what, "Meld dit bij de beheerder.")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Failure {}
