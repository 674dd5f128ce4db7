//! Ceilings: the least of amount and maximum, and how the cut is shared (decisions 9, 10).

use super::hours::{convert, too_large, volume_in};
use super::lookup::{Price, Stride, Wanted, price};
use super::walk::{Few, PartAmounts, PartView, Walk};
use crate::catalogue::Ceiling;
use crate::catalogue::file::{IN_KIND, Stage};
use crate::document::Problem;
use crate::indication::CareProvider;
use crate::quantity::{Frequency, QuantityError, Unit};
use crate::trace::{Figure, Measure, Step, Tracer};

impl<'a, T: Tracer> Walk<'a, '_, T> {
    pub(super) fn ceiling_of(
        &self,
        stride: &Stride<'a>,
        view: &PartView<'a, T::Node>,
        active: &[(Option<usize>, Option<&'a CareProvider>)],
    ) -> Option<&'a Ceiling> {
        let kinds = active
            .iter()
            .map(|(_, provider)| provider.map_or(IN_KIND, |p| p.kind.as_str()));
        let heaviest =
            kinds.max_by_key(|kind| stride.catalogue.provider(kind).map_or(0, |kind| kind.rank))?;
        view.product.ceiling(heaviest, &view.choices)
    }

    /// The ceiling of a part, unless a written reason lifts it.
    pub(super) fn ceiling(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        active: &[(Option<usize>, Option<&'a CareProvider>)],
    ) -> Result<Price<T::Node>, Problem> {
        let Some(ceiling) = self.ceiling_of(stride, view, active) else {
            return Ok(Price::NoMaximum);
        };
        if let Some(limit) = &ceiling.lifted_above {
            let most = (limit.unit, limit.per);
            let volume = volume_in(&mut self.calc, view.set, &view.granted.volumes, most)
                .map_err(|error| too_large(error, "hours"))?;
            if volume.is_some_and(|volume| volume.value > limit.volume) {
                match &self.line.ceiling_reason {
                    Some(reason) if !reason.trim().is_empty() => return Ok(Price::NoMaximum),
                    _ => self.problems.push(
                        Problem::error(format!(
                            "meer dan {} {} {} vraagt een reden",
                            limit.volume,
                            limit.unit.plural(),
                            limit.per.dutch()
                        ))
                        .field("ceiling_reason")
                        .hint("Schrijf op waarom meer nodig is; dan vervalt het plafond."),
                    ),
                }
            }
        }
        let wanted = Wanted {
            product: view.product,
            choices: &view.choices,
            values: &ceiling.values,
            label: &view.granted.label,
            per: unit_of(ceiling.per),
        };
        price(self.inputs, &mut self.calc, view.set, stride, wanted)
    }

    /// The smaller of amount and ceiling, and what that cuts off (decisions 9, 10).
    pub(super) fn cut(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
        ceiling: Figure<T::Node>,
        per: Frequency,
    ) -> Result<(), QuantityError> {
        part.ceiling = Some((ceiling, per));
        let Some(before) = part.before else {
            return Ok(());
        };
        let same = convert(
            &mut self.calc,
            &view.set.views,
            ceiling,
            (per, part.per),
            Measure::EuroPer,
        )?;
        let Some(same) = same else { return Ok(()) };
        let step = |label| Step::new(label, Measure::EuroPer(part.per)).about(&view.granted.label);
        let after = self
            .calc
            .least(step("bedrag, ten hoogste het plafond"), before, same);
        if before.value > same.value {
            part.cut = Some(self.calc.sub(step("boven het plafond"), before, after)?);
        }
        part.after = Ok(after);
        Ok(())
    }

    /// Each provider's amount per period after the ceiling: the cut in proportion, the remainder
    /// to the last (decisions 9).
    pub(super) fn shares_after(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &PartAmounts<T::Node>,
    ) -> Result<Few<Figure<T::Node>>, QuantityError> {
        let bases: Few<Figure<T::Node>> = part
            .shares
            .iter()
            .filter_map(|share| share.base.as_ref().ok().copied())
            .collect();
        let (Ok(after), Some(before), Some(_)) = (&part.after, part.before, part.cut) else {
            return Ok(bases);
        };
        if bases.len() < 2 {
            return Ok(bases.iter().map(|_| *after).collect());
        }
        self.in_proportion(
            view,
            &bases,
            before,
            *after,
            Measure::EuroPer(part.per),
            Stage::View,
        )
    }

    pub(super) fn in_proportion(
        &mut self,
        view: &PartView<'a, T::Node>,
        shares: &[Figure<T::Node>],
        before: Figure<T::Node>,
        after: Figure<T::Node>,
        measure: Measure,
        stage: Stage,
    ) -> Result<Few<Figure<T::Node>>, QuantityError> {
        let step = Step::new("aandeel na het plafond", measure);
        let mut given = Few::new();
        let mut left = after;
        for (place, share) in shares.iter().enumerate() {
            if place.saturating_add(1) == shares.len() {
                given.push(left);
                break;
            }
            let product = self.calc.mul(step, *share, after)?;
            let mut mine = self.calc.div(step, product, before)?;
            if let Some(rule) = view.set.rounding(stage) {
                mine = self.calc.round(step, mine, &rule.value, &rule.provenance)?;
            }
            left = self.calc.sub(step, left, mine)?;
            given.push(mine);
        }
        Ok(given)
    }
}

fn unit_of(frequency: Frequency) -> Unit {
    match frequency {
        Frequency::Day => Unit::Day,
        Frequency::Week | Frequency::TwoWeeks => Unit::Week,
        Frequency::FourWeeks => Unit::FourWeeks,
        Frequency::Month => Unit::Month,
        Frequency::Year => Unit::Year,
        Frequency::Total => Unit::Once,
    }
}
