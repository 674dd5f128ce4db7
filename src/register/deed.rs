//! What the log says that somebody did.
//!
//! It must not know how a line is sealed, or what stood before it.

use serde::{Deserialize, Serialize};

use super::audit::Head;
use super::dossiers::DossierId;
use super::keys::Role;
use crate::document::Hex;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Deed {
    /// The register was made.
    Founded,
    /// Somebody unlocked it.
    Unlocked,
    /// Somebody got a slot.
    SlotAdded {
        /// Its number.
        slot: i64,
        /// Its name.
        name: String,
        /// Whether it opens figures alone.
        finance: bool,
        /// Fingerprint of what lies in it.
        digest: Hex<32>,
    },
    /// A slot was taken away.
    SlotRemoved {
        /// Its number.
        slot: i64,
        /// Its name.
        name: String,
    },
    /// A slot got another passphrase.
    PassphraseChanged {
        /// Its number.
        slot: i64,
        /// Fingerprint of what lies in it now.
        digest: Hex<32>,
    },
    /// A dossier was opened, in this revision.
    Opened {
        /// Which.
        dossier: DossierId,
        /// As it was then.
        revision: i64,
    },
    /// A revision was saved.
    Saved {
        /// Which.
        dossier: DossierId,
        /// The new one.
        revision: i64,
        /// Fingerprint of its two sealed parts.
        digest: Hex<32>,
    },
    /// A decision was made definitive; what was saved with it stands in the same line.
    Definitive {
        /// Which.
        dossier: DossierId,
        /// The revision that can not change any more.
        revision: i64,
        /// Fingerprint of its two sealed parts.
        digest: Hex<32>,
        /// Number of the decision.
        number: String,
        /// Fingerprint of the sealed receipt.
        receipt: Hex<32>,
    },
    /// A letter or a calculation was printed.
    Printed {
        /// Of which.
        dossier: DossierId,
        /// As it was then.
        revision: i64,
    },
    /// A dossier left the register.
    Exported {
        /// Which; nothing: all.
        dossier: Option<DossierId>,
        /// Readable without a passphrase.
        plain: bool,
    },
    /// All that is known of a dossier was written for the person concerned.
    Accessed {
        /// Which.
        dossier: DossierId,
        /// Readable without a passphrase.
        plain: bool,
    },
    /// The account of a decision was written, without names.
    Accounted {
        /// Of which.
        dossier: DossierId,
        /// Readable without a passphrase.
        plain: bool,
    },
    /// Somebody made a backup; at unlocking they come by themselves, without a line.
    Copied,
    /// A dossier was destroyed.
    Destroyed {
        /// Which.
        dossier: DossierId,
        /// Because the client asked, and not because its term had passed.
        on_request: bool,
    },
    /// The register was put back from a backup.
    Restored {
        /// Number and hash of the last line before that.
        before: Head,
    },
    /// A backup took the place of a register that was damaged or gone, before anybody unlocked.
    Rescued,
    /// All of the register was put in another place too, before this unlocking.
    Moved,
    /// All of the register was put here from another place, before this unlocking.
    Arrived,
    /// That it was put in another place, was taken back, before this unlocking.
    Stayed,
    /// Something that this version of the program does not know, because a newer one did it. It is read and never written.
    #[serde(skip)]
    Unknown {
        /// The dossier that it is about, if that is told.
        dossier: Option<DossierId>,
    },
}

impl Deed {
    /// The dossier that it is about, if it is about one.
    pub fn dossier(&self) -> Option<DossierId> {
        match self {
            Self::Opened { dossier, .. }
            | Self::Saved { dossier, .. }
            | Self::Definitive { dossier, .. }
            | Self::Printed { dossier, .. }
            | Self::Accessed { dossier, .. }
            | Self::Accounted { dossier, .. }
            | Self::Destroyed { dossier, .. } => Some(*dossier),
            Self::Exported { dossier, .. } | Self::Unknown { dossier } => *dossier,
            Self::Founded
            | Self::Unlocked
            | Self::SlotAdded { .. }
            | Self::SlotRemoved { .. }
            | Self::PassphraseChanged { .. }
            | Self::Restored { .. }
            | Self::Copied
            | Self::Rescued
            | Self::Moved
            | Self::Arrived
            | Self::Stayed => None,
        }
    }

    /// In words, for a list.
    pub fn dutch(&self) -> String {
        match self {
            Self::Founded => "register gemaakt".to_owned(),
            Self::Unlocked => "register geopend".to_owned(),
            Self::SlotAdded { name, finance, .. } => {
                let role = if *finance { Role::Finance } else { Role::Full };
                format!("toegang gegeven aan «{name}» ({})", role.label())
            }
            Self::SlotRemoved { name, .. } => format!("toegang van «{name}» ingetrokken"),
            // The second slot is that of the recovery key, from the creation on.
            Self::PassphraseChanged { slot: 2, .. } => "herstelsleutel vernieuwd".to_owned(),
            Self::PassphraseChanged { .. } => "wachtzin gewijzigd".to_owned(),
            Self::Opened { revision, .. } => format!("geopend, versie {revision}"),
            Self::Saved { revision, .. } => format!("opgeslagen als versie {revision}"),
            Self::Definitive {
                revision, number, ..
            } => format!("definitief gemaakt: besluit {number}, versie {revision}"),
            Self::Printed { revision, .. } => format!("afgedrukt, versie {revision}"),
            Self::Exported { dossier, plain } => {
                let what = match dossier {
                    Some(_) => "dossier uitgevoerd",
                    None => "alle dossiers uitgevoerd",
                };
                left(what, *plain)
            }
            Self::Accessed { plain, .. } => left("inzage voor de cliënt gemaakt", *plain),
            Self::Accounted { plain, .. } => left("verantwoording zonder namen gemaakt", *plain),
            Self::Copied => "reservekopie gemaakt".to_owned(),
            Self::Unknown { .. } => {
                "iets dat deze versie van maatwerk nog niet kent; een nieuwere versie zegt wat"
                    .to_owned()
            }
            Self::Destroyed { on_request, .. } => {
                let why = if *on_request {
                    "op verzoek"
                } else {
                    "bewaartermijn voorbij"
                };
                format!("vernietigd ({why})")
            }
            Self::Rescued => {
                "reservekopie teruggezet in plaats van een beschadigd of verdwenen register"
                    .to_owned()
            }
            Self::Moved => {
                "het hele register naar een andere plaats overgezet; hier wordt niet meer gewerkt"
                    .to_owned()
            }
            Self::Arrived => {
                "het hele register van een andere plaats hierheen overgezet".to_owned()
            }
            Self::Stayed => {
                "het overzetten naar een andere plaats herroepen; er wordt hier weer gewerkt"
                    .to_owned()
            }
            Self::Restored { before } => {
                format!(
                    "reservekopie teruggezet; het logboek had {} regels",
                    before.seq
                )
            }
        }
    }
}

/// What left the register, and how.
fn left(what: &str, plain: bool) -> String {
    let how = if plain {
        "zonder beveiliging"
    } else {
        "beveiligd"
    };
    format!("{what}, {how}")
}
