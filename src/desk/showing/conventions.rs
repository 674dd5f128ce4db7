//! The conventions by which a product is calculated, as rows with their sources.

use super::words::sentence;
use crate::catalogue::file::{Base, BudgetPeriod, Counting, Mixed, Stage, TotalRounding};
use crate::catalogue::{ConventionSet, Sourced};
use crate::desk::widgets::tree::Row;
use crate::quantity::{Frequency, Unit};
use crate::trace::{Measure, Status, rounding_words};
use std::sync::Arc;

/// The conventions of a product as rows, each with its source under it.
pub(super) fn conventions(set: &ConventionSet) -> Vec<Row> {
    let mut rows = Rows(Vec::new());
    let base = match set.base.value {
        Base::OfExtent => "in de periode van de omvang",
        Base::Every(per) => per.dutch(),
    };
    rows.add("Eerst berekend", base, &set.base);
    for (stage, name) in [
        (Stage::Rate, "Tarief"),
        (Stage::MinuteRate, "Tarief per minuut"),
        (Stage::Volume, "Omvang"),
        (Stage::Period, "Bedrag per periode"),
        (Stage::View, "Omgerekend bedrag"),
        (Stage::Total, "Totaal"),
    ] {
        let Some(rule) = set.rounding(stage) else {
            continue;
        };
        let measure = match stage {
            Stage::Volume => Measure::Volume(Unit::Minute),
            _ => Measure::Euro,
        };
        rows.add(name, &rounding_words(&rule.value, measure), rule);
    }
    for from in [
        Frequency::Week,
        Frequency::FourWeeks,
        Frequency::Month,
        Frequency::Year,
    ] {
        for to in Frequency::VIEWS {
            let hop = set.views.last_hop(from, to).filter(|hop| hop.from == from);
            if let Some((hop, provenance)) = hop.and_then(|h| Some((h, h.convention.as_ref()?))) {
                let sourced = Sourced {
                    value: (),
                    provenance: Arc::clone(provenance),
                };
                rows.add(&format!("Omrekenen {}", to.dutch()), &hop.name, &sourced);
            }
        }
    }
    let totals = match set.totals.value {
        Counting::PerDay => "per dag, de eerste en de laatste dag tellen mee",
        Counting::WeeksTouched => "elke week die geraakt wordt, telt heel",
        Counting::WholePeriods => "elke periode die geraakt wordt, telt heel",
        Counting::MonthsProRata => "hele maanden, en delen van een maand naar dagen",
    };
    rows.add("Gebroken periode", totals, &set.totals);
    let rounding = match set.total_rounding.value {
        TotalRounding::AtEnd => "aan het einde",
        TotalRounding::PerPeriod => "elke periode apart",
    };
    rows.add("Totalen afronden", rounding, &set.total_rounding);
    let mixed = match set.mixed.value {
        Mixed::PerPart => "ieder deel tegen zijn eigen tarief",
        Mixed::Heaviest => "alles tegen het tarief van de zwaarste soort",
    };
    rows.add("Verschillende zorgverleners", mixed, &set.mixed);
    let period = match set.budget_period.value {
        BudgetPeriod::CalendarYear => "per kalenderjaar",
        BudgetPeriod::WholeTerm => "over de hele periode",
        BudgetPeriod::Month => "per maand",
    };
    rows.add("Pgb te besteden", period, &set.budget_period);
    let yes = |value| if value { "ja" } else { "nee" };
    let lower = &set.real_cost_if_lower;
    rows.add(
        "Lager afgesproken tarief gaat voor",
        yes(lower.value),
        lower,
    );
    let mix = &set.mix_of_delivery;
    rows.add("Natura en pgb na elkaar mogelijk", yes(mix.value), mix);
    rows.0
}

struct Rows(Vec<Row>);

impl Rows {
    fn add<V>(&mut self, label: &str, value: &str, from: &Sourced<V>) {
        let key = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let provenance = &from.provenance;
        let example = provenance.status == Status::Example;
        self.0.push(Row {
            key: key(self.0.len()),
            depth: 0,
            has_children: true,
            label: label.to_owned(),
            value: value.to_owned(),
            note: String::new(),
            example,
        });
        let status = if example { "voorbeeld" } else { "vastgesteld" };
        let note = provenance.note.as_deref().map(sentence);
        for (label, value) in [
            ("Bron", Some(provenance.source.clone())),
            ("Status", Some(status.to_owned())),
            ("Opmerking", note),
        ] {
            let Some(value) = value else { continue };
            self.0.push(Row {
                key: key(self.0.len()),
                depth: 1,
                has_children: false,
                label: label.to_owned(),
                value,
                note: String::new(),
                example: example && label == "Status",
            });
        }
    }
}
