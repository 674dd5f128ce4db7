//! The investigation (Wmo 2015 art. 2.3.2) in the steps of the Centrale Raad van Beroep (21 March 2018,
//! ECLI:NL:CRVB:2018:819): the request, the limitations, the support that is needed, what goes before, what remains.
//!
//! It belongs to the dossier, not to one provision. Answers of an earlier dossier can be taken over; they stay marked
//! until somebody looked whether they still hold. This must not know how a form or a report looks.

use serde::{Deserialize, Serialize};

use super::file::Dossier;
use crate::budget::Library;
use crate::document::Problem;
use crate::national::{PriorProvision, priors};

/// All answers of the investigation; the default is one that was not begun.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Investigation {
    /// What the client asks for.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub request: Answer,
    /// What the client cannot do, and why.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub limitations: Answer,
    /// Which support is needed, by nature and extent.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub needed: Answer,
    /// What the client can do alone.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub own_strength: Answer,
    /// What housemates normally do (gebruikelijke hulp).
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub customary_help: Answer,
    /// What informal carers do (mantelzorg), and what they need to keep it up.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub informal_care: Answer,
    /// What others around the client do.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub network: Answer,
    /// General provisions and provisions by another law, those that were looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prior: Vec<PriorAnswer>,
    /// What then remains, to be granted.
    #[serde(skip_serializing_if = "Answer::is_empty")]
    pub remains: Answer,
    /// A worry about the client's safety.
    #[serde(skip_serializing_if = "SafetySignal::is_none")]
    pub safety: SafetySignal,
}

/// A worry about safety at home (meldcode huiselijk geweld en kindermishandeling, MDA++). It stays with the dossier, and
/// goes to a report, the proof of a decision or an export only where that was chosen. No letter or list has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SafetySignal {
    /// What was seen or heard, and which step of the meldcode was taken; empty without a worry.
    pub text: String,
    /// Whether it may leave the dossier: to the report of the investigation, which the client reads, and to exports.
    pub shared: bool,
}

impl SafetySignal {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// The words.
    pub text: String,
    /// Where they were taken over from; nothing for an answer that was typed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
}

/// That an answer comes from an earlier dossier.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// Case number of that dossier, or the name of its file.
    pub from: String,
    /// Whether somebody looked that it still holds.
    #[serde(default)]
    pub checked: bool,
}

/// What was found about one prior provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorAnswer {
    /// Its id in the list.
    pub provision: String,
    /// What it means for the client.
    pub outcome: PriorOutcome,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Where this was taken over from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
}

/// What a prior provision means for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PriorOutcome {
    /// It was considered and changes nothing to what is needed.
    Considered,
    /// The client uses it, or will.
    Used,
    /// It does not fit the client.
    NotFitting,
}

impl PriorOutcome {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 3] = [Self::Considered, Self::Used, Self::NotFitting];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Considered => "overwogen",
            Self::Used => "gebruikt",
            Self::NotFitting => "past niet",
        }
    }
}

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvestigationStep {
    /// The request.
    Request,
    /// The limitations.
    Limitations,
    /// The support that is needed.
    Needed,
    /// Own strength.
    OwnStrength,
    /// Customary help.
    CustomaryHelp,
    /// Informal care.
    InformalCare,
    /// The network.
    Network,
    /// Prior provisions.
    Prior,
    /// What remains.
    Remains,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepState {
    /// Nothing was filled in.
    Empty,
    /// Something must still be filled in or looked at.
    Busy,
    /// Complete.
    Complete,
    /// It is not complete, and the outcome went to the client already; or it holds something that cannot be.
    Problem,
}

impl StepState {
    /// The word on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Empty => "leeg",
            Self::Busy => "bezig",
            Self::Complete => "compleet",
            Self::Problem => "probleem",
        }
    }
}

impl InvestigationStep {
    /// All, in the order of the investigation.
    pub const ALL: [Self; 9] = [
        Self::Request,
        Self::Limitations,
        Self::Needed,
        Self::OwnStrength,
        Self::CustomaryHelp,
        Self::InformalCare,
        Self::Network,
        Self::Prior,
        Self::Remains,
    ];

    /// The name on screen and paper.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Request => "Hulpvraag",
            Self::Limitations => "Beperkingen",
            Self::Needed => "Nodige ondersteuning",
            Self::OwnStrength => "Eigen kracht",
            Self::CustomaryHelp => "Gebruikelijke hulp",
            Self::InformalCare => "Mantelzorg",
            Self::Network => "Netwerk",
            Self::Prior => "Voorzieningen die voorgaan",
            Self::Remains => "Wat overblijft",
        }
    }

    /// What the step asks.
    pub fn question(self) -> &'static str {
        match self {
            Self::Request => "Wat vraagt de cliënt, in eigen woorden?",
            Self::Limitations => "Wat lukt niet, en waardoor?",
            Self::Needed => "Welke hulp is nodig: wat, hoeveel en hoe vaak?",
            Self::OwnStrength => "Wat kan de cliënt zelf?",
            Self::CustomaryHelp => {
                "Wat doen huisgenoten? Schrijf het ook op als er geen huisgenoten zijn."
            }
            Self::InformalCare => "Wat doet een mantelzorger, en wat heeft die daarvoor nodig?",
            Self::Network => "Wat doen familie, vrienden en buren?",
            Self::Prior => "Welke andere voorziening lost iets op?",
            Self::Remains => "Wat moet de gemeente nog regelen?",
        }
    }

    /// The name of its field in the investigation.
    pub fn field(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Limitations => "limitations",
            Self::Needed => "needed",
            Self::OwnStrength => "own_strength",
            Self::CustomaryHelp => "customary_help",
            Self::InformalCare => "informal_care",
            Self::Network => "network",
            Self::Prior => "prior",
            Self::Remains => "remains",
        }
    }
}

impl Answer {
    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Puts other words in it, which are then typed here.
    pub fn set(&mut self, text: String) {
        if self.text != text {
            *self = Self { text, taken: None };
        }
    }

    fn state(&self) -> StepState {
        match &self.taken {
            _ if self.is_empty() => StepState::Empty,
            Some(taken) if !taken.checked => StepState::Busy,
            _ => StepState::Complete,
        }
    }
}

impl Investigation {
    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether no step has an answer.
    fn is_unanswered(&self) -> bool {
        let silent = Self {
            safety: self.safety.clone(),
            ..Self::default()
        };
        *self == silent
    }

    /// The answer of a step; nothing for the step of prior provisions, which has one for each.
    pub fn answer(&self, step: InvestigationStep) -> Option<&Answer> {
        Some(match step {
            InvestigationStep::Request => &self.request,
            InvestigationStep::Limitations => &self.limitations,
            InvestigationStep::Needed => &self.needed,
            InvestigationStep::OwnStrength => &self.own_strength,
            InvestigationStep::CustomaryHelp => &self.customary_help,
            InvestigationStep::InformalCare => &self.informal_care,
            InvestigationStep::Network => &self.network,
            InvestigationStep::Remains => &self.remains,
            InvestigationStep::Prior => return None,
        })
    }

    /// The same, to change it.
    pub fn answer_mut(&mut self, step: InvestigationStep) -> Option<&mut Answer> {
        Some(match step {
            InvestigationStep::Request => &mut self.request,
            InvestigationStep::Limitations => &mut self.limitations,
            InvestigationStep::Needed => &mut self.needed,
            InvestigationStep::OwnStrength => &mut self.own_strength,
            InvestigationStep::CustomaryHelp => &mut self.customary_help,
            InvestigationStep::InformalCare => &mut self.informal_care,
            InvestigationStep::Network => &mut self.network,
            InvestigationStep::Remains => &mut self.remains,
            InvestigationStep::Prior => return None,
        })
    }

    /// How far a step is, while the outcome is (`finished`) or is not with the client; `list` is what can go before.
    pub fn state(
        &self,
        step: InvestigationStep,
        list: &[&PriorProvision],
        finished: bool,
    ) -> StepState {
        let state = match self.answer(step) {
            Some(answer) => answer.state(),
            None => self.prior_state(list),
        };
        match state {
            StepState::Empty | StepState::Busy if finished && !self.is_empty() => {
                StepState::Problem
            }
            state => state,
        }
    }

    fn prior_state(&self, list: &[&PriorProvision]) -> StepState {
        let known = |id: &str| list.iter().any(|one| one.id == id);
        let open = |one: &PriorAnswer| {
            let unchecked = one.taken.as_ref().is_some_and(|taken| !taken.checked);
            unchecked || one.reason.trim().is_empty()
        };
        if self.prior.is_empty() {
            StepState::Empty
        } else if self.prior.iter().any(|one| !known(&one.provision)) {
            StepState::Problem
        } else if self.prior.iter().any(open) {
            StepState::Busy
        } else {
            StepState::Complete
        }
    }

    /// Takes over the answers of an earlier investigation, called `from`, wherever this one has none. Each is marked
    /// until somebody looked at it. A worry about safety stays where it was written down. Gives how many were taken over.
    pub fn take_over(&mut self, earlier: &Self, from: &str) -> usize {
        let taken = Taken {
            from: from.to_owned(),
            checked: false,
        };
        let mut count = 0_usize;
        for step in InvestigationStep::ALL {
            if let (Some(own), Some(other)) = (self.answer_mut(step), earlier.answer(step))
                && own.is_empty()
                && !other.is_empty()
            {
                own.text.clone_from(&other.text);
                own.taken = Some(taken.clone());
                count = count.saturating_add(1);
            }
        }
        for other in &earlier.prior {
            if !self
                .prior
                .iter()
                .any(|own| own.provision == other.provision)
            {
                self.prior.push(PriorAnswer {
                    taken: Some(taken.clone()),
                    ..other.clone()
                });
                count = count.saturating_add(1);
            }
        }
        count
    }

    /// What goes before, in one text: informal care, network, and each prior provision by its name with its reason.
    pub fn prior_in_words(&self, list: &[&PriorProvision]) -> String {
        let mut texts: Vec<String> = [&self.informal_care, &self.network]
            .into_iter()
            .filter(|answer| !answer.is_empty())
            .map(|answer| answer.text.trim().to_owned())
            .collect();
        texts.extend(self.prior.iter().map(|one| {
            let label = label(list, &one.provision);
            let reason = one.reason.trim();
            match reason {
                "" => format!("{label}: {}.", one.outcome.dutch()),
                reason => format!("{label}: {}. {reason}", one.outcome.dutch()),
            }
        }));
        texts.join("\n")
    }
}

/// The name of a prior provision, or its id where the list does not have it.
pub(super) fn label<'a>(list: &[&'a PriorProvision], id: &'a str) -> &'a str {
    let known = list.iter().find(|one| one.id == id);
    known.map_or(id, |one| one.label.as_str())
}

impl Dossier {
    /// The dossier as it may leave the place where it is kept: without a worry about safety, unless that was chosen.
    pub fn outward(&self) -> Self {
        let mut outward = self.clone();
        if !self.investigation.safety.shared {
            outward.investigation.safety = SafetySignal::default();
        }
        outward
    }

    /// What can go before a tailored provision in the municipality of this dossier.
    /// Errors: the list of the program cannot be read.
    pub fn priors<'l>(
        &self,
        library: &'l Library,
    ) -> Result<Vec<&'l PriorProvision>, Vec<Problem>> {
        match library.catalogues.municipality(&self.municipality) {
            Some(municipality) => municipality.priors(),
            None => Ok(priors()?.iter().collect()),
        }
    }

    /// How far a step of the investigation is; `list` is what can go before.
    pub fn step_state(&self, step: InvestigationStep, list: &[&PriorProvision]) -> StepState {
        let finished = self.dates.investigation.is_some();
        self.investigation.state(step, list, finished)
    }

    /// Problems of the investigation, each with its field.
    pub(super) fn check_investigation(&self, library: &Library) -> Vec<Problem> {
        let list = match self.priors(library) {
            Ok(list) => list,
            Err(problems) => return problems,
        };
        let mut problems = Vec::new();
        let decided = self.dates.decision.is_some() && self.occasion.kind.rests_on_investigation();
        if decided && self.investigation.is_unanswered() {
            problems.push(
                Problem::warning("er is een besluit, maar van het onderzoek staat niets op papier")
                    .field("request.text")
                    .hint("Vul de stappen van het onderzoek in (artikel 2.3.2 Wmo 2015, artikel 3:2 Awb). Een besluit zonder onderzoek houdt bij de rechter geen stand."),
            );
        }
        let finished = self.dates.investigation.is_some();
        for step in InvestigationStep::ALL {
            if !finished || self.step_state(step, &list) != StepState::Problem {
                continue;
            }
            let (field, what) = match self.investigation.answer(step) {
                Some(answer) if answer.is_empty() => ("text", "is leeg"),
                Some(_) => ("text", "is overgenomen en nog niet nagekeken"),
                None => ("", "is nog niet compleet"),
            };
            let path = [step.field(), field].join(".");
            problems.push(
                Problem::warning(format!(
                    "de stap «{}» {what}, maar de uitkomst van het onderzoek is al verstuurd",
                    step.dutch()
                ))
                .field(path.trim_end_matches('.'))
                .hint("Vul de stap aan, of haal de datum van de uitkomst weg."),
            );
        }
        for (place, one) in self.investigation.prior.iter().enumerate() {
            let path = format!("prior[{place}]");
            if !list.iter().any(|known| known.id == one.provision) {
                problems.push(
                    Problem::error(format!(
                        "de voorziening «{}» staat niet in de lijst van wat voorgaat",
                        one.provision
                    ))
                    .field(format!("{path}.provision"))
                    .hint("Kies een voorziening uit de lijst, of kies «anders»."),
                );
            }
            let before = self.investigation.prior.iter().take(place);
            if before
                .into_iter()
                .any(|other| other.provision == one.provision)
            {
                problems.push(
                    Problem::error(format!(
                        "{} staat er twee keer in",
                        label(&list, &one.provision)
                    ))
                    .field(format!("{path}.provision"))
                    .hint("Verwijder een van beide."),
                );
            }
            if one.reason.trim().is_empty() {
                problems.push(
                    Problem::warning(format!(
                        "bij {} ontbreekt de reden",
                        label(&list, &one.provision)
                    ))
                    .field(format!("{path}.reason"))
                    .hint("Schrijf op waarom."),
                );
            }
        }
        problems
            .into_iter()
            .map(|problem| problem.within("investigation"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Severity;
    use crate::dossier::LetterKind;
    use jiff::civil::date;

    fn list() -> Vec<&'static PriorProvision> {
        priors().unwrap().iter().collect()
    }

    fn answered() -> Investigation {
        let mut investigation = Investigation::default();
        for step in InvestigationStep::ALL {
            if let Some(answer) = investigation.answer_mut(step) {
                answer.set(format!("Over {}.", step.dutch()));
            }
        }
        investigation.prior.push(PriorAnswer {
            provision: "wlz".to_owned(),
            outcome: PriorOutcome::NotFitting,
            reason: "Er is geen zorg dichtbij nodig.".to_owned(),
            taken: None,
        });
        investigation
    }

    #[test]
    fn a_dossier_with_an_investigation_is_read_as_it_was_written_and_one_without_writes_none() {
        let mut dossier = Dossier::new("0546");
        assert!(!dossier.to_text().unwrap().contains("investigation"));
        dossier.investigation.take_over(&answered(), "2016-1");
        dossier.investigation.safety.text = "Zorgen.".to_owned();
        let text = dossier.to_text().unwrap();
        assert_eq!(Dossier::read("x.ron", text.as_bytes()).unwrap(), dossier);
    }

    #[test]
    fn what_is_taken_over_fills_only_what_is_empty_and_is_complete_once_somebody_looked() {
        let mut own = Investigation::default();
        own.request.set("Een schoon huis.".to_owned());
        assert_eq!(own.take_over(&answered(), "2016-1"), 8);
        assert_eq!(own.take_over(&answered(), "2016-1"), 0);
        assert_eq!(own.request.text, "Een schoon huis.");
        for step in InvestigationStep::ALL {
            let expected = match step {
                InvestigationStep::Request => StepState::Complete,
                _ => StepState::Busy,
            };
            assert_eq!(own.state(step, &list(), false), expected, "{step:?}");
        }
        let network = own.network.taken.as_mut().unwrap();
        assert_eq!(network.from, "2016-1");
        network.checked = true;
        assert_eq!(
            own.state(InvestigationStep::Network, &list(), false),
            StepState::Complete
        );
        own.network.set("De buurvrouw kookt.".to_owned());
        assert_eq!(own.network.taken, None);
    }

    #[test]
    fn a_worry_about_safety_is_not_taken_over() {
        let mut earlier = answered();
        earlier.safety.text = "Zorgen.".to_owned();
        let mut own = Investigation::default();
        own.take_over(&earlier, "2016-1");
        assert!(own.safety.is_none());
    }

    #[test]
    fn a_decision_about_which_nothing_was_investigated_is_warned_of() {
        let library = Library::shipped().unwrap();
        let told = |dossier: &Dossier| {
            let problems = dossier.check_investigation(&library).into_iter();
            let told = problems.map(|problem| (problem.field, problem.severity));
            told.collect::<Vec<_>>()
        };
        let empty = vec![("investigation.request.text".to_owned(), Severity::Warning)];
        let mut dossier = Dossier::new("0546");
        assert_eq!(told(&dossier), []);
        dossier.dates.decision = Some(date(2018, 3, 1));
        assert_eq!(told(&dossier), empty);
        // A worry about safety is no investigation.
        dossier.investigation.safety.text = "Zorgen.".to_owned();
        assert_eq!(told(&dossier), empty);
        dossier
            .investigation
            .network
            .set("De buurvrouw kookt.".to_owned());
        assert_eq!(told(&dossier), []);
        dossier.investigation = Investigation::default();
        for kind in LetterKind::ALL {
            dossier.occasion.kind = kind;
            let needs = matches!(
                kind,
                LetterKind::Application
                    | LetterKind::Change
                    | LetterKind::Extension
                    | LetterKind::Objection
            );
            assert_eq!(!told(&dossier).is_empty(), needs, "{kind:?}");
        }
    }

    #[test]
    fn what_is_missing_is_told_at_its_step_once_the_outcome_was_sent() {
        let library = Library::shipped().unwrap();
        let told = |dossier: &Dossier| {
            let problems = dossier.check_investigation(&library).into_iter();
            problems
                .map(|problem| (problem.field, problem.severity))
                .collect::<Vec<_>>()
        };
        let mut dossier = Dossier::new("0546");
        dossier.dates.investigation = Some(date(2018, 3, 1));
        assert_eq!(told(&dossier), []);
        dossier.investigation = answered();
        assert_eq!(told(&dossier), []);
        dossier.investigation.network = Answer::default();
        dossier.investigation.prior[0].reason.clear();
        let warning = |field: &str| (field.to_owned(), Severity::Warning);
        assert_eq!(
            told(&dossier),
            [
                warning("investigation.network.text"),
                warning("investigation.prior"),
                warning("investigation.prior[0].reason"),
            ]
        );
        dossier.dates.investigation = None;
        assert_eq!(told(&dossier), [warning("investigation.prior[0].reason")]);
        dossier.investigation = answered();
        dossier.investigation.prior[0].provision = "onbekend".to_owned();
        assert_eq!(
            told(&dossier),
            [(
                "investigation.prior[0].provision".to_owned(),
                Severity::Error
            )]
        );
    }
}
