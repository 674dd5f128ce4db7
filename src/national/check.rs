//! From one file to series of checked spans: everything that is wrong with it, at its field.

use super::file::{NationalFile, ParameterFile, RoundingFile, SpanFile};
use super::{FORMAT, Parameter, ParameterUnit, RoundingName, Series, SourcedRounding, Span, Value};
use crate::document::{Doubt, Problem};
use crate::quantity::Exact;
use crate::quantity::dutch::date_long;
use crate::trace::{Provenance, Status};
use jiff::civil::Date;
use std::sync::Arc;

/// What one file brings.
pub(super) struct Checked {
    pub roundings: Vec<(RoundingName, SourcedRounding)>,
    /// With the path of its field, and from which day it takes over.
    pub series: Vec<(Parameter, String, Option<Date>, Series)>,
    pub problems: Vec<Problem>,
}

/// Checks one file, leaving out what follows from a `doubt`; the problems have field paths but no file name yet.
pub(super) fn check(file: NationalFile, doubt: Doubt) -> Checked {
    let mut checker = Checker {
        id: file.id.as_str().into(),
        name: format!("{}, versie {}", file.id, file.version),
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
    for (field, text) in [
        ("id", &file.id),
        ("version", &file.version),
        ("name", &file.name),
    ] {
        checker.filled(field, text);
    }
    let mut roundings = Vec::new();
    for (index, rounding) in file.roundings.into_iter().enumerate() {
        roundings.extend(checker.rounding(&format!("roundings[{index}]"), rounding));
    }
    let mut series = Vec::new();
    for (index, parameter) in file.parameters.into_iter().enumerate() {
        series.extend(checker.parameter(&format!("parameters[{index}]"), parameter));
    }
    checker.multiples(&series);
    Checked {
        roundings,
        series,
        problems: checker.problems,
    }
}

struct Checker {
    id: Arc<str>,
    /// `minimumloon, versie 1`
    name: String,
    doubt: Doubt,
    problems: Vec<Problem>,
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

    fn known_id<V>(&mut self, path: &str, found: Option<V>, id: &str, all: &[&str]) -> Option<V> {
        if found.is_none() {
            self.error(
                &format!("{path}.id"),
                format!("«{id}» is geen landelijk gegeven dat dit programma kent"),
                &format!("Bekend zijn: {}.", all.join(", ")),
            );
        }
        found
    }

    fn rounding(
        &mut self,
        path: &str,
        file: RoundingFile,
    ) -> Option<(RoundingName, SourcedRounding)> {
        let all = RoundingName::ALL.map(RoundingName::id);
        let found = RoundingName::ALL
            .into_iter()
            .find(|name| name.id() == file.id);
        let name = self.known_id(path, found, &file.id, &all);
        self.filled(&format!("{path}.name"), &file.name);
        if file.value.step <= Exact::ZERO {
            self.error(
                &format!("{path}.value.step"),
                "de stap van een afronding is meer dan nul",
                "Schrijf bijvoorbeeld \"0.01\".",
            );
        }
        let source = (file.source.as_str(), file.status, file.note);
        let provenance = self.provenance(path, &file.name, (None, None), source);
        Some((
            name?,
            SourcedRounding {
                value: file.value,
                file: Arc::clone(&self.id),
                provenance,
            },
        ))
    }

    fn parameter(
        &mut self,
        path: &str,
        file: ParameterFile,
    ) -> Option<(Parameter, String, Option<Date>, Series)> {
        let all = Parameter::ALL.map(Parameter::id);
        let found = Parameter::ALL
            .into_iter()
            .find(|parameter| parameter.id() == file.id);
        let parameter = self.known_id(path, found, &file.id, &all);
        self.filled(&format!("{path}.name"), &file.name);
        if let Some(parameter) = parameter.filter(|parameter| parameter.unit() != file.unit) {
            self.error(
                &format!("{path}.unit"),
                format!("«{}» heeft een andere eenheid", file.id),
                &format!("Schrijf {}.", written(parameter.unit())),
            );
        }
        if file.values.is_empty() {
            self.error(
                &format!("{path}.values"),
                "er staat geen waarde",
                "Zet er ten minste één.",
            );
        }
        let name: Arc<str> = file.name.into();
        let unit = (!self.doubt.about(&format!("{path}.unit"))).then_some(file.unit);
        let mut spans: Vec<Span> = Vec::with_capacity(file.values.len());
        // Of a value that could not be read the days are not known either.
        let mut before_known = false;
        for (index, value) in file.values.into_iter().enumerate() {
            let path = format!("{path}.values[{index}]");
            if let Some(before) = spans.last().filter(|_| before_known) {
                self.follows(&path, before, value.from);
            }
            before_known = !["from", "to"]
                .iter()
                .any(|day| self.doubt.about(&format!("{path}.{day}")));
            spans.push(self.span(&path, &name, unit, value));
        }
        let first = spans.first().map(|span| span.from);
        if let (Some(day), Some(first)) = (file.supersedes_from, first)
            && day != first
        {
            self.error(
                &format!("{path}.supersedes_from"),
                format!(
                    "de waarden vervangen andere vanaf {}, maar beginnen op {}",
                    date_long(day),
                    date_long(first)
                ),
                "Maak de twee dagen gelijk.",
            );
        }
        Some((
            parameter?,
            path.to_owned(),
            file.supersedes_from,
            Series {
                name,
                unit: file.unit,
                spans,
            },
        ))
    }

    /// That the own contribution is a multiple of what indexation goes down to (Wmo 2015, artikel 2.1.4b lid 4).
    fn multiples(&mut self, all: &[(Parameter, String, Option<Date>, Series)]) {
        let of = |wanted| all.iter().find(|(parameter, ..)| *parameter == wanted);
        let (Some((.., multiples)), Some((_, path, _, months))) = (
            of(Parameter::ContributionMultiple),
            of(Parameter::ContributionPerMonth),
        ) else {
            return;
        };
        for (index, month) in months.spans.iter().enumerate() {
            let multiple = multiples.spans.iter().find(|multiple| {
                multiple.from <= month.from && multiple.to.is_none_or(|last| month.from <= last)
            });
            if let (Value::Known(amount), Some(Value::Known(step))) =
                (&month.value, multiple.map(|multiple| &multiple.value))
                && amount.div(*step).is_ok_and(|times| times.whole().is_none())
            {
                self.error(
                    &format!("{path}.values[{index}].value"),
                    format!("dit is geen veelvoud van {step} euro"),
                    "De eigen bijdrage gaat na indexatie naar beneden tot een veelvoud. Controleer het bedrag.",
                );
            }
        }
    }

    /// That a span begins the day after the one before it ends.
    fn follows(&mut self, path: &str, before: &Span, from: Date) {
        let field = format!("{path}.from");
        let Some(last) = before.to else {
            self.error(
                &field,
                format!(
                    "de vorige waarde heeft geen einde, deze begint op {}",
                    date_long(from)
                ),
                "Geef de vorige waarde een laatste dag (to).",
            );
            return;
        };
        if from <= last {
            self.error(
                &field,
                format!(
                    "overlap: de vorige waarde loopt tot en met {}, deze begint op {}",
                    date_long(last),
                    date_long(from)
                ),
                "Laat elke waarde beginnen op de dag na de vorige.",
            );
        } else if last.tomorrow().ok() != Some(from) {
            self.error(
                &field,
                format!(
                    "gat: er is geen waarde na {} en voor {}",
                    date_long(last),
                    date_long(from)
                ),
                "Zet er NotKnown(\"waarom\") tussen als de waarde niet bekend is.",
            );
        }
    }

    fn span(
        &mut self,
        path: &str,
        name: &str,
        unit: Option<ParameterUnit>,
        file: SpanFile,
    ) -> Span {
        if let Some(to) = file.to.filter(|to| *to < file.from) {
            self.error(
                &format!("{path}.to"),
                format!(
                    "de laatste dag {} ligt voor de eerste {}",
                    date_long(to),
                    date_long(file.from)
                ),
                "Pas een van beide dagen aan.",
            );
        }
        let field = format!("{path}.value");
        match &file.value {
            Value::Known(value) if *value <= Exact::ZERO => {
                self.error(
                    &field,
                    "de waarde is niet meer dan nul",
                    "Controleer het getal.",
                );
            }
            Value::Known(value)
                if matches!(unit, Some(ParameterUnit::EuroPer(_)))
                    && value.finite_decimal().is_none() =>
            {
                self.error(
                    &field,
                    "een bedrag is geen breuk",
                    "Schrijf bijvoorbeeld \"14.06\".",
                );
            }
            Value::Known(_) => {}
            Value::NotKnown(reason) | Value::WithoutAmount(reason) => self.filled(&field, reason),
        }
        let source = (file.source.as_str(), file.status, file.note);
        let provenance = self.provenance(path, name, (Some(file.from), file.to), source);
        Span {
            from: file.from,
            to: file.to,
            value: file.value,
            file: Arc::clone(&self.id),
            provenance,
        }
    }

    fn provenance(
        &mut self,
        path: &str,
        place: &str,
        (from, to): (Option<Date>, Option<Date>),
        (source, status, note): (&str, Status, Option<String>),
    ) -> Arc<Provenance> {
        self.filled(&format!("{path}.source"), source);
        Arc::new(Provenance {
            file: self.name.clone(),
            place: place.to_owned(),
            source: source.to_owned(),
            status,
            from,
            to,
            note,
        })
    }
}

/// A unit as it stands in a file.
fn written(unit: ParameterUnit) -> String {
    format!("{unit:?}")
}
