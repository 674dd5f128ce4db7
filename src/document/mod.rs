//! Documents: RON text in, typed values out, and files written so that a crash never leaves half of one.
//!
//! * [`Problem`] is what every room says when an input is not right: which file, line, column and field, what is
//!   wrong and what to do, in Dutch.
//! * [`read`] turns bytes into a value and lists *all* the problems of a file, each at its place; [`read_as_far`] gives
//!   the rest of a file with mistakes too, with a [`Doubt`] that says which parts of it to leave alone.
//! * [`Outline`] and [`locate`] find the line and column of a field path, for checks that come after reading.
//! * [`Picture`] is a PNG as plain colours.
//! * [`read_file`], [`write_atomic`] and [`write_atomic_by`] are the only doors to the disk.
//!
//! This room must not know what a dossier or a catalogue is: it knows text, places and files.

mod diagnose;
mod doubt;
mod element;
mod fault;
mod file;
mod hex;
mod outline;
mod parts;
mod picture;
mod reading;
mod scan;
mod stand_in;
mod syntax;
#[cfg(test)]
mod tests;

use std::fmt;

pub use doubt::Doubt;
pub use file::{read_file, write_atomic, write_atomic_by, write_new};
pub use hex::{Hex, HexError};
pub use outline::{MAX_DEPTH, Outline, Place, locate};
pub use picture::{MAX_PICTURE_BYTES, Picture};
pub use reading::{
    MAX_BYTES, check_format, decode, read, read_as_far, read_text, read_versioned, unique,
};

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input cannot be used for its purpose.
    Error,
    /// The input can be used; somebody should look at it.
    Warning,
}

/// One problem in an input, for people, in Dutch.
///
/// `Display` gives one line: `bestand:regel:kolom: veld: melding. hint`; parts that are not known are left out, and a
/// warning starts its message with "let op".
///
/// ```
/// use maatwerk::document::Problem;
/// let problem = Problem::error("einddatum ligt voor de begindatum")
///     .field("regels[1].tot")
///     .hint("Pas een van beide data aan.")
///     .in_file("jansen.ron")
///     .at(12, 5);
/// assert_eq!(
///     problem.to_string(),
///     "jansen.ron:12:5: regels[1].tot: einddatum ligt voor de begindatum. Pas een van beide data aan."
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The file as the user named it; empty where there is none (a form).
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
    /// The path of the field, such as `regels[1].tot`; empty for the whole.
    pub field: String,
    /// What is wrong: one sentence without a full stop, starting in lower case.
    pub message: String,
    /// What to do about it: whole sentences; may be empty.
    pub hint: String,
    /// Whether it stops the work.
    pub severity: Severity,
}

impl Problem {
    /// An error with this message; file, place, field and hint are added by the methods below.
    pub fn error(message: impl Into<String>) -> Self {
        Problem {
            file: String::new(),
            line: None,
            column: None,
            field: String::new(),
            message: message.into(),
            hint: String::new(),
            severity: Severity::Error,
        }
    }

    /// A warning with this message.
    pub fn warning(message: impl Into<String>) -> Self {
        Problem {
            severity: Severity::Warning,
            ..Problem::error(message)
        }
    }

    /// The same problem with this path of the field.
    pub fn field(mut self, path: impl Into<String>) -> Self {
        self.field = path.into();
        self
    }

    /// The same problem with this advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same problem in this file.
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = file.into();
        self
    }

    /// The same problem at this line and column, both from 1.
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// The same problem seen from an enclosing element: `postcode` within `client.address` is
    /// `client.address.postcode`, `[2]` within `lines` is `lines[2]`.
    pub fn within(mut self, prefix: &str) -> Self {
        self.field = if self.field.is_empty() {
            prefix.to_owned()
        } else if prefix.is_empty() || self.field.starts_with('[') {
            format!("{prefix}{}", self.field)
        } else {
            format!("{prefix}.{}", self.field)
        };
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
                if let Some(column) = self.column {
                    write!(f, ":{column}")?;
                }
            }
            f.write_str(": ")?;
        } else if let Some(line) = self.line {
            write!(f, "regel {line}: ")?;
        }
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        if self.severity == Severity::Warning {
            f.write_str("let op: ")?;
        }
        f.write_str(&self.message)?;
        if !self.message.ends_with(['.', '?', '!']) {
            f.write_str(".")?;
        }
        if !self.hint.is_empty() {
            write!(f, " {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
