//! Scenarios: ways to spend what the lines of a dossier grant, as they were filled in.
//!
//! Plain data in the file of the dossier; what they come to is worked out in the room `scenario`. A scenario never
//! changes what is granted. This must not know amounts of the catalogue.

use super::file::{Dossier, Provision};
use crate::indication::{Choice, Delivery, Line, PartHours};
use crate::national::FullTimeWeek;
use crate::quantity::{Euro, Extent, Percentage, Rate, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One way to spend the grant over all lines of a dossier. The first of a dossier is the one that others are held against.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What people call it.
    pub name: String,
    /// In a file for home: the name that it had when the file was made, by which it is found again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// In a file for home: the id of the scenario that it was copied from there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub copy_of: String,
    /// What is chosen for the lines of the dossier; a granted line that is not here stays as it is granted.
    #[serde(default)]
    pub lines: Vec<ScenarioLine>,
    /// By how much rates could rise, for the question how many hours that costs (R44).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rise: Option<Percentage>,
    /// Whether the client may have a pgb (Wmo 2015 art. 2.3.6).
    #[serde(default, skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
}

/// What is chosen for one line, or for some days of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioLine {
    /// Place of the line among the provisions of the dossier, from 0.
    pub provision: usize,
    /// Its product; another one there means that the lines of the dossier have moved.
    pub product: String,
    /// First day, when later than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, when earlier than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Other choices than granted, such as the next band.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "crate::document::unique"
    )]
    pub choices: BTreeMap<String, Choice>,
    /// Another extent than granted; empty: as granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<PartHours>,
    /// Another way of delivery than granted; absent: as granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// Who is paid with the pgb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hired: Vec<Hired>,
    /// Why the pgb is less than the price in kind (R25).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lower_reason: String,
}

/// A care provider who is paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hired {
    /// Name; may be empty until it is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// In a file for home: a fingerprint of what was filled in when the file was made, by which it is found again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Short name of the kind in the catalogue.
    pub kind: String,
    /// The form of contract, when it is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<Contract>,
    /// The full-time week of the contract, when it is known; it counts for the minimum wage before 2024.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time_week: Option<FullTimeWeek>,
    /// First day, when later than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, when earlier than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// What is done, and for how much.
    #[serde(default)]
    pub work: Vec<Work>,
    /// Days on which this provider does not come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
    /// What is paid beside the rate: employer costs, travel (R51).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Cost>,
    /// The lowest rate where the tables do not know one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<OwnFloor>,
}

/// The contract between budget holder and care provider, in the forms of the SVB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Contract {
    /// With partner or family.
    Family,
    /// With an institution.
    Institution,
    /// Overeenkomst van opdracht.
    Assignment,
    /// Arbeidsovereenkomst.
    Employment,
    /// None: a small amount for informal help.
    Without,
}

impl Contract {
    /// All, in the order of a choice.
    pub const ALL: [Self; 5] = [
        Self::Family,
        Self::Institution,
        Self::Assignment,
        Self::Employment,
        Self::Without,
    ];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Family => "zorgovereenkomst met partner of familielid",
            Self::Institution => "zorgovereenkomst met zorginstelling",
            Self::Assignment => "zorgovereenkomst van opdracht",
            Self::Employment => "arbeidsovereenkomst",
            Self::Without => "zonder zorgovereenkomst",
        }
    }
}

/// Some hours at one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// How much, in a week (or other period) in which the provider comes.
    pub extent: Extent,
    /// Only on these days of the week, the same on each; empty: spread over all days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Weekday>,
    /// Once in so many weeks, counted from the first week of the provider; absent: every week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u8>,
    /// Agreed rate, gross. Per week, 4 weeks, month or year it is a fixed wage for these hours.
    pub rate: Rate,
    /// The rate from later days on, per the same unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LaterRate>,
    /// What happens on public holidays.
    #[serde(default, skip_serializing_if = "Holidays::is_usual")]
    pub holidays: Holidays,
}

/// A rate that starts later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterRate {
    /// First day.
    pub from: Date,
    /// How much.
    pub amount: Euro,
}

/// What happens on public holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Holidays {
    /// The same as on other days.
    #[default]
    Usual,
    /// The provider does not come.
    Off,
    /// Another rate, per the same unit.
    Rate(Euro),
}

impl Holidays {
    /// Whether holidays are days like others.
    pub fn is_usual(&self) -> bool {
        *self == Self::Usual
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weekday {
    /// Maandag.
    Monday,
    /// Dinsdag.
    Tuesday,
    /// Woensdag.
    Wednesday,
    /// Donderdag.
    Thursday,
    /// Vrijdag.
    Friday,
    /// Zaterdag.
    Saturday,
    /// Zondag.
    Sunday,
}

impl Weekday {
    /// All, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Monday => "maandag",
            Self::Tuesday => "dinsdag",
            Self::Wednesday => "woensdag",
            Self::Thursday => "donderdag",
            Self::Friday => "vrijdag",
            Self::Saturday => "zaterdag",
            Self::Sunday => "zondag",
        }
    }
}

/// Days without help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Away {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
}

/// What is paid beside the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// What for.
    pub kind: CostKind,
    /// How much.
    pub amount: CostAmount,
}

/// What a cost is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CostKind {
    /// What an employer pays on top of a wage.
    Employer,
    /// Travel.
    Travel,
}

impl CostKind {
    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Employer => "werkgeverslasten",
            Self::Travel => "reiskosten",
        }
    }
}

/// How much a cost is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CostAmount {
    /// A part of what is paid for the work.
    OfWork(Percentage),
    /// An amount per week, 4 weeks, month or year.
    Every(Rate),
}

/// The lowest rate of a provider where the tables do not know one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnFloor {
    /// Looked up elsewhere.
    Amount {
        /// Euro per hour, gross.
        per_hour: Euro,
        /// Where it stands.
        source: String,
    },
    /// Left open, and why.
    Reason(String),
}

/// The conditions of a pgb (Wmo 2015 art. 2.3.6 lid 2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conditions {
    /// The client can manage a pgb, alone or with help (a).
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub able: Condition,
    /// The client says why a pgb (b).
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub motivated: Condition,
    /// What is bought is safe, effective and centred on the client (c).
    #[serde(skip_serializing_if = "Condition::is_empty")]
    pub quality: Condition,
}

impl Conditions {
    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One condition: whether it is met, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Whether it is met; nothing while nobody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
    /// Why, in plain words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Condition {
    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ScenarioLine {
    /// Whether it has other choices or hours than granted.
    pub fn has_own_need(&self) -> bool {
        !self.choices.is_empty() || !self.hours.is_empty()
    }

    /// Takes the choices and the hours of `line`, as far as they are not those that were granted.
    pub fn take_need(&mut self, line: Line, granted: &Line) {
        let choices = line.choices.into_iter();
        let other = choices.filter(|(axis, choice)| granted.choices.get(axis) != Some(choice));
        self.choices = other.collect();
        self.hours = match line.hours == granted.hours {
            true => Vec::new(),
            false => line.hours,
        };
    }
}

impl Work {
    /// Work on ordinary days, every week the same.
    pub fn ordinary(extent: Extent, rate: Rate) -> Self {
        Self {
            extent,
            rate,
            days: Vec::new(),
            every: None,
            later: Vec::new(),
            holidays: Holidays::Usual,
        }
    }

    /// Whether the rate is a fixed wage, the same whatever is done.
    pub fn is_fixed(&self) -> bool {
        let unit = self.rate.per;
        matches!(
            unit,
            Unit::Week | Unit::FourWeeks | Unit::Month | Unit::Year
        )
    }
}

impl Dossier {
    /// A name that no scenario has yet.
    pub fn fresh_scenario_name(&self, wanted: &str) -> String {
        let is_taken = |name: &str| self.scenarios.iter().any(|one| one.name.trim() == name);
        let mut name = wanted.trim().to_owned();
        let mut number = 2_usize;
        while is_taken(&name) {
            name = format!("{} {number}", wanted.trim());
            number = number.saturating_add(1);
        }
        name
    }

    /// Puts a provision at a place; scenarios follow the lines behind it.
    pub fn insert_provision(&mut self, at: usize, provision: Provision) {
        let at = at.min(self.provisions.len());
        self.provisions.insert(at, provision);
        let lines = self.scenarios.iter_mut().flat_map(|one| &mut one.lines);
        for line in lines.filter(|line| line.provision >= at) {
            line.provision = line.provision.saturating_add(1);
        }
    }

    /// Takes the provision at a place away, with what scenarios chose for it.
    pub fn remove_provision(&mut self, at: usize) {
        if at >= self.provisions.len() {
            return;
        }
        self.provisions.remove(at);
        for scenario in &mut self.scenarios {
            scenario.lines.retain(|line| line.provision != at);
            for line in &mut scenario.lines {
                if line.provision > at {
                    line.provision = line.provision.saturating_sub(1);
                }
            }
        }
    }
}
