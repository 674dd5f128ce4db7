//! What a part comes to: each care provider's rate × volume, or a fixed amount; per period and in total.

use super::hours::{too_large, volume_in};
use super::lookup::Stride;
use super::rates::Found;
use super::shares::Own;
use super::walk::{Active, PartAmounts, PartView, Place, Share, Stop, Walk};
use super::{Amounts, Volume};
use crate::catalogue::file::{Base, Mixed, Stage, Strategy};
use crate::document::Problem;
use crate::quantity::{Frequency, QuantityError, Unit};
use crate::trace::{Definition, Figure, Leaf, Measure, Step, Tracer};
use std::sync::Arc;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// Fills in what one part comes to: rates, shares, and the ceiling on what comes back. What is in total is known when its
    /// days are counted.
    pub(super) fn part_amounts(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        active: &[Active<'a>],
        part: &mut PartAmounts<T::Node>,
    ) -> Result<(), Stop> {
        let at_work = self.at_work_on(view, active);
        self.check_shares(view, active, &at_work)
            .map_err(|error| too_large(error, "delivery"))?;
        let heaviest = (at_work.len() > 1 && view.set.mixed.value == Mixed::Heaviest)
            .then(|| at_work.iter().max_by_key(|one| rank(stride, one)))
            .flatten();
        let counting = heaviest.map_or(&*at_work, std::slice::from_ref);
        let mut per = None;
        for one in counting {
            let how = match heaviest {
                Some(_) => Doing::AllForOthers,
                None if counting.len() == 1 => Doing::Alone,
                None => Doing::Together,
            };
            let kind = super::walk::kind(one.1);
            let name = stride.catalogue.provider_name(kind);
            part.shares.push(Share::new(one.0, name));
            let Some(share) = part.shares.last_mut() else {
                continue;
            };
            let own_per = self.fill(share, stride, view, *one, how)?;
            same_period(&mut per, own_per, Place(one.0))?;
            if let Ok(amount) = &mut share.amount
                && at_work.len() > 1
            {
                self.mixed(view, amount, own_per, heaviest.is_some());
            }
        }
        part.per = per.unwrap_or(Frequency::Total);
        let known = part.shares.iter().all(|share| share.amount.is_ok());
        // Amounts that a person filled in themselves stand as they are.
        let own_amounts =
            (part.shares.iter()).all(|share| share.adjusted.is_some() && share.rate.is_none());
        // So does a rate that a decision set, with what others do beside it: a cut would come off both.
        let set = (counting.iter().filter_map(|one| one.1)).any(|one| one.set_rate.is_some());
        if known && !counting.is_empty() && !own_amounts && !set {
            self.find_ceiling(stride, view, counting, part)?;
        }
        self.per_period(view, part)?;
        if set {
            self.tell_above_ceiling(*stride, view, counting, part);
        }
        self.cut(view, part)
            .map_err(|error| too_large(error, "hours"))
    }

    /// Several providers: which rule of the catalogue says what they come to.
    fn mixed(
        &mut self,
        view: &PartView<'a, T::Node>,
        amount: &mut Amounts<Figure<T::Node>>,
        per: Option<Frequency>,
        heaviest: bool,
    ) {
        let rule = &view.set.mixed.provenance;
        if let (Some(recurring), true) = (&mut amount.recurring, heaviest) {
            let measure = Measure::EuroPer(per.unwrap_or(Frequency::Month));
            let step = Step::new("bedrag van de zwaarste soort", measure);
            *recurring = self.calc.choose(step, *recurring, rule);
        }
        if let Some(once) = &mut amount.once {
            let label = match heaviest {
                true => "bedrag van de zwaarste soort",
                false => "bedrag",
            };
            *once = self
                .calc
                .choose(Step::new(label, Measure::Euro), *once, rule);
        }
    }

    /// What comes back every period, of all providers together.
    fn per_period(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
    ) -> Result<(), Stop> {
        let step = Step::new("bedrag", Measure::EuroPer(part.per)).about(&view.granted.label);
        let mut unknown = part
            .shares
            .iter()
            .filter_map(|share| share.amount.as_ref().err());
        if let Some(reason) = unknown.next() {
            part.after = Err(Arc::clone(reason));
            return Ok(());
        }
        let recurring =
            (part.shares.iter()).filter_map(|share| share.amount.as_ref().ok()?.recurring.as_ref());
        let number = recurring.clone().count();
        if number == 0 {
            return Ok(());
        }
        let sum = self.calc.sum(step, recurring);
        let mut sum = sum.map_err(|error| too_large(error, "hours"))?;
        if number > 1 {
            sum = self.calc.choose(step, sum, &view.set.mixed.provenance);
        }
        part.before.recurring = Some(sum);
        if let Ok(after) = &mut part.after {
            after.recurring = Some(sum);
        }
        Ok(())
    }

    /// Fills in a provider's amounts before the ceiling. Answers the period of what comes back.
    fn fill(
        &mut self,
        share: &mut Share<T::Node>,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        one: Active<'a>,
        how: Doing,
    ) -> Result<Option<Frequency>, Stop> {
        let (place, provider) = one;
        let field = Place(place);
        let (found, adjusted) = self.priced(stride, view, one, &share.kind)?;
        let (agreed, not_used) = self.agreed(view, one);
        share.agreed = not_used;
        share.adjusted = adjusted;
        share.spread = self.spread(provider);
        let (mut rate, unit, strategy) = match found {
            Found::Rate(rate, unit, strategy) => (rate, unit, strategy),
            Found::NotKnown(reason, fixed) => {
                share.amount = Err(reason);
                let per = match fixed {
                    Some(Frequency::Total) => None,
                    Some(per) => Some(per),
                    None => self.base_period(view, &view.granted.volumes),
                };
                return Ok(per);
            }
        };
        if not_used.is_some() {
            rate = self.in_spite_of_agreed(view, rate, unit);
        }
        self.status = self.status.max(rate.status);
        let own = match how {
            Doing::AllForOthers => None,
            Doing::Alone | Doing::Together => {
                self.own(view, provider, matches!(how, Doing::Alone), field)?
            }
        };
        let own = own.as_ref();
        let volumes = own.map_or(&view.granted.volumes, |own| &own.volumes);
        let big = |error| too_large(error, &field.path());
        let mut amount = Amounts::NONE;
        if strategy == Strategy::FixedAmount {
            let period = unit.frequency().unwrap_or(Frequency::FourWeeks);
            if period != Frequency::Total && view.granted.volumes.iter().all(Volume::is_once) {
                return Err(Problem::error(format!(
                    "een omvang in totaal past niet bij een vast bedrag {}",
                    period.dutch()
                ))
                .field("hours")
                .hint("Vul in hoeveel het is per week of per maand.")
                .into());
            }
            // The amount of the heaviest kind is for the whole product, however much of it somebody does.
            let own = own.filter(|_| view.set.mixed.value != Mixed::Heaviest);
            let mut fixed = self.fixed(view, rate, period, own, field)?;
            if let Some(agreed) = agreed {
                let (lower, what) =
                    self.lower_amount(view, fixed, (agreed, period), volumes, field)?;
                fixed = lower;
                share.agreed = Some(what);
            }
            if period == Frequency::Total {
                amount.once = Some(fixed);
                share.amount = Ok(amount);
                return Ok(None);
            }
            amount.recurring = Some(fixed);
            share.amount = Ok(amount);
            return Ok(Some(period));
        }
        if let Some(agreed) = agreed {
            let (lower, what) = self.lower_rate(view, rate, unit, agreed, field)?;
            rate = lower;
            share.agreed = Some(what);
        }
        share.rate = Some((rate, unit));
        let period = self.base_period(view, volumes);
        if let Some(period) = period {
            let volume = match strategy {
                Strategy::BandTimesRate => self.band_volume(view, own, (unit, period), field)?,
                Strategy::FixedAmount | Strategy::GrantedTimesRate => {
                    volume_in(&mut self.calc, view.set, volumes, (unit, period)).map_err(big)?
                }
            };
            let volume = volume.ok_or_else(|| no_volume(view, volumes, (unit, period)))?;
            let volume = self.volume(view, volume, (unit, period)).map_err(big)?;
            share.volume.recurring = Some(volume);
            let product = self.multiply(view, volume, rate, (unit, period));
            amount.recurring = Some(product.map_err(big)?);
        }
        if volumes.iter().any(Volume::is_once) {
            let goal = (unit, Frequency::Total);
            let volume = volume_in(&mut self.calc, view.set, volumes, goal).map_err(big)?;
            let volume = volume.ok_or_else(|| no_volume(view, volumes, goal))?;
            share.volume.once = Some(volume);
            amount.once = Some(self.multiply(view, volume, rate, goal).map_err(big)?);
        }
        share.amount = Ok(amount);
        Ok(period)
    }

    /// The period over which hours × rate is worked out; nothing when all of it is in total.
    fn base_period(
        &self,
        view: &PartView<'a, T::Node>,
        volumes: &[Volume<T::Node>],
    ) -> Option<Frequency> {
        let own = volumes.iter().find(|volume| !volume.is_once())?.per;
        Some(match view.set.base.value {
            Base::Every(per) => per,
            Base::OfExtent => own,
        })
    }

    /// The volume under the convention of the period, rounded if the catalogue says so (R34).
    fn volume(
        &mut self,
        view: &PartView<'a, T::Node>,
        volume: Figure<T::Node>,
        (unit, per): (Unit, Frequency),
    ) -> Result<Figure<T::Node>, QuantityError> {
        let step = Step::new("omvang", Measure::VolumePer(unit, per));
        let mut volume = volume;
        if view.set.base.value == Base::Every(per) {
            volume = self.calc.choose(step, volume, &view.set.base.provenance);
        }
        match view.set.rounding(Stage::Volume) {
            Some(rule) => self.calc.round(step, volume, &rule.value, &rule.provenance),
            None => Ok(volume),
        }
    }

    /// The band's own budget volume, or the provider's part of it, in a unit per a period (R29).
    fn band_volume(
        &mut self,
        view: &PartView<'a, T::Node>,
        own: Option<&Own<T::Node>>,
        goal: (Unit, Frequency),
        field: Place,
    ) -> Result<Option<Figure<T::Node>>, Stop> {
        let big = |error| too_large(error, &field.path());
        let step = view.product.scales.iter().find_map(|scale| {
            let step = scale.step_of(view.choices.get(scale.axis)?)?;
            Some((scale, step, step.budget.or(step.calculation)?))
        });
        let Some((scale, band, volume)) = step else {
            return Ok(None);
        };
        let figure = self.calc.leaf(
            Step::new(
                "budgeturen van de bandbreedte",
                Measure::VolumePer(scale.unit, scale.per),
            ),
            Leaf::Figure(&band.provenance),
            volume,
        );
        let volume = Volume {
            figure,
            unit: scale.unit,
            per: scale.per,
        };
        let volume = volume_in(&mut self.calc, view.set, &[volume], goal).map_err(big)?;
        match (volume, self.fraction(own, field)?) {
            (Some(volume), Some(part)) => {
                let measure = Measure::VolumePer(goal.0, goal.1);
                let step = Step::new("aandeel in de budgeturen", measure);
                self.calc.mul(step, volume, part).map(Some).map_err(big)
            }
            (volume, _) => Ok(volume),
        }
    }

    /// Volume × rate, with the roundings that stand there.
    pub(super) fn multiply(
        &mut self,
        view: &PartView<'a, T::Node>,
        volume: Figure<T::Node>,
        rate: Figure<T::Node>,
        (unit, per): (Unit, Frequency),
    ) -> Result<Figure<T::Node>, QuantityError> {
        let (mut volume, mut rate) = (volume, rate);
        if let (Some(rule), Some(minutes)) = (view.set.rounding(Stage::MinuteRate), unit.minutes())
            && minutes > 1
            && let Some(minutes) = self.calc.define(
                Step::new("minuten in de eenheid", Measure::Number),
                Definition::Units(Unit::Minute, unit),
            )
        {
            let step = Step::new("tarief per minuut", Measure::EuroPerUnit(Unit::Minute));
            rate = self.calc.div(step, rate, minutes)?;
            rate = self.calc.round(step, rate, &rule.value, &rule.provenance)?;
            let step = Step::new("omvang in minuten", Measure::VolumePer(Unit::Minute, per));
            volume = self.calc.mul(step, volume, minutes)?;
        }
        let measure = if per == Frequency::Total {
            Measure::Euro
        } else {
            Measure::EuroPer(per)
        };
        let amount = self
            .calc
            .mul(Step::new("omvang × tarief", measure), volume, rate)?;
        match view.set.rounding(Stage::Period) {
            Some(rule) => {
                let step = Step::new(rounded_amount(per), measure);
                self.calc.round(step, amount, &rule.value, &rule.provenance)
            }
            None => Ok(amount),
        }
    }

    /// A fixed amount, or the provider's share of it.
    fn fixed(
        &mut self,
        view: &PartView<'a, T::Node>,
        amount: Figure<T::Node>,
        period: Frequency,
        own: Option<&Own<T::Node>>,
        field: Place,
    ) -> Result<Figure<T::Node>, Stop> {
        let big = |error| too_large(error, &field.path());
        let step = |label| Step::new(label, Measure::EuroPer(period));
        let mut base = amount;
        if let Some(part) = self.fraction(own, field)? {
            let step = step("aandeel in het vaste bedrag");
            base = self.calc.mul(step, amount, part).map_err(big)?;
        }
        match view.set.rounding(Stage::Period) {
            Some(rule) => {
                let step = step(rounded_amount(period));
                let rounded = self.calc.round(step, base, &rule.value, &rule.provenance);
                rounded.map_err(big)
            }
            None => Ok(base),
        }
    }
}

/// What the rounding of an amount is called: what is in total has no period.
fn rounded_amount(per: Frequency) -> &'static str {
    match per {
        Frequency::Total => "bedrag in totaal, afgerond",
        _ => "bedrag per periode, afgerond",
    }
}

/// Whether a provider does all of it by itself, a share beside others, or stands for the others (the heaviest kind).
#[derive(Clone, Copy)]
enum Doing {
    Alone,
    Together,
    AllForOthers,
}

/// The place of a kind of care provider among the others; the heaviest is the highest.
pub(super) fn rank(stride: &Stride<'_>, (_, provider): &Active<'_>) -> u32 {
    let kind = provider.and_then(|provider| stride.catalogue.provider(&provider.kind));
    kind.map_or(0, |kind| kind.rank)
}

/// Says which rule is missing where an extent does not become one in the unit and period of the price.
fn no_volume<N>(
    view: &PartView<'_, N>,
    volumes: &[Volume<N>],
    (unit, period): (Unit, Frequency),
) -> Stop {
    let set = view.set;
    let stuck = volumes.iter().find(|volume| {
        let way = || set.conversions.last_hop(volume.per, period);
        unit.per(volume.unit).is_some() && volume.per != period && way().is_none()
    });
    if let Some(stuck) = stuck.filter(|_| period != Frequency::Total) {
        let (from, to) = (stuck.per, period);
        return Problem::error(format!(
            "de omvang is niet om te rekenen van {} naar {}: de afspraken «{}» van de catalogus zeggen niet hoe",
            from.period(),
            to.period(),
            set.id
        ))
        .field("hours")
        .hint(format!(
            "Vul de omvang {} in, of zet in de catalogus bij die afspraken onder `conversions` een regel met from: {from:?} en to: {to:?}.",
            to.dutch()
        ))
        .into();
    }
    Problem::error(format!(
        "de omvang is niet om te rekenen naar {} {}",
        unit.plural(),
        period.dutch()
    ))
    .field("hours")
    .hint(
        "Vul de omvang in de eenheid van het tarief in, of vul de afspraken van de catalogus aan.",
    )
    .into()
}

/// Amounts per different periods cannot be added; what is in total has no period.
fn same_period(
    per: &mut Option<Frequency>,
    own: Option<Frequency>,
    field: Place,
) -> Result<(), Stop> {
    match (*per, own) {
        (Some(other), Some(own)) if other != own => Err(Problem::error(format!(
            "de zorgverleners hebben bedragen {} en {}; die zijn niet op te tellen",
            other.dutch(),
            own.dutch()
        ))
        .field(field.path())
        .hint("Maak er twee regels van.")
        .into()),
        (before, own) => {
            *per = before.or(own);
            Ok(())
        }
    }
}
