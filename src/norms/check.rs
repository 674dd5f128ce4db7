//! From a norm set file to a norm set: everything that is wrong with it, at its field.

use super::file::{Agreed, AssumptionFile, BaseFile, FactorFile, PartFile, SetFile};
use super::{
    Assumption, Base, Effect, FORMAT, Factor, NormSet, NormUnit, NormValue, Part, Sourced,
};
use crate::document::{Doubt, Problem};
use crate::quantity::Exact;
use crate::trace::{Provenance, Status};
use std::collections::HashSet;
use std::sync::Arc;

/// Hours in a leap year: no norm is more than all the time there is.
const HOURS_IN_A_YEAR: i64 = 8784;

/// Problems of one file, and what every figure in it has in common.
struct Checker {
    /// `kpmg-hhm-hbel-2021, versie 1`
    name: String,
    /// Unless it could not be read.
    unit: Option<NormUnit>,
    doubt: Doubt,
    problems: Vec<Problem>,
}

/// Checks a file, leaving out what follows from a `doubt`; the problems have field paths but no file name yet.
pub(super) fn check(file_name: &str, file: SetFile, doubt: Doubt) -> Result<NormSet, Vec<Problem>> {
    let mut checker = Checker {
        name: format!("{}, versie {}", file.id, file.version),
        unit: (!doubt.about("unit")).then_some(file.unit),
        doubt,
        problems: Vec::new(),
    };
    if file.format != FORMAT {
        checker.error(
            "format",
            format!(
                "dit bestand heeft formaat {}, dit programma leest {FORMAT}",
                file.format
            ),
            "Gebruik een programma dat dit formaat kent, of een bestand in het goede formaat.",
        );
    }
    checker.short_name("id", &file.id);
    for (field, text) in [
        ("version", &file.version),
        ("name", &file.name),
        ("source", &file.source),
    ] {
        checker.filled(field, text);
    }
    if file.parts.is_empty() {
        checker.error(
            "parts",
            "het normenkader heeft geen onderdelen",
            "Noem er ten minste één.",
        );
    }
    let text = ron::to_string(&file).unwrap_or_else(|error| {
        let message = format!("het normenkader is niet te schrijven: {error}");
        checker.error("", message, "Meld dit bij de beheerder.");
        String::new()
    });
    let weeks_per_year = checker.weeks(file.weeks_per_year);
    let rounding = checker.rounding(file.rounding);
    let mut seen = HashSet::new();
    let mut assumes = Vec::with_capacity(file.assumes.len());
    for (index, assumption) in file.assumes.into_iter().enumerate() {
        let path = format!("assumes[{index}]");
        checker.once(&mut seen, &format!("{path}.name"), &assumption.name);
        assumes.push(checker.assumption(&path, assumption));
    }
    let mut seen = (HashSet::new(), HashSet::new());
    let mut parts = Vec::with_capacity(file.parts.len());
    for (index, part) in file.parts.into_iter().enumerate() {
        let path = format!("parts[{index}]");
        checker.once(&mut seen.0, &format!("{path}.id"), &part.id);
        checker.once(&mut seen.1, &format!("{path}.name"), &part.name);
        parts.push(checker.part(&path, part));
    }
    if !checker.problems.is_empty() {
        return Err(checker.problems);
    }
    Ok(NormSet {
        file_name: file_name.to_owned(),
        id: file.id,
        version: file.version,
        name: file.name.into(),
        source: file.source,
        from_year: file.from_year,
        unit: file.unit,
        weeks_per_year,
        rounding,
        assumes: assumes.into(),
        parts,
        note: file.note,
        text: text.into(),
    })
}

impl Checker {
    fn error(&mut self, field: &str, message: impl Into<String>, hint: &str) {
        if !self.doubt.about(field) {
            self.problems
                .push(Problem::error(message).field(field).hint(hint));
        }
    }

    fn filled(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.error(field, "dit veld is leeg", "Vul het in.");
        }
    }

    fn short_name(&mut self, field: &str, id: &str) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            self.error(
                field,
                "een korte naam bestaat uit kleine letters, cijfers en streepjes",
                "Schrijf bijvoorbeeld schoon-huis.",
            );
        }
    }

    /// That a name occurs once among its kind.
    fn once(&mut self, seen: &mut HashSet<String>, field: &str, name: &str) {
        if !seen.insert(name.to_owned()) {
            self.error(
                field,
                format!("«{name}» komt twee keer voor"),
                "Geef elk een eigen naam.",
            );
        }
    }

    fn provenance(
        &mut self,
        path: &str,
        place: String,
        (source, status, note): (&str, Status, Option<String>),
    ) -> Arc<Provenance> {
        self.filled(&format!("{path}.source"), source);
        Arc::new(Provenance {
            file: self.name.clone(),
            place,
            source: source.to_owned(),
            status,
            from: None,
            to: None,
            note,
        })
    }

    fn agreed<V>(&mut self, path: &str, place: &str, agreed: Agreed<V>) -> Sourced<V> {
        let source = (agreed.source.as_str(), agreed.status, agreed.note);
        let provenance = self.provenance(path, place.to_owned(), source);
        Sourced {
            value: agreed.value,
            provenance,
        }
    }

    fn weeks(&mut self, weeks: Agreed<Exact>) -> Sourced<Exact> {
        if weeks.value < Exact::from(52) || weeks.value > Exact::from(53) {
            self.error(
                "weeks_per_year.value",
                "een jaar heeft 52 tot 53 weken",
                "Schrijf \"52\", of een breuk zoals \"365/7\".",
            );
        }
        self.agreed("weeks_per_year", "weken in een jaar", weeks)
    }

    fn rounding(
        &mut self,
        rounding: Agreed<crate::quantity::Rounding>,
    ) -> Sourced<crate::quantity::Rounding> {
        let step = rounding.value.step;
        if step.whole().is_none() || step <= Exact::ZERO || step > Exact::from(60) {
            self.error(
                "rounding.value.step",
                "de stap is geen heel aantal minuten van 1 tot en met 60",
                "Schrijf bijvoorbeeld \"1\" of \"5\": toegekend wordt in hele minuten.",
            );
        }
        self.agreed("rounding", "afronding op toegekende minuten", rounding)
    }

    fn assumption(&mut self, path: &str, assumption: AssumptionFile) -> Assumption {
        self.filled(&format!("{path}.name"), &assumption.name);
        self.filled(&format!("{path}.choice"), &assumption.choice);
        let place = format!("uitgangspunt: {}", assumption.name);
        let source = (
            assumption.source.as_str(),
            assumption.status,
            assumption.note,
        );
        let provenance = self.provenance(path, place, source);
        Assumption {
            name: assumption.name.into(),
            choice: Sourced {
                value: assumption.choice.into(),
                provenance,
            },
        }
    }

    fn part(&mut self, path: &str, part: PartFile) -> Part {
        self.short_name(&format!("{path}.id"), &part.id);
        self.filled(&format!("{path}.name"), &part.name);
        let mut seen = (HashSet::new(), HashSet::new());
        let mut bases = Vec::with_capacity(part.bases.len());
        for (index, base) in part.bases.into_iter().enumerate() {
            let path = format!("{path}.bases[{index}]");
            self.once(&mut seen.0, &format!("{path}.id"), &base.id);
            self.once(&mut seen.1, &format!("{path}.name"), &base.name);
            bases.push(self.base(&path, &part.name, base));
        }
        let mut seen = (HashSet::new(), HashSet::new());
        let mut factors = Vec::with_capacity(part.factors.len());
        for (index, factor) in part.factors.into_iter().enumerate() {
            let path = format!("{path}.factors[{index}]");
            self.once(&mut seen.0, &format!("{path}.id"), &factor.id);
            self.once(&mut seen.1, &format!("{path}.name"), &factor.name);
            factors.push(self.factor(&path, &part.name, factor));
        }
        Part {
            id: part.id,
            name: part.name.into(),
            bases,
            factors,
            note: part.note,
        }
    }

    fn base(&mut self, path: &str, part: &str, base: BaseFile) -> Base {
        self.short_name(&format!("{path}.id"), &base.id);
        self.filled(&format!("{path}.name"), &base.name);
        self.value(path, &base.value, Exact::ZERO);
        let place = format!("{part}, basis: {}", base.name);
        let provenance = self.provenance(path, place, (&base.source, base.status, base.note));
        let norm = Sourced {
            value: base.value,
            provenance,
        };
        Base {
            id: base.id,
            name: base.name.into(),
            norm,
        }
    }

    fn factor(&mut self, path: &str, part: &str, factor: FactorFile) -> Factor {
        self.short_name(&format!("{path}.id"), &factor.id);
        self.filled(&format!("{path}.name"), &factor.name);
        self.value(
            path,
            &factor.value,
            Exact::from(HOURS_IN_A_YEAR)
                .negated()
                .unwrap_or(Exact::ZERO),
        );
        let field = format!("{path}.value");
        match (&factor.value, factor.effect) {
            (NormValue::Known(value), _) if value.is_zero() => {
                self.error(
                    &field,
                    "een factor van nul doet niets",
                    "Laat hem weg, of schrijf NotKnown(\"waarom\").",
                );
            }
            (NormValue::Known(value), _) if factor.aggravating && value.is_negative() => {
                self.error(
                    &field,
                    "een verzwarende factor kan niet minder tijd geven",
                    "Schrijf een getal boven nul, of aggravating: false.",
                );
            }
            (NormValue::Known(value), Effect::Visits)
                if value.whole().is_none() || value.is_negative() =>
            {
                self.error(
                    &field,
                    "een aantal bezoeken is een heel getal boven nul",
                    "Schrijf bijvoorbeeld \"1\".",
                );
            }
            (NormValue::NotKnown(_), Effect::Visits) => {
                self.error(
                    &field,
                    "een aantal bezoeken moet bekend zijn",
                    "Schrijf bijvoorbeeld \"1\".",
                );
            }
            _ => {}
        }
        for (name, text) in [("per", &factor.per), ("group", &factor.group)] {
            if let Some(text) = text {
                self.filled(&format!("{path}.{name}"), text);
            }
        }
        let place = format!("{part}, factor: {}", factor.name);
        let source = (factor.source.as_str(), factor.status, factor.note);
        let provenance = self.provenance(path, place, source);
        Factor {
            id: factor.id,
            name: factor.name.into(),
            norm: Sourced {
                value: factor.value,
                provenance,
            },
            per: factor.per,
            group: factor.group,
            aggravating: factor.aggravating,
            effect: factor.effect,
        }
    }

    /// That a value is not below `least` and not more than all time there is.
    fn value(&mut self, path: &str, value: &NormValue, least: Exact) {
        let field = format!("{path}.value");
        match value {
            NormValue::NotKnown(reason) => self.filled(&field, reason),
            NormValue::Known(value) => {
                let Some(unit) = self.unit else { return };
                let most = match unit {
                    NormUnit::HoursPerYear => HOURS_IN_A_YEAR,
                    NormUnit::MinutesPerWeek => 7 * 24 * 60,
                    NormUnit::MinutesPerTwoWeeks => 14 * 24 * 60,
                };
                if *value < least || *value > Exact::from(most) {
                    self.error(
                        &field,
                        format!(
                            "{value} {} past niet in de tijd die er is",
                            unit.unit().plural()
                        ),
                        "Controleer het getal en de eenheid van het normenkader (unit).",
                    );
                }
            }
        }
    }
}
