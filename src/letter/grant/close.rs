//! What stands in every letter after the provisions: own contribution, duties, rules, objection, signature, words.

use super::super::blocks::{Block, Labelled, Level, List, Signature, Text};
use super::words::{self, add, date, filled};
use super::{Case, Decided, paragraph, pgb, texts};
use crate::calendar::objection_term;
use crate::catalogue::file::OwnContribution;
use crate::national::ContributionOutcome;
use crate::plain::PlainWords;
use crate::quantity::dutch::listed;
use jiff::civil::Date;

/// The last day on which only artikel 2.1.4 spoke of the own contribution.
const CONTRIBUTION_BEFORE: Date = jiff::civil::date(2020, 1, 1);

/// Everything between the provisions and the appendix.
pub(super) fn blocks(case: &Case<'_>) -> Vec<Block> {
    let mut blocks = revision(case);
    blocks.extend(pgb::accounting(case));
    blocks.extend(contribution(case));
    blocks.extend(changes());
    blocks.extend(law(case));
    blocks.extend(objection(case));
    blocks.push(signature(case));
    blocks
}

fn heading(text: &str) -> Block {
    Block::Heading(Level::Section, text.into())
}

/// On what ground the decision looks back (Wmo 2015 art. 2.3.10), if it does.
fn revision(case: &Case<'_>) -> Vec<Block> {
    let ground = case.dossier.revision_ground.trim().trim_end_matches('.');
    if ground.is_empty() {
        return Vec::new();
    }
    vec![
        heading(texts::REVISION),
        paragraph(texts::REVISION_GROUND, &[("ground", ground)]),
    ]
}

/// Provisions with the same own contribution, named together.
fn contribution(case: &Case<'_>) -> Vec<Block> {
    let mut groups: Vec<(ContributionOutcome, i16, Vec<String>)> = Vec::new();
    for grant in case.grants() {
        let start = grant.provision.line.from;
        let municipality = &case.dossier.municipality;
        let library = case.library;
        let found = library.own_contribution(municipality, grant.product, start);
        let outcome = found.unwrap_or_else(|error| ContributionOutcome::NotKnown {
            reason: error.to_string(),
        });
        let year = start.year();
        let same = groups
            .iter_mut()
            .find(|(known, in_year, _)| *known == outcome && *in_year == year);
        match same {
            Some((_, _, names)) => names.push(grant.name()),
            None => groups.push((outcome, year, vec![grant.name()])),
        }
    }
    let mut text = Text::default();
    let mut cak = false;
    for (outcome, year, names) in &groups {
        let mut names = names.clone();
        names.dedup();
        let what = listed(&names);
        let year = year.to_string();
        let base = [("what", what.as_str()), ("year", year.as_str())];
        cak |= *outcome != ContributionOutcome::NotDue;
        text = match outcome {
            ContributionOutcome::NotDue => add(text, texts::NOT_DUE, &base),
            ContributionOutcome::OwnRegime => add(text, texts::OWN_REGIME, &base),
            ContributionOutcome::Maximum {
                amount,
                per,
                source,
            } => {
                let amount = words::money(amount.0, *per);
                let note = source.note.as_deref().unwrap_or_default();
                let [what, year] = base;
                let values = [what, year, ("amount", &amount), ("note", note)];
                add(text, texts::DUE_MAXIMUM, &values)
            }
            ContributionOutcome::IncomeDependent { per, .. } => {
                let [what, year] = base;
                add(text, texts::DUE_INCOME, &[what, year, ("per", per.dutch())])
            }
            ContributionOutcome::NotKnown { reason } => {
                let [what, year] = base;
                let reason = format!("{}.", reason.trim_end_matches('.'));
                add(text, texts::DUE_UNKNOWN, &[what, year, ("reason", &reason)])
            }
        };
    }
    if groups.is_empty() {
        text = add(text, texts::NOTHING_GRANTED, &[]);
    }
    if cak {
        text = add(text, texts::CAK, &[]);
    }
    vec![heading(texts::CONTRIBUTION), Block::Paragraph(text)]
}

fn changes() -> Vec<Block> {
    vec![heading(texts::CHANGES), paragraph(texts::DUTY, &[])]
}

/// The legal articles, in one place, as they stood on the day of the decision.
fn law(case: &Case<'_>) -> Vec<Block> {
    let provisions = || case.decided.iter().map(Decided::provision);
    let pgb = provisions().any(|provision| provision.line.delivery.is_pgb());
    let contribution = case
        .grants()
        .any(|grant| grant.product.own_contribution.value != OwnContribution::NotDue);
    let contribution = match contribution {
        false => None,
        true if case.decision < CONTRIBUTION_BEFORE => Some(texts::LAW_CONTRIBUTION_BEFORE),
        true => Some(texts::LAW_CONTRIBUTION),
    };
    let article = if pgb { texts::LAW_PGB } else { "" };
    let mut items = vec![filled(texts::LAW_WMO, &[("pgb", article)])];
    items.extend(contribution.map(str::to_owned));
    if !case.dossier.revision_ground.trim().is_empty() {
        items.push(texts::LAW_REVISION.to_owned());
    }
    items.push(format!("{};", case.municipality.regulation));
    for decided in &case.decided {
        let (name, file) = match decided {
            Decided::Granted(grant) => (grant.name(), grant.file),
            Decided::Refused(refusal) => (words::mid(&refusal.label), refusal.file),
        };
        let articles = file.map_or(&[][..], |file| &file.articles);
        let item = if articles.is_empty() {
            filled(texts::LAW_PRODUCT_MISSING, &[("what", &name)])
        } else {
            let articles = listed(articles);
            filled(
                texts::LAW_PRODUCT,
                &[("what", &name), ("articles", &articles)],
            )
        };
        if !items.contains(&item) {
            items.push(item);
        }
    }
    if case.grants().any(super::Grant::is_pgb) {
        items.push(texts::LAW_TARIFFS.to_owned());
    }
    items.push(texts::LAW_AWB.to_owned());
    vec![
        heading(texts::LAW),
        paragraph(texts::LAW_INTRO, &[("decision", &date(case.decision))]),
        Block::List(List {
            numbered: false,
            items: items.into_iter().map(Text::plain).collect(),
        }),
    ]
}

/// By whom, within what term, where (Awb 3:45).
fn objection(case: &Case<'_>) -> Vec<Block> {
    let office = &case.municipality.objection;
    let term = case
        .dossier
        .dates
        .sending
        .and_then(|sent| objection_term(sent).ok());
    let until = match term {
        Some(term) => {
            let moved = if term.is_moved() {
                texts::OBJECTION_MOVED
            } else {
                ""
            };
            let last = words::day_and_date(term.last_day);
            paragraph(texts::OBJECTION_UNTIL, &[("last", &last), ("moved", moved)])
        }
        None => paragraph(texts::OBJECTION_SIX_WEEKS, &[]),
    };
    let mut address = vec![
        office.name.clone(),
        office.street.clone(),
        office.place.clone(),
    ];
    if let Some(online) = office
        .online
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        address.push(format!("of: {online}"));
    }
    let which = match case.dossier.number.trim() {
        "" => texts::OBJECTION_WHICH_NO_NUMBER,
        _ => texts::OBJECTION_WHICH,
    };
    let items = [
        texts::OBJECTION_WHO,
        texts::OBJECTION_SIGNED,
        which,
        texts::OBJECTION_WHY,
    ];
    vec![
        heading(texts::OBJECTION),
        paragraph(texts::OBJECTION_CALL, &[("telephone", case.telephone())]),
        until,
        Block::Paragraph(address.join("\n").into()),
        paragraph(texts::OBJECTION_IN_LETTER, &[]),
        Block::List(List {
            numbered: false,
            items: items.into_iter().map(Into::into).collect(),
        }),
        paragraph(texts::OBJECTION_MEANWHILE, &[]),
    ]
}

fn signature(case: &Case<'_>) -> Block {
    let who = &case.dossier.signatory;
    let college = filled(texts::ON_BEHALF, &[("college", &case.municipality.college)]);
    let mandate = filled(texts::MANDATE, &[("mandate", who.mandate.trim())]);
    Block::Signature(Signature {
        closing: texts::CLOSING.to_owned(),
        on_behalf: vec![college],
        signatory: vec![
            who.name.trim().to_owned(),
            who.role.trim().to_owned(),
            mandate,
        ],
    })
}

/// The hard words that these blocks use, with their meaning.
pub(in crate::letter) fn meanings(words: &PlainWords, blocks: &[Block]) -> Vec<Block> {
    let mut text = String::new();
    for block in blocks {
        collect(block, &mut text);
    }
    let meanings = words.meanings_in(&text);
    if meanings.is_empty() {
        return Vec::new();
    }
    let pairs = meanings.iter();
    let pairs = pairs.map(|meaning| Labelled::new(meaning.word, meaning.means));
    vec![heading(texts::MEANINGS), Block::KeyValue(pairs.collect())]
}

/// All words of a block, for looking words up.
fn collect(block: &Block, text: &mut String) {
    let mut say = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    match block {
        Block::Heading(_, words) | Block::Paragraph(words) => say(&words.to_string()),
        Block::List(list) => list.items.iter().for_each(|item| say(&item.to_string())),
        Block::KeyValue(pairs) | Block::Reference(pairs) => {
            for pair in pairs {
                say(&pair.label);
                say(&pair.value.to_string());
            }
        }
        Block::Table(table) => {
            for row in &table.rows {
                row.cells.iter().for_each(|cell| say(&cell.to_string()));
            }
        }
        Block::Framed(blocks) => blocks.iter().for_each(|block| collect(block, text)),
        Block::Signature(signature) => signature.signatory.iter().for_each(|line| say(line)),
        Block::Sender(_) | Block::Address(_) | Block::Calculation(_) | Block::PageBreak => {}
    }
}
