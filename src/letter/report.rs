//! The written report of the investigation (Wmo 2015 art. 2.3.2): what was asked, found and considered, for the client.
//!
//! It states what was written down and nothing else: a step that is empty, or taken over and not looked at, is refused
//! with its field. What every letter has comes from `sheet`.

use super::Letter;
use super::blocks::Stamp;
use super::markup::Finished;
use super::sheet::{DRAFT, Sheet, day, filled, sentence};
use super::unprintable::in_the_way;
use crate::budget::Library;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, InvestigationStep, StepState};
use minijinja::context;
use minijinja::value::Value;
use std::collections::BTreeMap;

/// The report of the investigation of a dossier. It has the stamp of a draft until the dossier says when it was sent.
///
/// # Errors
/// All that stands in the way, each with the path of its field in the dossier.
pub fn report(dossier: &Dossier, library: &Library) -> Result<Letter, Vec<Problem>> {
    let municipality = library.catalogues.municipality(&dossier.municipality);
    let (Some(municipality), Some(reported), []) = (
        municipality,
        dossier.dates.report,
        missing(dossier, library).as_slice(),
    ) else {
        return Err(missing(dossier, library));
    };
    let sheet = Sheet {
        dossier,
        municipality,
        texts: &library.texts,
        logo: library.logo(&dossier.municipality),
        day: reported,
    };
    let sent = dossier.dates.investigation;
    let stamp = sent.is_none().then(|| Stamp {
        word: DRAFT.to_owned(),
        reason: library.texts.sentences().of("not_sent_reason").to_owned(),
    });
    let steps = InvestigationStep::ALL.into_iter().filter_map(|step| {
        let answer = dossier.investigation.answer(step)?;
        Some((step.field(), paragraphs(&answer.text)))
    });
    let steps: BTreeMap<&str, Vec<String>> = steps.collect();
    let safety = &dossier.investigation.safety;
    let safety = safety.shared.then(|| paragraphs(&safety.text));
    let data = context! {
        sent => day(sent),
        steps,
        considered => considered(dossier, library)?,
        safety,
    };
    let (content, changeable) = sheet.letter("verslag.txt", data, &Finished::default(), stamp)?;
    let odd = in_the_way(dossier, &content);
    if !odd.is_empty() {
        return Err(odd);
    }
    Ok(Letter {
        content,
        date: sent.unwrap_or(reported),
        author: municipality.sender.clone(),
        changeable,
    })
}

/// A typed text, each line a paragraph.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().filter_map(sentence).collect()
}

/// What was found about each prior provision.
fn considered(dossier: &Dossier, library: &Library) -> Result<Vec<Value>, Vec<Problem>> {
    let list = dossier.priors(library)?;
    let found = dossier.investigation.prior.iter().map(|one| {
        let known = list.iter().find(|known| known.id == one.provision);
        context! {
            what => known.map_or(one.provision.as_str(), |known| &known.label),
            found => one.outcome.dutch(),
            reason => filled(&one.reason),
        }
    });
    Ok(found.collect())
}

/// Everything that keeps the report from being written.
fn missing(dossier: &Dossier, library: &Library) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut need = |absent: bool, field: &str, message: &str, hint: &str| {
        if absent {
            problems.push(Problem::error(message).field(field).hint(hint));
        }
    };
    need(
        library
            .catalogues
            .municipality(&dossier.municipality)
            .is_none(),
        "municipality",
        "deze gemeente is niet bekend",
        "Kies een gemeente, of zet haar bestanden in de map met catalogi.",
    );
    need(
        dossier.client.person.name_line().is_none(),
        "client.person.surname",
        "de naam van de cliënt ontbreekt",
        "Vul de achternaam in.",
    );
    need(
        dossier.client.address.is_none(),
        "client.address",
        "het adres van de cliënt ontbreekt",
        "Vul het adres in waar het verslag naartoe gaat.",
    );
    need(
        dossier.dates.report.is_none(),
        "dates.report",
        "de datum van de melding ontbreekt",
        "Vul in wanneer de cliënt zich heeft gemeld.",
    );
    let list = dossier.priors(library).unwrap_or_default();
    for step in InvestigationStep::ALL {
        let answer = dossier.investigation.answer(step);
        let path = format!("investigation.{}", step.field());
        let field = if answer.is_some() {
            format!("{path}.text")
        } else {
            path
        };
        let (what, hint) = match dossier.investigation.state(step, &list, false) {
            StepState::Complete => continue,
            StepState::Empty => (
                "is nog leeg",
                "Vul de stap in. Schrijf het ook op als er niets is.",
            ),
            StepState::Busy if answer.is_some() => (
                "is overgenomen en nog niet nagekeken",
                "Kijk na of het antwoord nog klopt.",
            ),
            StepState::Busy | StepState::Problem => (
                "is nog niet compleet",
                "Vul bij elke voorziening een reden in, en kijk na wat is overgenomen.",
            ),
        };
        let message = format!("de stap «{}» van het onderzoek {what}", step.dutch());
        need(true, &field, &message, hint);
    }
    let dates = dossier.check_dates().into_iter();
    problems.extend(dates.filter(|problem| problem.severity == Severity::Error));
    problems
}
