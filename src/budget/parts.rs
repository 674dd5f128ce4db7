//! The parts of a line under one catalogue: product, choices, extent.

use super::Volume;
use super::hours::{choices, granted, too_large, volume_in};
use super::walk::{PartView, Walk};
use crate::catalogue::{Catalogue, NoSelection, ProductEntry, Selection};
use crate::document::Problem;
use crate::indication::CareProvider;
use crate::quantity::dutch::{date_long, number};
use crate::quantity::{Exact, Extent, QuantityError};
use crate::trace::{Calculator, Figure, Silent, Status, Tracer};
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
        if let Some(file) = catalogue.product_file(&line.product)
            && !file.grantable
        {
            let why = file.remark.as_deref().unwrap_or_default();
            return Err(Problem::error(format!(
                "«{}» kan niet apart worden toegekend",
                product.label
            ))
            .field("product")
            .hint(
                format!("{why} Kies een product dat als maatwerkvoorziening wordt toegekend.")
                    .trim_start()
                    .to_owned(),
            ));
        }
        let chosen = line
            .choices
            .iter()
            .map(|(axis, choice)| (axis.as_str(), choice.value.as_str()));
        let chosen = match catalogue.select(chosen) {
            Ok(chosen) => chosen,
            Err(no) => return Err(self.no_choice(catalogue, day, &no)),
        };
        self.check_choices(catalogue, product);
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
            *chosen,
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
        let (choices, status) = choices::<T>(
            catalogue,
            product,
            &granted,
            (fixed, chosen),
            reasons,
            &mut self.calc,
            &mut self.problems,
        )
        .map_err(|error| too_large(error, "hours"))?;
        self.status = self.status.max(status);
        Ok(PartView {
            place,
            product,
            set,
            choices,
            granted,
        })
    }

    /// A choice that the product does not have is not silently passed over.
    fn check_choices(&mut self, catalogue: &Catalogue, product: &ProductEntry) {
        for axis in self.line.choices.keys() {
            let Some(place) = catalogue.axis(axis) else {
                continue;
            };
            let has = product.axes.contains(&place)
                || product.parts.iter().any(|part| {
                    let target = catalogue.products.get(part.product);
                    part.fixed.get(place).is_none()
                        && target.is_some_and(|target| target.axes.contains(&place))
                });
            let label = catalogue
                .file
                .axes
                .get(place)
                .map_or("", |axis| &axis.label);
            if !has {
                self.tell_once(
                    Problem::warning(format!(
                        "{} is geen keuze bij {}",
                        label.to_lowercase(),
                        product.label
                    ))
                    .field(format!("choices.{axis}"))
                    .hint("Haal deze keuze weg; zij telt niet mee."),
                );
            }
        }
    }

    /// What the care providers of a part do together is what was granted: not more, and not less
    /// without a word.
    pub(super) fn check_shares(
        &mut self,
        view: &PartView<'a, T::Node>,
        active: &[(Option<usize>, Option<&'a CareProvider>)],
    ) -> Result<(), QuantityError> {
        let bare = |extent: &Extent| Volume {
            figure: Figure {
                value: Exact::from(extent.volume),
                status: Status::Established,
                node: (),
            },
            unit: extent.unit,
            per: extent.per,
        };
        let part = view.granted.part.as_deref();
        let shares: Vec<Volume<()>> = active
            .iter()
            .flat_map(|(_, provider)| provider.map_or(&[][..], |p| &p.share))
            .filter(|share| share.part.as_deref() == part)
            .map(|share| bare(&share.extent))
            .collect();
        if shares.is_empty() {
            return Ok(());
        }
        let granted: Vec<Volume<()>> = (view.granted.volumes.iter())
            .map(|volume| Volume {
                figure: Figure {
                    value: volume.figure.value,
                    status: volume.figure.status,
                    node: (),
                },
                unit: volume.unit,
                per: volume.per,
            })
            .collect();
        let Some(first) = granted.first() else {
            return Ok(());
        };
        let goal = (first.unit, first.per);
        let mut calc = Calculator {
            tracer: &mut Silent,
        };
        let whole = volume_in(&mut calc, view.set, &granted, goal)?;
        let done = volume_in(&mut calc, view.set, &shares, goal)?;
        let (Some(whole), Some(done)) = (whole, done) else {
            return Ok(());
        };
        let message = format!(
            "de zorgverleners doen samen {} van de {} {} {} die zijn toegekend",
            readable(done.value),
            readable(whole.value),
            goal.0.plural(),
            goal.1.dutch()
        );
        if done.value > whole.value {
            let problem = Problem::error(message).field("delivery");
            self.tell_once(problem.hint("Verdeel ten hoogste de toegekende omvang."));
        } else if done.value < whole.value {
            let problem = Problem::warning(message).field("delivery");
            self.tell_once(
                problem.hint("Het budget is voor de verdeelde omvang. Verdeel ook de rest."),
            );
        }
        Ok(())
    }

    /// The same thing can be found in more than one stride.
    fn tell_once(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
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

/// A volume for a message: decimal, or as a fraction.
fn readable(value: Exact) -> String {
    value
        .finite_decimal()
        .map_or_else(|| value.to_string(), number)
}
