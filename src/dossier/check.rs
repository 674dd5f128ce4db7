//! Checks of a dossier that need no amounts: who and when; lines beside one another are checked in `together`.

use super::dates::{absurd, too_early};
use super::file::Dossier;
use super::together::is_granted;
use crate::budget::Library;
use crate::document::Problem;
use crate::indication::Line;
use crate::national::{Lookup, National, Parameter};
use crate::quantity::Unit;
use crate::quantity::dutch::date_long;
use crate::trace::{Measure, shown};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Nobody who is granted help is older; a birth date that says so is a slip of the keyboard.
const OLDEST: i16 = 120;

/// A term that is longer than is usual, by the table of the program or of the municipality.
fn too_long(line: &Line, national: &National) -> Option<Problem> {
    let Lookup::Known(years, span) = national.lookup(Parameter::LongestTerm, line.from) else {
        return None;
    };
    let whole = i16::try_from(years.whole()?).ok()?;
    let to = line.to?;
    let end = line.from.checked_add(whole.years()).ok()?;
    (to >= end).then(|| {
        Problem::warning(format!(
            "deze voorziening duurt langer dan {}, tot en met {}",
            shown(years, Measure::Volume(Unit::Year)),
            date_long(to)
        ))
        .field("to")
        .hint(format!(
            "Kijk of het jaartal klopt. De grens is geen wet: {} (tabel «{}»).",
            span.provenance.source, span.file
        ))
    })
}

impl Dossier {
    /// Problems of the dossier itself, each with its field.
    pub(super) fn check(&self, library: &Library, today: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        if library
            .catalogues
            .municipality(&self.municipality)
            .is_none()
        {
            problems.push(
                Problem::error(format!("gemeente «{}» is niet bekend", self.municipality))
                    .field("municipality")
                    .hint("Kies een gemeente, of zet haar bestanden in de map met catalogi."),
            );
        }
        let person = self.client.person.problems(today);
        problems.extend(person.into_iter().map(|p| p.within("client.person")));
        if let Some(address) = &self.client.address {
            problems.extend(
                address
                    .problems()
                    .into_iter()
                    .map(|p| p.within("client.address")),
            );
        }
        problems.extend(self.check_dates());
        problems.extend(self.check_investigation(library));
        problems.extend(self.check_review());
        self.check_birth(today, &mut problems);
        self.check_lines(library, &mut problems);
        problems
    }

    fn check_birth(&self, today: Date, problems: &mut Vec<Problem>) {
        let dates = &self.dates;
        let on = dates.decision.unwrap_or(today);
        if let Some(birth) = self.client.person.birth_date
            && on.year().saturating_sub(birth.year()) > OLDEST
        {
            problems.push(
                Problem::error(format!(
                    "met de geboortedatum {} is de cliënt ouder dan {OLDEST} jaar",
                    date_long(birth)
                ))
                .field("client.person.birth_date")
                .hint("Controleer het jaar."),
            );
        }
        if let (Some(birth), Some(decision)) = (self.client.person.birth_date, dates.decision)
            && birth > decision
            // In the future: told already.
            && birth <= today
        {
            problems.push(
                Problem::error("de geboortedatum ligt na het besluit")
                    .field("client.person.birth_date")
                    .hint("Pas de geboortedatum aan."),
            );
        }
    }

    /// First granted, indicated again, decided: in that order.
    fn check_history(&self, line: &Line) -> Option<Problem> {
        let days = [
            ("first_granted", "de eerste toekenning", line.first_granted),
            ("reindicated", "de herindicatie", line.reindicated),
            ("reindicated", "het besluit", self.dates.decision),
        ];
        let mut known = days
            .iter()
            .filter_map(|(field, name, day)| Some((*field, *name, (*day)?)));
        let mut before = known.next()?;
        for next in known {
            let ((field, earlier, first), (_, name, day)) = (before, next);
            if day < first {
                let field = if name == "de herindicatie" {
                    "reindicated"
                } else {
                    field
                };
                return Some(
                    Problem::error(too_early(name, day, earlier, first))
                        .field(field)
                        .hint("Pas een van beide data aan."),
                );
            }
            before = next;
        }
        None
    }

    fn check_lines(&self, library: &Library, problems: &mut Vec<Problem>) {
        for (place, provision) in self.provisions.iter().enumerate() {
            let path = format!("provisions[{place}].line");
            let line = &provision.line;
            for (field, date) in [
                ("from", Some(line.from)),
                ("to", line.to),
                ("first_granted", line.first_granted),
                ("reindicated", line.reindicated),
            ] {
                let wrong = date.and_then(absurd);
                problems.extend(wrong.map(|problem| problem.field(format!("{path}.{field}"))));
            }
            problems.extend(
                self.check_history(line)
                    .map(|problem| problem.within(&path)),
            );
            if let Some(moved) = &provision.moved_end
                && moved.reason.trim().is_empty()
                && is_granted(provision)
            {
                problems.push(
                    Problem::error("de reden van de nieuwe einddatum ontbreekt")
                        .field(format!("provisions[{place}].moved_end.reason"))
                        .hint("Schrijf in gewone woorden op waarom de einddatum is veranderd. Het komt in de brief."),
                );
            }
            if is_granted(provision) {
                let long = too_long(line, library.national(&self.municipality));
                problems.extend(long.map(|problem| problem.within(&path)));
            }
            // Of a granted line the evaluation tells it.
            if !is_granted(provision) {
                let wrong = line.wrong_end();
                problems.extend(wrong.map(|problem| problem.within(&path)));
            }
            if let crate::indication::Delivery::Pgb { providers } = &line.delivery
                && providers.is_empty()
                && is_granted(provision)
            {
                problems.push(
                    Problem::error("bij een pgb hoort ten minste één zorgverlener")
                        .field(format!("{path}.delivery"))
                        .hint("Voeg een zorgverlener toe."),
                );
            }
        }
        self.check_together(library, problems);
    }
}
