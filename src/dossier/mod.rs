//! The dossier: client, dates, provisions with their reasons, and the evaluation of all of it.
//!
//! [`Dossier`] is the document, [`Dossier::evaluate`] the one evaluation that every reader shares,
//! [`Receipt`] what a definitive decision keeps of it, so that it can be redone years later.
//! This room must not know how things look on screen or paper, and it does no I/O.

pub mod address;
mod articles;
mod beside_norm;
pub mod bsn;
mod changes;
mod check;
mod clocks;
mod contribution;
mod dates;
mod effect;
mod evaluation;
mod file;
mod floors;
mod investigation;
mod labels;
mod occasion;
mod overrides;
pub mod person;
mod receipt;
mod review;
mod revision;
mod scenarios;
mod stored;
mod summary;
mod taken_back;
mod together;
mod told;

pub(crate) use changes::trim;
pub use changes::{Changed, Earlier, LineChange, Step};
pub use clocks::{Clock, ClockKind, ClockState, Course};
pub use contribution::Contribution;
pub use effect::{Compared, Effect};
pub use evaluation::Evaluation;
pub use file::{
    Client, Contact, Dates, Dossier, Extension, FORMAT, Ground, Motivation, MovedEnd, Outcome,
    Provision, Signatory, Suspension, Wlz, Wording,
};
pub use investigation::{
    Answer, Investigation, InvestigationStep, PriorAnswer, PriorOutcome, SafetySignal, StepState,
    Taken,
};
pub use labels::label;
pub use occasion::{Founded, Hearing, LetterKind, Occasion, Subject};
pub use overrides::{Made, Override};
pub use receipt::{DataFile, Receipt, slice};
pub use review::{Reached, ResultReview, Review};
pub use revision::RevisionGround;
pub use scenarios::{
    Away, Condition, Conditions, Contract, Cost, CostAmount, CostKind, Hired, Holidays, LaterRate,
    OwnFloor, Scenario, ScenarioLine, Weekday, Work,
};
pub use stored::{StoredError, bring_up};
pub use summary::{Sum, Summary, Sums, YearSummary};
pub use taken_back::{Decided, fewer_hours, less_money, minutes, taken_back_since};
