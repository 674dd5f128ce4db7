//! The walk along a line, stride by stride, and what its pieces add up to.

use super::hours::{GrantedPart, convert, too_large};
use super::lookup::Stride;
use super::pieces::{known, total};
use super::totals::Running;
use super::{Inputs, LineBudget, Money, Segment, Total};
use crate::catalogue::file::Counting;
use crate::catalogue::{Catalogue, ConventionSet, NoAnswer, ProductEntry, Selection};
use crate::document::Problem;
use crate::indication::{CareProvider, Delivery, Line};
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Measure, Status, Step, Tracer};
use jiff::civil::Date;
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// Works out one line.
pub(super) fn evaluate<T: Tracer>(
    inputs: &Inputs<'_>,
    line: &Line,
    tracer: &mut T,
) -> LineBudget<T::Node> {
    let mut walk = Walk {
        inputs,
        line,
        calc: Calculator { tracer },
        problems: Vec::new(),
        running: Vec::with_capacity(1),
        running_in_year: Vec::new(),
        pieces: Vec::with_capacity(2),
        status: Status::Established,
    };
    walk.line()
}

/// Cumulative roundings by part and provider.
pub(super) type Roundings<N> = Vec<((usize, Option<usize>), Running<N>)>;

/// Most lines have one provider or two: room for them without asking for memory.
pub(super) type Few<V> = SmallVec<[V; 2]>;

pub(super) struct Walk<'a, 't, T: Tracer> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) line: &'a Line,
    pub(super) calc: Calculator<'t, T>,
    pub(super) problems: Vec<Problem>,
    /// Cumulative rounding per part and provider, started anew at each catalogue.
    pub(super) running: Roundings<T::Node>,
    /// The same within one calendar year, where years are counted by themselves (decisions 12).
    pub(super) running_in_year: Roundings<T::Node>,
    /// What the totals are made of, in order of date.
    pub(super) pieces: Vec<Summand<T::Node>>,
    /// Worst status of the rules that choices follow from.
    pub(super) status: Status,
}

/// A care provider's place in the line; none for in kind.
#[derive(Clone, Copy)]
pub(super) struct Place(pub(super) Option<usize>);

impl Place {
    /// The path of its field, made only when something is wrong there.
    pub(super) fn path(self) -> String {
        match self.0 {
            Some(place) => format!("delivery.providers[{place}]"),
            None => "delivery".to_owned(),
        }
    }
}

/// The line within one segment and one calendar year.
#[derive(Clone)]
pub(super) struct Summand<N> {
    pub(super) from: Date,
    pub(super) to: Date,
    /// In the total of the whole term.
    pub(super) money: Amount<N>,
    /// In the total of its calendar year.
    pub(super) in_year: Amount<N>,
}

/// A rounded amount with its exact value, or why nobody knows it.
pub(super) type Amount<N> = Result<(Figure<N>, Exact), Arc<str>>;

/// A part of the product under one catalogue.
pub(super) struct PartView<'a, N> {
    pub(super) place: usize,
    pub(super) product: &'a ProductEntry,
    pub(super) set: &'a ConventionSet,
    pub(super) choices: Selection,
    pub(super) granted: GrantedPart<N>,
}

/// One provider's share before the ceiling.
pub(super) struct Share<N> {
    pub(super) provider: Option<usize>,
    pub(super) kind: Arc<str>,
    pub(super) rate: Option<(Figure<N>, Unit)>,
    pub(super) volume: Option<Figure<N>>,
    /// Per period of the part.
    pub(super) base: Result<Figure<N>, Arc<str>>,
    /// In total over the whole term.
    pub(super) once: Option<Figure<N>>,
    /// Over the days of the stride.
    pub(super) total: Option<Figure<N>>,
}

impl<N> Share<N> {
    /// A share whose amount nobody knows.
    pub(super) fn unknown(provider: Option<usize>, kind: Arc<str>, reason: Arc<str>) -> Self {
        let base = Err(reason);
        Self {
            provider,
            kind,
            rate: None,
            volume: None,
            base,
            once: None,
            total: None,
        }
    }
}

/// A part within one stride, before totals.
pub(super) struct PartAmounts<N> {
    pub(super) shares: Vec<Share<N>>,
    pub(super) per: Frequency,
    pub(super) before: Option<Figure<N>>,
    pub(super) ceiling: Option<(Figure<N>, Frequency)>,
    pub(super) cut: Option<Figure<N>>,
    pub(super) after: Result<Figure<N>, Arc<str>>,
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    pub(super) fn line(&mut self) -> LineBudget<T::Node> {
        let mut budget = LineBudget {
            problems: Vec::new(),
            granted: Vec::new(),
            segments: Vec::with_capacity(2),
            years: Vec::with_capacity(2),
            years_are_maxima: false,
            term: None,
            open_from: None,
            endless_from: None,
            budget_period: None,
            large: 0,
            status: Status::Established,
        };
        if let Err(problem) = self.segments(&mut budget) {
            self.problems.push(problem);
        }
        self.sum(&mut budget);
        let today = self.inputs.calculation_date;
        budget.large = budget
            .segments
            .iter()
            .position(|s| s.from <= today && today <= s.to)
            .unwrap_or(0);
        budget.problems.append(&mut self.problems);
        budget
    }

    /// The last day to walk to: the end of the line, else (decisions 4) the earlier of the last
    /// tariff day and the end of the year after the calculation date.
    pub(super) fn horizon(&self, budget: &mut LineBudget<T::Node>) -> Result<Date, Problem> {
        let line = self.line;
        if let Some(to) = line.to {
            if to < line.from {
                return Err(Problem::error(format!(
                    "de einddatum {} ligt voor de begindatum {}",
                    date_long(to),
                    date_long(line.from)
                ))
                .field("to")
                .hint(format!(
                    "Vul een einddatum in op of na {}.",
                    date_long(line.from)
                )));
            }
            return Ok(to);
        }
        let year = self
            .inputs
            .calculation_date
            .year()
            .saturating_add(1)
            .max(line.from.year());
        let end = Date::new(year, 12, 31).unwrap_or(line.from);
        budget.endless_from = end.tomorrow().ok();
        Ok(end)
    }

    pub(super) fn segments(&mut self, budget: &mut LineBudget<T::Node>) -> Result<(), Problem> {
        let inputs = self.inputs;
        let end = self.horizon(budget)?;
        let decision = inputs.decision_date.unwrap_or(inputs.calculation_date);
        let decided = self
            .line
            .reindicated
            .or(self.line.first_granted)
            .unwrap_or(decision);
        let mut day = self.line.from;
        let mut views: Vec<PartView<'a, T::Node>> = Vec::new();
        let mut last: Option<&'a Arc<Catalogue>> = None;
        while day <= end {
            let answer = match inputs.library.catalogues.on(inputs.municipality, day) {
                Ok(answer) => answer,
                Err(NoAnswer::AfterLast(_)) if !budget.segments.is_empty() => {
                    if self.line.to.is_some() {
                        budget.open_from = Some(day);
                    } else {
                        budget.endless_from = Some(day);
                    }
                    break;
                }
                Err(no) => return Err(no_catalogue(no, day)),
            };
            let catalogue = answer.catalogue;
            if !last.is_some_and(|last| Arc::ptr_eq(last, catalogue)) {
                views = self.parts(catalogue, day)?;
                self.running.clear();
                self.running_in_year.clear();
                if budget.granted.is_empty() {
                    budget.granted = views.iter().map(|view| view.granted.clone()).collect();
                }
                last = Some(catalogue);
            }
            let mut stride = Stride {
                day,
                until: end,
                catalogue,
                decided,
            };
            stride.narrow(answer.until);
            let segment = self.segment(&mut stride, &views)?;
            if let Some(view) = views.first() {
                budget.budget_period = Some(view.set.budget_period.value);
                budget.years_are_maxima |= view.set.totals.value == Counting::WeeksTouched;
            }
            budget.segments.push(segment);
            match stride.until.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// The providers at work on a day; the stride ends where that changes.
    pub(super) fn active(
        &mut self,
        stride: &mut Stride<'_>,
    ) -> Few<(Option<usize>, Option<&'a CareProvider>)> {
        let Delivery::Pgb { providers } = &self.line.delivery else {
            return smallvec![(None, None)];
        };
        let mut active = Few::new();
        for (place, provider) in providers.iter().enumerate() {
            let from = provider.from.unwrap_or(self.line.from);
            if from > stride.day {
                stride.narrow(from.yesterday().ok());
            } else if provider.to.is_none_or(|to| to >= stride.day) {
                stride.narrow(provider.to);
                active.push((Some(place), Some(provider)));
            }
        }
        active
    }

    pub(super) fn segment(
        &mut self,
        stride: &mut Stride<'a>,
        views: &[PartView<'a, T::Node>],
    ) -> Result<Segment<T::Node>, Problem> {
        let active = self.active(stride);
        if active.is_empty() {
            self.problems.push(
                Problem::error(format!(
                    "vanaf {} is er geen zorgverlener",
                    date_long(stride.day)
                ))
                .field("delivery")
                .hint("Voeg een zorgverlener toe, of pas de periodes op elkaar aan."),
            );
        }
        let mut parts = Vec::with_capacity(views.len());
        let big = |error| too_large(error, "hours");
        for view in views {
            self.check_shares(view, &active).map_err(big)?;
            parts.push(self.part_amounts(stride, view, &active)?);
        }
        // All parts are priced, so the stride is as short as it gets: now count its days.
        let per = parts.first().map_or(Frequency::Week, |part| part.per);
        let amount = self.whole(views, &parts, per).map_err(big)?;
        let views_of = self.views(views, &amount, per).map_err(big)?;
        let money = match (&amount, views.first()) {
            (Ok(figure), Some(view)) => known(*figure, view.set).map_err(big)?,
            (Err(reason), _) => Money::NotKnown(Arc::clone(reason)),
            (Ok(figure), None) => Money::Known {
                rounded: Euro::ZERO,
                figure: *figure,
            },
        };
        let mut segment = Segment {
            from: stride.day,
            to: stride.until,
            catalogue: Arc::clone(stride.catalogue),
            parts: Vec::with_capacity(views.len()),
            amount: money,
            per,
            views: views_of,
            total: Money::NotKnown(Arc::from("nog niet berekend")),
        };
        self.totals(views, parts, &mut segment).map_err(big)?;
        Ok(segment)
    }

    /// The amount of the whole line per period of its first part.
    pub(super) fn whole(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &[PartAmounts<T::Node>],
        per: Frequency,
    ) -> Result<Result<Figure<T::Node>, Arc<str>>, QuantityError> {
        let mut sum: Few<Figure<T::Node>> = Few::new();
        for (part, view) in parts.iter().zip(views) {
            let figure = match &part.after {
                Ok(figure) => *figure,
                Err(reason) => return Ok(Err(Arc::clone(reason))),
            };
            let ways = &view.set.views;
            let same = convert(
                &mut self.calc,
                ways,
                figure,
                (part.per, per),
                Measure::EuroPer,
            )?;
            match same {
                Some(figure) => sum.push(figure),
                None => {
                    return Ok(Err(Arc::from("de delen hebben een verschillende periode")));
                }
            }
        }
        let step = Step::new("bedrag van de delen samen", Measure::EuroPer(per));
        self.calc.sum(step, &sum).map(Ok)
    }

    /// Calendar years and whole term, from the pieces.
    pub(super) fn sum(&mut self, budget: &mut LineBudget<T::Node>) {
        let pieces = std::mem::take(&mut self.pieces);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        let whole = (first.from, last.to);
        let mut start = 0usize;
        while let Some(piece) = pieces.get(start) {
            let year = piece.from.year();
            let count = pieces
                .iter()
                .skip(start)
                .take_while(|p| p.from.year() == year)
                .count();
            let slice = pieces
                .get(start..start.saturating_add(count))
                .unwrap_or(&[]);
            if let Some(total) = self.total_of(slice, |piece| &piece.in_year) {
                budget.years.push(total);
            }
            start = start.saturating_add(count.max(1));
        }
        if self.line.to.is_some() {
            budget.term = self
                .total_of(&pieces, |piece| &piece.money)
                .map(|total| Total {
                    from: whole.0,
                    to: whole.1,
                    ..total
                });
        }
        budget.status = self.worst(budget);
    }

    fn total_of(
        &mut self,
        pieces: &[Summand<T::Node>],
        amount: impl Fn(&Summand<T::Node>) -> &Amount<T::Node>,
    ) -> Option<Total<T::Node>> {
        let (from, to) = (pieces.first()?.from, pieces.last()?.to);
        let mut figures: Few<Figure<T::Node>> = Few::new();
        let mut exact = Exact::ZERO;
        for piece in pieces {
            let add = match amount(piece) {
                Ok((figure, add)) => {
                    figures.push(*figure);
                    *add
                }
                Err(reason) => {
                    return Some(Total {
                        from,
                        to,
                        money: Money::NotKnown(Arc::clone(reason)),
                        exact: Exact::ZERO,
                    });
                }
            };
            match exact.add(add) {
                Ok(sum) => exact = sum,
                Err(error) => {
                    self.problems.push(too_large(error, "hours"));
                    return None;
                }
            }
        }
        let step = Step::new("totaal", Measure::Euro).during(from, to);
        match self.calc.sum(step, &figures).and_then(total) {
            Ok(money) => Some(Total {
                from,
                to,
                money,
                exact,
            }),
            Err(error) => {
                self.problems.push(too_large(error, "hours"));
                None
            }
        }
    }

    pub(super) fn worst(&self, budget: &LineBudget<T::Node>) -> Status {
        let segments = budget.segments.iter().flat_map(|segment| {
            let views = segment
                .views
                .iter()
                .flatten()
                .map(|view| view.figure.status);
            let money = [&segment.amount, &segment.total];
            views.chain(
                money
                    .into_iter()
                    .filter_map(Money::figure)
                    .map(|f| f.status),
            )
        });
        let granted = budget
            .granted
            .iter()
            .flat_map(|part| part.volumes.iter().map(|v| v.figure.status));
        let totals = budget
            .years
            .iter()
            .chain(&budget.term)
            .filter_map(|total| total.money.figure());
        segments
            .chain(granted)
            .chain(totals.map(|figure| figure.status))
            .max()
            .unwrap_or_default()
            .max(self.status)
    }
}

fn no_catalogue(no: NoAnswer, day: Date) -> Problem {
    let day = date_long(day);
    let (message, hint) = match no {
        NoAnswer::UnknownMunicipality => (
            "voor deze gemeente is er geen catalogus".to_owned(),
            "Kies een andere gemeente, of zet haar catalogus in de map met catalogi.".to_owned(),
        ),
        NoAnswer::BeforeFirst(first) => (
            format!(
                "op {day} is er geen tarief; het eerste begint op {}",
                date_long(first)
            ),
            format!("Laat de regel beginnen op of na {}.", date_long(first)),
        ),
        NoAnswer::Gap(before, after) => (
            format!(
                "op {day} is er geen tarief: het ene loopt tot en met {}, het volgende begint op {}",
                date_long(before),
                date_long(after)
            ),
            "Laat de regel buiten dat gat vallen, of vul de catalogus aan.".to_owned(),
        ),
        NoAnswer::AfterLast(last) => (
            format!("het tarief na {} is nog niet vastgesteld", date_long(last)),
            "Laat de regel eerder beginnen, of voeg een nieuwere catalogus toe.".to_owned(),
        ),
    };
    Problem::error(message).field("from").hint(hint)
}
