//! What a decision on an objection needs (Awb 7:2, 7:3, 7:11, 7:12), and that it is about what the contested decision granted.

use super::kinds::{day, text};
use super::need;
use crate::budget::LineBudget;
use crate::document::{Problem, Severity};
use crate::dossier::{
    Dossier, Evaluation, Founded, Hearing, Outcome, fewer_hours, less_money, minutes,
};
use crate::indication::Line;
use crate::quantity::Frequency;
use crate::quantity::dutch::date_long;
use crate::trace::NodeId;

/// Adds what is not there, and what can not be beside each other.
pub(super) fn facts(dossier: &Dossier, evaluation: &Evaluation, problems: &mut Vec<Problem>) {
    let occasion = &dossier.occasion;
    day(
        problems,
        occasion.received,
        "occasion.received",
        "de dag waarop het bezwaar binnenkwam ontbreekt",
        "Vul in wanneer het bezwaar is ontvangen.",
    );
    if occasion.founded.is_none() {
        problems.push(
            Problem::error("of het bezwaar gegrond is, is niet ingevuld")
                .field("occasion.founded")
                .hint("Kies gegrond, deels gegrond of ongegrond."),
        );
    }
    hearing(dossier, problems);
    need(
        problems,
        &occasion.court,
        "occasion.court",
        "de rechtbank voor het beroep ontbreekt",
        "Vul naam en adres van de rechtbank in, elk deel op een eigen regel.",
    );
    text(
        occasion,
        "Schrijf op wat u van het bezwaar vindt, en waarom.",
        problems,
    );
    contested(dossier, evaluation, problems);
}

fn hearing(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let occasion = &dossier.occasion;
    let Some(hearing) = occasion.hearing else {
        problems.push(
            Problem::error("of de cliënt over het bezwaar is gehoord, is niet ingevuld")
                .field("occasion.hearing")
                .hint(
                    "Kies dat er een hoorzitting was, of waarom die er niet was (Awb 7:2 en 7:3).",
                ),
        );
        return;
    };
    if hearing == Hearing::Held {
        day(
            problems,
            occasion.heard,
            "occasion.heard",
            "de dag van de hoorzitting ontbreekt",
            "Vul in op welke dag de cliënt is gehoord.",
        );
    }
    if let Some(founded) = occasion.founded
        && !hearing.fits(founded)
    {
        problems.push(
            Problem::error(format!(
                "«{}» past niet bij een bezwaar dat {} is",
                hearing.dutch(),
                founded.dutch()
            ))
            .field("occasion.hearing")
            .hint("Kies een andere reden, of hoor de cliënt eerst (Awb 7:3)."),
        );
    }
}

/// Whether what is granted now goes with the outcome, and whether nothing is left out: all stays where the client is not
/// right, and where the client is, something changes and nothing becomes less without a ground (decisions 21).
fn contested(dossier: &Dossier, evaluation: &Evaluation, problems: &mut Vec<Problem>) {
    let Some(lines) = &dossier.occasion.contested else {
        problems.push(
            Problem::error("wat het eerdere besluit toekende, staat niet in dit dossier")
                .field("occasion.contested")
                .hint("Begin dit dossier als vervolg op dat besluit, of vul eerst de hulp van toen in en kies «Leg het eerdere besluit vast»."),
        );
        return;
    };
    let unclear = evaluation.contested.iter();
    let mut unclear = unclear
        .flat_map(|budget| &budget.problems)
        .filter(|one| one.severity == Severity::Error);
    if let Some(problem) = unclear.next() {
        problems.push(
            Problem::error(format!(
                "wat het eerdere besluit toekende, is niet te berekenen: {}",
                problem.message
            ))
            .field("occasion.contested")
            .hint(
                "Leg het eerdere besluit opnieuw vast, of geef het programma de tarieven van toen.",
            ),
        );
    }
    for line in dossier.unanswered() {
        problems.push(
            Problem::error(format!(
                "het eerdere besluit gaf «{}» vanaf {}, en dit besluit zegt daar niets over",
                line.product,
                date_long(line.from)
            ))
            .field("provisions")
            .hint("Neem deze hulp op in het besluit: toegekend of geweigerd."),
        );
    }
    if let Some(founded) = dossier.occasion.founded {
        outcome(dossier, evaluation, (lines, founded), problems);
    }
}

/// Holds each provision against the line that it answers.
fn outcome(
    dossier: &Dossier,
    evaluation: &Evaluation,
    (lines, founded): (&[Line], Founded),
    problems: &mut Vec<Problem>,
) {
    let mut changes = false;
    for subject in dossier.subject() {
        let Some(provision) = dossier.provisions.get(subject.place) else {
            continue;
        };
        let was = subject
            .contested
            .and_then(|place| lines.get(place).zip(evaluation.contested.get(place)));
        let now = evaluation.lines.get(subject.place).and_then(Option::as_ref);
        let granted = provision.outcome == Outcome::Granted;
        let same = match (was, now) {
            (Some(was), Some(now)) => granted && is_same(was, (&provision.line, now)),
            (Some(_), None) => false,
            (None, _) => !granted,
        };
        changes |= !same;
        let field = format!("provisions[{}].line", subject.place);
        if founded == Founded::No {
            if !same {
                problems.push(
                    Problem::error("het bezwaar is ongegrond, maar deze hulp is anders dan in het eerdere besluit")
                        .field(field)
                        .hint("Zet de hulp terug zoals die was, of kies bij het bezwaar gegrond of deels gegrond."),
                );
            }
        } else if let Some((line, budget)) = was
            && !dossier.has_ground()
            && (!granted
                || is_shorter(dossier, line)
                || now.is_some_and(|now| {
                    is_less(
                        now,
                        budget,
                        provision.line.delivery.is_pgb() && line.delivery.is_pgb(),
                    )
                }))
        {
            problems.push(
                Problem::error(format!(
                    "het bezwaar is {}, maar deze hulp is minder dan in het eerdere besluit",
                    founded.dutch()
                ))
                .field(field)
                .hint("Geef ten minste wat het eerdere besluit gaf, of leg bij Besluit de grond van artikel 2.3.10 Wmo 2015 vast."),
            );
        }
    }
    if founded != Founded::No && !changes {
        problems.push(
            Problem::error(format!(
                "het bezwaar is {}, maar alle hulp is zoals in het eerdere besluit",
                founded.dutch()
            ))
            .field("occasion.founded")
            .hint("Verander de hulp waarover de cliënt gelijk krijgt, of kies ongegrond."),
        );
    }
}

/// Whether a line gives what another gave, however its reasons are worded and its hours were come to.
fn is_same(was: (&Line, &LineBudget<NodeId>), now: (&Line, &LineBudget<NodeId>)) -> bool {
    let bare = |line: &Line| {
        let mut line = line.clone();
        line.ceiling_reason = None;
        for choice in line.choices.values_mut() {
            choice.reason = None;
        }
        for part in &mut line.hours {
            part.reason.clear();
        }
        line
    };
    let (mut old, mut new) = (bare(was.0), bare(now.0));
    if old == new {
        return true;
    }
    let time = |budget: &LineBudget<NodeId>| {
        let parts = budget.granted.iter();
        let parts = parts.map(|part| {
            let time = minutes(&part.volumes, Frequency::Week)?;
            Some((part.part.clone(), time))
        });
        parts.collect::<Option<Vec<_>>>()
    };
    old.hours.clear();
    new.hours.clear();
    old == new && time(was.1).is_some_and(|old| time(now.1) == Some(old))
}

/// Whether a line gives fewer hours than another did, or less money where both are a pgb.
fn is_less(now: &LineBudget<NodeId>, was: &LineBudget<NodeId>, pgb: bool) -> bool {
    fewer_hours(now, was) || pgb && less_money(now, was)
}

/// Whether the help that a line of the contested decision gave begins later now, or stops sooner.
fn is_shorter(dossier: &Dossier, was: &Line) -> bool {
    let granted = dossier.provisions.iter();
    let granted = granted
        .filter(|one| one.outcome == Outcome::Granted && one.line.product == was.product)
        .map(|one| &one.line);
    let begins = granted.clone().any(|line| line.from <= was.from);
    let lasts = granted.clone().any(|line| match (line.to, was.to) {
        (Some(now), Some(was)) => now >= was,
        (Some(_), None) => false,
        (None, _) => true,
    });
    !begins || !lasts
}
