//! The walk along a line, stride by stride, and what its pieces add up to.

use super::ceilings::Ceiling;
use super::hours::{GrantedPart, Volume, convert, too_large};
use super::lookup::Stride;
use super::pieces::known;
use super::roundings::Running;
use super::time::Taken;
use super::{Adjusted, Agreed, Amounts, Inputs, LineBudget, Money, Override, Segment};
use crate::catalogue::file::{Counting, IN_KIND};
use crate::catalogue::{Catalogue, ConventionSet, NoAnswer, ProductEntry, Selection};
use crate::document::Problem;
use crate::indication::{CareProvider, Delivery, Line};
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Measure, Status, Step, Tracer};
use jiff::civil::Date;
use smallvec::{SmallVec, smallvec};
use std::fmt;
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
        running: Few::new(),
        running_in_year: Few::new(),
        pieces: Few::new(),
        offer_used: false,
        own_used: Few::new(),
        undivided: None,
        band_hours: Few::new(),
        taken: Few::new(),
        status: Status::Established,
        granted_status: Status::Established,
    };
    walk.line()
}

/// Why days without anybody at work have no amount.
pub(super) const NOBODY: &str = "op deze dagen is er geen zorgverlener";

/// A care provider at work, with its place in the line; neither for in kind.
pub(super) type Active<'a> = (Option<usize>, Option<&'a CareProvider>);

/// The kind of a care provider, or in kind.
pub(super) fn kind(provider: Option<&CareProvider>) -> &str {
    provider.map_or(IN_KIND, |provider| provider.kind.as_str())
}

/// Cumulative roundings by part and provider.
pub(super) type Roundings<N> = Few<((usize, Option<usize>), Running<N>)>;

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
    pub(super) pieces: Few<Summand<T::Node>>,
    /// Whether the amount of the offer counts somewhere.
    pub(super) offer_used: bool,
    /// Which of the line's own prices count somewhere.
    pub(super) own_used: Few<usize>,
    /// The first word on granted hours that no care provider has.
    pub(super) undivided: Option<String>,
    /// The extents that a band filled in, by their place in the hours of the line.
    pub(super) band_hours: Few<(usize, Volume<T::Node>)>,
    /// What is granted so far under one catalogue.
    pub(super) taken: Few<Taken>,
    /// Worst status of what was touched so far, whatever comes of it.
    pub(super) status: Status,
    /// Worst status of extent, choices and their edges.
    pub(super) granted_status: Status,
}

/// A care provider's place in the line; none for in kind.
#[derive(Clone, Copy)]
pub(super) struct Place(pub(super) Option<usize>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "delivery.providers[{place}]"),
            None => f.write_str("delivery"),
        }
    }
}

impl Place {
    /// The path of its field, made only when something is wrong there.
    pub(super) fn path(self) -> String {
        self.to_string()
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
    pub(super) in_year: Option<Amount<N>>,
}

/// What is wrong with a line so that it can not go on. In a box: it is rare and wide, and every answer on the way would be
/// as wide.
pub(super) type Stop = Box<Problem>;

/// Something, or why nobody knows it.
pub(super) type Known<V> = Result<V, Arc<str>>;

/// A rounded amount with its exact value.
pub(super) type Amount<N> = Known<(Figure<N>, Exact)>;

/// A part of the product under one catalogue.
pub(super) struct PartView<'a, N> {
    pub(super) place: usize,
    pub(super) product: &'a ProductEntry,
    pub(super) set: &'a ConventionSet,
    pub(super) choices: Selection,
    pub(super) overrides: Vec<Override>,
    pub(super) granted: GrantedPart<N>,
}

/// One provider's share before the ceiling.
pub(super) struct Share<N> {
    pub(super) provider: Option<usize>,
    pub(super) kind: Arc<str>,
    pub(super) rate: Option<(Figure<N>, Unit)>,
    pub(super) volume: Amounts<Figure<N>>,
    pub(super) agreed: Option<Agreed>,
    pub(super) adjusted: Option<Adjusted<N>>,
    /// Per period of the part, and in total over the days of `spread`; or why nobody knows.
    pub(super) amount: Known<Amounts<Figure<N>>>,
    /// The days over which what is in total is spread; nothing without an end.
    pub(super) spread: Option<(Date, Date)>,
    /// What was granted in total, over the days of the stride and after the ceiling.
    pub(super) once: Option<Figure<N>>,
    /// Over the days of the stride.
    pub(super) total: Option<Figure<N>>,
}

impl<N> Share<N> {
    /// Of a care provider of this kind, with nothing filled in.
    pub(super) fn new(provider: Option<usize>, kind: Arc<str>) -> Self {
        Self {
            provider,
            kind,
            rate: None,
            volume: Amounts::NONE,
            agreed: None,
            adjusted: None,
            amount: Ok(Amounts::NONE),
            spread: None,
            once: None,
            total: None,
        }
    }
}

/// A part within one stride. What is in total is filled in while its days are counted.
pub(super) struct PartAmounts<N> {
    pub(super) shares: SmallVec<[Share<N>; 1]>,
    /// Of what comes back; [`Frequency::Total`] when nothing does.
    pub(super) per: Frequency,
    pub(super) before: Amounts<Figure<N>>,
    pub(super) ceiling: Option<Ceiling<N>>,
    pub(super) ceiling_lifted: bool,
    /// The extent above which a reason would have taken the ceiling away.
    pub(super) holds: Option<Figure<N>>,
    pub(super) cut: Amounts<Figure<N>>,
    /// What comes back after the ceiling, or why nobody knows the part.
    pub(super) after: Known<Amounts<Figure<N>>>,
    /// Why what comes back cannot be said per period, though it can be counted over days.
    pub(super) unsaid: Option<Arc<str>>,
    /// Over the days of the stride.
    pub(super) total: Option<Figure<N>>,
}

impl<N> PartAmounts<N> {
    /// With nothing filled in.
    fn new() -> Self {
        Self {
            shares: SmallVec::new(),
            per: Frequency::Total,
            before: Amounts::NONE,
            ceiling: None,
            ceiling_lifted: false,
            holds: None,
            cut: Amounts::NONE,
            after: Ok(Amounts::NONE),
            unsaid: None,
            total: None,
        }
    }
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    pub(super) fn line(&mut self) -> LineBudget<T::Node> {
        let mut budget = LineBudget {
            problems: Vec::new(),
            granted: SmallVec::new(),
            segments: Vec::with_capacity(2),
            years: SmallVec::new(),
            years_are_maxima: false,
            term: None,
            open_from: None,
            endless_from: None,
            budget_period: None,
            large: 0,
            offer_used: false,
            undivided: None,
            status: Status::Established,
            granted_status: Status::Established,
        };
        self.check_days();
        match self.segments(&mut budget) {
            Ok(()) => {
                self.check_offer();
                self.check_own_prices();
            }
            Err(problem) => self.problems.push(*problem),
        }
        self.sum(&mut budget);
        let today = self.inputs.calculation_date;
        budget.large = budget
            .segments
            .iter()
            .position(|s| s.from <= today && today <= s.to)
            .unwrap_or(0);
        budget.status = self.worst(&budget);
        budget.granted_status = self.granted_status;
        budget.offer_used = self.offer_used;
        budget.undivided = self.undivided.take();
        budget.problems.append(&mut self.problems);
        budget
    }

    /// The last day to walk to: the end of the line, else (decisions 4) the earlier of the last
    /// tariff day and the end of the year after the calculation date.
    pub(super) fn horizon(&self, budget: &mut LineBudget<T::Node>) -> Result<Date, Stop> {
        let line = self.line;
        if let Some(to) = line.to {
            if let Some(problem) = line.wrong_end() {
                return Err(problem.into());
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

    pub(super) fn segments(&mut self, budget: &mut LineBudget<T::Node>) -> Result<(), Stop> {
        let inputs = self.inputs;
        if let Some(offer) = &self.line.offer {
            super::rates::believable(offer.amount, || "offer".to_owned())?;
        }
        let end = self.horizon(budget)?;
        let decision = inputs.decision_date.unwrap_or(inputs.calculation_date);
        let before = self.line.first_granted.unwrap_or(decision);
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
                let earlier = std::mem::take(&mut views);
                views = match last {
                    Some(last) => self.parts_after((last, &earlier), catalogue, day)?,
                    None => self.parts(catalogue, day)?,
                };
                self.running.clear();
                self.running_in_year.clear();
                if budget.granted.is_empty() {
                    for view in &views {
                        budget.granted.push(view.granted.clone());
                    }
                }
                last = Some(catalogue);
            }
            let mut stride = Stride {
                day,
                until: end,
                catalogue,
                decided: before,
            };
            stride.narrow(answer.until);
            // A re-indication counts from its own day on.
            match self.line.reindicated {
                Some(again) if day < again => stride.narrow(again.yesterday().ok()),
                Some(again) => stride.decided = again,
                None => {}
            }
            self.segment(&mut stride, &views, &mut budget.segments)?;
            if let Some(view) = views.first() {
                if self.line.delivery.is_pgb() {
                    let period = &view.set.budget_period;
                    budget.budget_period = Some(period.value);
                    self.status = self.status.max(period.provenance.status);
                }
                budget.years_are_maxima |= view.set.totals.value == Counting::WeeksTouched;
            }
            match stride.until.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// The providers at work on a day; the stride ends where that changes.
    pub(super) fn active(&mut self, stride: &mut Stride<'_>) -> Few<Active<'a>> {
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
        segments: &mut Vec<Segment<T::Node>>,
    ) -> Result<(), Stop> {
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
        // Most products are one part.
        let mut parts: SmallVec<[PartAmounts<T::Node>; 1]> = SmallVec::new();
        let big = |error| too_large(error, "hours");
        for view in views {
            parts.push(PartAmounts::new());
            if let Some(part) = parts.last_mut() {
                self.part_amounts(stride, view, &active, part)?;
            }
        }
        // All parts are priced, so the stride is as short as it gets: now count its days.
        let recurs = |part: &&PartAmounts<T::Node>| part.per != Frequency::Total;
        let per = parts
            .iter()
            .find(recurs)
            .map_or(Frequency::Total, |part| part.per);
        let recurring = self.whole(views, &parts, per).map_err(big)?;
        let restated = self.views(views, &recurring, per).map_err(big)?;
        let recurring = match (recurring, views.first()) {
            (Ok(Some(figure)), Some(view)) => {
                let measure = Measure::EuroPer(per);
                Some(known(&mut self.calc, figure, view.set, measure).map_err(big)?)
            }
            (Ok(_), _) => None,
            (Err(reason), _) => Some(Money::NotKnown(reason)),
        };
        let days = (stride.day, stride.until);
        let total = self.total(views, &mut parts, days).map_err(big)?;
        let parts = self.part_segments(views, &mut parts, days).map_err(big)?;
        let once = self.once(views, &parts, recurring.is_some(), &total, days);
        segments.push(Segment {
            from: stride.day,
            to: stride.until,
            catalogue: Arc::clone(stride.catalogue),
            amount: Amounts {
                recurring,
                once: once.map_err(big)?,
            },
            parts,
            per,
            views: restated,
            total,
            conventions: views.first().map_or(0, |view| view.product.conventions),
        });
        Ok(())
    }

    /// What comes back of the whole line, per period of its first part that does.
    fn whole(
        &mut self,
        views: &[PartView<'a, T::Node>],
        parts: &[PartAmounts<T::Node>],
        per: Frequency,
    ) -> Result<Known<Option<Figure<T::Node>>>, QuantityError> {
        if parts.iter().all(|part| part.shares.is_empty()) {
            return Ok(Err(Arc::from(NOBODY)));
        }
        let mut sum: Few<Figure<T::Node>> = Few::new();
        for (part, view) in parts.iter().zip(views) {
            if let Some(reason) = &part.unsaid {
                return Ok(Err(Arc::clone(reason)));
            }
            let figure = match &part.after {
                Ok(after) => after.recurring,
                // A part in total that nobody knows shows when its days are counted.
                Err(_) if part.per == Frequency::Total && per != Frequency::Total => None,
                Err(reason) if per != Frequency::Total => return Ok(Err(Arc::clone(reason))),
                Err(_) => None,
            };
            let Some(figure) = figure else { continue };
            let (ways, periods) = (&view.set.views, (part.per, per));
            match convert(&mut self.calc, ways, figure, periods, Measure::EuroPer)? {
                Some(figure) => sum.push(figure),
                None => {
                    return Ok(Err(Arc::from("de delen hebben een verschillende periode")));
                }
            }
        }
        if sum.is_empty() {
            return Ok(Ok(None));
        }
        let step = Step::new("bedrag van de delen samen", Measure::EuroPer(per));
        self.calc.sum(step, &sum).map(|sum| Ok(Some(sum)))
    }

    /// The worst status of all that was touched, whether something came of it or not.
    fn worst(&self, budget: &LineBudget<T::Node>) -> Status {
        let mut worst = self.status;
        let mut lean_on = |status: Option<Status>| worst = worst.max(status.unwrap_or_default());
        for segment in &budget.segments {
            for view in &segment.views {
                lean_on(view.as_ref().map(|view| view.status));
            }
            for money in [&segment.amount.recurring, &segment.amount.once] {
                lean_on(money.as_ref().and_then(Money::status));
            }
            lean_on(segment.total.status());
        }
        for total in budget.years.iter().chain(&budget.term) {
            lean_on(total.money.status());
        }
        worst
    }
}

fn no_catalogue(no: NoAnswer, day: Date) -> Stop {
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
    Problem::error(message).field("from").hint(hint).into()
}
