//! The overview of scenarios on paper: at most two pages in plain Dutch, with the calculation so that it can be redone.
//!
//! Every figure comes from what the scenarios came to, and every step from its trace. Where not all steps fit on two
//! pages, the overview says of which scenarios they are left out.

use super::Letter;
use super::blocks::{
    Block, CalculationLine, Column, Content, Labelled, Level, List, Stamp, Table, TableRow, Text,
};
use super::grant::words::{fill, filled};
use crate::budget::Library;
use crate::catalogue::MunicipalityFile;
use crate::document::{Problem, Severity};
use crate::dossier::Dossier;
use crate::plain::PlainWords;
use crate::quantity::dutch::{date_long, listed};
use crate::quantity::{Euro, Exact, Rounding};
use crate::scenario::{LineOutlook, Outlook, Value, answer, briefly, value};
use crate::texts::{Sentences, Texts};
use crate::trace::{Listing, NodeId, Status};
use jiff::civil::Date;

/// The most pages.
const MOST_PAGES: usize = 2;

/// Of more scenarios the answers are told in short.
const MOST_IN_FULL: usize = 4;

/// The overview of what the scenarios of a dossier came to on a day.
///
/// # Errors
/// All that stands in the way, each with the path of its field in the dossier.
pub fn overview(
    dossier: &Dossier,
    library: &Library,
    (outlooks, today): (&[Outlook], Date),
) -> Result<Letter, Vec<Problem>> {
    let problems = missing(dossier, library, outlooks);
    let municipality = library.catalogues.municipality(&dossier.municipality);
    let (Some(municipality), true) = (municipality, problems.is_empty()) else {
        return Err(problems);
    };
    let mut worked = outlooks.len();
    loop {
        let letter = Letter {
            content: content(
                (dossier, municipality, &library.texts),
                (outlooks, worked),
                today,
            )?,
            date: today,
            changeable: Vec::new(),
            author: municipality.sender.clone(),
        };
        let pages = letter.pages().map_err(|problem| vec![problem])?;
        if pages.pages.len() <= MOST_PAGES {
            return Ok(letter);
        }
        let Some(fewer) = worked.checked_sub(1) else {
            return Err(vec![
                Problem::error("dit overzicht past niet op twee pagina's")
                    .field("scenarios")
                    .hint("Haal scenario's weg, of geef ze een kortere naam."),
            ]);
        };
        worked = fewer;
    }
}

/// All that keeps the overview from being made.
fn missing(dossier: &Dossier, library: &Library, outlooks: &[Outlook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let municipality = library.catalogues.municipality(&dossier.municipality);
    if municipality.is_none() {
        problems.push(
            Problem::error("deze gemeente is niet bekend")
                .field("municipality")
                .hint("Kies een gemeente, of zet haar bestanden in de map met catalogi."),
        );
    }
    if outlooks.is_empty() {
        problems.push(
            Problem::error("dit dossier heeft geen scenario's")
                .field("scenarios")
                .hint("Voeg eerst een scenario toe."),
        );
    }
    let wrong = outlooks.iter().flat_map(|outlook| &outlook.problems);
    problems.extend(wrong.filter(|one| one.severity == Severity::Error).cloned());
    problems
}

/// The overview with the calculation of the first so many scenarios.
fn content(
    (dossier, municipality, texts): (&Dossier, &MunicipalityFile, &Texts),
    (outlooks, worked): (&[Outlook], usize),
    today: Date,
) -> Result<Content, Vec<Problem>> {
    let say = texts.sentences();
    let title = say.of("overview");
    let mut references = vec![
        Labelled::new(say.of("overview_municipality"), municipality.name.as_str()),
        Labelled::new(say.of("overview_day"), date_long(today)),
    ];
    if !dossier.number.is_empty() {
        let number = dossier.number.as_str();
        references.push(Labelled::new(say.of("overview_number"), number));
    }
    let mut blocks = vec![
        Block::Heading(Level::Title, title.into()),
        Block::Reference(references),
        Block::Paragraph(fill(say.of("overview_what"), &[])),
        Block::Table(beside(say, outlooks)),
        Block::List(List {
            numbered: true,
            items: outlooks
                .iter()
                .map(|outlook| {
                    let words = match outlooks.len() {
                        ..=MOST_IN_FULL => answer(outlook),
                        _ => briefly(outlook),
                    };
                    Text::default()
                        .strong(format!("{}. ", outlook.name))
                        .then(words)
                })
                .collect(),
        }),
    ];
    if worked > 0 {
        let heading = say.of("overview_redo").into();
        blocks.push(Block::Heading(Level::Section, heading));
        let how = fill(say.of("overview_redo_how"), &[]);
        blocks.push(Block::Paragraph(how));
    }
    for (place, outlook) in outlooks.iter().enumerate().take(worked) {
        let number = place.saturating_add(1);
        let heading = format!("{number}. {}", outlook.name);
        blocks.push(Block::Heading(Level::Subsection, heading.into()));
        let base = outlooks.first().filter(|_| place > 0);
        blocks.push(Block::Calculation(steps(say, outlook, base)));
    }
    if worked < outlooks.len() {
        let left_out: Vec<String> = outlooks
            .iter()
            .skip(worked)
            .map(|outlook| format!("«{}»", outlook.name))
            .collect();
        let names = listed(&left_out);
        let without = fill(say.of("overview_left_out"), &[("scenarios", &names)]);
        blocks.push(Block::Paragraph(without));
    }
    blocks.extend(meanings(say, &blocks)?);
    let is_example = outlooks.iter().any(|one| one.status == Status::Example);
    Ok(Content {
        title: title.to_owned(),
        language: "nl-NL".to_owned(),
        stamp: is_example.then(|| Stamp {
            word: say.of("concept").to_owned(),
            reason: say.of("concept_reason").to_owned(),
        }),
        headings: municipality.style.heading_colour(),
        footer: String::new(),
        blocks,
    })
}

/// The hard words of the running text, with their meaning.
fn meanings(say: &Sentences, blocks: &[Block]) -> Result<Vec<Block>, Vec<Problem>> {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(words) => text.extend([words.to_string(), "\n".to_owned()]),
            Block::List(list) => {
                let items = list.items.iter();
                text.extend(items.flat_map(|item| [item.to_string(), "\n".to_owned()]));
            }
            _ => {}
        }
    }
    let found = PlainWords::shipped()?.meanings_in(&text);
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let pairs = found.iter().map(|one| Labelled::new(one.word, one.means));
    Ok(vec![
        Block::Heading(Level::Subsection, say.of("overview_words").into()),
        Block::KeyValue(pairs.collect()),
    ])
}

fn known(amount: Option<Euro>) -> String {
    value(amount.map_or(Value::NotKnown, Value::Money))
}

/// The scenarios beside each other.
fn beside(say: &Sentences, outlooks: &[Outlook]) -> Table {
    let rows = outlooks.iter().enumerate().map(|(place, outlook)| {
        let all = &outlook.together;
        let amounts = [all.per_month, all.budget, all.spent, all.left, all.short].map(known);
        let name = format!("{}. {}", place.saturating_add(1), outlook.name);
        TableRow::new([name].into_iter().chain(amounts))
    });
    Table {
        columns: vec![
            Column::words(say.of("overview_scenario")),
            Column::amounts(say.of("overview_per_month")),
            Column::amounts(say.of("overview_budget")),
            Column::amounts(say.of("overview_spent")),
            Column::amounts(say.of("overview_left")),
            Column::amounts(say.of("overview_short")),
        ],
        rows: rows.collect(),
    }
}

/// The steps behind the amounts of a scenario; a budget that is that of `base` is not worked out again.
fn steps(say: &Sentences, outlook: &Outlook, base: Option<&Outlook>) -> Vec<CalculationLine> {
    let mut lines = Vec::new();
    for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
        let Some(pot) = line.pot() else { continue };
        let budget = known(pot.budget.euro());
        if !base.is_some_and(|base| has_budget(base, line)) {
            let values = [
                ("what", line.label.as_ref()),
                ("from", &date_long(pot.from)),
                ("to", &date_long(pot.to)),
            ];
            let text = filled(say.of("overview_step_budget"), &values);
            let note = match pot.budget.figure() {
                Some(figure) => written(outlook, figure.node),
                None => pot
                    .budget
                    .reason()
                    .map_or_else(String::new, ToString::to_string),
            };
            lines.push(one(text, note, budget.clone()));
        }
        let about = |named| filled(named, &[("what", line.label.as_ref())]);
        let money = |value: Exact| known(Euro::rounded(value, &Rounding::CENT).ok());
        let Some((left, spent)) = pot.left.zip(pot.spent) else {
            let words = match pot.spent {
                Some(spent) => written(outlook, spent.node),
                None => say.of("overview_nobody").to_owned(),
            };
            lines.push(one(
                about(say.of("overview_step_spent")),
                words,
                known(None),
            ));
            continue;
        };
        let values = [
            ("steps", written(outlook, spent.node)),
            ("budget", budget),
            ("spent", money(spent.value)),
        ];
        let mut values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()))
            .to_vec();
        lines.push(match pot.top_up {
            Some(top_up) => {
                let month = money(top_up.month.value);
                values.push(("month", &month));
                let note = filled(say.of("overview_short_note"), &values);
                one(
                    about(say.of("overview_step_short")),
                    note,
                    money(top_up.total.value),
                )
            }
            None => {
                let note = filled(say.of("overview_left_note"), &values);
                one(about(say.of("overview_step_left")), note, money(left.value))
            }
        });
    }
    lines
}

/// Whether another scenario has the same budget for the same line in the same days.
fn has_budget(base: &Outlook, line: &LineOutlook) -> bool {
    let same = |other: &&LineOutlook| other.provision == line.provision && other.is_pgb();
    let Some(other) = base.lines.iter().find(same) else {
        return false;
    };
    match (other.pot(), line.pot()) {
        (Some(one), Some(other)) => {
            (one.from, one.to, one.budget.euro()) == (other.from, other.to, other.budget.euro())
        }
        _ => false,
    }
}

fn one(text: String, note: String, amount: String) -> CalculationLine {
    CalculationLine {
        text: text.into(),
        note: Text::plain(note),
        amount,
        ..CalculationLine::default()
    }
}

/// All steps behind a figure, one behind the other; figures alone, without where they come from.
fn written(outlook: &Outlook, node: NodeId) -> String {
    let listing = Listing::new(&outlook.trace, &[vec![node]]);
    let lines: Vec<_> = listing.groups.iter().flatten().collect();
    let several = lines.len() > 1;
    let steps = lines.iter().map(|line| {
        let formula = bare(&line.formula);
        match several {
            true => format!("[{}] {formula} = {}", line.number, line.result),
            false => format!("{formula} = {}", line.result),
        }
    });
    steps.collect::<Vec<_>>().join("; ")
}

/// A formula without its remarks: what stands between brackets and is no part of the sum, and the marks of sources.
fn bare(formula: &str) -> String {
    // The pieces between brackets that are still open, with the whole at the bottom.
    let mut open = vec![String::new()];
    for letter in formula.chars() {
        match letter {
            '(' | '[' => open.push(letter.to_string()),
            ')' | ']' if open.len() > 1 => {
                let piece = open.pop().unwrap_or_default();
                if let Some(around) = open.last_mut() {
                    if is_sum(&piece) {
                        around.push_str(&piece);
                        around.push(letter);
                    } else {
                        around.truncate(around.trim_end().len());
                    }
                }
            }
            letter => {
                if let Some(inside) = open.last_mut() {
                    inside.push(letter);
                }
            }
        }
    }
    open.concat()
}

/// Whether a piece between brackets is reckoned with.
fn is_sum(piece: &str) -> bool {
    piece.starts_with('(')
        && [" × ", " ÷ ", " + ", " − "]
            .iter()
            .any(|sign| piece.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_keeps_its_sums_and_loses_its_remarks() {
        assert_eq!(
            bare(
                "174 minuten per week (afgesproken omvang) ÷ 60 [a] × (365 dagen (1-1-2018 tot en met 31-12-2018) ÷ 7 dagen (dagen in de periode))"
            ),
            "174 minuten per week ÷ 60 × (365 dagen ÷ 7 dagen)"
        );
        assert_eq!(bare("regel 1 × 4 (4 × week)"), "regel 1 × 4 (4 × week)");
    }
}
