//! What is wrong with a catalogue file: every mistake at its field, and each told once.
//!
//! A part that could not be read, or that was complained about already, is in [`Doubt`]: what would only follow from
//! it is left unsaid. This module must not make anything; that is the work of [`super::build`].

mod conventions;
mod prices;
mod products;
mod usable;

use super::file::{Agreed, CatalogueFile, Follows, IN_KIND, When};
use super::{MAX_AXES, build, percentages, selection_of};
use crate::document::{Doubt, Problem};
use std::collections::BTreeSet;

/// The most lines that a list of a catalogue can have.
const MOST_LINES: usize = 1_000;

/// Every problem of a file, with the path of its field. `doubt` says what of it could not be read.
pub(super) fn check(file: &CatalogueFile, doubt: Doubt) -> Vec<Problem> {
    let mut checker = Checker {
        file,
        doubt,
        problems: Vec::new(),
    };
    checker.heads();
    if checker.too_long() {
        return checker.problems;
    }
    checker.axes();
    checker.providers();
    checker.conventions();
    checker.products();
    checker.tariffs();
    checker.ceilings();
    checker.scales();
    checker.percentages();
    checker.endings();
    checker.usable();
    checker.problems
}

struct Checker<'a> {
    file: &'a CatalogueFile,
    doubt: Doubt,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    /// Tells a problem, unless it is about something in doubt.
    fn problem(&mut self, field: impl Into<String>, message: impl Into<String>, hint: &str) {
        let field = field.into();
        if !self.doubt.about(&field) {
            self.problems
                .push(Problem::error(message).field(field).hint(hint));
        }
    }

    fn heads(&mut self) {
        let file = self.file;
        if file.id.is_empty() {
            self.problem(
                "id",
                "de naam van de catalogus ontbreekt",
                "Geef een korte naam.",
            );
        }
        self.filled("title", &file.title);
        self.filled("version", &file.version);
        for (name, source) in &file.sources {
            self.filled(&format!("sources[{name:?}].title"), &source.title);
        }
        if file.to.is_some_and(|to| to < file.from) && !self.doubt.about("from") {
            self.problem(
                "to",
                "de laatste dag ligt voor de eerste dag",
                "Vul een laatste dag in op of na de eerste dag.",
            );
            // The dates of the values would all be wrong too.
            self.doubt.wrong("to");
        }
        let starts_elsewhere =
            |older: &super::file::Supersedes| older.from != file.from && !self.doubt.about("from");
        if file.supersedes.as_ref().is_some_and(starts_elsewhere) {
            self.problem(
                "supersedes.from",
                "deze catalogus vervangt een oudere vanaf een andere dag dan waarop hij zelf begint",
                "Maak beide dagen gelijk.",
            );
        }
        if file.municipalities.is_empty() {
            self.problem(
                "municipalities",
                "er staat geen gemeente in",
                "Zet er de CBS-code van vier cijfers in, zoals \"0546\".",
            );
        }
        for (place, code) in file.municipalities.iter().enumerate() {
            if !super::municipality::is_code(code) {
                self.problem(
                    format!("municipalities[{place}]"),
                    format!("«{code}» is geen gemeentecode"),
                    "Een CBS-code heeft vier cijfers, zoals \"0546\".",
                );
            }
        }
    }

    /// Whether a list is longer than any real catalogue has: everything is held against everything else.
    fn too_long(&mut self) -> bool {
        let file = self.file;
        let lists = [
            ("axes", file.axes.len()),
            ("providers", file.providers.len()),
            ("conventions", file.conventions.len()),
            ("products", file.products.len()),
            ("scales", file.scales.len()),
            ("tariffs", file.tariffs.len()),
            ("ceilings", file.ceilings.len()),
        ];
        let mut found = false;
        for (list, count) in lists.into_iter().filter(|(_, count)| *count > MOST_LINES) {
            found = true;
            self.problem(
                list,
                format!("hier staan {count} regels; {MOST_LINES} is het meeste"),
                "Verdeel de catalogus over meer bestanden.",
            );
        }
        found
    }

    fn axes(&mut self) {
        let file = self.file;
        self.unique("axes", file.axes.iter().map(|axis| axis.id.as_str()));
        if file.axes.len() > MAX_AXES {
            self.problem(
                "axes",
                format!(
                    "{} assen is te veel; {MAX_AXES} is het meeste",
                    file.axes.len()
                ),
                "Voeg assen samen of maak er aparte producten van.",
            );
        }
        for (place, axis) in file.axes.iter().enumerate() {
            let path = format!("axes[{place}]");
            let values = format!("{path}.values");
            self.filled(&format!("{path}.label"), &axis.label);
            for (at, value) in axis.values.iter().enumerate() {
                self.filled(&format!("{values}[{at}].label"), &value.label);
            }
            self.unique(&values, axis.values.iter().map(|value| value.id.as_str()));
            if axis.values.is_empty() || axis.values.len() > 250 {
                self.problem(
                    values.as_str(),
                    format!("as «{}» heeft {} waarden", axis.id, axis.values.len()),
                    "Een as heeft 1 tot 250 waarden.",
                );
                self.doubt.wrong(values.as_str());
            }
            let Some(Follows::Aggravation {
                without,
                with,
                source,
                ..
            }) = &axis.follows
            else {
                continue;
            };
            for id in [without, with] {
                let known = axis.values.iter().any(|value| value.id == *id);
                if !known && !self.doubt.about_names(&values) {
                    self.problem(
                        format!("{path}.follows"),
                        format!("as «{}» heeft geen waarde «{id}»", axis.id),
                        "Noem een waarde uit `values`.",
                    );
                }
            }
            self.source(&format!("{path}.follows.source"), source);
        }
    }

    fn providers(&mut self) {
        let file = self.file;
        self.unique(
            "providers",
            file.providers.iter().map(|kind| kind.id.as_str()),
        );
        for (place, kind) in file.providers.iter().enumerate() {
            self.filled(&format!("providers[{place}].label"), &kind.label);
            if kind.id == IN_KIND {
                let field = format!("providers[{place}].id");
                self.problem(
                    field.as_str(),
                    "«zin» betekent al zorg in natura",
                    "Kies een andere korte naam.",
                );
                self.doubt.wrong(field);
            }
        }
    }

    /// Percentages lead to an amount. Lines in doubt are left out of it.
    fn percentages(&mut self) {
        let mut lists = ["providers", "products"].iter();
        if self.choices_in_doubt()
            || lists.any(|list| self.doubt.about_names(list))
            || ["from", "to"].iter().any(|day| self.doubt.about(day))
        {
            return;
        }
        let mut sound = self.file.clone();
        let mut places = 0usize..;
        sound.tariffs.retain(|_| {
            let place = places.next().unwrap_or(0);
            !self.doubt.about(&format!("tariffs[{place}]"))
        });
        let products = build::products(&sound, &[]);
        let found = percentages::check(self.file, &products, &self.doubt);
        self.problems.extend(found);
    }

    /// That each id of a list occurs once. A name with two meanings puts all that uses it in doubt.
    fn unique<'i>(&mut self, path: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (place, id) in ids.enumerate() {
            let field = format!("{path}[{place}].id");
            if self.doubt.about(&field) || seen.insert(id) {
                continue;
            }
            self.problem(
                field.as_str(),
                format!("«{id}» staat er twee keer in"),
                "Geef elk een eigen korte naam.",
            );
            self.doubt.wrong(field);
        }
    }

    /// That a text for the reader says something.
    fn filled(&mut self, path: &str, text: &str) {
        if text.trim().is_empty() {
            self.problem(
                path,
                "dit veld is leeg",
                "Vul het in: het komt op het scherm en op papier.",
            );
        }
    }

    fn source(&mut self, path: &str, source: &str) {
        if !self.file.sources.contains_key(source) && !self.doubt.about_names("sources") {
            let known: Vec<&str> = self.file.sources.keys().map(String::as_str).collect();
            self.problem(
                path,
                format!("bron «{source}» staat niet onder `sources`"),
                &format!("Bekend zijn: {}.", known.join(", ")),
            );
        }
    }

    fn agreed<V>(&mut self, path: &str, agreed: &Agreed<V>) {
        self.source(&format!("{path}.source"), &agreed.source);
    }

    fn provider(&mut self, path: &str, provider: &str) {
        let known = self.file.providers.iter().any(|kind| kind.id == provider);
        if provider != IN_KIND && !known && !self.doubt.about_names("providers") {
            self.problem(
                path,
                format!("soort zorgverlener «{provider}» bestaat niet"),
                "Noem «zin» of een korte naam uit `providers`.",
            );
        }
    }

    /// That a product exists.
    fn product(&mut self, path: &str, id: &str) {
        let known = self.file.products.iter().any(|product| product.id == id);
        if !known && !self.doubt.about_names("products") {
            self.problem(
                path,
                format!("product «{id}» bestaat niet"),
                "Noem een product uit `products`.",
            );
        }
    }

    /// That a condition names axes and values that exist.
    fn condition(&mut self, path: &str, when: &When) {
        if selection_of(&self.file.axes, when).is_none() {
            self.unknown_choice(path);
        }
    }

    fn unknown_choice(&mut self, path: &str) {
        if !self.choices_in_doubt() {
            self.problem(
                path,
                "hier staat een as of waarde die niet bestaat",
                "Gebruik de korte namen uit `axes` en hun `values`.",
            );
        }
    }

    /// Whether an axis or a value of one may have another name than could be read.
    fn choices_in_doubt(&self) -> bool {
        let values = |place: usize| self.doubt.about_names(&format!("axes[{place}].values"));
        self.doubt.about_names("axes") || (0..self.file.axes.len()).any(values)
    }

    /// The product with this id, when it is sure by which axes it is divided.
    fn sure_product(&self, id: &str) -> Option<&'a super::file::Product> {
        let file = self.file;
        let place = file.products.iter().position(|product| product.id == id)?;
        let in_doubt = self.doubt.about_names("products")
            || self.doubt.about(&format!("products[{place}].axes"))
            || self.choices_in_doubt();
        file.products.get(place).filter(|_| !in_doubt)
    }

    /// That the axes of a condition are among those of a product.
    fn axes_of_product(&mut self, path: &str, id: &str, when: &When) {
        let Some(product) = self.sure_product(id) else {
            return;
        };
        for axis in when.keys() {
            let known = self.file.axes.iter().any(|known| known.id == *axis);
            if known && !product.axes.contains(axis) {
                self.problem(
                    path,
                    format!("product «{id}» wordt niet ingedeeld naar «{axis}»"),
                    "Haal de as hier weg of zet haar bij het product onder `axes`.",
                );
            }
        }
    }

    fn endings(&mut self) {
        for (place, ending) in self.file.endings.iter().enumerate() {
            let path = format!("endings[{place}]");
            self.source(&format!("{path}.source"), &ending.source);
            if ending.axis.is_some() != ending.value.is_some() {
                self.problem(
                    format!("{path}.value"),
                    "noem `axis` en `value` samen, of geen van beide",
                    "Zonder as eindigt het hele product.",
                );
            }
        }
    }
}
