//! The written report of the investigation (Wmo 2015 art. 2.3.2): what was asked, found and considered, for the client.
//!
//! It states what was written down and nothing else: a step that is empty, or taken over and not looked at, is refused
//! with its field. Sender, address and meanings of hard words are those of the grant letter.

use super::Letter;
use super::blocks::{Block, Column, Content, Labelled, Level, Stamp, Table, TableRow, Text};
use super::grant::{close, opening, texts as common, words};
use crate::budget::Library;
use crate::catalogue::MunicipalityFile;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, InvestigationStep, StepState, priors};
use crate::plain::PlainWords;
use jiff::civil::Date;
use words::{fill, filled};

/// The sentences of the report, in plain Dutch to the reader as "u"; `{name}` is filled in.
mod texts {
    pub(super) const DOCUMENT_TITLE: &str = "Verslag van het onderzoek, Wmo 2015";
    pub(super) const TITLE: &str = "Verslag van ons onderzoek";
    pub(super) const FOOTER: &str = "Verslag van het onderzoek, {kenmerk}";
    pub(super) const OPENING: &str = "U heeft op {report} bij ons gemeld dat u hulp nodig heeft. Daarna hebben wij samen met u onderzocht welke hulp bij u past. In dit verslag leest u wat wij hebben gevonden. Dit is nog geen besluit.";
    pub(super) const WRONG: &str = "*Klopt er iets niet?* Laat het ons weten. ";
    pub(super) const PRIOR: &str = "Wij hebben ook gekeken of iets anders u helpt:";
    pub(super) const NEXT: &str = "Hoe het verdergaat";
    pub(super) const APPLY: &str = "Wilt u hulp van de gemeente? Dan kunt u een aanvraag doen. Binnen twee weken na uw aanvraag krijgt u een besluit (artikel 2.3.5 Wmo 2015).";
    pub(super) const SAFETY: &str = "Zorgen over veiligheid";
    pub(super) const DRAFT_REASON: &str = "nog niet verstuurd";
}

/// The heading of a step, to the client.
fn heading(step: InvestigationStep) -> &'static str {
    match step {
        InvestigationStep::Request => "Wat u vraagt",
        InvestigationStep::Limitations => "Wat u niet lukt",
        InvestigationStep::Needed => "Welke hulp nodig is",
        InvestigationStep::OwnStrength => "Wat u zelf kunt",
        InvestigationStep::CustomaryHelp => "Wat uw huisgenoten doen",
        InvestigationStep::InformalCare => "Wat uw mantelzorger doet",
        InvestigationStep::Network => "Wat anderen voor u doen",
        InvestigationStep::Prior => "Wat u ook kan helpen",
        InvestigationStep::Remains => "Wat er overblijft",
    }
}

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
    let mut blocks = head(dossier, municipality, reported);
    for step in InvestigationStep::ALL {
        blocks.push(section(heading(step)));
        match dossier.investigation.answer(step) {
            Some(answer) => blocks.extend(paragraphs(&answer.text)),
            None => blocks.extend(considered(dossier)?),
        }
    }
    let safety = &dossier.investigation.safety;
    if safety.shared && !safety.text.trim().is_empty() {
        blocks.push(section(texts::SAFETY));
        blocks.extend(paragraphs(&safety.text));
    }
    blocks.push(section(texts::NEXT));
    blocks.push(Block::Paragraph(fill(texts::APPLY, &[])));
    blocks.extend(close::meanings(PlainWords::shipped()?, &blocks));
    let kenmerk = opening::reference(dossier);
    let sent = dossier.dates.investigation;
    let content = Content {
        title: texts::DOCUMENT_TITLE.to_owned(),
        language: common::LANGUAGE.to_owned(),
        stamp: sent.is_none().then(|| Stamp {
            word: common::DRAFT.to_owned(),
            reason: texts::DRAFT_REASON.to_owned(),
        }),
        footer: filled(texts::FOOTER, &[("kenmerk", &kenmerk)]),
        blocks,
    };
    Ok(Letter {
        content,
        date: sent.unwrap_or(reported),
        author: municipality.sender.clone(),
    })
}

fn section(text: &str) -> Block {
    Block::Heading(Level::Section, text.into())
}

/// A typed text, each line a paragraph.
fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| Block::Paragraph(words::sentence(line).into()))
}

/// Sender, address, references, title and what the report is.
fn head(dossier: &Dossier, municipality: &MunicipalityFile, reported: Date) -> Vec<Block> {
    let person = &dossier.client.person;
    let day = |day: Option<Date>, otherwise: &str| day.map_or(otherwise.to_owned(), words::date);
    let or = |text: &str, otherwise: &str| match text.trim() {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    };
    let dates = &dossier.dates;
    let references = vec![
        Labelled::new("Uw melding", words::date(reported)),
        Labelled::new("Verzonden op", day(dates.investigation, common::NOT_SENT)),
        Labelled::new("Ons kenmerk", or(&dossier.number, common::NO_NUMBER)),
        Labelled::new(
            "Cliëntnummer",
            or(&dossier.client.client_number, common::NO_CLIENT_NUMBER),
        ),
    ];
    let salutation = person.salutation().unwrap_or_default();
    let report = words::date(reported);
    let mut wrong = fill(texts::WRONG, &[]);
    wrong.runs.extend(opening::call(dossier, municipality).runs);
    vec![
        opening::sender(municipality),
        opening::address(dossier),
        Block::Reference(references),
        Block::Heading(Level::Title, texts::TITLE.into()),
        Block::Paragraph(format!("{salutation},").into()),
        Block::Paragraph(fill(texts::OPENING, &[("report", &report)])),
        Block::Paragraph(wrong),
    ]
}

/// What was found about each prior provision.
fn considered(dossier: &Dossier) -> Result<Vec<Block>, Vec<Problem>> {
    let list = priors()?;
    let rows = dossier.investigation.prior.iter().map(|one| {
        let known = list.iter().find(|known| known.id == one.provision);
        TableRow::new([
            Text::plain(known.map_or(one.provision.as_str(), |known| &known.label)),
            Text::plain(one.outcome.dutch()),
            Text::plain(one.reason.trim()),
        ])
    });
    let columns = ["Wat", "Wat wij vinden", "Waarom"];
    Ok(vec![
        Block::Paragraph(fill(texts::PRIOR, &[])),
        Block::Table(Table {
            columns: columns.map(Column::words).to_vec(),
            rows: rows.collect(),
        }),
    ])
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
    for step in InvestigationStep::ALL {
        let answer = dossier.investigation.answer(step);
        let path = format!("investigation.{}", step.field());
        let field = if answer.is_some() {
            format!("{path}.text")
        } else {
            path
        };
        let (what, hint) = match dossier.investigation.state(step, false) {
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
