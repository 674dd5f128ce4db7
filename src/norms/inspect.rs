//! What is wrong with the work on hours, before anything is worked out.

use super::{
    Effect, FactorUse, HoursWork, MOST_COUNT, NormSet, NormValue, OwnMinutes, Part, PartWork, Start,
};
use crate::document::Problem;
use crate::quantity::Frequency;
use std::collections::HashSet;

/// Problems, and whether figures can be worked out all the same: with a missing reason they can,
/// with an unknown factor they cannot.
pub(super) struct Inspection {
    pub problems: Vec<Problem>,
    pub computable: bool,
}

/// Most minutes in one such period; nothing for a period over which hours are not granted.
pub(super) fn most_minutes(per: Frequency) -> Option<i64> {
    let days = per.most_days().filter(|_| per != Frequency::Day)?;
    days.checked_mul(24 * 60)
}

/// Looks at all of the work.
pub(super) fn inspect(set: &NormSet, work: &HoursWork) -> Inspection {
    let mut inspection = Inspection {
        problems: Vec::new(),
        computable: true,
    };
    if work.set != set.reference() {
        inspection.stop(
            "set",
            format!(
                "deze uren zijn gemaakt met normenkader {} versie {}, niet met {} versie {}",
                work.set.id, work.set.version, set.id, set.version
            ),
            "Gebruik dat normenkader, of bereken de uren opnieuw met het andere.",
        );
    }
    inspection.period("per", work.per);
    if work.parts.is_empty() {
        inspection.stop(
            "parts",
            "er is nog geen onderdeel gekozen",
            "Kies ten minste één onderdeel.",
        );
    }
    let mut seen = HashSet::new();
    for (index, part) in work.parts.iter().enumerate() {
        let path = format!("parts[{index}]");
        match set.part(&part.part) {
            None => inspection.stop(
                &format!("{path}.part"),
                format!("het normenkader heeft geen onderdeel «{}»", part.part),
                &known(set.parts.iter().map(|part| part.id.as_str())),
            ),
            Some(_) if !seen.insert(part.part.as_str()) => inspection.stop(
                &format!("{path}.part"),
                format!("onderdeel «{}» staat er twee keer", part.part),
                "Voeg de twee samen.",
            ),
            Some(norm) => inspection.part(&path, norm, part),
        }
    }
    inspection.standard_outcome(work);
    inspection
}

fn known<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("Bekend zijn: {}.", names.collect::<Vec<_>>().join(", "))
}

impl Inspection {
    /// An error with which figures can still be worked out.
    pub(super) fn error(&mut self, field: &str, message: impl Into<String>, hint: &str) {
        self.problems
            .push(Problem::error(message).field(field).hint(hint));
    }

    /// An error with which they cannot.
    pub(super) fn stop(&mut self, field: &str, message: impl Into<String>, hint: &str) {
        self.computable = false;
        self.error(field, message, hint);
    }

    fn reason(&mut self, path: &str, reason: &str, what: &str) {
        if !reason.chars().any(char::is_alphanumeric) {
            self.error(
                &format!("{path}.reason"),
                format!("de reden van {what} ontbreekt"),
                "Schrijf in één zin waarom dit voor deze cliënt geldt.",
            );
        }
    }

    fn period(&mut self, field: &str, per: Frequency) {
        if most_minutes(per).is_none() {
            self.stop(
                field,
                format!("uren {} kan hier niet", per.dutch()),
                "Kies per week, per 2 weken, per 4 weken, per maand of per jaar.",
            );
        }
    }

    fn minutes(&mut self, field: &str, own: OwnMinutes, least: i64) {
        self.period(&format!("{field}.per"), own.per);
        let most = most_minutes(own.per).unwrap_or(i64::MAX);
        if own.minutes < least || own.minutes > most {
            self.stop(
                &format!("{field}.minutes"),
                format!("{} minuten {} kan niet", own.minutes, own.per.dutch()),
                &format!("Vul een heel aantal in van {least} tot en met {most}."),
            );
        }
    }

    fn part(&mut self, path: &str, norm: &Part, work: &PartWork) {
        match &work.start {
            Start::Own { minutes, reason } => {
                self.minutes(&format!("{path}.start.minutes"), *minutes, 0);
                self.reason(&format!("{path}.start"), reason, "de eigen minuten");
            }
            Start::Base(id) => match norm.base(id).map(|base| &base.norm.value) {
                Some(NormValue::Known(_)) => {}
                Some(NormValue::NotKnown(reason)) => self.stop(
                    &format!("{path}.start"),
                    format!("de basis van «{}» is niet bekend: {reason}", norm.name),
                    "Vul zelf minuten in, met een reden.",
                ),
                None => {
                    let hint = if norm.bases.is_empty() {
                        "Vul zelf minuten in, met een reden.".to_owned()
                    } else {
                        known(norm.bases.iter().map(|base| base.id.as_str()))
                    };
                    self.stop(
                        &format!("{path}.start"),
                        format!("«{}» heeft geen basis «{id}»", norm.name),
                        &hint,
                    );
                }
            },
        }
        for (index, used) in work.factors.iter().enumerate() {
            let earlier = work.factors.get(..index).unwrap_or_default();
            self.factor(&format!("{path}.factors[{index}]"), norm, used, earlier);
        }
        for (index, reduction) in work.reductions.iter().enumerate() {
            let path = format!("{path}.reductions[{index}]");
            self.minutes(&format!("{path}.minutes"), reduction.minutes, 1);
            self.reason(&path, &reduction.reason, reduction.ground.dutch());
        }
    }

    fn factor(&mut self, path: &str, norm: &Part, used: &FactorUse, earlier: &[FactorUse]) {
        let Some(factor) = norm.factor(&used.factor) else {
            self.stop(
                &format!("{path}.factor"),
                format!("«{}» heeft geen factor «{}»", norm.name, used.factor),
                &known(norm.factors.iter().map(|factor| factor.id.as_str())),
            );
            return;
        };
        if earlier.iter().any(|other| other.factor == used.factor) {
            self.stop(
                &format!("{path}.factor"),
                format!("factor «{}» staat er twee keer", factor.name),
                "Haal een van beide weg, of pas het aantal aan.",
            );
        }
        let excluded = earlier
            .iter()
            .filter_map(|other| norm.factor(&other.factor))
            .find(|other| {
                other.id != factor.id && other.group.is_some() && other.group == factor.group
            });
        if let Some(other) = excluded {
            self.stop(
                &format!("{path}.factor"),
                format!("«{}» en «{}» sluiten elkaar uit", factor.name, other.name),
                "Kies een van beide.",
            );
        }
        let most = if factor.per.is_some() { MOST_COUNT } else { 1 };
        if used.count == 0 || used.count > most {
            let hint = if factor.per.is_some() {
                format!("Vul een aantal in van 1 tot en met {most}.")
            } else {
                "Deze factor telt één keer.".to_owned()
            };
            self.stop(
                &format!("{path}.count"),
                format!("het aantal {} bij «{}» kan niet", used.count, factor.name),
                &hint,
            );
        }
        match (&used.own, factor.effect) {
            (Some(_), Effect::Visits) => self.stop(
                &format!("{path}.own"),
                format!("«{}» telt alleen bezoeken, geen minuten", factor.name),
                "Haal de eigen minuten weg.",
            ),
            (Some(own), Effect::Time) => {
                let least = if factor.aggravating {
                    0
                } else {
                    most_minutes(own.per).unwrap_or(i64::MAX).saturating_neg()
                };
                self.minutes(&format!("{path}.own"), *own, least);
            }
            (None, _) => {
                if let NormValue::NotKnown(reason) = &factor.norm.value {
                    self.stop(
                        &format!("{path}.own"),
                        format!("van «{}» is geen waarde bekend: {reason}", factor.name),
                        "Vul zelf minuten in, met een reden.",
                    );
                }
            }
        }
        self.reason(path, &used.reason, &format!("«{}»", factor.name));
    }

    /// R09: courts do not take a standard outcome without a look at the person.
    fn standard_outcome(&mut self, work: &HoursWork) {
        let confirmed = work.standard_reason.chars().any(char::is_alphanumeric);
        if work.is_standard() && !confirmed {
            self.problems.push(
                Problem::warning("dit is een standaarduitkomst zonder iets van deze cliënt")
                    .field("standard_reason")
                    .hint("Leg vast wat er bij deze cliënt meer of minder tijd kost, of schrijf op waarom dat er niet is."),
            );
        }
    }
}
