//! Checks of a dossier that need no amounts: who, when, and lines that exclude each other.

use super::dates::absurd;
use super::file::{Dossier, Outcome, Provision};
use crate::budget::Library;
use crate::catalogue::Catalogue;
use crate::document::Problem;
use jiff::civil::Date;

impl Dossier {
    /// Problems of the dossier itself, each with its field.
    pub(super) fn check(&self, library: &Library, today: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        if library
            .catalogues
            .municipality(&self.municipality)
            .is_none()
        {
            problems.push(
                Problem::error(format!("gemeente «{}» is niet bekend", self.municipality))
                    .field("municipality")
                    .hint("Kies een gemeente, of zet haar bestanden in de map met catalogi."),
            );
        }
        let person = self.client.person.problems(today);
        problems.extend(person.into_iter().map(|p| p.within("client.person")));
        if let Some(address) = &self.client.address {
            problems.extend(
                address
                    .problems()
                    .into_iter()
                    .map(|p| p.within("client.address")),
            );
        }
        problems.extend(self.check_dates());
        self.check_birth(&mut problems);
        self.check_lines(library, &mut problems);
        problems
    }

    fn check_birth(&self, problems: &mut Vec<Problem>) {
        let dates = &self.dates;
        if let (Some(birth), Some(decision)) = (self.client.person.birth_date, dates.decision)
            && birth > decision
        {
            problems.push(
                Problem::error("de geboortedatum ligt na het besluit")
                    .field("client.person.birth_date")
                    .hint("Pas de geboortedatum aan."),
            );
        }
    }

    fn check_lines(&self, library: &Library, problems: &mut Vec<Problem>) {
        for (place, provision) in self.provisions.iter().enumerate() {
            let path = format!("provisions[{place}].line");
            let line = &provision.line;
            for (field, date) in [("from", Some(line.from)), ("to", line.to)] {
                let wrong = date.and_then(absurd);
                problems.extend(wrong.map(|problem| problem.field(format!("{path}.{field}"))));
            }
            // Of a granted line the evaluation tells it.
            if !granted(provision) {
                let wrong = line.wrong_end();
                problems.extend(wrong.map(|problem| problem.within(&path)));
            }
            if let crate::indication::Delivery::Pgb { providers } = &line.delivery
                && providers.is_empty()
                && granted(provision)
            {
                problems.push(
                    Problem::error("bij een pgb hoort ten minste één zorgverlener")
                        .field(format!("{path}.delivery"))
                        .hint("Voeg een zorgverlener toe."),
                );
            }
            for (other_place, other) in self
                .provisions
                .iter()
                .enumerate()
                .skip(place.saturating_add(1))
            {
                if !granted(provision) || !granted(other) || line.product != other.line.product {
                    continue;
                }
                let other_path = format!("provisions[{other_place}].line");
                let overlap = overlap(provision, other);
                let mixed = line.delivery.is_pgb() != other.line.delivery.is_pgb();
                if mixed && overlap {
                    problems.push(
                        Problem::error(format!(
                            "{} staat er als zorg in natura en als pgb op dezelfde dagen",
                            self.name(library, provision)
                        ))
                        .field(format!("{other_path}.from"))
                        .hint("Dat mag niet tegelijk (iWmo-regel OP043). Laat de ene regel eindigen voordat de andere begint."),
                    );
                } else if mixed && !self.mix_allowed(library, other) {
                    problems.push(
                        Problem::error(format!(
                            "{} kan in deze gemeente niet deels in natura en deels als pgb",
                            self.name(library, provision)
                        ))
                        .field(format!("{other_path}.delivery"))
                        .hint("Kies voor beide regels dezelfde leveringsvorm."),
                    );
                } else if overlap && line.choices == other.line.choices {
                    problems.push(
                        Problem::warning(format!(
                            "{} staat er twee keer in op dezelfde dagen",
                            self.name(library, provision)
                        ))
                        .field(format!("{other_path}.from"))
                        .hint("Controleer of beide regels nodig zijn."),
                    );
                }
            }
        }
    }

    /// The catalogue in force on the first day of a provision, if there is one.
    fn catalogue<'l>(&self, library: &'l Library, provision: &Provision) -> Option<&'l Catalogue> {
        let answer = library
            .catalogues
            .on(&self.municipality, provision.line.from);
        answer.ok().map(|answer| &**answer.catalogue)
    }

    /// What a reader calls the product of a provision.
    fn name<'a>(&self, library: &'a Library, provision: &'a Provision) -> &'a str {
        let id = &provision.line.product;
        let product = self
            .catalogue(library, provision)
            .and_then(|catalogue| catalogue.product(id));
        product.map_or(id, |product| &product.label)
    }

    fn mix_allowed(&self, library: &Library, provision: &Provision) -> bool {
        let set = self.catalogue(library, provision).and_then(|catalogue| {
            let product = catalogue.product(&provision.line.product)?;
            catalogue.conventions_of(product)
        });
        set.is_none_or(|set| set.mix_of_delivery.value)
    }
}

fn granted(provision: &Provision) -> bool {
    provision.outcome == Outcome::Granted
}

fn overlap(a: &Provision, b: &Provision) -> bool {
    a.line.to.is_none_or(|to| to >= b.line.from) && b.line.to.is_none_or(|to| to >= a.line.from)
}
