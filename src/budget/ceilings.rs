//! Ceilings: the least of amount and maximum, and how the cut is shared (decisions 9, 10).

use super::Amounts;
use super::amounts::rank;
use super::hours::{convert, too_large, volume_in};
use super::lookup::{Says, Stride, Wanted, What, price};
use super::pieces::{Raw, uncountable};
use super::rates::fixed_period;
use super::totals::{Piece, over};
use super::walk::{Active, Few, Known, PartAmounts, PartView, Stop, Walk, kind};
use crate::catalogue::Ceiling as CeilingEntry;
use crate::catalogue::file::Stage;
use crate::document::Problem;
use crate::indication::Offer;
use crate::quantity::dutch::date_long;
use crate::quantity::{Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Measure, Silent, Step, Tracer, shown};
use std::sync::Arc;

/// The most that a part may come to.
#[derive(Clone, Copy)]
pub(super) struct Ceiling<N> {
    /// Per `per`; in total only where an offer for what was granted in total is the ceiling.
    pub(super) amount: Amounts<Figure<N>>,
    pub(super) per: Frequency,
}

impl<N: Copy> Ceiling<N> {
    /// As it is shown: a figure with its period.
    pub(super) fn shown(&self) -> Option<(Figure<N>, Frequency)> {
        let per = match self.amount.recurring {
            Some(_) => self.per,
            None => Frequency::Total,
        };
        self.amount.first().map(|figure| (*figure, per))
    }
}

impl<N: Copy> PartAmounts<N> {
    /// What every share comes to, because a rule takes the ceiling away.
    fn free<T: Tracer<Node = N>>(
        &mut self,
        label: &'static str,
        rule: Figure<N>,
        calc: &mut Calculator<'_, T>,
    ) {
        let amounts = (self.shares.iter_mut()).filter_map(|share| share.amount.as_mut().ok());
        for amount in amounts {
            let every = Measure::EuroPer(self.per);
            for (figure, measure) in [
                (&mut amount.recurring, every),
                (&mut amount.once, Measure::Euro),
            ] {
                if let Some(figure) = figure {
                    *figure = calc.because(Step::new(label, measure), *figure, rule);
                }
            }
        }
    }
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// Looks the ceiling of a part up; where there is none, the shares say by which rule.
    pub(super) fn find_ceiling(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        counting: &[Active<'a>],
        part: &mut PartAmounts<T::Node>,
    ) -> Result<(), Stop> {
        let kind = heaviest_kind(stride, counting);
        let Some(ceiling) = view.product.ceiling(kind, &view.choices) else {
            // What is in total has no band, so no ceiling of a band either (decisions 13).
            let in_total = view.granted.is_in_total();
            let mut open = view.product.ceiling_hangs_on(kind, &view.choices);
            let axis = open.find(|&axis| !(in_total && view.product.scale(axis).is_some()));
            if let Some(axis) = axis.and_then(|axis| stride.catalogue.file.axes.get(axis)) {
                let label = axis.label.to_lowercase();
                part.after = Err(Arc::from(format!("het plafond hangt af van: {label}")));
            }
            return Ok(());
        };
        let mut lifted = None;
        if let Some(limit) = &ceiling.lifted_above {
            let edge = self.limit(limit);
            if !self.is_above(view, limit)? {
                part.holds = Some(edge);
            } else if (self.line.ceiling_reason.as_deref())
                .is_some_and(|reason| !reason.trim().is_empty())
            {
                lifted = Some(edge);
            } else {
                self.problems.push(
                    Problem::error(format!("meer dan {} vraagt een reden", limit.shown()))
                        .field("ceiling_reason")
                        .hint("Schrijf op waarom meer nodig is; dan vervalt het plafond."),
                );
            }
        }
        let price = self.price(view, stride, &wanted(view, ceiling))?;
        if let Some(edge) = lifted {
            part.ceiling_lifted = true;
            part.free(
                "het plafond vervalt met een reden, want het is meer dan",
                edge,
                &mut self.calc,
            );
            if let Says::Amount = price.says {
                part.free("zonder het plafond van", price.figure, &mut self.calc);
            }
            return Ok(());
        }
        part.ceiling = match price.says {
            Says::Amount => Some(Ceiling {
                amount: Amounts {
                    recurring: Some(price.figure),
                    once: None,
                },
                per: ceiling.per,
            }),
            Says::Offer => match &self.line.offer {
                Some(offer) => Some(self.offered_ceiling(view, (offer, price.figure), part.per)?),
                None => None,
            },
            Says::NotKnown(reason) => {
                part.after = Err(reason);
                None
            }
            // What is in total has no band, so no ceiling of a band either (decisions 13).
            Says::PerChoice => {
                part.free(
                    "een omvang in totaal heeft geen plafond van een bandbreedte",
                    price.figure,
                    &mut self.calc,
                );
                None
            }
            Says::NotAvailable | Says::NoMaximum => {
                part.free("er is geen maximum", price.figure, &mut self.calc);
                None
            }
        };
        Ok(())
    }

    /// Warns where a rate that a decision set brings a part above the ceiling of the catalogue: it stands, and nothing
    /// leans on that ceiling.
    pub(super) fn tell_above_ceiling(
        &mut self,
        mut stride: Stride<'a>,
        view: &PartView<'a, T::Node>,
        counting: &[Active<'a>],
        part: &PartAmounts<T::Node>,
    ) {
        let kind = heaviest_kind(&stride, counting);
        let (Some(ceiling), Some(before)) = (
            view.product.ceiling(kind, &view.choices),
            part.before.recurring,
        ) else {
            return;
        };
        let (day, mut tracer) = (stride.day, Silent);
        let calc = &mut Calculator {
            tracer: &mut tracer,
        };
        let wanted = wanted(view, ceiling);
        let Ok(price) = price(self.inputs, calc, view.set, &mut stride, &wanted) else {
            return;
        };
        let (ways, periods) = (&view.set.views, (ceiling.per, part.per));
        let same = convert(calc, ways, price.figure, periods, Measure::EuroPer);
        if let (Says::Amount, Ok(Some(same))) = (price.says, same)
            && before.value > same.value
        {
            self.tell_once(
                Problem::warning(format!(
                    "het tarief dat een besluit vaststelt komt op {} boven het plafond van de catalogus: {}",
                    date_long(day),
                    shown(same.value, Measure::EuroPer(part.per))
                ))
                .field("delivery")
                .hint("Het vastgestelde tarief telt, zonder dat plafond. Kijk na of het besluit dat zo bedoelt."),
            );
        }
    }

    /// An offer as ceiling: an amount per period, or an amount for each of what was granted.
    fn offered_ceiling(
        &mut self,
        view: &PartView<'a, T::Node>,
        (offer, rule): (&Offer, Figure<T::Node>),
        per: Frequency,
    ) -> Result<Ceiling<T::Node>, Stop> {
        if let Some(period) = fixed_period(offer.per, view) {
            let figure = self.offered(offer, Measure::EuroPer(period), rule);
            let mut amount = Amounts::NONE;
            match period {
                Frequency::Total if per != Frequency::Total => {
                    return Err(Problem::error(format!(
                        "een offerte ineens is geen plafond voor een bedrag {}",
                        per.dutch()
                    ))
                    .field("offer")
                    .hint(format!("Vul de offerte in {}.", per.dutch()))
                    .into());
                }
                Frequency::Total => amount.once = Some(figure),
                _ => amount.recurring = Some(figure),
            }
            return Ok(Ceiling {
                amount,
                per: period,
            });
        }
        let rate = self.offered(offer, Measure::EuroPerUnit(offer.per), rule);
        let mut amount = Amounts::NONE;
        let volumes = &view.granted.volumes;
        for (slot, once) in [(&mut amount.recurring, false), (&mut amount.once, true)] {
            if !volumes.iter().any(|volume| volume.is_once() == once) {
                continue;
            }
            let goal = (offer.per, if once { Frequency::Total } else { per });
            let big = |error| too_large(error, "offer");
            let volume = volume_in(&mut self.calc, view.set, volumes, goal).map_err(big)?;
            let volume = volume.ok_or_else(|| {
                Problem::error(format!(
                    "een offerte per {} is niet te vergelijken met wat is toegekend",
                    offer.per.singular()
                ))
                .field("offer")
                .hint("Vul de offerte in per eenheid van de omvang, of per periode.")
            })?;
            *slot = Some(self.multiply(view, volume, rate, goal).map_err(big)?);
        }
        Ok(Ceiling { amount, per })
    }

    /// The smaller of amount and ceiling, and what that cuts off, of what comes back (decisions 9, 10).
    pub(super) fn cut(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
    ) -> Result<(), QuantityError> {
        if part.after.is_err() {
            return Ok(());
        }
        let most = part
            .ceiling
            .and_then(|c| Some((c.amount.recurring?, c.per)));
        let (Some((most, per)), Some(before)) = (most, part.before.recurring) else {
            return Ok(());
        };
        let (ways, own) = (&view.set.views, part.per);
        let Some(same) = convert(&mut self.calc, ways, most, (per, own), Measure::EuroPer)? else {
            // It can only be said whether it cuts, and over days how much.
            let there = convert(&mut self.calc, ways, before, (own, per), Measure::EuroPer)?;
            if there.is_none_or(|there| there.value > most.value) {
                part.unsaid = Some(Arc::from(format!(
                    "het plafond {} telt, en de catalogus zegt niet hoe dat een bedrag {} wordt",
                    per.dutch(),
                    own.dutch()
                )));
            }
            return Ok(());
        };
        let step = |label| Step::new(label, Measure::EuroPer(part.per)).about(&view.granted.label);
        let after = self
            .calc
            .least(step("bedrag, ten hoogste het plafond"), before, same);
        if before.value > same.value {
            part.cut.recurring = Some(self.calc.sub(step("boven het plafond"), before, after)?);
        }
        let after = match part.holds {
            Some(edge) => {
                let step = step("het plafond blijft, want het is niet meer dan");
                self.calc.because(step, after, edge)
            }
            None => after,
        };
        part.after = Ok(Amounts {
            recurring: Some(after),
            once: None,
        });
        Ok(())
    }

    /// Lays the ceiling over one piece: first on what comes back; what is in total gets the room that is left. Answers
    /// whether it cuts, or why nobody knows.
    pub(super) fn cap(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
        raw: &mut Raw<T::Node>,
        piece: Piece,
        kept: bool,
    ) -> Result<Known<bool>, QuantityError> {
        let Some(ceiling) = part.ceiling else {
            return Ok(Ok(false));
        };
        let during = |label| Step::new(label, Measure::Euro).during(piece.from, piece.to);
        let some_once = raw.iter().any(|raw| raw.once.is_some());
        let mut room: Option<Figure<T::Node>> = None;
        let mut capped = false;
        for once in [false, true] {
            let more = match once {
                false => match ceiling.amount.recurring {
                    Some(most) => match over(&mut self.calc, view.set, most, ceiling.per, piece)? {
                        Some(most) => Some(most),
                        None => return Ok(Err(uncountable(ceiling.per))),
                    },
                    None => None,
                },
                true => match (ceiling.amount.once, self.spread(None)) {
                    (Some(most), Some(spread)) => {
                        let step = during("deel van het plafond ineens");
                        Some(self.spread_over(step, most, spread, (piece.from, piece.to))?)
                    }
                    (Some(_), None) => return Ok(Err(uncountable(Frequency::Total))),
                    (None, _) => None,
                },
            };
            room = match (room, more) {
                (Some(left), Some(more)) => Some(self.calc.add(
                    during("ruimte onder het plafond"),
                    left,
                    more,
                )?),
                (left, more) => left.or(more),
            };
            let shares = raw.iter().filter_map(|raw| match once {
                false => raw.recurring.as_ref(),
                true => raw.once.as_ref(),
            });
            let (Some(most), true) = (room, shares.clone().next().is_some()) else {
                continue;
            };
            let before = self.calc.sum(during("bedrag over de dagen"), shares)?;
            let mut after = before;
            if before.value > most.value {
                let step = during("ten hoogste het plafond over de dagen");
                after = self.calc.least(step, before, most);
                let both = (before, after);
                let shares = raw.iter_mut().filter_map(|raw| match once {
                    false => raw.recurring.as_mut(),
                    true => raw.once.as_mut(),
                });
                let mut shares: Few<&mut Figure<T::Node>> = shares.collect();
                self.in_proportion(view, &mut shares, both, Measure::Euro, Stage::Total)?;
                capped = true;
            }
            if once && kept {
                let step = during("bedrag zonder plafond");
                let sum = self.more(step, part.before.once, before)?;
                part.before.once = Some(sum);
                if before.value > most.value {
                    let cut = self.calc.sub(during("boven het plafond"), before, after)?;
                    part.cut.once = Some(self.more(step, part.cut.once, cut)?);
                }
            } else if !once && some_once {
                let step = during("ruimte onder het plafond");
                room = Some(self.calc.sub(step, most, after)?);
            }
        }
        Ok(Ok(capped))
    }

    /// Each provider's amount per period after the ceiling: the cut in proportion, the remainder
    /// to the last (decisions 9).
    pub(super) fn cut_shares(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
    ) -> Result<(), QuantityError> {
        let Ok(Amounts {
            recurring: Some(after),
            ..
        }) = part.after
        else {
            return Ok(());
        };
        let (Some(before), Some(_)) = (part.before.recurring, part.cut.recurring) else {
            return Ok(());
        };
        let mut shares: Few<&mut Figure<T::Node>> = (part.shares.iter_mut())
            .filter_map(|share| share.amount.as_mut().ok()?.recurring.as_mut())
            .collect();
        let measure = Measure::EuroPer(part.per);
        self.in_proportion(view, &mut shares, (before, after), measure, Stage::View)
    }

    /// Brings shares of `before` down to shares of `after`.
    pub(super) fn in_proportion(
        &mut self,
        view: &PartView<'a, T::Node>,
        shares: &mut [&mut Figure<T::Node>],
        (before, after): (Figure<T::Node>, Figure<T::Node>),
        measure: Measure,
        stage: Stage,
    ) -> Result<(), QuantityError> {
        let step = Step::new("aandeel na het plafond", measure);
        let mut left = after;
        let Some((last, others)) = shares.split_last_mut() else {
            return Ok(());
        };
        for share in others {
            let product = self.calc.mul(step, **share, after)?;
            let mut mine = self.calc.div(step, product, before)?;
            if let Some(rule) = view.set.rounding(stage) {
                mine = self.calc.round(step, mine, &rule.value, &rule.provenance)?;
            }
            left = self.calc.sub(step, left, mine)?;
            **share = mine;
        }
        **last = left;
        Ok(())
    }
}

/// The kind of care provider whose ceiling holds for all of them.
fn heaviest_kind<'a>(stride: &Stride<'_>, counting: &[Active<'a>]) -> &'a str {
    let heaviest = match counting {
        [one] => Some(one),
        many => many.iter().max_by_key(|one| rank(stride, one)),
    };
    kind(heaviest.and_then(|(_, provider)| *provider))
}

/// A ceiling, to look its amount up.
fn wanted<'a, N>(view: &'a PartView<'_, N>, ceiling: &'a CeilingEntry) -> Wanted<'a> {
    Wanted {
        what: What::Ceiling,
        product: view.product,
        choices: &view.choices,
        values: &ceiling.values,
        label: &view.granted.label,
        per: unit_of(ceiling.per),
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
