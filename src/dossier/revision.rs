//! The grounds on which a decision that was taken may be changed or withdrawn (Wmo 2015 art. 2.3.10 lid 1). This must not
//! know how a letter words them.

use serde::{Deserialize, Serialize};

/// What the college found, so that it may change or withdraw its decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RevisionGround {
    /// The client gave data that were wrong or not complete, and true ones would have led to another decision (a).
    WrongData,
    /// The client does not need it any longer (b).
    NotNeeded,
    /// It is not enough any more (c).
    NotEnough,
    /// The client does not keep to the conditions that belong to it (d).
    Conditions,
    /// The client does not use it, or uses it for something else (e).
    OtherUse,
}

impl RevisionGround {
    /// All, in the order of the law.
    pub const ALL: [Self; 5] = [
        Self::WrongData,
        Self::NotNeeded,
        Self::NotEnough,
        Self::Conditions,
        Self::OtherUse,
    ];

    /// The name on screen, with its letter in the law.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::WrongData => "a: onjuiste of onvolledige gegevens",
            Self::NotNeeded => "b: niet langer op de hulp aangewezen",
            Self::NotEnough => "c: de hulp is niet meer toereikend",
            Self::Conditions => "d: voldoet niet aan de voorwaarden",
            Self::OtherUse => "e: niet of voor een ander doel gebruikt",
        }
    }
}
