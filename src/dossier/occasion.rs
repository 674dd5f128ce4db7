//! What a letter is about: which kind of letter it is, and the facts that only that kind needs.
//!
//! Most kinds are read from the provisions: what follows up what, what lasts longer, what stops. This must not know how
//! a letter is worded.

use super::file::{Dossier, MovedEnd, Outcome, Provision};
use super::together::is_granted;
use crate::indication::Line;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the letter is about; the default is the decision on an application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Occasion {
    /// Which letter.
    #[serde(skip_serializing_if = "LetterKind::is_application")]
    pub kind: LetterKind,
    /// The day of the earlier decision that this letter changes or answers an objection to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Date>,
    /// The day on which an objection was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// What the decision that the objection is about granted; nothing while that was not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contested: Option<Vec<Line>>,
    /// Whether the client was heard about the objection, or why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing: Option<Hearing>,
    /// The day on which the client was heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heard: Option<Date>,
    /// What came of the objection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub founded: Option<Founded>,
    /// The court to which an appeal goes, with its address, each part on a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub court: String,
    /// The first day of what is announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day to answer an announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Date>,
    /// The day on which a letter that is no decision was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Date>,
    /// What only this letter has to say, in plain words: why, what changes, or which general provision went before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The kinds of letters beside the report of an investigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum LetterKind {
    /// The decision on an application: granted, refused, or some of each.
    #[default]
    Application,
    /// More or less from a day on.
    Change,
    /// The same for longer.
    Extension,
    /// It stops sooner, or is withdrawn.
    Ending,
    /// Another tariff for a pgb that goes on.
    Tariff,
    /// From an older system to a newer one.
    Conversion,
    /// The decision on an objection.
    Objection,
    /// Help at once, before the investigation is done (Wmo 2015 art. 2.3.3).
    Temporary,
    /// No decision: a new system is announced.
    System,
    /// No decision: the term for a decision is longer or stands still.
    Term,
    /// No decision: whether the help still fits is looked at again.
    Review,
    /// No decision: a report was received.
    Receipt,
}

/// What came of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Founded {
    /// The client is right.
    Yes,
    /// In part.
    Partly,
    /// The client is not right.
    No,
}

/// Whether the client was heard about an objection (Awb 7:2), or on which ground not (Awb 7:3). An objection that cannot be
/// taken up at all (7:3 a) has no letter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hearing {
    /// There was a hearing.
    Held,
    /// It was clear at once that the objection could not succeed (7:3 b).
    Evident,
    /// The client said not to want one (7:3 c).
    Waived,
    /// The client did not say in time to want one (7:3 d).
    NoAnswer,
    /// The client is right in all of it, and nobody else is harmed (7:3 e).
    AllGranted,
}

impl Hearing {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 5] = [
        Self::Held,
        Self::Evident,
        Self::Waived,
        Self::NoAnswer,
        Self::AllGranted,
    ];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Held => "gehoord",
            Self::Evident => "niet gehoord: kennelijk ongegrond",
            Self::Waived => "niet gehoord: de cliënt wil dat niet",
            Self::NoAnswer => "niet gehoord: niet op tijd gezegd dat het moest",
            Self::AllGranted => "niet gehoord: helemaal gelijk gekregen",
        }
    }

    /// Whether an objection with this outcome may be decided so.
    pub fn fits(self, founded: Founded) -> bool {
        match self {
            Self::Evident => founded == Founded::No,
            Self::AllGranted => founded == Founded::Yes,
            Self::Held | Self::Waived | Self::NoAnswer => true,
        }
    }
}

impl Founded {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Yes => "gegrond",
            Self::Partly => "deels gegrond",
            Self::No => "ongegrond",
        }
    }
}

impl LetterKind {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 12] = [
        Self::Application,
        Self::Change,
        Self::Extension,
        Self::Ending,
        Self::Tariff,
        Self::Conversion,
        Self::Objection,
        Self::Temporary,
        Self::System,
        Self::Term,
        Self::Review,
        Self::Receipt,
    ];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Application => "Besluit op een aanvraag",
            Self::Change => "Meer of minder hulp",
            Self::Extension => "Verlenging",
            Self::Ending => "Beëindiging of intrekking",
            Self::Tariff => "Ander tarief",
            Self::Conversion => "Omzetting naar nieuw stelsel",
            Self::Objection => "Besluit op bezwaar",
            Self::Temporary => "Tijdelijke hulp (spoed)",
            Self::System => "Aankondiging nieuw stelsel",
            Self::Term => "Langere termijn of opschorting",
            Self::Review => "Heronderzoek",
            Self::Receipt => "Bevestiging van een melding",
        }
    }

    /// Whether it decides something, so that objection is open and it can be made definitive.
    pub fn is_decision(self) -> bool {
        !matches!(
            self,
            Self::System | Self::Term | Self::Review | Self::Receipt
        )
    }

    /// Whether it decides about what a client needs, which is to be investigated first (Wmo 2015 art. 2.3.2). In an emergency
    /// help comes before that (art. 2.3.3), and an end, a tariff or another system asks nothing new of the client.
    pub fn rests_on_investigation(self) -> bool {
        matches!(
            self,
            Self::Application | Self::Change | Self::Extension | Self::Objection
        )
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks with a reference"
    )]
    fn is_application(&self) -> bool {
        *self == Self::Application
    }
}

impl Occasion {
    /// Whether it is the decision on an application, with nothing written down beside.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A provision that the letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// Where it stands in the dossier.
    pub place: usize,
    /// Where the line stands that it takes the place of, where the letter tells of that.
    pub before: Option<usize>,
    /// Which line of the contested decision it answers, where this decides about an objection.
    pub contested: Option<usize>,
}

impl Dossier {
    /// What is granted here, line by line: what an objection to this decision is about.
    pub fn granted_lines(&self) -> Vec<Line> {
        let granted = self.provisions.iter().filter(|one| is_granted(one));
        granted.map(|one| one.line.clone()).collect()
    }

    /// The lines of the contested decision, where this decides about an objection.
    pub(super) fn contested(&self) -> &[Line] {
        let lines = self.occasion.contested.as_deref();
        lines
            .filter(|_| self.occasion.kind == LetterKind::Objection)
            .unwrap_or_default()
    }

    /// The provisions that the letter is about, in the order of the dossier.
    pub fn subject(&self) -> Vec<Subject> {
        let pairs = self.paired();
        let all = self.provisions.iter().enumerate();
        let found = all.filter_map(|(place, provision)| {
            let before = self.followed_by(place);
            let alone = Subject {
                place,
                before: None,
                contested: pairs.get(place).copied().flatten(),
            };
            let replaces = |before| Subject {
                before: Some(before),
                ..alone
            };
            let told = match self.occasion.kind {
                LetterKind::Change => return before.map(replaces),
                LetterKind::Conversion => {
                    if let Some(before) = before {
                        return Some(replaces(before));
                    }
                    self.following(place).is_none()
                }
                LetterKind::Extension => is_extended(provision),
                LetterKind::Ending => is_ended(provision) && self.following(place).is_none(),
                LetterKind::Tariff => is_granted(provision) && provision.line.delivery.is_pgb(),
                LetterKind::System | LetterKind::Review => is_granted(provision),
                LetterKind::Term | LetterKind::Receipt => false,
                LetterKind::Application | LetterKind::Objection | LetterKind::Temporary => true,
            };
            told.then_some(alone)
        });
        found.collect()
    }

    /// For each provision the line of the contested decision that it answers: of the same product, the one that begins on
    /// the same day first, and none twice.
    fn paired(&self) -> Vec<Option<usize>> {
        let mut left: Vec<(usize, &Line)> = self.contested().iter().enumerate().collect();
        let mut pairs = vec![None; self.provisions.len()];
        for same_day in [true, false] {
            for (pair, provision) in pairs.iter_mut().zip(&self.provisions) {
                let line = &provision.line;
                let found = left.iter().position(|(_, old)| {
                    old.product == line.product && (!same_day || old.from == line.from)
                });
                if pair.is_none()
                    && let Some(found) = found
                {
                    *pair = Some(left.remove(found).0);
                }
            }
        }
        pairs
    }

    /// The lines of the contested decision that no provision here answers.
    pub fn unanswered(&self) -> Vec<&Line> {
        let pairs = self.paired();
        let lines = self.contested().iter().enumerate();
        lines
            .filter(|(place, _)| !pairs.contains(&Some(*place)))
            .map(|(_, line)| line)
            .collect()
    }

    /// The line that goes on where the one at `place` was made to end.
    fn following(&self, place: usize) -> Option<usize> {
        let old = self.provisions.get(place)?;
        let ended = is_granted(old) && is_ended(old);
        let next = old.line.to.filter(|_| ended)?.tomorrow().ok()?;
        let mut others = self.provisions.iter().enumerate();
        others
            .find(|(at, other)| {
                *at != place
                    && is_granted(other)
                    && other.line.product == old.line.product
                    && other.line.from == next
            })
            .map(|(at, _)| at)
    }

    /// The line that ended where the one at `place` goes on.
    fn followed_by(&self, place: usize) -> Option<usize> {
        (0..self.provisions.len()).find(|old| self.following(*old) == Some(place))
    }
}

/// The end that this decision moves.
fn moved(provision: &Provision) -> Option<&MovedEnd> {
    let moved = provision.moved_end.as_ref();
    moved.filter(|moved| moved.decided.is_none())
}

/// Whether this decision makes a line last longer than it was granted for first.
fn is_extended(provision: &Provision) -> bool {
    let granted = moved(provision).and_then(|moved| moved.granted);
    is_granted(provision)
        && granted.is_some_and(|granted| provision.line.to.is_none_or(|to| to > granted))
}

/// Whether this decision makes a line stop sooner than it was granted for first, or withdraws it.
fn is_ended(provision: &Provision) -> bool {
    let sooner = moved(provision).zip(provision.line.to);
    let sooner = sooner.is_some_and(|(moved, to)| moved.granted.is_none_or(|granted| to < granted));
    match provision.outcome {
        Outcome::Withdrawn { .. } => moved(provision).is_some() || provision.moved_end.is_none(),
        Outcome::Granted => sooner,
        Outcome::Refused { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn dossier(name: &str) -> Dossier {
        let file = format!(
            "{}/fixtures/dossiers/{name}.ron",
            env!("CARGO_MANIFEST_DIR")
        );
        Dossier::read(name, &std::fs::read(file).unwrap()).unwrap()
    }

    #[test]
    fn a_letter_is_about_what_its_own_decision_changes() {
        let mut changed = dossier("brief-wijziging-meer");
        let told = Subject {
            place: 1,
            before: Some(0),
            contested: None,
        };
        assert_eq!(changed.subject(), [told]);
        // A later letter does not tell of it again.
        changed.provisions[0].moved_end.as_mut().unwrap().decided = Some(date(2018, 5, 22));
        assert_eq!(changed.subject(), []);
        for name in ["brief-verlenging", "brief-beeindiging", "brief-intrekking"] {
            let mut dossier = dossier(name);
            assert_eq!(dossier.subject().len(), 1, "{name}");
            dossier.provisions[0].moved_end.as_mut().unwrap().decided = Some(date(2018, 5, 22));
            assert_eq!(dossier.subject(), [], "{name}");
        }
    }
}
