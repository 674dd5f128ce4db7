//! The dossier as a document: all that is known and decided about one client.
//!
//! Written as RON with a format version. Texts are kept as typed; amounts are not in it, because
//! they follow from an evaluation.

use super::address::Address;
use super::bsn::Bsn;
use super::investigation::Investigation;
use super::occasion::Occasion;
use super::overrides::Made;
use super::person::Person;
use super::review::Review;
use super::revision::RevisionGround;
use super::scenarios::Scenario;
use crate::budget::FileKind;
use crate::document::{MAX_BYTES, Outline, Problem, decode, read_versioned};
use crate::indication::Line;
use crate::texts::Texts;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format version that this program reads and writes.
pub const FORMAT: u32 = 1;

/// All that is known and decided about one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Format version, now [`FORMAT`].
    pub format: u32,
    /// Case number of the municipality.
    #[serde(default)]
    pub number: String,
    /// CBS code of the municipality.
    pub municipality: String,
    /// Who it is about.
    pub client: Client,
    /// Whom to call.
    #[serde(default)]
    pub contact: Contact,
    /// Who signs, and with which mandate.
    #[serde(default)]
    pub signatory: Signatory,
    /// The dates of the procedure, kept apart.
    #[serde(default)]
    pub dates: Dates,
    /// What was investigated before the decision.
    #[serde(default, skip_serializing_if = "Investigation::is_empty")]
    pub investigation: Investigation,
    /// What the letter is about.
    #[serde(default, skip_serializing_if = "Occasion::is_empty")]
    pub occasion: Occasion,
    /// Parts of the letter that say something else than the standard text, by the name of the part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wordings: BTreeMap<String, Wording>,
    /// The ground, in plain words, on which the decision may give less than an earlier one over days before its own
    /// (Wmo 2015 art. 2.3.10); empty where it gives no less.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub revision_ground: String,
    /// Who overrode which value, and when; why stands with the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Made>,
    /// How the support is evaluated with the client afterwards.
    #[serde(default, skip_serializing_if = "Review::is_empty")]
    pub review: Review,
    /// The provisions that are decided on.
    #[serde(default)]
    pub provisions: Vec<Provision>,
    /// Ways to spend what is granted; the first is what the others are held against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
}

/// The client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Names, sex and birth date.
    pub person: Person,
    /// Citizen service number; may be absent until the decision is definitive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bsn: Option<Bsn>,
    /// Number of the client at the municipality, for letters.
    #[serde(default)]
    pub client_number: String,
    /// Where to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Neighbourhood (wijk), for counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub neighbourhood: Option<String>,
    /// An indication under the Wlz, which usually goes before the Wmo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wlz: Option<Wlz>,
}

/// The days of an indication under the Wlz (Wet langdurige zorg).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wlz {
    /// First day.
    pub from: Date,
    /// Last day, included; absent: open end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// Whom the client can call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the consultant.
    #[serde(default)]
    pub name: String,
    /// Telephone number.
    #[serde(default)]
    pub telephone: String,
    /// Mail address.
    #[serde(default)]
    pub mail: String,
}

/// Who signs on behalf of the college (Awb 10:10).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Function.
    #[serde(default)]
    pub role: String,
    /// The mandate by which this person may sign.
    #[serde(default)]
    pub mandate: String,
}

/// The dates of the procedure (Wmo 2015 art. 2.3.2 and 2.3.5; Awb 3:41, 4:14 and 4:15).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// The need for support was reported (melding).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Date>,
    /// The client handed in a personal plan (persoonlijk plan).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_plan: Option<Date>,
    /// The client got the written outcome of the investigation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investigation: Option<Date>,
    /// Support was applied for (aanvraag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Date>,
    /// Days on which the term of the decision stood still (opschorting).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<Suspension>,
    /// The term of the decision was put off (verlenging).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The decision was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Date>,
    /// The letter was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Date>,
}

/// What a part of the letter says in the place of the standard text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// What it says: a paragraph or a point of a list on each line.
    pub text: String,
    /// The standard text when this was written: another one now means that somebody has to look again.
    pub instead_of: String,
}

/// Days on which the term of the decision stands still (Awb 4:15).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The first day; nothing while it is being filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, the day before the term runs again; nothing while that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The last day on which the applicant may complete the application: without it the term does not stand still (Awb
    /// 4:5 and 4:15 lid 1 a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete_by: Option<Date>,
    /// On which ground.
    #[serde(default)]
    pub ground: Ground,
    /// Why, in plain words.
    #[serde(default)]
    pub reason: String,
}

impl Suspension {
    /// The last day that is known: when the applicant has sent nothing by the day that was named, the term runs again.
    pub fn ends(&self) -> Option<Date> {
        let named = self
            .complete_by
            .filter(|_| self.ground == Ground::Incomplete);
        self.to.or(named)
    }
}

/// The grounds on which the term of a decision stands still (Awb 4:15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Ground {
    /// The applicant was asked to complete the application (lid 1 a, with 4:5).
    #[default]
    Incomplete,
    /// Information was asked abroad (lid 1 b).
    ForeignInformation,
    /// The applicant agreed in writing to wait (lid 2 a).
    Consent,
    /// The delay is the applicant's (lid 2 b).
    Applicant,
    /// The college cannot decide by force majeure (lid 2 c).
    ForceMajeure,
}

/// The last day that the client was told, because the term of the law is not kept (Awb 4:14 lid 1).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The new last day; nothing while it is being filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<Date>,
    /// The day on which the client was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Date>,
    /// Why, in plain words.
    #[serde(default)]
    pub reason: String,
}

/// One provision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Granted or refused.
    #[serde(default)]
    pub outcome: Outcome,
    /// What is granted.
    pub line: Line,
    /// The end that was granted first, when it was moved since (R57).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_end: Option<MovedEnd>,
    /// The ground of the law on which this decision makes it less, more, end sooner or withdraws it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised_on: Option<RevisionGround>,
    /// Why, and what for.
    #[serde(default)]
    pub motivation: Motivation,
}

/// The end of a line that is not the one that was granted first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedEnd {
    /// The last day as it was granted first; absent: open end. Later moves leave it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Date>,
    /// Why it was moved, of the last time.
    pub reason: String,
    /// The day of the earlier decision that moved it; absent: it is this decision that does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Date>,
}

/// Granted, refused or withdrawn (R52, R57).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Outcome {
    /// Granted.
    #[default]
    Granted,
    /// Refused.
    Refused {
        /// The ground, in plain words.
        ground: String,
    },
    /// Granted before, and withdrawn as if it never began: its line ends on its first day, and nothing comes of it.
    Withdrawn {
        /// Why, in plain words.
        reason: String,
    },
}

/// The reasons of one provision and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motivation {
    /// What the client cannot do, and why.
    #[serde(default)]
    pub limitations: String,
    /// What the client can do alone (own strength).
    #[serde(default)]
    pub own_strength: String,
    /// What housemates normally do (gebruikelijke hulp); in words also when there is none.
    #[serde(default)]
    pub customary_help: String,
    /// What goes before: informal care, network, general and prior provisions.
    #[serde(default)]
    pub prior: String,
    /// Why this provision, this much and this way.
    #[serde(default)]
    pub reasons: String,
    /// Results to reach.
    #[serde(default)]
    pub results: Vec<String>,
    /// Activities that belong to it.
    #[serde(default)]
    pub activities: Vec<String>,
    /// What a pgb is for.
    #[serde(default)]
    pub purpose: String,
    /// Demands on the quality of what is bought with a pgb.
    #[serde(default)]
    pub quality: String,
    /// Whether the client may use a part of the pgb without accounting for it, and how much.
    #[serde(default)]
    pub free_amount: String,
    /// Why a rate below the known wage floor is right all the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub below_floor: String,
    /// Whether a fixed monthly wage is allowed.
    #[serde(default)]
    pub monthly_wage_allowed: bool,
}

impl Dossier {
    /// An empty dossier for a municipality.
    pub fn new(municipality: &str) -> Self {
        Self {
            format: FORMAT,
            number: String::new(),
            municipality: municipality.to_owned(),
            client: Client {
                person: Person::default(),
                bsn: None,
                client_number: String::new(),
                address: None,
                neighbourhood: None,
                wlz: None,
            },
            contact: Contact::default(),
            signatory: Signatory::default(),
            dates: Dates::default(),
            investigation: Investigation::default(),
            occasion: Occasion::default(),
            wordings: BTreeMap::new(),
            revision_ground: String::new(),
            overrides: Vec::new(),
            review: Review::default(),
            provisions: Vec::new(),
            scenarios: Vec::new(),
        }
    }

    /// Reads a dossier. Errors: every problem, with file, line, column and field; a file of a
    /// newer program says so and nothing else.
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        read_versioned(file_name, bytes, FORMAT).map_err(|problems| match other(file_name, bytes) {
            Some(other) => vec![other],
            None => problems,
        })
    }

    /// The dossier as text; reading it gives it back.
    /// Error: it cannot be written as RON, which would be a fault of the program.
    pub fn to_text(&self) -> Result<String, Problem> {
        let style = ron::ser::PrettyConfig::new()
            .indentor("    ")
            .extensions(ron::extensions::Extensions::IMPLICIT_SOME);
        let text = ron::ser::to_string_pretty(self, style).map_err(|error| {
            Problem::error(format!("het dossier is niet te schrijven: {error}"))
                .hint("Meld dit bij de beheerder.")
        })?;
        Ok(format!("{text}\n"))
    }
}

/// That a file is of another kind, which says more than that every field of it is unknown here.
fn other(name: &str, bytes: &[u8]) -> Option<Problem> {
    if Texts::is_one(name) {
        return Some(
            Problem::error("dit is een tekst van een brief, geen dossier")
                .hint("Noem hier dossiers. Eigen teksten van brieven staan in de map «brieven» van de gemeente.")
                .in_file(name),
        );
    }
    let text = decode(name, bytes, MAX_BYTES).ok()?;
    let outline = Outline::new(text);
    let dossier = ["client", "provisions"]
        .iter()
        .any(|field| outline.place(field).is_some());
    let kind = FileKind::of(text).filter(|_| !dossier)?;
    Some(
        Problem::error(format!("dit is een {}, geen dossier", kind.dutch()))
            .hint(format!(
                "Noem hier dossiers. Dit bestand kijkt u na met: maatwerk controleer {name}"
            ))
            .in_file(name),
    )
}
