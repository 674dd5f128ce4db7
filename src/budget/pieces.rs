//! A line over its dates, piece by piece: rounded per provider so that parts add up (decisions 8, 9).

use super::lookup::days;
use super::totals::{Piece, over};
use super::walk::{Amount, Few, Known, PartAmounts, PartView, Share, Summand, Walk};
use super::{Amounts, Money, PartSegment, ProviderAmount};
use crate::calendar::Period;
use crate::catalogue::ConventionSet;
use crate::catalogue::file::{Counting, Stage, TotalRounding};
use crate::quantity::{Exact, Frequency, QuantityError, Rounding};
use crate::trace::{Calculator, Figure, Measure, Step, Tracer};
use jiff::civil::Date;
use smallvec::SmallVec;
use std::sync::Arc;

/// What the shares of a part come to over a piece, each kind apart.
pub(super) type Raw<N> = Few<Amounts<Figure<N>>>;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The total of a stride, piece by piece; with it what parts and providers come to over these days.
    pub(super) fn total(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &mut [PartAmounts<T::Node>],
        (first, last): (Date, Date),
    ) -> Result<Money<T::Node>, QuantityError> {
        let line_from = self.line.from;
        let step = Step::new("totaal van dit deel", Measure::Euro).during(first, last);
        let mut all: Option<Known<Figure<T::Node>>> = None;
        let years = Period::new(first, last).map(Period::by_year);
        for year in years.into_iter().flatten() {
            let (from, to) = (year.covered.from(), year.covered.to());
            let piece = Piece {
                from,
                to,
                line_from,
                counted_from: line_from,
            };
            let money = self.piece(views, parts, piece, true)?;
            let in_year = self.piece_in_year(views, parts, piece)?;
            all = Some(match (all, &money) {
                (None, Ok((next, _))) => Ok(*next),
                (Some(Ok(sum)), Ok((next, _))) => Ok(self.calc.add(step, sum, *next)?),
                (Some(Err(reason)), _) => Err(reason),
                (_, Err(reason)) => Err(Arc::clone(reason)),
            });
            self.pieces.push(Summand {
                from,
                to,
                in_year,
                money,
            });
        }
        Ok(match all {
            Some(Ok(figure)) => Money::of(figure)?,
            Some(Err(reason)) => Money::NotKnown(reason),
            None => Money::NotKnown(no_days()),
        })
    }

    /// What each part came to.
    pub(super) fn part_segments(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &mut [PartAmounts<T::Node>],
        days: (Date, Date),
    ) -> Result<Vec<PartSegment<T::Node>>, QuantityError> {
        let mut made = Vec::with_capacity(parts.len());
        for (part, view) in parts.iter_mut().zip(views) {
            made.push(PartSegment {
                part: view.granted.part.clone(),
                label: Arc::clone(&view.granted.label),
                choices: view.choices,
                overrides: view.overrides.clone(),
                providers: SmallVec::new(),
                before_ceiling: part.before,
                ceiling: part.ceiling.and_then(|ceiling| ceiling.shown()),
                ceiling_lifted: part.ceiling_lifted,
                cut: part.cut,
                amount: Amounts::NONE,
                per: part.per,
            });
            if let Some(segment) = made.last_mut() {
                self.fill_segment(view, part, days, segment)?;
            }
        }
        Ok(made)
    }

    /// What was granted in total of all parts, as far as it falls in these days.
    pub(super) fn once(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &[PartSegment<T::Node>],
        recurs: bool,
        total: &Money<T::Node>,
        days: (Date, Date),
    ) -> Result<Option<Money<T::Node>>, QuantityError> {
        if parts.iter().all(|part| part.amount.once.is_none()) {
            return Ok(None);
        }
        if !recurs {
            return Ok(Some(total.clone()));
        }
        let mut figures: Few<Figure<T::Node>> = Few::new();
        for money in parts.iter().filter_map(|part| part.amount.once.as_ref()) {
            match money.figure() {
                Some(figure) => figures.push(figure),
                None => return Ok(Some(money.clone())),
            }
        }
        let Some(view) = views.first() else {
            return Ok(None);
        };
        let step = Step::new("bedrag van de delen samen", Measure::Euro);
        let sum = self.calc.sum(step.during(days.0, days.1), &figures)?;
        known(&mut self.calc, sum, view.set, Measure::Euro).map(Some)
    }

    /// All parts over one piece. `kept`: whether it counts in the totals of parts and providers.
    fn piece(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &mut [PartAmounts<T::Node>],
        piece: Piece,
        kept: bool,
    ) -> Result<Amount<T::Node>, QuantityError> {
        let step = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
        let mut exact = Exact::ZERO;
        let mut money: Option<Figure<T::Node>> = None;
        let mut unknown = None;
        for (part, view) in parts.iter_mut().zip(views) {
            match self.part_total(view, part, piece, kept)? {
                None => {}
                Some(Ok((figure, part_exact))) => {
                    exact = exact.add(part_exact)?;
                    money = Some(match money {
                        None => figure,
                        Some(sum) => self.calc.add(step, sum, figure)?,
                    });
                }
                Some(Err(reason)) => unknown = unknown.or(Some(reason)),
            }
        }
        Ok(match (unknown, money) {
            (None, Some(figure)) => Ok((figure, exact)),
            (Some(reason), _) => Err(reason),
            (None, None) => Err(Arc::from(super::walk::NOBODY)),
        })
    }

    /// All parts over one piece as its calendar year counts it, where that differs: a week touched
    /// counts in both years, and once over the whole term (decisions 12).
    fn piece_in_year(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &mut [PartAmounts<T::Node>],
        piece: Piece,
    ) -> Result<Option<Amount<T::Node>>, QuantityError> {
        let touched =
            |view: &PartView<'a, T::Node>| view.set.totals.value == Counting::WeeksTouched;
        if !views.iter().any(touched) {
            return Ok(None);
        }
        let first_of_year = piece.from.first_of_year();
        if piece.from == first_of_year {
            self.running_in_year.clear();
        }
        let counted_from = first_of_year.max(piece.line_from);
        let piece = Piece {
            counted_from,
            ..piece
        };
        std::mem::swap(&mut self.running, &mut self.running_in_year);
        let amount = self.piece(views, parts, piece, false);
        std::mem::swap(&mut self.running, &mut self.running_in_year);
        amount.map(Some)
    }

    /// Fills in the care providers of a part and what it came to.
    fn fill_segment(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
        days: (Date, Date),
        segment: &mut PartSegment<T::Node>,
    ) -> Result<(), QuantityError> {
        let every = Measure::EuroPer(part.per);
        let mut uncut = self.uncut(view, part, days)?.into_iter();
        self.cut_shares(view, part)?;
        let only_once = part.per == Frequency::Total;
        let mut endless = false;
        let mut once: Few<Figure<T::Node>> = Few::new();
        for share in part.shares.drain(..) {
            let reason = share.amount.as_ref().err().or(part.after.as_ref().err());
            let sum = match (share.total, reason) {
                (_, Some(reason)) => Money::NotKnown(Arc::clone(reason)),
                (Some(figure), None) => Money::of(figure)?,
                (None, None) if share.spread.is_none() => Money::NotKnown(no_end()),
                (None, None) => Money::NotKnown(no_days()),
            };
            let mut amount = Amounts::NONE;
            match (&share.amount, reason) {
                (Ok(own), _) => {
                    if let Some(recurring) = own.recurring {
                        amount.recurring = Some(match &part.unsaid {
                            Some(reason) => unknown(reason),
                            None => known(&mut self.calc, recurring, view.set, every)?,
                        });
                    }
                    if own.once.is_some() && share.spread.is_none() {
                        endless = true;
                        amount.once = Some(Money::NotKnown(no_end()));
                    } else if own.once.is_some() {
                        amount.once = Some(match (share.once, only_once) {
                            (Some(figure), false) => {
                                known(&mut self.calc, figure, view.set, Measure::Euro)?
                            }
                            (Some(_), true) | (None, _) => sum.clone(),
                        });
                    }
                    once.extend(share.once);
                }
                (Err(reason), _) if only_once => amount.once = Some(unknown(reason)),
                (Err(reason), _) => amount.recurring = Some(unknown(reason)),
            }
            let mut volume = share.volume;
            if let (Some(whole), Some(spread)) = (volume.once, share.spread)
                && days != spread
            {
                let unit = share
                    .rate
                    .map_or(crate::quantity::Unit::Once, |(_, unit)| unit);
                let measure = Measure::VolumePer(unit, Frequency::Total);
                let step = Step::new("omvang in deze dagen", measure).during(days.0, days.1);
                volume.once = Some(self.spread_over(step, whole, spread, days)?);
            }
            segment.providers.push(ProviderAmount {
                provider: share.provider,
                kind: share.kind,
                rate: share.rate,
                volume,
                agreed: share.agreed,
                adjusted: share.adjusted,
                before_ceiling: uncut.next().map(Box::new),
                amount,
                total: sum,
            });
        }
        let amount = &mut segment.amount;
        match &part.after {
            Ok(after) => {
                if let Some(recurring) = after.recurring {
                    amount.recurring = Some(match &part.unsaid {
                        Some(reason) => unknown(reason),
                        None => known(&mut self.calc, recurring, view.set, every)?,
                    });
                }
                let step = Step::new("bedrag in deze dagen", Measure::Euro).during(days.0, days.1);
                amount.once = match (once.is_empty(), part.total) {
                    _ if endless => Some(Money::NotKnown(no_end())),
                    (true, _) => None,
                    (false, Some(figure)) if only_once => Some(Money::of(figure)?),
                    (false, _) => {
                        let sum = self.calc.sum(step, &once)?;
                        Some(known(&mut self.calc, sum, view.set, Measure::Euro)?)
                    }
                };
            }
            Err(reason) if only_once => amount.once = Some(unknown(reason)),
            Err(reason) => amount.recurring = Some(unknown(reason)),
        }
        if segment.providers.len() > 1
            && let Some(whole) = amount.recurring.as_ref().and_then(Money::figure)
        {
            self.add_up(&mut segment.providers, whole, part.per)?;
        }
        Ok(())
    }

    /// Of each share what it comes to before the ceiling, of the kinds that are cut; nothing where none is.
    fn uncut(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &PartAmounts<T::Node>,
        days: (Date, Date),
    ) -> Result<Vec<Amounts<Money<T::Node>>>, QuantityError> {
        let mut all = Vec::new();
        if part.cut.iter().next().is_none() {
            return Ok(all);
        }
        let every = Measure::EuroPer(part.per);
        let step = Step::new("bedrag ineens in deze dagen, zonder plafond", Measure::Euro);
        let step = step.during(days.0, days.1);
        for share in &part.shares {
            let mut before = Amounts::NONE;
            let own = share.amount.as_ref().ok();
            if let (Some(_), Some(figure)) = (part.cut.recurring, own.and_then(|own| own.recurring))
            {
                before.recurring = Some(known(&mut self.calc, figure, view.set, every)?);
            }
            if let (Some(_), Some(whole), Some(spread)) =
                (part.cut.once, own.and_then(|own| own.once), share.spread)
            {
                let mine = match days == spread {
                    true => whole,
                    false => self.spread_over(step, whole, spread, days)?,
                };
                before.once = Some(known(&mut self.calc, mine, view.set, Measure::Euro)?);
            }
            all.push(before);
        }
        Ok(all)
    }

    /// Amounts of several providers that were each rounded for reading add up to what is shown of them together: the
    /// last one has the remainder (decisions 9).
    fn add_up(
        &mut self,
        providers: &mut [ProviderAmount<T::Node>],
        whole: Figure<T::Node>,
        per: Frequency,
    ) -> Result<(), QuantityError> {
        let mut shown: Few<Figure<T::Node>> = (providers.iter())
            .filter_map(|paid| paid.amount.recurring.as_ref()?.figure())
            .collect();
        let mut sum = Exact::ZERO;
        for figure in &shown {
            sum = sum.add(figure.value)?;
        }
        if shown.len() < 2 || sum == whole.value {
            return Ok(());
        }
        shown.pop();
        let step = Step::new("wat overblijft voor de laatste", Measure::EuroPer(per));
        let others = self.calc.sum(step, &shown)?;
        let rest = self.calc.sub(step, whole, others)?;
        let last = providers
            .iter_mut()
            .rev()
            .find_map(|paid| paid.amount.recurring.as_mut());
        if let Some(last) = last {
            *last = Money::of(rest)?;
        }
        Ok(())
    }

    /// The part of something in total that falls in these days, out of the days that it is spread over.
    pub(super) fn spread_over(
        &mut self,
        step: Step<'_>,
        whole: Figure<T::Node>,
        spread: (Date, Date),
        (from, to): (Date, Date),
    ) -> Result<Figure<T::Node>, QuantityError> {
        let mine = days(&mut self.calc, from, to);
        let all = days(&mut self.calc, spread.0, spread.1);
        let product = self.calc.mul(step, whole, mine)?;
        self.calc.div(step, product, all)
    }

    /// What a share comes to over one piece, before the ceiling.
    fn over_piece(
        &mut self,
        view: &PartView<'a, T::Node>,
        share: &Share<T::Node>,
        per: Frequency,
        piece: Piece,
    ) -> Result<Known<Amounts<Figure<T::Node>>>, QuantityError> {
        let mut raw = Amounts::NONE;
        let amount = match &share.amount {
            Ok(amount) => amount,
            Err(reason) => return Ok(Err(Arc::clone(reason))),
        };
        if let Some(recurring) = amount.recurring {
            raw.recurring = over(&mut self.calc, view.set, recurring, per, piece)?;
            if raw.recurring.is_none() {
                return Ok(Err(uncountable(per)));
            }
        }
        if let Some(once) = amount.once {
            let Some(spread) = share.spread else {
                return Ok(Err(no_end()));
            };
            let step =
                Step::new("deel van het bedrag ineens", Measure::Euro).during(piece.from, piece.to);
            raw.once = Some(self.spread_over(step, once, spread, (piece.from, piece.to))?);
        }
        Ok(Ok(raw))
    }

    /// A sum that grows.
    pub(super) fn more(
        &mut self,
        step: Step<'_>,
        sum: Option<Figure<T::Node>>,
        next: Figure<T::Node>,
    ) -> Result<Figure<T::Node>, QuantityError> {
        match sum {
            None => Ok(next),
            Some(sum) => self.calc.add(step, sum, next),
        }
    }

    /// One part over one piece: rounded per provider and summed, with the exact sum. Nothing when nobody does
    /// anything of it. Kept, it adds to the totals of part and providers.
    fn part_total(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
        piece: Piece,
        kept: bool,
    ) -> Result<Option<Amount<T::Node>>, QuantityError> {
        if let Err(reason) = &part.after {
            return Ok(Some(Err(Arc::clone(reason))));
        }
        if part.shares.is_empty() {
            return Ok(None);
        }
        let mut raw = Raw::new();
        for share in &part.shares {
            match self.over_piece(view, share, part.per, piece)? {
                Ok(amounts) => raw.push(amounts),
                Err(reason) => return Ok(Some(Err(reason))),
            }
        }
        let capped = match self.cap(view, part, &mut raw, piece, kept)? {
            Ok(capped) => capped,
            Err(reason) => return Ok(Some(Err(reason))),
        };
        let step = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
        let mut figures: Few<Figure<T::Node>> = Few::new();
        for amounts in &raw {
            match (amounts.recurring, amounts.once) {
                (Some(recurring), Some(once)) => {
                    figures.push(self.calc.add(step, recurring, once)?);
                }
                (Some(one), None) | (None, Some(one)) => figures.push(one),
                (None, None) => {}
            }
        }
        let whole = self.calc.sum(step, &figures)?;
        // Rounded period by period it is already; what is in total has no periods.
        let rounded = view.set.total_rounding.value == TotalRounding::PerPeriod
            && !capped
            && raw.iter().all(|amounts| amounts.once.is_none());
        if let Some(rule) = view.set.rounding(Stage::Total)
            && !rounded
        {
            self.cumulative(view, part, &mut figures, (whole, capped), rule)?;
        }
        let sum = self.calc.sum(step, &figures)?;
        if kept {
            let whole = Step::new("totaal bij deze zorgverlener", Measure::Euro);
            for ((share, figure), raw) in part.shares.iter_mut().zip(&figures).zip(&raw) {
                share.total = Some(self.more(whole, share.total, *figure)?);
                if let Some(once) = raw.once {
                    let step = Step::new("bedrag ineens in deze dagen", Measure::Euro);
                    share.once = Some(self.more(step, share.once, once)?);
                }
            }
            let step = Step::new("totaal van dit onderdeel", Measure::Euro);
            part.total = Some(self.more(step, part.total, sum)?);
        }
        Ok(Some(Ok((sum, whole.value))))
    }
}

fn no_days() -> Arc<str> {
    Arc::from("er zijn geen dagen")
}

fn unknown<N>(reason: &Arc<str>) -> Money<N> {
    Money::NotKnown(Arc::clone(reason))
}

pub(super) fn uncountable(per: Frequency) -> Arc<str> {
    let per = per.dutch();
    Arc::from(format!(
        "de catalogus zegt niet hoe een bedrag {per} over deze dagen telt"
    ))
}

/// An amount as it is read. Where the catalogue's rounding changes it, that is a step of its own: the calculation goes on
/// with what stood before it.
pub(super) fn known<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    figure: Figure<T::Node>,
    set: &ConventionSet,
    measure: Measure,
) -> Result<Money<T::Node>, QuantityError> {
    let cents = Rounding::CENT.apply(figure.value)?;
    // What the catalogue rounds per period is rounded already: a ceiling or a share after that is not rounded up again.
    let rule = match set.rounding(Stage::Period) {
        Some(_) if cents == figure.value => None,
        _ => set.rounding(Stage::View),
    };
    let value = match rule {
        Some(rule) => rule.value.apply(figure.value)?,
        None if cents == figure.value => cents,
        None => figure.value,
    };
    match rule {
        Some(rule) if value != figure.value => {
            let step = Step::new("bedrag om te lezen, afgerond", measure);
            Money::of(calc.round(step, figure, &rule.value, &rule.provenance)?)
        }
        _ => Money::of(Figure { value, ..figure }),
    }
}

fn no_end() -> Arc<str> {
    Arc::from("een omvang in totaal vraagt een einddatum")
}
