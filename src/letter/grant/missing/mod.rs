//! What a grant letter cannot do without (Awb 3:46, Wmo 2015 art. 2.3.5 and 2.3.6): each with its field.
//!
//! `kinds` holds what one kind of letter needs, `objection` what a decision on an objection does, `days` the days of a
//! letter against each other. What may be absent is not here: there the letter says in words that it is.

mod days;
mod kinds;
mod objection;

use crate::budget::{Library, LineBudget, Money};
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Evaluation, LetterKind, Motivation, Outcome, Provision};
use crate::trace::NodeId;

/// Everything that keeps the letter of a dossier from being written, each with its field.
pub fn problems(dossier: &Dossier, evaluation: &Evaluation, library: &Library) -> Vec<Problem> {
    let kind = dossier.occasion.kind;
    let subject = dossier.subject();
    // A letter that tells nothing of provisions does not wait for them.
    let told = kind.is_decision() || !subject.is_empty();
    let errors = evaluation.problems.iter();
    let errors = errors
        .filter(|problem| problem.severity == Severity::Error)
        .filter(|problem| told || !problem.field.starts_with("provisions"));
    let mut problems: Vec<Problem> = errors.cloned().collect();
    people(dossier, &mut problems);
    municipality(dossier, library, &mut problems);
    if dossier.provisions.is_empty() && kind.is_decision() {
        problems.push(
            Problem::error("er is nog geen voorziening om over te besluiten")
                .field("provisions")
                .hint("Voeg een voorziening toe die u toekent of afwijst."),
        );
    }
    let of_kind = kinds::of_kind(dossier, evaluation, library);
    for problem in of_kind.into_iter().chain(days::of_kind(dossier)) {
        // What the dossier itself says of a field is the cause of what its letter finds there.
        if !problems.iter().any(|told| told.field == problem.field) {
            problems.push(problem);
        }
    }
    for one in subject {
        let place = one.place;
        let Some(provision) = dossier.provisions.get(place) else {
            continue;
        };
        if !kind.is_decision()
            || kind == LetterKind::Ending && provision.outcome == Outcome::Granted
        {
            continue;
        }
        let path = format!("provisions[{place}]");
        let found = match &provision.outcome {
            Outcome::Refused { ground } => refused(ground, &provision.motivation),
            Outcome::Withdrawn { reason } => withdrawn(reason),
            Outcome::Granted => {
                let budget = evaluation.lines.get(place).and_then(Option::as_ref);
                let mut found = granted(provision, budget);
                found.extend(budget.and_then(undivided));
                found
            }
        };
        problems.extend(found.into_iter().map(|problem| problem.within(&path)));
    }
    problems
}

/// A fault that the checks before should have told.
pub(super) fn unknown(field: &str) -> Problem {
    Problem::error("dit gegeven ontbreekt voor de brief")
        .field(field)
        .hint("Vul het in en probeer het opnieuw.")
}

/// Adds a problem when a text is empty.
fn need(problems: &mut Vec<Problem>, text: &str, field: &str, message: &str, hint: &str) {
    if text.trim().is_empty() {
        problems.push(Problem::error(message).field(field).hint(hint));
    }
}

fn people(dossier: &Dossier, problems: &mut Vec<Problem>) {
    let dates = &dossier.dates;
    let kind = dossier.occasion.kind;
    let asked = kind == LetterKind::Application;
    let reported = asked || matches!(kind, LetterKind::Temporary | LetterKind::Receipt);
    for (needed, date, field, message, hint) in [
        (
            kind.is_decision(),
            dates.decision,
            "dates.decision",
            "de datum van het besluit ontbreekt",
            "Vul in op welke dag het besluit is of wordt genomen.",
        ),
        (
            reported,
            dates.report,
            "dates.report",
            "de datum van de melding ontbreekt",
            "Vul in wanneer de cliënt zich heeft gemeld.",
        ),
        (
            asked || kind == LetterKind::Term,
            dates.application,
            "dates.application",
            "de datum van de aanvraag ontbreekt",
            "Vul in wanneer de cliënt de aanvraag heeft gedaan.",
        ),
    ] {
        if needed && date.is_none() {
            problems.push(Problem::error(message).field(field).hint(hint));
        }
    }
    if dossier.client.address.is_none() {
        problems.push(
            Problem::error("het adres van de cliënt ontbreekt")
                .field("client.address")
                .hint("Vul het adres in waar de brief naartoe gaat."),
        );
    }
    let signatory = &dossier.signatory;
    for (text, field, message) in [
        (
            &signatory.name,
            "signatory.name",
            "de naam van wie ondertekent ontbreekt",
        ),
        (
            &signatory.role,
            "signatory.role",
            "de functie van wie ondertekent ontbreekt",
        ),
        (
            &signatory.mandate,
            "signatory.mandate",
            "het mandaat van wie ondertekent ontbreekt",
        ),
    ] {
        if field == "signatory.mandate" && !kind.is_decision() {
            continue;
        }
        need(
            problems,
            text,
            field,
            message,
            "Een besluit zegt wie namens het college tekent, en waarom dat mag (Awb 10:10).",
        );
    }
}

fn municipality(dossier: &Dossier, library: &Library, problems: &mut Vec<Problem>) {
    let Some(file) = library.catalogues.municipality(&dossier.municipality) else {
        return;
    };
    let office = file.office.telephone.as_deref().unwrap_or_default();
    if dossier.contact.telephone.trim().is_empty() && office.trim().is_empty() {
        problems.push(
            Problem::error("er is geen telefoonnummer om te bellen")
                .field("contact.telephone")
                .hint("Vul het nummer van de contactpersoon in, of dat van het loket in het gemeentebestand."),
        );
    }
    if let Some(logo) = &file.style.logo
        && library.logo(&file.code).is_none()
    {
        problems.push(
            Problem::error(format!("het logo van {} is niet gelezen", file.name))
                .field("municipality")
                .hint(format!(
                    "Zet {} naast het gemeentebestand in de map van de gemeente.",
                    logo.file
                )),
        );
    }
    let kind = dossier.occasion.kind;
    if !kind.is_decision() || kind == LetterKind::Objection {
        return;
    }
    let objection = &file.objection;
    let parts = [&objection.name, &objection.street, &objection.place];
    if parts.iter().any(|part| part.trim().is_empty()) {
        problems.push(
            Problem::error(format!("het bezwaaradres van {} ontbreekt", file.name))
                .field("municipality")
                .hint("Vul `objection` in het gemeentebestand in: naam, straat of postbus, en plaats (Awb 3:45)."),
        );
    }
}

/// What the evaluation only warns of: hours that are granted while no care provider has them, so that a pgb holds no
/// money for them. A decision cannot leave that open.
fn undivided(budget: &LineBudget<NodeId>) -> Option<Problem> {
    let problem = Problem::error(budget.undivided.clone()?).field("line.delivery");
    Some(problem.hint("Verdeel ook de rest over de zorgverleners, of maak de toegekende omvang kleiner: voor de rest is er in dit pgb geen geld."))
}

fn refused(ground: &str, why: &Motivation) -> Vec<Problem> {
    let mut problems = Vec::new();
    need(
        &mut problems,
        ground,
        "outcome.ground",
        "de reden van de afwijzing ontbreekt",
        "Schrijf op waarom deze voorziening is afgewezen (Awb 3:46).",
    );
    investigated(why, &mut problems);
    problems
}

fn withdrawn(reason: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    need(
        &mut problems,
        reason,
        "outcome.reason",
        "de reden van het intrekken ontbreekt",
        "Schrijf op waarom deze voorziening wordt ingetrokken (Awb 3:46).",
    );
    problems
}

fn granted(provision: &Provision, budget: Option<&LineBudget<NodeId>>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let why = &provision.motivation;
    motivation(why, &mut problems);
    if provision.line.delivery.is_pgb() {
        need(
            &mut problems,
            &why.purpose,
            "motivation.purpose",
            "waarvoor het pgb is ontbreekt",
            "Schrijf op welke hulp de cliënt met het pgb koopt.",
        );
        need(
            &mut problems,
            &why.quality,
            "motivation.quality",
            "de eisen aan de kwaliteit ontbreken",
            "Schrijf op waaraan de hulp uit het pgb moet voldoen (Wmo 2015 art. 2.3.6).",
        );
        if let Some(reason) = budget.and_then(unknown_money) {
            let field = if reason.starts_with("op offerte") {
                "line.offer"
            } else {
                "line.delivery"
            };
            problems.push(
                Problem::error(format!("het bedrag van dit pgb is niet bekend: {reason}"))
                    .field(field)
                    .hint("Een pgb kan pas worden toegekend als het bedrag bekend is."),
            );
        }
    }
    problems
}

fn motivation(why: &Motivation, problems: &mut Vec<Problem>) {
    for (list, field, message, hint) in [
        (
            &why.results,
            "motivation.results",
            "de resultaten ontbreken",
            "Schrijf op wat de cliënt met deze hulp bereikt.",
        ),
        (
            &why.activities,
            "motivation.activities",
            "de activiteiten ontbreken",
            "Schrijf op wat er wordt gedaan, zoals stofzuigen of samen de post doornemen.",
        ),
    ] {
        if list.iter().all(|item| item.trim().is_empty()) {
            problems.push(Problem::error(message).field(field).hint(hint));
        }
    }
    investigated(why, problems);
    need(
        problems,
        &why.reasons,
        "motivation.reasons",
        "de redenen ontbreken",
        "Schrijf op waarom deze hulp, zo veel en op deze manier.",
    );
}

/// The steps of the investigation, which a refusal rests on as much as a grant.
fn investigated(why: &Motivation, problems: &mut Vec<Problem>) {
    for (text, field, message, hint) in [
        (
            &why.limitations,
            "motivation.limitations",
            "wat de cliënt niet kan ontbreekt",
            "Schrijf op wat de cliënt niet kan, en waardoor.",
        ),
        (
            &why.own_strength,
            "motivation.own_strength",
            "wat de cliënt zelf kan ontbreekt",
            "Schrijf op wat de cliënt zelf kan, ook als dat weinig is.",
        ),
        (
            &why.customary_help,
            "motivation.customary_help",
            "de gebruikelijke hulp ontbreekt",
            "Schrijf op wat huisgenoten doen, of dat er geen huisgenoten zijn.",
        ),
        (
            &why.prior,
            "motivation.prior",
            "de hulp die voorgaat ontbreekt",
            "Schrijf op wat mantelzorg, netwerk en algemene voorzieningen doen, of dat er niets is.",
        ),
    ] {
        need(problems, text, field, message, hint);
    }
}

/// Why an amount of a pgb is not known, if one is not.
fn unknown_money(budget: &LineBudget<NodeId>) -> Option<String> {
    let segments = budget.segments.iter();
    let segments = segments.flat_map(|segment| segment.amount.iter().chain([&segment.total]));
    let years = budget.years.iter().map(|year| &year.money);
    segments
        .chain(years)
        .find_map(Money::reason)
        .map(ToString::to_string)
}
