//! What each kind of letter cannot do without, beside what every letter needs: each with its field.

use super::need;
use super::objection;
use crate::budget::Library;
use crate::document::Problem;
use crate::dossier::{Dossier, Evaluation, Ground, LetterKind, Occasion, Outcome};
use crate::quantity::Euro;
use crate::quantity::dutch::{counted, date_long};
use jiff::civil::Date;

/// How many days there are at least to answer an announcement: two weeks was too short.
const REPLY_DAYS: i32 = 15;

/// What the kind of letter of this dossier lacks.
pub(super) fn of_kind(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    facts(dossier, &mut problems);
    if dossier.occasion.kind == LetterKind::Objection {
        objection::facts(dossier, evaluation, &mut problems);
    }
    subject(dossier, evaluation, library, &mut problems);
    problems
}

/// Adds a problem when a day is not there.
pub(super) fn day(
    problems: &mut Vec<Problem>,
    day: Option<Date>,
    field: &str,
    message: &str,
    hint: &str,
) {
    if day.is_none() {
        problems.push(Problem::error(message).field(field).hint(hint));
    }
}

/// What is written down for this kind.
fn facts(dossier: &Dossier, problems: &mut Vec<Problem>) {
    use LetterKind as Kind;
    let occasion = &dossier.occasion;
    if matches!(
        occasion.kind,
        Kind::Change | Kind::Extension | Kind::Ending | Kind::Objection
    ) {
        earlier(dossier, problems);
    }
    match occasion.kind {
        Kind::Application
        | Kind::Change
        | Kind::Extension
        | Kind::Ending
        | Kind::Objection
        | Kind::Receipt => {}
        Kind::Tariff => text(
            occasion,
            "Schrijf op waarom het tarief verandert.",
            problems,
        ),
        Kind::Temporary => text(
            occasion,
            "Schrijf op waarom de hulp niet kan wachten op het onderzoek.",
            problems,
        ),
        Kind::Conversion => {
            // What was granted already is cut short, and goes on as something else.
            if dossier.subject().iter().any(|one| one.before.is_some()) {
                earlier(dossier, problems);
            }
            let new = dossier.subject().into_iter().any(|subject| {
                let provision = dossier.provisions.get(subject.place);
                subject.before.is_none()
                    && provision.is_some_and(|provision| provision.outcome == Outcome::Granted)
            });
            if new {
                let hint = "Schrijf op welke algemene voorziening de cliënt had, zoals «de algemene voorziening huishoudelijke ondersteuning».";
                text(occasion, hint, problems);
            }
        }
        Kind::System => announcement(occasion, problems),
        Kind::Term => term(dossier, problems),
        Kind::Review => appointment(dossier, problems),
    }
}

/// When and where the client is expected.
fn appointment(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let review = &dossier.review;
    day(
        problems,
        review.agreed,
        "review.agreed",
        "de dag van het gesprek ontbreekt",
        "Vul bij Evaluatie in voor welke dag het gesprek is afgesproken.",
    );
    for (text, field, message, hint) in [
        (
            &review.time,
            "review.time",
            "de tijd van het gesprek ontbreekt",
            "Vul bij Evaluatie in hoe laat het gesprek is.",
        ),
        (
            &review.place,
            "review.place",
            "de plaats van het gesprek ontbreekt",
            "Vul bij Evaluatie in waar het gesprek is.",
        ),
    ] {
        need(problems, text, field, message, hint);
    }
}

pub(super) fn text(occasion: &Occasion, hint: &str, problems: &mut Vec<Problem>) {
    need(
        problems,
        &occasion.text,
        "occasion.text",
        "de uitleg bij deze brief ontbreekt",
        hint,
    );
}

/// The earlier decision, which was before this one.
fn earlier(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let earlier = dossier.occasion.earlier;
    day(
        problems,
        earlier,
        "occasion.earlier",
        "de datum van het eerdere besluit ontbreekt",
        "Vul in van welke dag het besluit is waar deze brief over gaat.",
    );
    if let Some((earlier, now)) = earlier.zip(dossier.dates.decision)
        && earlier >= now
    {
        problems.push(
            Problem::error("het eerdere besluit is niet van voor dit besluit")
                .field("occasion.earlier")
                .hint(format!("Vul een dag in voor {}.", date_long(now))),
        );
    }
}

fn announcement(occasion: &Occasion, problems: &mut Vec<Problem>) {
    day(
        problems,
        occasion.from,
        "occasion.from",
        "de eerste dag van de nieuwe regels ontbreekt",
        "Vul in vanaf welke dag de nieuwe regels gelden.",
    );
    day(
        problems,
        occasion.reply_by,
        "occasion.reply_by",
        "tot wanneer de cliënt kan reageren ontbreekt",
        "Vul de laatste dag in om te reageren.",
    );
    text(
        occasion,
        "Schrijf in gewone woorden op wat er verandert.",
        problems,
    );
    let least = occasion
        .sent
        .and_then(|sent| crate::calendar::days_after(sent, REPLY_DAYS).ok());
    if let Some((reply_by, least)) = occasion.reply_by.zip(least)
        && reply_by < least
    {
        problems.push(
            Problem::error("de cliënt heeft te weinig tijd om te reageren: twee weken of minder")
                .field("occasion.reply_by")
                .hint(format!("Vul een dag in op of na {}.", date_long(least))),
        );
    }
    if let Some((reply_by, from)) = occasion.reply_by.zip(occasion.from)
        && reply_by >= from
    {
        problems.push(
            Problem::error("de nieuwe regels gelden al voordat de cliënt kan reageren")
                .field("occasion.reply_by")
                .hint(format!("Vul een dag in voor {}.", date_long(from))),
        );
    }
}

fn term(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let dates = &dossier.dates;
    if let Some(extension) = &dates.extension {
        day(
            problems,
            extension.last_day,
            "dates.extension.last_day",
            "de nieuwe laatste dag ontbreekt",
            "Vul in tot en met welke dag de termijn langer is.",
        );
        let hint = "Schrijf op waarom het langer duurt.";
        let field = "dates.extension.reason";
        need(
            problems,
            &extension.reason,
            field,
            "de reden ontbreekt",
            hint,
        );
        return;
    }
    let Some((place, pause)) = dates.suspensions.iter().enumerate().next_back() else {
        problems.push(
            Problem::error("er is geen langere termijn en geen opschorting")
                .field("occasion.kind")
                .hint("Leg bij Besluit een verlenging of een opschorting vast."),
        );
        return;
    };
    let field = |name: &str| format!("dates.suspensions[{place}].{name}");
    day(
        problems,
        pause.from,
        &field("from"),
        "de eerste dag van de opschorting ontbreekt",
        "Vul in vanaf welke dag de termijn stilstaat.",
    );
    let hint = "Schrijf op waarom de termijn stilstaat.";
    need(
        problems,
        &pause.reason,
        &field("reason"),
        "de reden ontbreekt",
        hint,
    );
    match pause.ground {
        Ground::Incomplete => day(
            problems,
            pause.complete_by,
            &field("complete_by"),
            "de laatste dag om de aanvraag aan te vullen ontbreekt",
            "Vul in tot en met welke dag de cliënt kan aanvullen. Zonder die dag staat de termijn niet stil (Awb 4:5 en 4:15).",
        ),
        Ground::Consent | Ground::ForceMajeure => day(
            problems,
            pause.to,
            &field("to"),
            "de laatste dag van de opschorting ontbreekt",
            "Vul in tot en met welke dag de termijn stilstaat. De brief zegt tot wanneer de cliënt moet wachten (Awb 4:15).",
        ),
        Ground::ForeignInformation | Ground::Applicant => {}
    }
}

/// Whether there is something that the letter is about, and whether all of it can be told.
fn subject(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
    problems: &mut Vec<Problem>,
) {
    use LetterKind as Kind;
    let kind = dossier.occasion.kind;
    let subject = dossier.subject();
    let nothing = match kind {
        Kind::Change => "geen voorziening wordt meer of minder",
        Kind::Extension => "geen voorziening duurt langer dan eerst",
        Kind::Ending => "geen voorziening stopt of is ingetrokken",
        Kind::Tariff => "er is geen toegekend pgb",
        Kind::Application
        | Kind::Conversion
        | Kind::Objection
        | Kind::Temporary
        | Kind::System
        | Kind::Term
        | Kind::Review
        | Kind::Receipt => "",
    };
    if subject.is_empty() && !nothing.is_empty() {
        problems.push(
            Problem::error(format!("deze brief kan niet: {nothing}"))
                .field("occasion.kind")
                .hint("Verander eerst de regel, of kies een andere soort brief."),
        );
    }
    let mut changes = false;
    for one in &subject {
        let Some(provision) = dossier.provisions.get(one.place) else {
            continue;
        };
        // Why the old line changed, or why the end of this one was moved.
        let told = match kind {
            Kind::Change | Kind::Conversion => one.before,
            Kind::Extension | Kind::Ending => Some(one.place),
            _ => None,
        };
        let moved = told.and_then(|at| Some((at, dossier.provisions.get(at)?.moved_end.as_ref()?)));
        if let Some((at, moved)) = moved {
            need(
                problems,
                &moved.reason,
                &format!("provisions[{at}].moved_end.reason"),
                "de reden van de verandering ontbreekt",
                "Schrijf op waarom deze hulp verandert (Awb 3:46).",
            );
        }
        let revised = match kind {
            Kind::Change | Kind::Conversion => one.before,
            Kind::Ending => Some(one.place),
            _ => None,
        };
        if let Some(at) = revised
            && let Some(old) = dossier.provisions.get(at)
            && old.revised_on.is_none()
        {
            problems.push(
                Problem::error("de grond van de wet om dit besluit te wijzigen of in te trekken ontbreekt")
                    .field(format!("provisions[{at}].revised_on"))
                    .hint("Kies een grond van artikel 2.3.10 lid 1 Wmo 2015. Past er geen? Dan mag de hulp niet anders worden."),
            );
        }
        if kind == Kind::Temporary
            && provision.outcome == Outcome::Granted
            && provision.line.to.is_none()
        {
            problems.push(
                Problem::error("tijdelijke hulp heeft een einddatum nodig")
                    .field(format!("provisions[{}].line.to", one.place))
                    .hint("Vul de laatste dag in van de tijdelijke hulp."),
            );
        }
        if kind == Kind::Tariff {
            changes |= tariff(dossier, evaluation, library, one.place, problems);
        }
    }
    if kind == Kind::Tariff && !subject.is_empty() && !changes {
        problems.push(
            Problem::error("deze brief kan niet: geen bedrag van een pgb verandert")
                .field("occasion.kind")
                .hint("Kies een andere soort brief."),
        );
    }
}

/// Whether an amount of the pgb at `place` changes; a lower one may not come before the client had time to get used to it
/// (R16).
fn tariff(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
    place: usize,
    problems: &mut Vec<Problem>,
) -> bool {
    let budget = evaluation.lines.get(place).and_then(Option::as_ref);
    let segments = budget.map_or(&[][..], |budget| budget.segments.as_slice());
    let amounts: Vec<(Date, Option<Euro>)> = segments
        .iter()
        .map(|segment| {
            let recurring = segment.amount.recurring.as_ref();
            (segment.from, recurring.and_then(crate::budget::Money::euro))
        })
        .collect();
    let file = library.catalogues.municipality(&dossier.municipality);
    let decision = dossier.dates.decision;
    let transition = file.and_then(|file| file.lower_tariff.as_ref());
    let transition = transition.zip(decision).and_then(|(transition, day)| {
        let least = crate::calendar::months_after(day, transition.months).ok()?;
        Some((transition, least))
    });
    let mut changes = false;
    for pair in amounts.windows(2) {
        let [(_, Some(old)), (from, Some(new))] = pair else {
            continue;
        };
        changes |= old != new;
        if new >= old {
            continue;
        }
        let field = format!("provisions[{place}].line.delivery");
        if decision.is_some_and(|day| *from <= day) {
            problems.push(
                Problem::error(format!(
                    "het lagere bedrag gaat in op {}, zonder overgang",
                    date_long(*from)
                ))
                .field(field)
                .hint("Een lager tarief geldt voor wie al een pgb heeft pas na het besluit, met tijd om te wennen."),
            );
        } else if let Some((transition, least)) = transition.filter(|(_, least)| from < least) {
            problems.push(
                Problem::error(format!(
                    "het lagere bedrag gaat in op {}, en de gemeente geeft ten minste {} om te wennen ({})",
                    date_long(*from),
                    counted(usize::from(transition.months), "maand", "maanden"),
                    transition.source
                ))
                .field(field)
                .hint(format!(
                    "Laat het lagere bedrag ingaan op of na {}.",
                    date_long(least)
                )),
            );
        }
    }
    changes
}
