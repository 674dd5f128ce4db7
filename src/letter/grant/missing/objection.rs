//! What a decision on an objection needs (Awb 7:2, 7:3, 7:11, 7:12), and that it is about what the contested decision granted.

use super::kinds::{day, text};
use super::need;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Evaluation, Founded, Hearing, Outcome};
use crate::quantity::dutch::date_long;

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

/// Whether what is granted now is what was, where the client is not right; and whether nothing is left out.
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
    if dossier.occasion.founded != Some(Founded::No) {
        return;
    }
    for subject in dossier.subject() {
        let Some(provision) = dossier.provisions.get(subject.place) else {
            continue;
        };
        let was = subject.contested.and_then(|place| lines.get(place));
        let same = match &provision.outcome {
            Outcome::Granted => was == Some(&provision.line),
            Outcome::Refused { .. } | Outcome::Withdrawn { .. } => was.is_none(),
        };
        if !same {
            problems.push(
                Problem::error("het bezwaar is ongegrond, maar deze hulp is anders dan in het eerdere besluit")
                    .field(format!("provisions[{}].line", subject.place))
                    .hint("Zet de hulp terug zoals die was, of kies bij het bezwaar gegrond of deels gegrond."),
            );
        }
    }
}
