//! A line over its dates, piece by piece: rounded per provider so that parts add up (decisions 8, 9).

use super::totals::{Piece, Running, over};
use super::walk::{Amount, Few, PartAmounts, PartView, Summand, Walk};
use super::{Money, PartSegment, ProviderAmount, Segment};
use crate::calendar::Period;
use crate::catalogue::file::{Counting, Stage, TotalRounding};
use crate::catalogue::{ConventionSet, Sourced};
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Rounding};
use crate::trace::{Figure, Measure, Step, Tracer};
use std::sync::Arc;

/// Money over a piece, rounded, with the exact sum; or the reason why nobody knows.
type OverDays<N> = Result<(Figure<N>, Exact), Arc<str>>;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The totals of a stride, piece by piece.
    pub(super) fn totals(
        &mut self,
        views: &[PartView<'a, T::Node>],
        mut parts: Vec<PartAmounts<T::Node>>,
        segment: &mut Segment<T::Node>,
    ) -> Result<(), QuantityError> {
        let Ok(period) = Period::new(segment.from, segment.to) else {
            return Ok(());
        };
        let line_from = self.line.from;
        let mut all: Option<Result<Figure<T::Node>, Arc<str>>> = None;
        for year in period.by_year() {
            let (from, to) = (year.covered.from(), year.covered.to());
            let piece = Piece {
                from,
                to,
                line_from,
                counted_from: line_from,
            };
            let Some(money) = self.piece(views, &mut parts, piece)? else {
                continue;
            };
            let in_year = self.piece_in_year(views, &mut parts, piece)?;
            let step = Step::new("totaal van dit deel", Measure::Euro);
            let step = step.during(segment.from, segment.to);
            let figure = money.clone().map(|(figure, _)| figure);
            all = Some(self.together(step, all, figure)?);
            self.pieces.push(Summand {
                from,
                to,
                in_year: in_year.unwrap_or_else(|| money.clone()),
                money,
            });
        }
        segment.total = match all {
            Some(Ok(figure)) => total(figure)?,
            Some(Err(reason)) => Money::NotKnown(reason),
            None => Money::NotKnown(Arc::from("er zijn geen dagen")),
        };
        for (part, view) in parts.into_iter().zip(views) {
            let part = self.part_segment(view, part)?;
            segment.parts.push(part);
        }
        Ok(())
    }

    /// All parts over one piece.
    fn piece(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &mut [PartAmounts<T::Node>],
        piece: Piece,
    ) -> Result<Option<Amount<T::Node>>, QuantityError> {
        let step = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
        let mut exact = Exact::ZERO;
        let mut money: Option<Result<Figure<T::Node>, Arc<str>>> = None;
        for (part, view) in parts.iter_mut().zip(views) {
            let known = self.part_total(view, part, piece)?;
            if let Ok((_, part_exact)) = &known {
                exact = exact.add(*part_exact)?;
            }
            let figure = known.map(|(figure, _)| figure);
            money = Some(self.together(step, money, figure)?);
        }
        Ok(money.map(|money| money.map(|figure| (figure, exact))))
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
        let totals: Vec<_> = parts
            .iter()
            .flat_map(|part| part.shares.iter().map(|share| share.total))
            .collect();
        std::mem::swap(&mut self.running, &mut self.running_in_year);
        let amount = self.piece(views, parts, piece);
        std::mem::swap(&mut self.running, &mut self.running_in_year);
        // The totals of the providers are those of the whole term.
        let shares = parts.iter_mut().flat_map(|part| &mut part.shares);
        for (share, total) in shares.zip(totals) {
            share.total = total;
        }
        amount
    }

    /// A sum so far with one more term; an unknown term makes it unknown.
    fn together(
        &mut self,
        step: Step<'_>,
        sum: Option<Result<Figure<T::Node>, Arc<str>>>,
        next: Result<Figure<T::Node>, Arc<str>>,
    ) -> Result<Result<Figure<T::Node>, Arc<str>>, QuantityError> {
        Ok(match (sum, next) {
            (None, next) => next,
            (Some(Ok(sum)), Ok(next)) => Ok(self.calc.add(step, sum, next)?),
            (Some(Err(reason)), _) | (_, Err(reason)) => Err(reason),
        })
    }

    fn part_segment(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: PartAmounts<T::Node>,
    ) -> Result<PartSegment<T::Node>, QuantityError> {
        let after = self.shares_after(view, &part)?;
        let mut providers = Vec::with_capacity(part.shares.len());
        for (place, share) in part.shares.into_iter().enumerate() {
            let amount = match (after.get(place), share.base) {
                (Some(figure), Ok(_)) => known(*figure, view.set)?,
                (_, Err(reason)) => Money::NotKnown(reason),
                (None, Ok(figure)) => known(figure, view.set)?,
            };
            let money = match (share.total, amount.reason(), &part.after) {
                (Some(figure), None, Ok(_)) => total(figure)?,
                (_, Some(reason), _) | (_, _, Err(reason)) => Money::NotKnown(Arc::clone(reason)),
                (None, None, Ok(_)) => Money::NotKnown(Arc::from("er zijn geen dagen")),
            };
            providers.push(ProviderAmount {
                provider: share.provider,
                kind: share.kind,
                rate: share.rate,
                volume: share.volume,
                amount,
                total: money,
            });
        }
        Ok(PartSegment {
            part: view.granted.part.clone(),
            label: Arc::clone(&view.granted.label),
            choices: view.choices,
            providers,
            before_ceiling: part.before,
            ceiling: part.ceiling,
            cut: part.cut,
            amount: match part.after {
                Ok(figure) => known(figure, view.set)?,
                Err(reason) => Money::NotKnown(reason),
            },
            per: part.per,
        })
    }

    /// One part over one piece: rounded per provider and summed, with the exact sum. Adds to the
    /// totals of the providers.
    fn part_total(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &mut PartAmounts<T::Node>,
        piece: Piece,
    ) -> Result<OverDays<T::Node>, QuantityError> {
        if let Err(reason) = &part.after {
            return Ok(Err(Arc::clone(reason)));
        }
        let uncountable = || Arc::from("de catalogus zegt niet hoe deze periode geteld wordt");
        let mut raw = Few::new();
        for share in &part.shares {
            let Ok(base) = &share.base else {
                return Ok(Err(uncountable()));
            };
            let mut figure = match part.per {
                Frequency::Total => None,
                per => match over(&mut self.calc, view.set, *base, per, piece)? {
                    Some(figure) => Some(figure),
                    None => return Ok(Err(uncountable())),
                },
            };
            if let Some(once) = share.once {
                let step = Step::new("deel van het bedrag ineens", Measure::Euro)
                    .during(piece.from, piece.to);
                let Some(to) = self.line.to else {
                    return Ok(Err(Arc::from("een omvang in totaal vraagt een einddatum")));
                };
                let days = super::lookup::days(&mut self.calc, piece.from, piece.to);
                let all = super::lookup::days(&mut self.calc, self.line.from, to);
                let product = self.calc.mul(step, once, days)?;
                let mine = self.calc.div(step, product, all)?;
                figure = Some(match figure {
                    Some(figure) => self.calc.add(step, figure, mine)?,
                    None => mine,
                });
            }
            let Some(figure) = figure else {
                return Ok(Err(uncountable()));
            };
            raw.push(figure);
        }
        let step = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
        let mut whole = self.calc.sum(step, &raw)?;
        let mut capped = false;
        if let Some((ceiling, per)) = part.ceiling {
            let Some(most) = over(&mut self.calc, view.set, ceiling, per, piece)? else {
                return Ok(Err(uncountable()));
            };
            if whole.value > most.value {
                let step = Step::new("ten hoogste het plafond over de dagen", Measure::Euro)
                    .during(piece.from, piece.to);
                let before = whole;
                whole = self.calc.least(step, before, most);
                raw = self.in_proportion(view, &raw, before, whole, Measure::Euro, Stage::Total)?;
                capped = true;
            }
        }
        let exact = whole.value;
        let per_period = view.set.total_rounding.value == TotalRounding::PerPeriod && !capped;
        let figures = match view.set.rounding(Stage::Total) {
            Some(rule) if !per_period => self.cumulative(view, part, &raw, whole, capped, rule)?,
            _ => raw,
        };
        for (share, figure) in part.shares.iter_mut().zip(&figures) {
            let step = Step::new("totaal bij deze zorgverlener", Measure::Euro);
            share.total = Some(match share.total {
                None => *figure,
                Some(before) => self.calc.add(step, before, *figure)?,
            });
        }
        Ok(Ok((self.calc.sum(step, &figures)?, exact)))
    }

    /// The next part of a cumulative rounding, by part and provider.
    fn round_on(
        &mut self,
        key: (usize, Option<usize>),
        exact: Figure<T::Node>,
        rule: &Sourced<Rounding>,
    ) -> Result<Figure<T::Node>, QuantityError> {
        if let Some((_, running)) = self.running.iter_mut().find(|(known, _)| *known == key) {
            return running.next(&mut self.calc, exact, rule);
        }
        let mut running = Running::default();
        let rounded = running.next(&mut self.calc, exact, rule)?;
        self.running.push((key, running));
        Ok(rounded)
    }

    fn cumulative(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &PartAmounts<T::Node>,
        raw: &[Figure<T::Node>],
        whole: Figure<T::Node>,
        capped: bool,
        rule: &Sourced<Rounding>,
    ) -> Result<Few<Figure<T::Node>>, QuantityError> {
        let mut figures = Few::new();
        // Under a ceiling the sum is what is rounded; the last provider takes the remainder.
        let together = capped && raw.len() > 1;
        let line = if together {
            let key = (view.place, None);
            Some(self.round_on(key, whole, rule)?)
        } else {
            None
        };
        let mut left = line;
        for (place, (figure, share)) in raw.iter().zip(&part.shares).enumerate() {
            let last = place.saturating_add(1) == raw.len();
            if let (Some(left), true) = (left, last) {
                figures.push(left);
                break;
            }
            let key = (view.place, Some(share.provider.unwrap_or(0)));
            let mine = self.round_on(key, *figure, rule)?;
            if let Some(rest) = left {
                let step = Step::new("rest voor de laatste zorgverlener", Measure::Euro);
                left = Some(self.calc.sub(step, rest, mine)?);
            }
            figures.push(mine);
        }
        Ok(figures)
    }
}

/// An amount as it goes on, with its rounded form for reading.
pub(super) fn known<N: Copy>(
    figure: Figure<N>,
    set: &ConventionSet,
) -> Result<Money<N>, QuantityError> {
    let rule = set
        .rounding(Stage::Period)
        .or_else(|| set.rounding(Stage::View));
    let rounded = match rule {
        Some(rule) => Euro::rounded(figure.value, &rule.value)?,
        None => Euro::from_exact(figure.value)?,
    };
    Ok(Money::Known { rounded, figure })
}

/// A total that is already rounded.
pub(super) fn total<N: Copy>(figure: Figure<N>) -> Result<Money<N>, QuantityError> {
    Ok(Money::Known {
        rounded: Euro::from_exact(figure.value)?,
        figure,
    })
}
