//! The parts of a line under one catalogue: product, choices, extent.

use super::Volume;
use super::hours::{Chosen, choices, granted, too_large, volume_in};
use super::lookup::number_of_days;
use super::walk::{PartView, Place, Stop, Walk};
use crate::catalogue::file::{Axis, AxisValue};
use crate::catalogue::{Catalogue, NoSelection, ProductEntry, Selection, SourcedLimit};
use crate::document::Problem;
use crate::indication::{Delivery, Hours, PartHours};
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, Frequency};
use crate::trace::{Figure, Leaf, Measure, Status, Step, Tracer};
use jiff::civil::Date;
use std::sync::Arc;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The parts of the line under one catalogue.
    pub(super) fn parts(
        &mut self,
        catalogue: &'a Arc<Catalogue>,
        day: Date,
    ) -> Result<Vec<PartView<'a, T::Node>>, Stop> {
        let line = self.line;
        let Some(product) = catalogue.product(&line.product) else {
            return Err(self
                .ended(catalogue, day, None)
                .unwrap_or_else(|| {
                    Problem::error(format!(
                        "product «{}» bestaat niet op {} ({})",
                        line.product,
                        date_long(day),
                        catalogue.name
                    ))
                    .field("product")
                    .hint(self.other_product(catalogue, day))
                })
                .into());
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
            )
            .into());
        }
        let chosen = line
            .choices
            .iter()
            .map(|(axis, choice)| (axis.as_str(), choice.value.as_str()));
        let chosen = match catalogue.select(chosen) {
            Ok(chosen) => chosen,
            Err(no) => return Err(self.no_choice(catalogue, day, &no).into()),
        };
        self.check_choices(catalogue, product);
        self.check_parts(product);
        self.taken.clear();
        let mut views = Vec::with_capacity(product.parts.len().max(1));
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
            let mut view = view;
            if let Some(limit) = &part.at_most {
                if self.is_above(&view, limit)? {
                    self.problems.push(
                        Problem::error(format!(
                            "het deel «{}» is meer dan {}",
                            part.label,
                            limit.shown()
                        ))
                        .field("hours")
                        .hint("Boven deze grens zijn het twee voorzieningen: maak er twee regels van."),
                    );
                }
                self.within(&mut view, limit);
            }
            views.push(view);
        }
        Ok(views)
    }

    /// The parts under a catalogue that follows on another. What followed from the extent must go on as it was: a band
    /// that ended is converted (6.16), and new edges do not move a running line to another band (R18).
    pub(super) fn parts_after(
        &mut self,
        (last, earlier): (&'a Arc<Catalogue>, &[PartView<'a, T::Node>]),
        catalogue: &'a Arc<Catalogue>,
        day: Date,
    ) -> Result<Vec<PartView<'a, T::Node>>, Stop> {
        for view in earlier {
            let mut made = made_choices(last, &view.choices);
            if let Some(ended) = made
                .find_map(|(axis, value)| self.ended(catalogue, day, Some((&axis.id, &value.id))))
            {
                return Err(ended.into());
            }
        }
        let views = self.parts(catalogue, day)?;
        for (before, after) in earlier.iter().zip(&views) {
            for (axis, was) in made_choices(last, &before.choices) {
                let mut now = made_choices(catalogue, &after.choices);
                if let Some((_, now)) =
                    now.find(|(same, now)| same.id == axis.id && now.id != was.id)
                {
                    return Err(Problem::error(format!(
                        "bij dezelfde omvang hoort vanaf {} een andere {}: eerst «{}», dan «{}»",
                        date_long(day),
                        axis.label.to_lowercase(),
                        was.label,
                        now.label
                    ))
                    .field("to")
                    .hint(format!(
                        "Laat deze regel eindigen voor {} en maak voor de tijd daarna een nieuwe regel.",
                        date_long(day)
                    )).into());
                }
            }
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
    ) -> Result<PartView<'a, T::Node>, Stop> {
        let id = named.map(|(id, _)| id);
        let Some(set) = catalogue.conventions_of(product) else {
            return Err(
                Problem::error("de catalogus heeft geen afspraken voor dit product")
                    .field("product")
                    .hint("Vul de catalogus aan.")
                    .into(),
            );
        };
        let at = self.line.hours_at(id);
        let found = at.and_then(|at| Some((at, self.line.hours.get(at)?)));
        let Some((at, PartHours { hours, .. })) = found else {
            return Err(Problem::error(format!(
                "de omvang van {} ontbreekt",
                named.map_or(&product.label, |(_, label)| label)
            ))
            .field("hours")
            .hint("Vul in hoeveel ondersteuning iemand krijgt, en hoe vaak.")
            .into());
        };
        let first = self.band_hours.iter().find(|(known, _)| *known == at);
        let first = first.map(|(_, volume)| *volume);
        let mut granted = granted(
            self.inputs,
            hours,
            product,
            (*chosen, first),
            &mut self.calc,
            &mut self.problems,
            at,
        )?;
        if let (Hours::Band, None, Some(volume)) = (hours, first, granted.volumes.first()) {
            self.band_hours.push((at, *volume));
        }
        self.check_volumes(&granted, at)?;
        if let Some((id, label)) = named {
            granted.part = Some(Arc::from(id));
            granted.label = Arc::clone(label);
        }
        let line = self.line;
        let reason = |axis: usize| {
            let axis = catalogue.file.axes.get(axis)?;
            let reason = line.choices.get(&axis.id)?.reason.as_deref()?;
            Some(reason).filter(|reason| !reason.trim().is_empty())
        };
        let made = choices::<T>(
            catalogue,
            product,
            &granted,
            (fixed, chosen),
            reason,
            &mut self.calc,
            &mut self.problems,
        );
        let Chosen {
            choices,
            measured,
            overrides,
            aggravation,
            status,
            edges,
        } = made.map_err(|error| too_large(error, "hours"))?;
        granted.aggravation = aggravation;
        if let [first, _, ..] = granted.volumes.as_slice()
            && !granted.volumes.iter().any(Volume::is_once)
        {
            let (unit, per) = (first.unit, Frequency::Week);
            granted.together = match measured {
                Some(measured) => Some(measured),
                None => volume_in(&mut self.calc, set, &granted.volumes, (unit, per))
                    .map_err(|error| too_large(error, "hours"))?
                    .map(|figure| Volume { figure, unit, per }),
            };
        }
        let extent = granted.volumes.iter().map(|volume| volume.figure.status);
        let extent = extent.fold(status, Status::max);
        self.status = self.status.max(extent);
        self.granted_status = self.granted_status.max(extent).max(edges);
        Ok(PartView {
            place,
            product,
            set,
            choices,
            overrides,
            granted,
        })
    }

    /// A limit as a step: from here the line leans on it.
    pub(super) fn limit(&mut self, limit: &SourcedLimit) -> Figure<T::Node> {
        let source = &limit.provenance;
        self.status = self.status.max(source.status);
        let step = Step::new("grens", Measure::VolumePer(limit.unit, limit.per));
        self.calc.leaf(step, Leaf::Convention(source), limit.volume)
    }

    /// Extent and choice of product lean on the most that a part may be.
    fn within(&mut self, view: &mut PartView<'a, T::Node>, limit: &SourcedLimit) {
        let most = self.limit(limit);
        self.granted_status = self.granted_status.max(most.status);
        for volume in &mut view.granted.volumes {
            let step = Step::new("ten hoogste", Measure::VolumePer(volume.unit, volume.per));
            volume.figure = self.calc.because(step, volume.figure, most);
        }
    }

    /// Whether a part is granted more than a limit, what is in total spread over the days of the line. Without an end
    /// nobody can say over how many days, so then it is.
    pub(super) fn is_above(
        &mut self,
        view: &PartView<'a, T::Node>,
        limit: &SourcedLimit,
    ) -> Result<bool, Stop> {
        let (unit, per) = (limit.unit, limit.per);
        let big = |error| too_large(error, "hours");
        let volumes = &view.granted.volumes;
        let often = volume_in(&mut self.calc, view.set, volumes, (unit, per)).map_err(big)?;
        let mut sum = often.map_or(Exact::ZERO, |volume| volume.value);
        if let Some(of_period) = per.most_days()
            && volumes.iter().any(Volume::is_once)
        {
            let goal = (unit, Frequency::Total);
            let once = volume_in(&mut self.calc, view.set, volumes, goal).map_err(big)?;
            let (Some(once), Some(days)) = (once, self.spread(None).map(number_of_days)) else {
                return Ok(once.is_some());
            };
            let share = (once.value.mul(Exact::from(of_period)))
                .and_then(|product| product.div(Exact::from(days)));
            sum = share.and_then(|share| sum.add(share)).map_err(big)?;
        }
        Ok(sum > limit.volume)
    }

    /// Hours and shares of a part that the product does not have, or hours that are there twice, are not passed over.
    fn check_parts(&mut self, product: &ProductEntry) {
        let line = self.line;
        let known = |part: Option<&str>| match part {
            Some(id) => product.parts.iter().any(|part| part.id == id),
            None => product.parts.is_empty(),
        };
        let unknown = |part: Option<&str>| match part {
            Some(id) => Problem::error(format!("«{id}» is geen onderdeel van {}", product.label))
                .hint("Haal dit weg, of kies een onderdeel dat er wel is."),
            None => Problem::error(format!("bij {} hoort een onderdeel", product.label))
                .hint("Zet erbij voor welk onderdeel dit is."),
        };
        for (place, hours) in line.hours.iter().enumerate() {
            let part = hours.part.as_deref();
            let field = || format!("hours[{place}]");
            let before = line.hours.iter().take(place);
            if !known(part) {
                self.tell_once(unknown(part).field(field()));
            } else if before.into_iter().any(|other| other.part == hours.part) {
                self.tell_once(
                    Problem::error("de omvang van dit onderdeel staat er twee keer")
                        .field(field())
                        .hint("Tel de omvang op, of haal er een weg."),
                );
            }
        }
        let Delivery::Pgb { providers } = &line.delivery else {
            return;
        };
        for (at, provider) in providers.iter().enumerate() {
            for (place, share) in provider.share.iter().enumerate() {
                let part = share.part.as_deref();
                if !known(part) {
                    let field = format!("{}.share[{place}]", Place(Some(at)).path());
                    self.tell_once(unknown(part).field(field));
                }
            }
        }
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

    /// The same thing can be found in more than one stride.
    pub(super) fn tell_once(&mut self, problem: Problem) {
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

    /// What to do about a product that the catalogue of a day does not have.
    fn other_product(&self, catalogue: &Catalogue, day: Date) -> String {
        if day > self.line.from {
            return format!(
                "Laat de regel eindigen voor {} en maak een nieuwe regel met een ander product.",
                date_long(day)
            );
        }
        let all = self.inputs.library.catalogues.of(self.inputs.municipality);
        let later = all.iter().filter_map(|later| {
            later.product(&self.line.product)?;
            (later.file.from > day).then_some(later.file.from)
        });
        if let Some(first) = later.min() {
            return format!("Laat de regel beginnen op of na {}.", date_long(first));
        }
        let known = catalogue.products.iter().filter(|product| {
            catalogue
                .product_file(&product.id)
                .is_some_and(|file| file.grantable)
        });
        let known: Vec<String> = known.map(|product| format!("«{}»", product.id)).collect();
        format!("Kies uit: {}.", known.join(", "))
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
                    .hint(if day == self.line.from {
                        let axes = &catalogue.file.axes;
                        let axis = axes.iter().find(|known| known.id == *axis);
                        let values = axis.into_iter().flat_map(|axis| &axis.values);
                        let values: Vec<String> =
                            values.map(|value| format!("«{}»", value.id)).collect();
                        format!("Kies uit: {}.", values.join(", "))
                    } else {
                        format!(
                            "Maak een andere keuze, of laat de regel eindigen voor {}.",
                            date_long(day)
                        )
                    })
                }),
        }
    }
}

/// The choices under a catalogue, each with the names of its axis and its value.
fn made_choices<'c>(
    catalogue: &'c Catalogue,
    choices: &'c Selection,
) -> impl Iterator<Item = (&'c Axis, &'c AxisValue)> {
    let axes = catalogue.file.axes.iter().enumerate();
    axes.filter_map(|(place, axis)| Some((axis, axis.values.get(choices.get(place)?)?)))
}
