//! The first page: who writes to whom, the decision in the first sentences, whom to call, and the decision in a frame.

use super::super::blocks::{Block, Labelled, Level, Sender, Text};
use super::words::{self, add, date, fill, filled};
use super::{Case, Decided, Grant, Refusal, amount, telephone, texts};
use crate::catalogue::MunicipalityFile;
use crate::dossier::Dossier;
use crate::indication::Delivery;
use crate::quantity::Frequency;

/// Sender, address, references, title, salutation and decision.
pub(super) fn blocks(case: &Case<'_>, number: Option<&str>) -> Vec<Block> {
    let dossier = case.dossier;
    let dates = &dossier.dates;
    let salutation = dossier.client.person.salutation().unwrap_or_default();
    let mut opening = Text::default();
    for decided in &case.decided {
        opening = match decided {
            Decided::Granted(grant) if grant.is_pgb() => {
                add(opening, texts::OPEN_PGB, &[("what", &grant.name())])
            }
            Decided::Granted(grant) => {
                add(opening, texts::OPEN_IN_KIND, &[("what", &grant.name())])
            }
            Decided::Refused(refusal) => add(
                opening,
                if refusal.is_withdrawn() {
                    texts::OPEN_WITHDRAWN
                } else {
                    texts::OPEN_REFUSED
                },
                &[("what", &words::mid(&refusal.heading))],
            ),
        };
    }
    let day = |day: Option<jiff::civil::Date>| day.map(date).unwrap_or_default();
    let opening = add(
        opening,
        texts::OPENING,
        &[
            ("decision", &date(case.decision)),
            ("report", &day(dates.report)),
            ("application", &day(dates.application)),
        ],
    );
    vec![
        sender(case.municipality),
        address(dossier),
        references(case, number),
        Block::Heading(Level::Title, title(case).into()),
        Block::Paragraph(format!("{salutation},").into()),
        Block::Paragraph(opening),
        Block::Paragraph(call(dossier, case.municipality)),
        frame(case),
    ]
}

/// What the letter is about, in one line.
pub(super) fn title(case: &Case<'_>) -> String {
    match case.decided.as_slice() {
        [Decided::Granted(grant)] if grant.is_pgb() => {
            filled(texts::TITLE_PGB, &[("what", &grant.name())])
        }
        [Decided::Granted(grant)] => filled(texts::TITLE_IN_KIND, &[("what", &grant.name())]),
        [Decided::Refused(refusal)] => filled(
            if refusal.is_withdrawn() {
                texts::TITLE_WITHDRAWN
            } else {
                texts::TITLE_REFUSED
            },
            &[("what", &words::mid(&refusal.heading))],
        ),
        _ => texts::TITLE_SEVERAL.to_owned(),
    }
}

/// The number of the case, or that there is none yet.
pub(in crate::letter) fn reference(dossier: &Dossier) -> String {
    match dossier.number.trim() {
        "" => texts::NO_NUMBER.to_owned(),
        number => filled(texts::NUMBER, &[("number", number)]),
    }
}

/// Who writes.
pub(in crate::letter) fn sender(municipality: &MunicipalityFile) -> Block {
    let office = &municipality.office;
    let mut lines = vec![office.street.clone(), office.place.clone()];
    let optional = [
        office
            .telephone
            .as_ref()
            .map(|telephone| format!("Telefoon {telephone}")),
        office.online.clone(),
    ];
    lines.extend(optional.into_iter().flatten());
    Block::Sender(Sender {
        name: municipality.sender.clone(),
        department: office.name.clone(),
        lines,
    })
}

/// Whom it is written to.
pub(in crate::letter) fn address(dossier: &Dossier) -> Block {
    let client = &dossier.client;
    let mut lines = vec![client.person.name_line().unwrap_or_default()];
    if let Some(address) = &client.address {
        lines.extend(address.lines());
    }
    Block::Address(lines)
}

/// Dates and numbers; that of the decision once it is definitive.
fn references(case: &Case<'_>, decided: Option<&str>) -> Block {
    let dossier = case.dossier;
    let client = &dossier.client;
    let sent = dossier.dates.sending.map(date);
    let number = dossier.number.trim();
    let client_number = if case.municipality.bsn_on_letter {
        let bsn = client.bsn.map(|bsn| bsn.digits());
        Labelled::new(
            "Burgerservicenummer",
            bsn.unwrap_or_else(|| texts::NO_BSN.to_owned()),
        )
    } else {
        let number = client.client_number.trim();
        Labelled::new("Cliëntnummer", or(number, texts::NO_CLIENT_NUMBER))
    };
    let mut pairs = vec![
        Labelled::new("Datum besluit", date(case.decision)),
        Labelled::new(
            "Verzonden op",
            sent.unwrap_or_else(|| texts::NOT_SENT.to_owned()),
        ),
        Labelled::new("Ons kenmerk", or(number, texts::NO_NUMBER)),
        client_number,
    ];
    pairs.extend(decided.map(|number| Labelled::new("Besluitnummer", number)));
    Block::Reference(pairs)
}

fn or(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise } else { text }.to_owned()
}

/// The decision in a frame: what, how much, from when, how much money.
fn frame(case: &Case<'_>) -> Block {
    let mut blocks = vec![Block::Heading(Level::Section, texts::DECISION.into())];
    for decided in &case.decided {
        let (label, pairs) = match decided {
            Decided::Granted(grant) => (grant.heading.clone(), granted(grant)),
            Decided::Refused(refusal) => (refusal.heading.clone(), refused(refusal)),
        };
        blocks.push(Block::Heading(Level::Subsection, label.into()));
        blocks.push(Block::KeyValue(pairs));
    }
    Block::Framed(blocks)
}

/// Whom to call; before the frame, which may go on over a second page.
pub(in crate::letter) fn call(dossier: &Dossier, municipality: &MunicipalityFile) -> Text {
    let contact = &dossier.contact;
    let who = match contact.name.trim() {
        "" => municipality.office.name.trim(),
        name => name,
    };
    let values = [
        ("who", who),
        ("telephone", telephone(dossier, municipality)),
        ("mail", contact.mail.trim()),
    ];
    if contact.mail.trim().is_empty() {
        fill(texts::CALL, &values)
    } else {
        fill(texts::CALL_MAIL, &values)
    }
}

fn refused(refusal: &Refusal<'_>) -> Vec<Labelled> {
    let outcome = if refusal.is_withdrawn() {
        texts::WITHDRAWN
    } else {
        texts::REFUSED
    };
    vec![
        Labelled::new("Besluit", fill(outcome, &[])),
        Labelled::new("Reden", words::sentence(refusal.ground)),
    ]
}

fn granted(grant: &Grant<'_>) -> Vec<Labelled> {
    let line = &grant.provision.line;
    let pgb = grant.is_pgb();
    let outcome = if pgb {
        texts::GRANTED_PGB
    } else {
        texts::GRANTED_IN_KIND
    };
    let mut pairs = vec![
        Labelled::new("Besluit", fill(outcome, &[])),
        Labelled::new("Hoeveel", Text::default().strong(grant.extent())),
        Labelled::new("Periode", period(grant)),
    ];
    match &line.delivery {
        Delivery::InKind { provider } => {
            let provider = provider.trim();
            pairs.push(Labelled::new(
                "Zorgaanbieder",
                or(provider, texts::PROVIDER_OPEN),
            ));
        }
        Delivery::Pgb { .. } => pairs.push(Labelled::new("Bedrag", money(grant))),
    }
    pairs
}

/// From when to when.
pub(super) fn period(grant: &Grant<'_>) -> Text {
    let line = &grant.provision.line;
    let from = date(line.from);
    match line.to {
        Some(to) => fill(texts::FROM_TO, &[("from", &from), ("to", &date(to))]),
        None => fill(texts::FROM, &[("from", &from)]),
    }
}

/// The amount per period, with what it changes into, and the total if there is one.
fn money(grant: &Grant<'_>) -> Text {
    let mut text = Text::default();
    let mut last = None;
    for segment in &grant.budget.segments {
        // What is in total over some of the days says less than the total below.
        let Some(recurring) = &segment.amount.recurring else {
            continue;
        };
        let amount = amount(recurring, segment.per);
        if last.as_ref() == Some(&amount) {
            continue;
        }
        text = match last {
            None => text.strong(amount.clone()),
            Some(_) => text
                .then(format!(", vanaf {} ", date(segment.from)))
                .strong(amount.clone()),
        };
        last = Some(amount);
    }
    if let Some(total) = &grant.budget.term {
        let amount = amount(&total.money, Frequency::Total);
        let between = if text.runs.is_empty() { "" } else { ";\n" };
        text = text.then(between).then("in totaal ").strong(amount);
        if grant.budget.open_from.is_some() {
            text = text.then(format!(
                " tot en met {}; tarief daarna nog niet vastgesteld",
                date(total.to)
            ));
        }
    }
    text
}
