//! What every letter of a dossier has, whatever it is about: sender, address, whom to call, who signs, hard words.
//!
//! The sentences are templates ([`crate::texts`]); this gives them their data and makes blocks of what they say.

use super::blocks::{Block, Content, Figure, Sender, Stamp};
use super::grant::words;
use super::markup::{self, Finished};
use crate::catalogue::MunicipalityFile;
use crate::document::{Picture, Problem};
use crate::dossier::Dossier;
use crate::plain::PlainWords;
use crate::texts::{Changeable, Texts, Wordings};
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Value;
use std::sync::Arc;

/// Language of every letter.
const LANGUAGE: &str = "nl-NL";

/// The stamp of what is not decided or sent yet, where no example data is in it.
pub(super) const DRAFT: &str = "ONTWERP";

/// What all letters of a dossier lean on.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) municipality: &'a MunicipalityFile,
    pub(super) texts: &'a Texts,
    pub(super) logo: Option<&'a Arc<Picture>>,
    /// The day on which the rules stood as the letter names them.
    pub(super) day: Date,
}

impl Sheet<'_> {
    /// The letter that a template says with these data, before anything that follows the signature and the hard words; and
    /// its parts that may be worded otherwise.
    ///
    /// # Errors
    /// The template names something that is not there, or has a sign without its other half.
    pub(super) fn letter(
        &self,
        template: &str,
        data: Value,
        finished: &Finished,
        stamp: Option<Stamp>,
    ) -> Result<(Content, Vec<Changeable>), Vec<Problem>> {
        let head = vec![self.sender(), self.address()];
        self.under(head, (template, data), finished, stamp)
    }

    /// The same for a paper that is handed over: with the sender, and without an address.
    ///
    /// # Errors
    /// As [`Sheet::letter`].
    pub(super) fn handed_over(
        &self,
        template: &str,
        data: Value,
        finished: &Finished,
        stamp: Option<Stamp>,
    ) -> Result<Content, Vec<Problem>> {
        let (content, _) = self.under(vec![self.sender()], (template, data), finished, stamp)?;
        Ok(content)
    }

    fn under(
        &self,
        mut blocks: Vec<Block>,
        (template, data): (&str, Value),
        finished: &Finished,
        stamp: Option<Stamp>,
    ) -> Result<(Content, Vec<Changeable>), Vec<Problem>> {
        let one = |problem: Problem| vec![problem];
        let data = context! { ..self.head(), ..data };
        let own = self.dossier.wordings.iter();
        let own = own.map(|(id, own)| (id.clone(), own.text.clone()));
        let wordings = Arc::new(Wordings::new(own.collect()));
        let said = self.texts.render(template, data, self.day, &wordings);
        let said = said.map_err(one)?;
        let in_file = |problem: Problem| {
            vec![problem.in_file(self.texts.own_file(template).unwrap_or(template))]
        };
        let parsed = markup::parsed(&said, finished).map_err(in_file)?;
        let title = parsed.title();
        blocks.push(Block::Reference(parsed.references));
        blocks.extend(parsed.blocks);
        let meanings = self.meanings(PlainWords::shipped()?, &blocks, template)?;
        blocks.extend(meanings);
        let content = Content {
            headings: self.municipality.style.heading_colour(),
            title: match parsed.document.as_str() {
                "" => title,
                document => format!("{document}: {title}"),
            },
            language: LANGUAGE.to_owned(),
            stamp,
            footer: parsed.foot,
            blocks,
        };
        Ok((content, wordings.met()))
    }

    /// What every template may name.
    fn head(&self) -> Value {
        let Dossier {
            client,
            contact,
            signatory,
            dates,
            ..
        } = self.dossier;
        let municipality = self.municipality;
        let (office, objection) = (&municipality.office, &municipality.objection);
        context! {
            salutation => client.person.salutation(),
            reference => filled(&self.dossier.number),
            client_number => filled(&client.client_number),
            bsn_on_letter => municipality.bsn_on_letter,
            bsn => client.bsn.map(|bsn| bsn.digits()),
            report => day(dates.report),
            application => day(dates.application),
            decision => day(dates.decision),
            sending => day(dates.sending),
            who => filled(&contact.name).or_else(|| filled(&office.name)),
            // A number stays on one line.
            telephone => filled(&self.telephone().replace(' ', "\u{a0}")),
            mail => filled(&contact.mail),
            municipality => municipality.name.as_str(),
            college => municipality.college.as_str(),
            regulation => municipality.regulation.as_str(),
            objection => context! {
                name => objection.name.as_str(),
                street => objection.street.as_str(),
                place => objection.place.as_str(),
                online => objection.online.as_deref().and_then(filled),
            },
            signatory => context! {
                name => filled(&signatory.name),
                role => filled(&signatory.role),
                mandate => filled(&signatory.mandate),
            },
        }
    }

    /// Whom to call: the consultant, else the office.
    fn telephone(&self) -> &str {
        let own = self.dossier.contact.telephone.trim();
        match &self.municipality.office.telephone {
            Some(office) if own.is_empty() => office.trim(),
            _ => own,
        }
    }

    fn sender(&self) -> Block {
        let office = &self.municipality.office;
        let mut lines = vec![office.street.clone(), office.place.clone()];
        let telephone = office.telephone.as_ref();
        let telephone = telephone.map(|telephone| format!("Telefoon {telephone}"));
        lines.extend([telephone, office.online.clone()].into_iter().flatten());
        let logo = self.municipality.style.logo.as_ref().zip(self.logo);
        let logo = logo.map(|(logo, picture)| Figure {
            picture: Arc::clone(picture),
            text: logo.text.clone(),
        });
        Block::Sender(Sender {
            logo,
            name: self.municipality.sender.clone(),
            department: office.name.clone(),
            lines,
        })
    }

    fn address(&self) -> Block {
        let client = &self.dossier.client;
        let mut lines = vec![client.person.name_line().unwrap_or_default()];
        if let Some(address) = &client.address {
            lines.extend(address.lines());
        }
        Block::Address(lines)
    }

    /// The hard words that these blocks of a template use, with their meaning.
    fn meanings(
        &self,
        words: &PlainWords,
        blocks: &[Block],
        template: &str,
    ) -> Result<Vec<Block>, Vec<Problem>> {
        let mut text = String::new();
        for block in blocks {
            collect(block, &mut text);
        }
        let meanings = words.meanings_in(&text);
        if meanings.is_empty() {
            return Ok(Vec::new());
        }
        let meanings: Value = meanings
            .iter()
            .map(|one| context! { word => one.word, means => one.means })
            .collect();
        let paper = match template {
            "overzicht.txt" => "dit overzicht",
            "verslag.txt" => "dit verslag",
            _ => "deze brief",
        };
        let data = context! { meanings, paper };
        let said = self
            .texts
            .render("moeilijke-woorden.txt", data, self.day, &Arc::default());
        let parsed = said.and_then(|said| markup::parsed(&said, &Finished::default()));
        parsed
            .map(|parsed| parsed.blocks)
            .map_err(|problem| vec![problem])
    }
}

/// A text without space around it; nothing if nothing is left.
pub(super) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A typed text as whole sentences; nothing if it is empty.
pub(super) fn sentence(text: &str) -> Option<String> {
    filled(text).map(|text| words::sentence(&text))
}

/// A day as letters write it.
pub(super) fn day(day: Option<Date>) -> Option<String> {
    day.map(words::date)
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
