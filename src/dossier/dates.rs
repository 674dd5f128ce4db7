//! Checks of the dates of the procedure: in their order, with what moves the term of the decision.

use jiff::civil::Date;

use super::file::{Dossier, Extension, Suspension};
use crate::calendar::{OpenPeriod, days_after};
use crate::document::Problem;
use crate::quantity::dutch::date_long;

/// Dates outside this span are a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A problem if the year cannot be right.
pub(super) fn absurd(date: Date) -> Option<Problem> {
    (!YEARS.contains(&date.year())).then(|| {
        Problem::error(format!(
            "{} is geen datum die hier kan kloppen",
            date_long(date)
        ))
        .hint("Vul een jaar in tussen 1900 en 2199.")
    })
}

/// Of two days in a fixed order that stand the other way round.
pub(super) fn too_early(name: &str, date: Date, earlier: &str, day: Date) -> String {
    format!(
        "de datum van {name} ({}) ligt voor die van {earlier} ({})",
        date_long(date),
        date_long(day)
    )
}

impl Dossier {
    /// Problems of the dates of the procedure, each with its field.
    pub fn check_dates(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let dates = &self.dates;
        let steps = [
            ("report", "melding", dates.report),
            ("application", "aanvraag", dates.application),
            ("decision", "besluit", dates.decision),
            ("sending", "verzending", dates.sending),
        ];
        let aside = [
            ("personal_plan", "het persoonlijk plan", dates.personal_plan),
            (
                "investigation",
                "de uitkomst van het onderzoek",
                dates.investigation,
            ),
        ];
        for (field, _, date) in steps.iter().chain(&aside) {
            let wrong = date.and_then(absurd);
            problems.extend(wrong.map(|problem| problem.field(format!("dates.{field}"))));
        }
        let occasion = &self.occasion;
        for (field, date) in [
            ("earlier", occasion.earlier),
            ("received", occasion.received),
            ("heard", occasion.heard),
            ("from", occasion.from),
            ("reply_by", occasion.reply_by),
            ("sent", occasion.sent),
        ] {
            let wrong = date.and_then(absurd);
            problems.extend(wrong.map(|problem| problem.field(format!("occasion.{field}"))));
        }
        let both = "Pas een van beide data aan.";
        let mut before: Option<(&str, Date)> = None;
        for (field, name, date) in steps {
            let Some(date) = date else { continue };
            if let Some((earlier, day)) = before
                && date < day
            {
                problems.push(
                    Problem::error(too_early(name, date, earlier, day))
                        .field(format!("dates.{field}"))
                        .hint(both),
                );
            }
            before = Some((name, date));
        }
        for (field, name, date) in aside {
            let Some(date) = date else { continue };
            let field = format!("dates.{field}");
            if let Some(report) = dates.report.filter(|report| date < *report) {
                problems.push(
                    Problem::error(too_early(name, date, "de melding", report))
                        .field(&field)
                        .hint(both),
                );
            }
            if let Some(decision) = dates.decision.filter(|decision| *decision < date) {
                problems.push(
                    Problem::error(format!(
                        "de datum van {name} ({}) ligt na die van het besluit ({})",
                        date_long(date),
                        date_long(decision)
                    ))
                    .field(&field)
                    .hint(both),
                );
            }
        }
        if let (Some(outcome), Some(application)) = (dates.investigation, dates.application)
            && application < outcome
        {
            problems.push(
                Problem::warning(too_early(
                    "de aanvraag",
                    application,
                    "de uitkomst van het onderzoek",
                    outcome,
                ))
                .field("dates.application")
                .hint("Een aanvraag volgt op het onderzoek. Controleer beide data."),
            );
        }
        self.check_suspensions(&mut problems);
        self.check_extension(&mut problems);
        problems
    }

    fn check_suspensions(&self, problems: &mut Vec<Problem>) {
        let mut before: Vec<OpenPeriod> = Vec::new();
        for (place, suspension) in self.dates.suspensions.iter().enumerate() {
            let found = self.check_suspension(suspension, &before);
            let path = format!("dates.suspensions[{place}]");
            problems.extend(found.into_iter().map(|problem| problem.within(&path)));
            let period = suspension
                .from
                .and_then(|from| OpenPeriod::new(from, suspension.ends()).ok());
            before.extend(period);
        }
    }

    fn check_suspension(&self, one: &Suspension, before: &[OpenPeriod]) -> Vec<Problem> {
        let mut problems = Vec::new();
        if one.reason.trim().is_empty() {
            problems.push(
                Problem::error("de reden van de opschorting ontbreekt")
                    .field("reason")
                    .hint("Schrijf op waarom de termijn stilstaat."),
            );
        }
        let Some(from) = one.from else {
            problems.push(
                Problem::error("de eerste dag van de opschorting ontbreekt")
                    .field("from")
                    .hint("Vul de dag in na die waarop de cliënt bericht kreeg."),
            );
            return problems;
        };
        for (field, date) in [
            ("from", Some(from)),
            ("to", one.to),
            ("complete_by", one.complete_by),
        ] {
            let wrong = date.and_then(absurd);
            problems.extend(wrong.map(|problem| problem.field(field)));
        }
        if let Err(wrong) = OpenPeriod::new(from, one.to) {
            problems.push(
                Problem::error(wrong.to_string().trim_end_matches('.'))
                    .field("to")
                    .hint("Pas een van beide dagen aan."),
            );
            return problems;
        }
        if let Some(by) = one.complete_by.filter(|by| *by < from) {
            problems.push(
                Problem::error(format!(
                    "de laatste dag om aan te vullen ({}) ligt voor de eerste dag van de opschorting",
                    date_long(by)
                ))
                .field("complete_by")
                .hint("Geef de cliënt na de brief nog tijd. Pas een van beide dagen aan."),
            );
        }
        let dates = &self.dates;
        match dates.application {
            None => problems.push(
                Problem::error("er is nog geen aanvraag, dus er loopt geen termijn die stil kan staan")
                    .field("from")
                    .hint("Vul de datum van de aanvraag in, of verwijder de opschorting."),
            ),
            Some(application) if from <= application => problems.push(
                Problem::error(format!(
                    "de opschorting begint op {}, maar de termijn loopt pas vanaf de dag na de aanvraag van {}",
                    date_long(from),
                    date_long(application)
                ))
                .field("from")
                .hint("Vul een latere eerste dag in."),
            ),
            Some(_) => {}
        }
        if let Some(decision) = dates.decision.filter(|decision| *decision < from) {
            problems.push(
                Problem::error(format!(
                    "de opschorting begint op {}, na het besluit van {}",
                    date_long(from),
                    date_long(decision)
                ))
                .field("from")
                .hint("Pas een van beide data aan, of verwijder de opschorting."),
            );
        }
        let overlaps = before.iter().any(|other| {
            other.contains(from)
                || (from <= other.from() && one.ends().is_none_or(|to| other.from() <= to))
        });
        if overlaps {
            problems.push(
                Problem::error("deze opschorting valt samen met een andere")
                    .field("from")
                    .hint("Laat de een eindigen voordat de ander begint."),
            );
        }
        problems
    }

    fn check_extension(&self, problems: &mut Vec<Problem>) {
        let Some(extension) = &self.dates.extension else {
            return;
        };
        let mut tell = |field: &str, message: String, hint: &str| {
            problems.push(
                Problem::error(message)
                    .field(format!("dates.extension.{field}"))
                    .hint(hint),
            );
        };
        if extension.reason.trim().is_empty() {
            tell(
                "reason",
                "de reden van de verlenging ontbreekt".to_owned(),
                "Schrijf op waarom de termijn niet wordt gehaald.",
            );
        }
        let Some(told) = extension.last_day else {
            tell(
                "last_day",
                "de nieuwe laatste dag ontbreekt".to_owned(),
                "Vul de dag in die aan de cliënt is genoemd.",
            );
            return;
        };
        if let Some(wrong) = absurd(told) {
            tell("last_day", wrong.message, &wrong.hint);
            return;
        }
        let mut course = self.course();
        course.extended_to = None;
        let Some(application) = course.application else {
            tell(
                "last_day",
                "er is nog geen aanvraag, dus er is geen termijn om te verlengen".to_owned(),
                "Vul de datum van de aanvraag in, of verwijder de verlenging.",
            );
            return;
        };
        let by_law = course
            .decision_clock(application, application)
            .ok()
            .and_then(|clock| clock.last_day);
        if let Some(by_law) = by_law.filter(|by_law| told <= *by_law) {
            tell(
                "last_day",
                format!(
                    "de nieuwe laatste dag ({}) ligt niet na de laatste dag volgens de wet ({})",
                    date_long(told),
                    date_long(by_law)
                ),
                "Vul een latere dag in, of verwijder de verlenging.",
            );
            return;
        }
        problems.extend(
            told_in_time(extension, told, application, by_law)
                .map(|problem| problem.field("dates.extension.told")),
        );
        if by_law.is_some_and(|by_law| is_long(by_law, told)) {
            problems.push(
                Problem::warning(format!(
                    "de termijn is verlengd tot en met {}: dat is meer dan acht weken na de aanvraag",
                    date_long(told)
                ))
                .field("dates.extension.last_day")
                .hint("De nieuwe termijn is zo kort mogelijk (artikel 4:14 lid 1 Awb). Na acht weken is een termijn in elk geval niet meer redelijk (artikel 4:13 lid 2 Awb). Noem de cliënt een eerdere dag."),
            );
        }
    }
}

/// Whether a term that ends on `told` instead of `by_law` is longer than the eight weeks of Awb 4:13 lid 2, which is six more
/// than the two that the law gives. Days on which it stood still do not count.
fn is_long(by_law: Date, told: Date) -> bool {
    days_after(by_law, 6 * 7).is_ok_and(|longest| longest < told)
}

/// What is wrong with the day on which the client was told of an extension to `to`: that is done within the term of the law
/// (Awb 4:14 lid 1).
fn told_in_time(
    extension: &Extension,
    to: Date,
    application: Date,
    by_law: Option<Date>,
) -> Option<Problem> {
    let Some(day) = extension.told else {
        return Some(
            Problem::warning("de dag waarop de cliënt hoorde van de verlenging ontbreekt")
                .hint("Vul in op welke dag u het de cliënt liet weten (artikel 4:14 lid 1 Awb)."),
        );
    };
    if let Some(wrong) = absurd(day) {
        return Some(wrong);
    }
    if day < application || to < day {
        return Some(
            Problem::error(format!(
                "de cliënt hoorde op {} van de verlenging: dat is niet tussen de aanvraag ({}) en de nieuwe laatste dag ({})",
                date_long(day),
                date_long(application),
                date_long(to)
            ))
            .hint("Pas een van de dagen aan."),
        );
    }
    let by_law = by_law.filter(|by_law| *by_law < day)?;
    Some(
        Problem::warning(format!(
            "de cliënt hoorde op {} van de verlenging, na de laatste dag volgens de wet ({})",
            date_long(day),
            date_long(by_law)
        ))
        .hint("Laat het de cliënt weten voordat de termijn voorbij is (artikel 4:14 lid 1 Awb). Controleer de dag."),
    )
}
