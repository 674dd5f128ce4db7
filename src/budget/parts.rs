//! The parts of a line under one catalogue: product, choices, extent.

use super::hours::{choices, granted, too_large, volume_in};
use super::walk::{PartView, Walk};
use crate::catalogue::{Catalogue, NoSelection, ProductEntry, Selection};
use crate::document::Problem;
use crate::quantity::dutch::date_long;
use crate::trace::Tracer;
use jiff::civil::Date;
use std::sync::Arc;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The parts of the line under one catalogue.
    pub(super) fn parts(
        &mut self,
        catalogue: &'a Arc<Catalogue>,
        day: Date,
    ) -> Result<Vec<PartView<'a, T::Node>>, Problem> {
        let line = self.line;
        let Some(product) = catalogue.product(&line.product) else {
            return Err(self.ended(catalogue, day, None).unwrap_or_else(|| {
                Problem::error(format!(
                    "product «{}» bestaat niet op {} ({})",
                    line.product,
                    date_long(day),
                    catalogue.name
                ))
                .field("product")
                .hint("Kies een ander product, of laat de regel eerder eindigen.")
            }));
        };
        let grantable = catalogue
            .product_file(&line.product)
            .is_none_or(|file| file.grantable);
        if !grantable {
            return Err(Problem::error(format!(
                "«{}» kan niet apart worden toegekend",
                product.label
            ))
            .field("product")
            .hint("Kies een product dat als maatwerkvoorziening wordt toegekend."));
        }
        let chosen = line
            .choices
            .iter()
            .map(|(axis, choice)| (axis.as_str(), choice.value.as_str()));
        let chosen = match catalogue.select(chosen) {
            Ok(chosen) => chosen,
            Err(no) => return Err(self.no_choice(catalogue, day, &no)),
        };
        let mut views = Vec::new();
        if product.parts.is_empty() {
            let view = self.part(catalogue, product, 0, None, (&Selection::NONE, &chosen))?;
            views.push(view);
        }
        for (place, part) in product.parts.iter().enumerate() {
            let Some(target) = catalogue.products.get(part.product) else {
                continue;
            };
            let view = self.part(
                catalogue,
                target,
                place,
                Some((&part.id, &part.label)),
                (&part.fixed, &chosen),
            )?;
            if let Some(limit) = &part.at_most {
                let most = (limit.unit, limit.per);
                let volume = volume_in(&mut self.calc, view.set, &view.granted.volumes, most)
                    .map_err(|error| too_large(error, "hours"))?;
                if volume.is_some_and(|volume| volume.value > limit.volume) {
                    self.problems.push(
                        Problem::error(format!(
                            "het deel «{}» is meer dan {} {} {}",
                            part.label,
                            limit.volume,
                            limit.unit.plural(),
                            limit.per.dutch()
                        ))
                        .field("hours")
                        .hint("Boven deze grens zijn het twee voorzieningen: maak er twee regels van."),
                    );
                }
            }
            views.push(view);
        }
        Ok(views)
    }

    pub(super) fn part(
        &mut self,
        catalogue: &'a Arc<Catalogue>,
        product: &'a ProductEntry,
        place: usize,
        named: Option<(&str, &Arc<str>)>,
        (fixed, chosen): (&Selection, &Selection),
    ) -> Result<PartView<'a, T::Node>, Problem> {
        let field = match named {
            Some((id, _)) => format!("hours[{id}]"),
            None => "hours".to_owned(),
        };
        let Some(set) = catalogue.conventions_of(product) else {
            return Err(
                Problem::error("de catalogus heeft geen afspraken voor dit product")
                    .field("product")
                    .hint("Vul de catalogus aan."),
            );
        };
        let Some(hours) = self.line.hours_of(named.map(|(id, _)| id)) else {
            return Err(Problem::error(format!(
                "de omvang van {} ontbreekt",
                named.map_or(&product.label, |(_, label)| label)
            ))
            .field(field)
            .hint("Vul in hoeveel ondersteuning iemand krijgt, en hoe vaak."));
        };
        let mut granted = granted(
            self.inputs,
            hours,
            product,
            chosen,
            &mut self.calc,
            &mut self.problems,
            &field,
        )?;
        if let Some((id, label)) = named {
            granted.part = Some(Arc::from(id));
            granted.label = Arc::clone(label);
        }
        let line = self.line;
        let reasons = |axis: usize| {
            let choice = catalogue
                .file
                .axes
                .get(axis)
                .and_then(|axis| line.choices.get(&axis.id));
            choice
                .and_then(|choice| choice.reason.as_deref())
                .is_some_and(|r| !r.trim().is_empty())
        };
        let choices = choices::<T>(
            catalogue,
            product,
            set,
            &granted,
            (fixed, chosen),
            reasons,
            &mut self.calc,
            &mut self.problems,
        )
        .map_err(|error| too_large(error, "hours"))?;
        Ok(PartView {
            place,
            product,
            set,
            choices,
            granted,
        })
    }

    /// A choice or product of an older catalogue that ended: offer the conversion (6.16).
    pub(super) fn ended(
        &self,
        catalogue: &Catalogue,
        day: Date,
        choice: Option<(&str, &str)>,
    ) -> Option<Problem> {
        let ending = catalogue.file.endings.iter().find(|ending| {
            ending.product == self.line.product
                && ending.axis.as_deref() == choice.map(|(axis, _)| axis)
                && ending.value.as_deref() == choice.map(|(_, value)| value)
        })?;
        let what = match choice {
            Some((_, value)) => format!("«{value}» van {}", self.line.product),
            None => format!("«{}»", self.line.product),
        };
        Some(
            Problem::error(format!(
                "{what} bestaat niet meer op {}: het eindigde op {}",
                date_long(day),
                date_long(ending.last)
            ))
            .field(if choice.is_some() {
                "choices"
            } else {
                "product"
            })
            .hint(format!(
                "Laat deze regel eindigen op {} en maak een nieuwe regel: {}.",
                date_long(ending.last),
                ending.successor
            )),
        )
    }

    pub(super) fn no_choice(&self, catalogue: &Catalogue, day: Date, no: &NoSelection) -> Problem {
        match no {
            // The axis may have gone together with its values.
            NoSelection::UnknownAxis(axis) => (self.line.choices.get(axis))
                .and_then(|choice| self.ended(catalogue, day, Some((axis, &choice.value))))
                .unwrap_or_else(|| {
                    Problem::error(format!("«{axis}» is geen keuze in {}", catalogue.name))
                        .field(format!("choices.{axis}"))
                        .hint("Haal deze keuze weg.")
                }),
            NoSelection::UnknownValue(axis, value) => self
                .ended(catalogue, day, Some((axis, value)))
                .unwrap_or_else(|| {
                    Problem::error(format!(
                        "«{value}» bestaat niet op {} ({})",
                        date_long(day),
                        catalogue.name
                    ))
                    .field(format!("choices.{axis}"))
                    .hint("Maak een andere keuze, of laat de regel eerder eindigen.")
                }),
        }
    }
}
