//! What a part comes to per period: each care provider's rate × volume, or a fixed amount.

use super::Volume;
use super::hours::{convert, too_large, volume_in};
use super::lookup::{Price, Stride, Wanted, price};
use super::walk::{Few, PartAmounts, PartView, Place, Share, Walk};
use crate::catalogue::Tariff;
use crate::catalogue::file::{Base, IN_KIND, Mixed, Stage, Strategy};
use crate::document::Problem;
use crate::indication::CareProvider;
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Rate, Unit};
use crate::trace::{Figure, Leaf, Measure, Step, Tracer};
use std::sync::Arc;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// What one part comes to per period: rates, shares, ceiling.
    pub(super) fn part_amounts(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        active: &[(Option<usize>, Option<&'a CareProvider>)],
    ) -> Result<PartAmounts<T::Node>, Problem> {
        let big = |error| too_large(error, "hours");
        let mut shares = Vec::with_capacity(active.len());
        let mut per: Option<Frequency> = None;
        let heaviest = (active.len() > 1 && view.set.mixed.value == Mixed::Heaviest)
            .then(|| {
                let rank = |provider: &CareProvider| {
                    stride
                        .catalogue
                        .provider(&provider.kind)
                        .map_or(0, |kind| kind.rank)
                };
                active
                    .iter()
                    .max_by_key(|(_, provider)| provider.map_or(0, rank))
                    .copied()
            })
            .flatten();
        let one;
        let counting = match heaviest {
            Some(heaviest) => {
                one = [heaviest];
                one.as_slice()
            }
            None => active,
        };
        for (place, provider) in counting {
            let alone = counting.len() == 1;
            let mut share = self.share(
                stride,
                view,
                (*place, *provider),
                (alone, heaviest.is_some()),
                &mut per,
            )?;
            if heaviest.is_some()
                && let Ok(base) = &mut share.base
            {
                *base = self.calc.choose(
                    Step::new(
                        "bedrag van de zwaarste soort",
                        Measure::EuroPer(per.unwrap_or(Frequency::Month)),
                    ),
                    *base,
                    &view.set.mixed.provenance,
                );
            }
            shares.push(share);
        }
        let per = per.unwrap_or(Frequency::Week);
        let step = Step::new("bedrag", Measure::EuroPer(per)).about(&view.granted.label);
        let mut bases: Few<Figure<T::Node>> = Few::new();
        let mut unknown = None;
        for share in &shares {
            match &share.base {
                Ok(base) => bases.push(*base),
                Err(reason) => unknown = Some(Arc::clone(reason)),
            }
        }
        let known = |before: Option<Figure<T::Node>>, after| PartAmounts {
            shares,
            per,
            before,
            ceiling: None,
            cut: None,
            after,
        };
        if let Some(reason) = unknown {
            return Ok(known(None, Err(reason)));
        }
        let mut before = self.calc.sum(step, &bases).map_err(big)?;
        if bases.len() > 1 {
            before = self.calc.choose(step, before, &view.set.mixed.provenance);
        }
        let mut part = known(Some(before), Ok(before));
        match self.ceiling(stride, view, counting)? {
            Price::Amount(ceiling) => {
                let unit = self.ceiling_of(stride, view, counting).map(|c| c.per);
                self.cut(view, &mut part, ceiling, unit.unwrap_or(per))
                    .map_err(big)?;
            }
            Price::NotKnown(reason) => part.after = Err(reason),
            Price::Offer => {
                if let Some(offer) = &self.line.offer
                    && let Some(unit) = offer.per.frequency()
                {
                    let step = Step::new("bedrag van de offerte", Measure::EuroPer(unit));
                    let figure = self
                        .calc
                        .leaf(step, Leaf::Input("offer"), offer.amount.exact());
                    self.cut(view, &mut part, figure, unit).map_err(big)?;
                }
            }
            Price::NotAvailable | Price::NoMaximum => {}
        }
        Ok(part)
    }

    /// One provider's amount per period before the ceiling.
    pub(super) fn share(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        (place, provider): (Option<usize>, Option<&'a CareProvider>),
        (alone, for_all): (bool, bool),
        per: &mut Option<Frequency>,
    ) -> Result<Share<T::Node>, Problem> {
        let kind = provider.map_or(IN_KIND, |provider| provider.kind.as_str());
        let field = Place(place);
        let label = stride.catalogue.provider_name(kind);
        let typed = [
            (
                provider.and_then(|p| p.agreed).map(|rate| rate.amount),
                "agreed",
            ),
            (self.line.offer.as_ref().map(|offer| offer.amount), "offer"),
        ];
        for (amount, name) in typed {
            if amount.is_some_and(|amount| amount < Euro::ZERO) {
                let path = match name {
                    "agreed" => format!("{}.agreed", field.path()),
                    _ => name.to_owned(),
                };
                return Err(Problem::error("een bedrag kan niet onder nul zijn")
                    .field(path)
                    .hint("Vul een bedrag van 0 of meer in."));
            }
        }
        let Some(tariff) = view.product.tariff(kind, &view.choices) else {
            let known = kind == IN_KIND || stride.catalogue.provider(kind).is_some();
            let what = stride.catalogue.describe(&view.choices);
            return Err(Problem::error(if known {
                format!(
                    "voor {}{}{} is er geen tarief met {label} op {}",
                    view.product.label,
                    if what.is_empty() { "" } else { ", " },
                    what,
                    date_long(stride.day)
                )
            } else {
                format!(
                    "soort zorgverlener «{kind}» bestaat niet in {}",
                    stride.catalogue.name
                )
            })
            .field(field.path())
            .hint("Kies een andere combinatie die in de catalogus staat."));
        };
        let wanted = Wanted {
            product: view.product,
            choices: &view.choices,
            values: &tariff.values,
            label: &tariff.label,
            per: tariff.per,
        };
        let found = price(self.inputs, &mut self.calc, view.set, stride, wanted)?;
        let (rate, unit, strategy) = match found {
            Price::Amount(rate) => (rate, tariff.per, tariff.strategy),
            Price::Offer => match &self.line.offer {
                Some(offer) => {
                    let step = Step::new("bedrag van de offerte", Measure::EuroPerUnit(offer.per));
                    let rate = self
                        .calc
                        .leaf(step, Leaf::Input("offer"), offer.amount.exact());
                    // A day or an etmaal is both a period and something to count: what was
                    // granted says which.
                    let counted = view.granted.volumes.iter().any(|v| v.unit == offer.per);
                    let fixed = offer.per.frequency().is_some() && !counted;
                    let strategy = if fixed {
                        Strategy::FixedAmount
                    } else {
                        Strategy::GrantedTimesRate
                    };
                    (rate, offer.per, strategy)
                }
                None => {
                    let reason = Arc::from("op offerte: er is nog geen offerte ingevuld");
                    per.get_or_insert_with(|| self.period_of(view, tariff));
                    return Ok(Share::unknown(place, label, reason));
                }
            },
            Price::NotAvailable | Price::NoMaximum => {
                return Err(Problem::error(format!(
                    "{} is niet mogelijk voor {}",
                    label, view.product.label
                ))
                .field(field.path())
                .hint("Kies een andere leveringsvorm of een andere soort zorgverlener."));
            }
            Price::NotKnown(reason) => {
                per.get_or_insert_with(|| self.period_of(view, tariff));
                return Ok(Share::unknown(place, label, reason));
            }
        };
        let big = |error| too_large(error, &field.path());
        let own = match for_all {
            true => None,
            false => self.own_volumes(view, provider, alone, field)?,
        };
        let volumes = own.as_deref().unwrap_or(&view.granted.volumes);
        let mut share = Share {
            provider: place,
            kind: label,
            rate: None,
            volume: None,
            base: Ok(rate),
            once: None,
            total: None,
        };
        match strategy {
            Strategy::FixedAmount => {
                let period = unit.frequency().unwrap_or(Frequency::FourWeeks);
                self.fixed(view, rate, period, own.as_deref(), &mut share)
                    .map_err(big)?;
                same_period(per, period, field)?;
                if let (Some(agreed), Ok(base)) = (self.agreed(view, provider), &share.base) {
                    let base = *base;
                    let cost = self.cost(view, agreed, period, volumes).map_err(big)?;
                    if let Some(cost) = cost {
                        share.base = Ok(self.lower(view, base, cost, period));
                    }
                }
            }
            Strategy::GrantedTimesRate | Strategy::BandTimesRate => {
                let mut rate = rate;
                if let Some(agreed) = self.agreed(view, provider) {
                    rate = self.lower_rate(view, rate, unit, agreed, field)?;
                }
                share.rate = Some((rate, unit));
                let period = self.base_period(view, volumes);
                same_period(per, period, field)?;
                let volume = if period == Frequency::Total {
                    None
                } else if strategy == Strategy::BandTimesRate {
                    self.band_volume(view, own.as_deref(), (unit, period))
                        .map_err(big)?
                } else {
                    volume_in(&mut self.calc, view.set, volumes, (unit, period)).map_err(big)?
                };
                let total = volume_in(&mut self.calc, view.set, volumes, (unit, Frequency::Total))
                    .map_err(big)?;
                if volume.is_none() && total.is_none() {
                    return Err(Problem::error(format!(
                        "de omvang is niet om te rekenen naar {} {}",
                        unit.plural(),
                        period.dutch()
                    ))
                    .field("hours")
                    .hint("Vul de omvang in de eenheid van het tarief in, of vul de afspraken van de catalogus aan."));
                }
                if let Some(total) = total {
                    share.once = Some(
                        self.multiply(view, total, rate, (unit, Frequency::Total))
                            .map_err(big)?,
                    );
                }
                let base = match (volume, share.once) {
                    (Some(volume), _) => {
                        let volume = self.volume(view, volume, (unit, period)).map_err(big)?;
                        share.volume = Some(volume);
                        self.multiply(view, volume, rate, (unit, period))
                            .map_err(big)?
                    }
                    // All of it in total: that is the amount.
                    (None, Some(once)) if period == Frequency::Total => {
                        share.volume = total;
                        once
                    }
                    (None, _) => self.calc.leaf(
                        Step::new("geen omvang per periode", Measure::EuroPer(period)),
                        Leaf::Definition,
                        Exact::ZERO,
                    ),
                };
                share.base = Ok(base);
            }
        }
        Ok(share)
    }

    /// The volumes of a provider with a share of its own.
    pub(super) fn own_volumes(
        &mut self,
        view: &PartView<'a, T::Node>,
        provider: Option<&CareProvider>,
        alone: bool,
        field: Place,
    ) -> Result<Option<Vec<Volume<T::Node>>>, Problem> {
        let Some(provider) = provider else {
            return Ok(None);
        };
        let part = view.granted.part.as_deref();
        let own: Vec<Volume<T::Node>> = provider
            .share
            .iter()
            .filter(|share| share.part.as_deref() == part)
            .map(|share| {
                let extent = share.extent;
                let step = Step::new(
                    "omvang bij deze zorgverlener",
                    Measure::VolumePer(extent.unit, extent.per),
                );
                let figure =
                    self.calc
                        .leaf(step, Leaf::Input("delivery"), Exact::from(extent.volume));
                Volume {
                    figure,
                    unit: extent.unit,
                    per: extent.per,
                }
            })
            .collect();
        if own.is_empty() {
            if !alone || !provider.share.is_empty() {
                return Err(
                    Problem::error("niet bekend is hoeveel deze zorgverlener doet")
                        .field(format!("{}.share", field.path()))
                        .hint("Verdeel de omvang over de zorgverleners."),
                );
            }
            return Ok(None);
        }
        // More than was granted cannot be bought with the grant.
        let (Some(first), set) = (view.granted.volumes.first(), view.set) else {
            return Ok(Some(own));
        };
        let unit = (first.unit, first.per);
        let big = |error| too_large(error, &field.path());
        let whole = volume_in(&mut self.calc, set, &view.granted.volumes, unit).map_err(big)?;
        let mine = volume_in(&mut self.calc, set, &own, unit).map_err(big)?;
        let fits = match (whole, mine) {
            (Some(whole), Some(mine)) => mine.value <= whole.value && mine.value > Exact::ZERO,
            // Not to be compared: then nobody knows whether it is more than was granted.
            (_, None) => false,
            (None, Some(mine)) => mine.value > Exact::ZERO,
        };
        if !fits {
            return Err(Problem::error(
                "de omvang bij deze zorgverlener is nul, meer dan is toegekend, of niet ermee te vergelijken",
            )
            .field(format!("{}.share", field.path()))
            .hint("Verdeel ten hoogste de toegekende omvang, in dezelfde eenheid en per dezelfde periode."));
        }
        Ok(Some(own))
    }

    pub(super) fn agreed(
        &self,
        view: &PartView<'a, T::Node>,
        provider: Option<&'a CareProvider>,
    ) -> Option<Rate> {
        provider
            .and_then(|provider| provider.agreed)
            .filter(|_| view.set.real_cost_if_lower.value)
    }

    pub(super) fn lower(
        &mut self,
        view: &PartView<'a, T::Node>,
        tariff: Figure<T::Node>,
        cost: Figure<T::Node>,
        per: Frequency,
    ) -> Figure<T::Node> {
        let step = Step::new(
            "werkelijke kosten als die lager zijn",
            Measure::EuroPer(per),
        );
        let lower = self.calc.least(step, tariff, cost);
        self.calc
            .choose(step, lower, &view.set.real_cost_if_lower.provenance)
    }

    /// The lower of tariff and agreed rate, per unit of the tariff.
    pub(super) fn lower_rate(
        &mut self,
        view: &PartView<'a, T::Node>,
        rate: Figure<T::Node>,
        unit: Unit,
        agreed: Rate,
        field: Place,
    ) -> Result<Figure<T::Node>, Problem> {
        let step = |label| Step::new(label, Measure::EuroPerUnit(unit));
        let mut cost = self.calc.leaf(
            Step::new("afgesproken tarief", Measure::EuroPerUnit(agreed.per)),
            Leaf::Input("agreed"),
            agreed.amount.exact(),
        );
        if agreed.per != unit {
            let Some(factor) = agreed.per.per(unit) else {
                return Err(Problem::error(format!(
                    "een afgesproken tarief per {} is niet te vergelijken met een tarief per {}",
                    agreed.per.singular(),
                    unit.singular()
                ))
                .field(format!("{}.agreed", field.path()))
                .hint(format!("Vul het tarief in per {}.", unit.singular())));
            };
            let factor = self.calc.leaf(
                Step::new("omrekenen van de eenheid", Measure::Number),
                Leaf::Definition,
                factor,
            );
            cost = self
                .calc
                .mul(step("afgesproken tarief"), cost, factor)
                .map_err(|error| too_large(error, &field.path()))?;
        }
        let lower = self
            .calc
            .least(step("werkelijk tarief als dat lager is"), rate, cost);
        let rule = &view.set.real_cost_if_lower.provenance;
        Ok(self
            .calc
            .choose(step("werkelijk tarief als dat lager is"), lower, rule))
    }

    /// What a provider with an agreed rate really costs per period.
    pub(super) fn cost(
        &mut self,
        view: &PartView<'a, T::Node>,
        agreed: Rate,
        period: Frequency,
        volumes: &[Volume<T::Node>],
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let step = Step::new("afgesproken tarief", Measure::EuroPerUnit(agreed.per));
        let rate = self
            .calc
            .leaf(step, Leaf::Input("agreed"), agreed.amount.exact());
        if let Some(own) = agreed.per.frequency() {
            return convert(
                &mut self.calc,
                &view.set.views,
                rate,
                (own, period),
                Measure::EuroPer,
            );
        }
        let volume = volume_in(&mut self.calc, view.set, volumes, (agreed.per, period))?;
        match volume {
            Some(volume) => self
                .multiply(view, volume, rate, (agreed.per, period))
                .map(Some),
            None => Ok(None),
        }
    }

    /// The period of a tariff's amount, also when nobody knows the amount.
    fn period_of(&self, view: &PartView<'a, T::Node>, tariff: &Tariff) -> Frequency {
        match (tariff.strategy, tariff.per.frequency()) {
            (Strategy::FixedAmount, Some(period)) => period,
            _ => self.base_period(view, &view.granted.volumes),
        }
    }

    /// The period over which hours × rate is worked out; an extent in total has no other.
    pub(super) fn base_period(
        &self,
        view: &PartView<'a, T::Node>,
        volumes: &[Volume<T::Node>],
    ) -> Frequency {
        let in_total = |volume: &Volume<T::Node>| volume.per == Frequency::Total;
        match view.set.base.value {
            _ if view.granted.volumes.iter().all(in_total) => Frequency::Total,
            Base::Every(per) => per,
            Base::OfExtent => volumes
                .iter()
                .map(|volume| volume.per)
                .find(|per| *per != Frequency::Total)
                .unwrap_or(Frequency::Total),
        }
    }

    /// The volume under the convention of the period, rounded if the catalogue says so (R34).
    pub(super) fn volume(
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
    pub(super) fn band_volume(
        &mut self,
        view: &PartView<'a, T::Node>,
        own: Option<&[Volume<T::Node>]>,
        goal: (Unit, Frequency),
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
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
        let volume = volume_in(&mut self.calc, view.set, &[volume], goal)?;
        match (volume, self.fraction(view, own)?) {
            (Some(volume), Some(part)) => {
                let step = Step::new(
                    "aandeel in de budgeturen",
                    Measure::VolumePer(goal.0, goal.1),
                );
                self.calc.mul(step, volume, part).map(Some)
            }
            (volume, _) => Ok(volume),
        }
    }

    /// The provider's part of what was granted; nothing when it is all of it.
    fn fraction(
        &mut self,
        view: &PartView<'a, T::Node>,
        own: Option<&[Volume<T::Node>]>,
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let (Some(own), Some(first)) = (own, view.granted.volumes.first()) else {
            return Ok(None);
        };
        let unit = (first.unit, first.per);
        let whole = volume_in(&mut self.calc, view.set, &view.granted.volumes, unit)?;
        let mine = volume_in(&mut self.calc, view.set, own, unit)?;
        let (Some(whole), Some(mine)) = (whole, mine) else {
            return Ok(None);
        };
        let step = Step::new("aandeel", Measure::Number);
        self.calc.div(step, mine, whole).map(Some)
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
        {
            let label = Step::new("minuten in de eenheid", Measure::Number);
            let minutes = self
                .calc
                .leaf(label, Leaf::Definition, Exact::from(minutes));
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
                let step = Step::new("bedrag per periode, afgerond", measure);
                self.calc.round(step, amount, &rule.value, &rule.provenance)
            }
            None => Ok(amount),
        }
    }

    /// A fixed amount, or the provider's share of it.
    pub(super) fn fixed(
        &mut self,
        view: &PartView<'a, T::Node>,
        amount: Figure<T::Node>,
        period: Frequency,
        own: Option<&[Volume<T::Node>]>,
        share: &mut Share<T::Node>,
    ) -> Result<(), QuantityError> {
        let step = |label| Step::new(label, Measure::EuroPer(period));
        let mut base = amount;
        if let Some(part) = self.fraction(view, own)? {
            base = self
                .calc
                .mul(step("aandeel in het vaste bedrag"), amount, part)?;
        }
        if let Some(rule) = view.set.rounding(Stage::Period) {
            let label = "bedrag per periode, afgerond";
            base = self
                .calc
                .round(step(label), base, &rule.value, &rule.provenance)?;
        }
        if period == Frequency::Total {
            share.once = Some(base);
        }
        share.base = Ok(base);
        Ok(())
    }
}

fn same_period(
    per: &mut Option<Frequency>,
    period: Frequency,
    field: Place,
) -> Result<(), Problem> {
    match *per {
        Some(other) if other != period => Err(Problem::error(format!(
            "de zorgverleners hebben bedragen {} en {}; die zijn niet op te tellen",
            other.dutch(),
            period.dutch()
        ))
        .field(field.path())
        .hint("Maak er twee regels van.")),
        _ => {
            *per = Some(period);
            Ok(())
        }
    }
}
