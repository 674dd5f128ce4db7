//! The register: keeps dossiers, found again in a blink, safe against crashes and against readers.
//!
//! It holds dossiers with their revisions, the log of who did what, decisions with their receipts, and who has what
//! open. It reads no clock: times come in as arguments. It must not know windows, letters or the command line, and it
//! never prints.
//!
//! # Where it lives
//!
//! In one SQLite file by default, on a PostgreSQL server for a team. The statements are the same text for both
//! (`store`): tables of whole numbers and sealed bytes, nothing that a server could read. SQLite runs in WAL mode with
//! `synchronous=FULL`, so that a commit is on the disk when it returns; on PostgreSQL the session asks for
//! `synchronous_commit=on` and refuses a server that runs without `fsync`.
//!
//! | table | holds |
//! |---|---|
//! | `register` | one row: id, format, number and hash of the last line of the log |
//! | `slot` | per person: name, role, and the data keys sealed with the passphrase |
//! | `dossier` | per dossier: its current revision and two sealed index records |
//! | `revision` | every revision that was ever saved: two sealed parts and the token of the save |
//! | `decision` | definitive decisions: number, dossier, the receipt sealed whole and, for finance, without names |
//! | `destruction` | dossiers that were destroyed, so that no backup brings them back |
//! | `given` | per dossier the highest number of a revision, where a backup was put back that does not know it |
//! | `slot_given` | the highest number that a slot had before a backup was put back |
//! | `lease` | who has a dossier open, since when |
//! | `audit` | the log: sealed lines, each with the hash of all before it |
//! | `setting` | what a person sets for oneself, sealed |
//!
//! # Keys
//!
//! Two random keys of 256 bits, made at creation. Under **person** lie names, addresses, research and every free text;
//! under **figures** lie products, hours, dates, states, the log and who has what open. `parts` splits a dossier by a
//! list of the fields that finance may see: a field that is not on it is personal, so that one that is forgotten is
//! hidden and not shown. A slot holds both keys, or figures alone for a person of finance. A slot is an age file
//! (scrypt passphrase, N = 2^17: 128 MB and under a second a guess) with a fingerprint that tells damage from a wrong
//! passphrase; the recovery slot is one for an X25519 key that is shown once. Another passphrase seals the same keys
//! anew and touches no record. Who knew a key and kept a copy of the file can read that copy: taking a slot away
//! closes this register, not copies.
//!
//! # Records
//!
//! XChaCha20-Poly1305 with a random nonce of 192 bits per record, so that nonces need no counter that a backup could
//! turn back. The plain text is padded to a multiple of 64 bytes. Bound to it (as associated data) are the id of the
//! register, what it is, the revision and the id of the record: a record that is altered, moved to another dossier,
//! another revision, another column or another register does not open. What a record can not know is that a newer one
//! exists; that is what the log is for.
//!
//! # Saving
//!
//! One transaction: wait until no other writer is busy; has this token been saved, then answer as then (a commit whose
//! answer was lost on the line can be sent again); is the current revision another one than the save was based on, say
//! so and change nothing ([`Base`]: its number and the token of its save, because a backup that was put back can lead to
//! another revision of that number); else add the revision, set the current one with its index records, add the line to the log
//! with the fingerprint of both parts, and commit. So the log, the revision and the index agree or none of them happened.
//! After an error of the disk the connection is opened anew, because what a failed flush left in memory says nothing
//! about the disk.
//!
//! # The journal
//!
//! Work that is not yet saved lies in a second SQLite file on the person's own computer ([`Journal`]), for a team
//! register too, so that a server that is down costs nothing. Every committed change replaces the sealed whole of that
//! dossier in that window: two windows of one person keep their work apart, and both are offered. Unlocking offers what is
//! there; what equals its saved revision is dropped in silence (a crash between save
//! and tidying up).
//!
//! # The log
//!
//! Line *n* is sealed under *figures*, bound to *n* and to the hash of line *n* − 1; its hash covers register, *n*, that
//! hash and the sealed bytes. Without the key no line can be made, moved or left out of the middle: the lines after it
//! would not open. Cutting off the end is the one thing that needs a witness outside: [`Head`] is a line of text to
//! keep elsewhere and to compare. Every save writes the digest of what it saved, so that one record put back to an
//! older state is found by comparing tables with the log ([`Register::check`]).
//!
//! # Formats and backups
//!
//! The tables grow in steps (`store::schema`); an older register is brought up after a backup ([`Register::upgrade`]).
//! A backup is a register in a file, of a server too, and can be put back whole, opened, or taken apart ([`thin`] says
//! how long one is kept). What was destroyed stays destroyed when an older backup is put back, and no number of a decision
//! or a revision is given again: revision 3 of a dossier is one text, also on a paper of before. Where the register itself
//! is damaged or gone, all this is taken from what still opens: the damaged file and the other backups.
//!
//! # Two people
//!
//! A lease says who has a dossier open since when; the caller renews it and it lapses after [`LEASE`]. It is courtesy
//! only: what protects is the revision that a save is based on.
//!
//! # What a reader of the disk or the server sees
//!
//! The names of slots (choose an alias where the name of a colleague is too much), how many dossiers and revisions
//! there are, their sizes in steps of 64 bytes, decision numbers, when rows change, and who of the sessions has one
//! open. Not: names, numbers of dossiers or clients, texts, amounts, dates, neighbourhoods, or what was searched.
//! Whoever can write there can destroy, and can put the whole back to an older state (see the log); whoever holds the
//! figures key can forge figures and lines of the log, and is a colleague with a name.

mod access;
mod aside;
mod audit;
mod backup;
mod caseload;
mod check;
mod copying;
mod deed;
mod definitive;
mod differences;
mod dossiers;
mod entry;
mod exchange;
mod failure;
mod index;
mod journal;
mod keys;
mod leases;
mod marks;
mod moving;
mod named;
mod parts;
mod progress;
mod renewing;
mod rescue;
mod restore;
mod retention;
mod seal;
mod search;
mod session;
mod settings;
mod slots;
mod store;

pub use crate::document::Hex;
pub use access::Outs;
pub use audit::{Head, Line, Numbered};
pub use backup::{BACKUP_WEEKS, Backup, Schedule, backups, thin};
pub use caseload::{Caseload, Counts, Due, Step, Urgency, due};
pub use check::{Checked, Fault};
pub use deed::Deed;
pub use definitive::{Asked, Decided, Deciding, Made, as_follow_up, blocks};
pub use differences::{Change, Difference, differences};
pub use dossiers::{Base, DossierId, Loaded, Meta, Save, Saved, State, Version};
pub use entry::{About, Entry, Who};
pub use exchange::{
    Imported, Incoming, Protection, Twin, documents, protect, source_beside, write_whole,
};
pub use failure::{Failure, Kind};
pub use index::Index;
pub use journal::{Journal, Offered, Pen, Pending, Rows, Typed, Work, WorkOf};
pub use keys::{Effort, Passphrase, RecoveryKey, Role};
pub use leases::{Holder, LEASE, Lease};
pub use moving::Moved;
pub use parts::{WITHHELD, withholds};
pub use progress::Progress;
pub use rescue::{Rescued, Spare, spares};
pub use restore::{Damage, Restored};
pub use retention::{Destroyed, Destruction, Ground, YEARS, kept_until};
pub use search::{Order, Query};
pub use session::{Founded, Register};
pub use slots::Slot;
pub use store::Address;
