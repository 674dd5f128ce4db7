//! What a person leaves behind when the window locks: the dossier with all its steps and the sheet that was half filled
//! in, as text that is sealed until the same person unlocks.
//!
//! It must not know how that is sealed, nor who shows it again.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Id;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use zeroize::Zeroizing;

use super::document::{Document, Keeping};
use super::forms::begin::Beginning;
use super::forms::changing::Changing;
use super::history::{History, Trail};
use super::home::Home;
use super::view::Part;
use crate::budget::Library;
use crate::dossier::Dossier;
use crate::register::{Base, DossierId, Failure, Kind, Typed};

/// What was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// No dossier.
    Nothing,
    /// One of the register, on this revision.
    InRegister {
        /// Which.
        id: DossierId,
        /// The revision that it was based on.
        base: Base,
    },
    /// A loose one.
    Loose {
        /// Its file, if it has one.
        file: Option<PathBuf>,
        /// Under which id it stands in the journal, if it does.
        journalled: Option<DossierId>,
    },
}

/// All that is left behind.
#[derive(Serialize, Deserialize)]
pub struct Left {
    /// What was open.
    pub open: Open,
    /// The path of the part that was shown.
    part: String,
    trail: Option<Trail<Stored>>,
    /// Texts that fields refused, in a loose dossier; those in one of the register stand in the journal.
    typed: Vec<Typed>,
    /// What the dossier was held against, with its name.
    #[serde(default)]
    earlier: Option<(String, Stored)>,
    changing: Option<Value>,
    beginning: Option<Value>,
    /// The file for home that filled the window.
    home: Option<Value>,
}

/// A dossier as one step of what is left.
struct Stored(Arc<Dossier>);

impl Serialize for Stored {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tree = Value::deserialize(deserializer)?;
        let dossier = Dossier::from_stored(tree).map_err(de::Error::custom)?;
        Ok(Self(Arc::new(dossier)))
    }
}

fn unwritten<E>(_: E) -> Failure {
    Failure::new(
        Kind::Failed,
        "het register is niet op slot: het open werk is niet te verzegelen",
        "Ga verder met uw wachtzin, sla op, en meld dit bij de beheerder.",
    )
}

fn unread<E>(_: E) -> Failure {
    Failure::new(
        Kind::Damaged,
        "wat open stond bij het vergrendelen is niet meer te openen",
        "Open het dossier opnieuw. Wat in het register en in uw werkvoorraad staat, is er nog.",
    )
}

impl Left {
    /// What is open now, in this part.
    pub fn of(document: Option<&Document>, journalled: Option<DossierId>, part: Part) -> Self {
        let open = match document.map(|document| (document.in_register(), document.path())) {
            None => Open::Nothing,
            Some((Some(place), _)) => Open::InRegister {
                id: place.id,
                base: place.base,
            },
            Some((None, file)) => Open::Loose {
                file: file.map(ToOwned::to_owned),
                journalled,
            },
        };
        let keep = |step: &Arc<Dossier>| Stored(Arc::clone(step));
        Self {
            typed: match open {
                Open::Loose { .. } => document.map(Document::typed).unwrap_or_default(),
                Open::Nothing | Open::InRegister { .. } => Vec::new(),
            },
            trail: document.map(|document| document.steps().trail(keep)),
            earlier: document.and_then(Document::earlier).map(|earlier| {
                let dossier = Arc::new(earlier.dossier().clone());
                (earlier.name().to_owned(), Stored(dossier))
            }),
            open,
            part: part.path(),
            changing: None,
            beginning: None,
            home: None,
        }
    }

    /// With the sheets that were being filled in.
    ///
    /// # Errors
    /// A sheet cannot be written, which would be a fault of the program.
    pub fn with_sheets(
        self,
        changing: Option<&Changing>,
        beginning: Option<&Beginning>,
    ) -> Result<Self, Failure> {
        let changing = changing.map(serde_json::to_value).transpose();
        let beginning = beginning.map(serde_json::to_value).transpose();
        Ok(Self {
            changing: changing.map_err(unwritten)?,
            beginning: beginning.map_err(unwritten)?,
            ..self
        })
    }

    /// With the file for home that fills the window.
    ///
    /// # Errors
    /// It cannot be written, which would be a fault of the program.
    pub fn with_home(self, home: Option<&Home>) -> Result<Self, Failure> {
        let left = home.map(|home| home.left().ok_or_else(|| unwritten(())));
        Ok(Self {
            home: left.transpose()?,
            ..self
        })
    }

    /// Whether nothing is left at all.
    pub fn is_nothing(&self) -> bool {
        self.open == Open::Nothing && self.beginning.is_none() && self.home.is_none()
    }

    /// As text, to be sealed.
    ///
    /// # Errors
    /// It cannot be written, which would be a fault of the program.
    pub fn to_text(&self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        serde_json::to_vec(self)
            .map(Zeroizing::new)
            .map_err(unwritten)
    }

    /// Reads what [`Left::to_text`] made.
    ///
    /// # Errors
    /// It is something else.
    pub fn of_text(text: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(text).map_err(unread)
    }

    /// The part that was shown.
    pub fn part(&self) -> Part {
        Part::of_path(&self.part)
    }

    /// The steps of the dossier.
    pub fn take_steps(&mut self) -> Option<History<Dossier>> {
        let trail = self.trail.take()?;
        Some(History::of_trail(trail, |Stored(dossier)| dossier))
    }

    /// Holds the dossier, opened again, against what it was held against.
    pub fn compare_again(&mut self, document: &mut Document) {
        if let Some((name, Stored(dossier))) = self.earlier.take() {
            document.compare_with(&name, Arc::unwrap_or_clone(dossier));
        }
    }

    /// The refused texts of a loose dossier.
    pub fn take_typed(&mut self) -> Vec<Typed> {
        std::mem::take(&mut self.typed)
    }

    /// The sheet of a change of a line.
    pub fn take_changing(&mut self) -> Option<Changing> {
        serde_json::from_value(self.changing.take()?).ok()
    }

    /// The sheet of a new dossier.
    pub fn take_beginning(&mut self) -> Option<Beginning> {
        serde_json::from_value(self.beginning.take()?).ok()
    }

    /// The file for home, in the field that had the keyboard.
    ///
    /// # Errors
    /// It is something else.
    pub fn take_home(&mut self, today: Date, field: Option<Id>) -> Result<Option<Home>, Failure> {
        let Some(left) = self.home.take() else {
            return Ok(None);
        };
        Home::of_left(left, today, field)
            .map(Some)
            .ok_or_else(|| unread(()))
    }

    /// The loose dossier, compared with what stands in its file now.
    pub fn take_loose(&mut self, library: &Arc<Library>, today: Date) -> Option<Document> {
        let Open::Loose { file, .. } = &self.open else {
            return None;
        };
        let file = file.clone();
        let history = self.take_steps()?;
        let clean = !history.is_changed() && self.typed.is_empty();
        let keeping = file.clone().map_or(Keeping::Nowhere, Keeping::File);
        let mut document =
            Document::with_steps(history, keeping.clone(), Arc::clone(library), today);
        let Some(file) = file else {
            return Some(document);
        };
        match Document::open(&file, Arc::clone(library), today) {
            Ok(there) => match document.steps().find(there.dossier()).cloned() {
                // A save that was still on its way when the window locked is a step too.
                Some(own) => document.mark_saved(keeping, own),
                None if clean => return Some(there),
                None => document.forget_saved(),
            },
            Err(_) => document.forget_saved(),
        }
        Some(document)
    }
}
