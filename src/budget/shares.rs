//! Who does what: the care providers at work on a part, their shares, and whether these are what was granted.

use super::hours::{too_large, volume_in};
use super::walk::{Active, PartView, Place, Stop, Walk};
use super::{Amounts, Volume};
use crate::catalogue::ConventionSet;
use crate::catalogue::file::Mixed;
use crate::document::Problem;
use crate::indication::{CareProvider, Delivery, Line, PartExtent};
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Leaf, Measure, Silent, Status, Step, Tracer, shown};
use smallvec::SmallVec;
use std::borrow::Cow;

/// What is done beside what was granted, of one kind: per period or in total.
#[derive(Clone, Copy)]
pub(super) struct Beside<N> {
    /// Done; absent when nothing of this kind is.
    pub(super) done: Option<Figure<N>>,
    /// Granted.
    pub(super) granted: Figure<N>,
    unit: Unit,
    per: Frequency,
}

impl<N> Beside<N> {
    fn done(&self) -> Exact {
        self.done.as_ref().map_or(Exact::ZERO, |done| done.value)
    }
}

/// What a provider with a share of its own does of a part.
pub(super) struct Own<N> {
    pub(super) volumes: SmallVec<[Volume<N>; 1]>,
    pub(super) beside: Amounts<Beside<N>>,
}

/// Holds shares against what was granted: what comes back with what comes back, what is in total with what is in
/// total. Nothing when they do not compare, or when something is done of a kind that was not granted.
fn compared<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    granted: &[Volume<T::Node>],
    done: &[Volume<T::Node>],
) -> Result<Option<Amounts<Beside<T::Node>>>, QuantityError> {
    let mut both = Amounts::NONE;
    for (slot, once) in [(&mut both.recurring, false), (&mut both.once, true)] {
        let of_kind = |volume: &&Volume<T::Node>| (volume.per == Frequency::Total) == once;
        let some_done = done.iter().any(|volume| of_kind(&volume));
        let Some(first) = granted.iter().find(of_kind) else {
            if some_done {
                return Ok(None);
            }
            continue;
        };
        let goal = (first.unit, first.per);
        let all = volume_in(calc, set, granted, goal)?;
        let done = match some_done {
            true => volume_in(calc, set, done, goal)?,
            false => None,
        };
        match (all, done) {
            (Some(granted), done) if done.is_some() == some_done => {
                let (unit, per) = goal;
                *slot = Some(Beside {
                    done,
                    granted,
                    unit,
                    per,
                });
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(both))
}

/// The shares of a provider in a part.
fn of_part<'p>(
    provider: &'p CareProvider,
    part: Option<&str>,
) -> impl Iterator<Item = &'p PartExtent> {
    (provider.share.iter()).filter(move |share| share.part.as_deref() == part)
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// Who of those at work does something of this part: with shares of other parts only, nothing of this one.
    pub(super) fn at_work_on<'s>(
        &self,
        view: &PartView<'a, T::Node>,
        active: &'s [Active<'a>],
    ) -> Cow<'s, [Active<'a>]> {
        let part = view.granted.part.as_deref();
        let does = |one: &&Active<'a>| {
            one.1.is_none_or(|provider| {
                provider.share.is_empty() || of_part(provider, part).next().is_some()
            })
        };
        match active.iter().all(|one| does(&one)) {
            true => Cow::Borrowed(active),
            false => active.iter().filter(does).copied().collect(),
        }
    }

    /// The days over which something in total is spread: a share of one's own over one's own days, else all days of the
    /// line. Nothing without an end.
    pub(super) fn spread(
        &self,
        provider: Option<&CareProvider>,
    ) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        let line = self.line;
        let own = provider.filter(|provider| !provider.share.is_empty());
        let from = own.and_then(|provider| provider.from).unwrap_or(line.from);
        let to = match (own.and_then(|provider| provider.to), line.to) {
            (Some(own), Some(to)) => Some(own.min(to)),
            (own, to) => own.or(to),
        };
        to.map(|to| (from.max(line.from), to))
    }

    /// What a provider with a share of its own does; nothing when it does all of it.
    pub(super) fn own(
        &mut self,
        view: &PartView<'a, T::Node>,
        provider: Option<&CareProvider>,
        alone: bool,
        field: Place,
    ) -> Result<Option<Own<T::Node>>, Stop> {
        let Some(provider) = provider else {
            return Ok(None);
        };
        let share = || format!("{}.share", field.path());
        if provider.share.is_empty() {
            if alone {
                return Ok(None);
            }
            return Err(
                Problem::error("niet bekend is hoeveel deze zorgverlener doet")
                    .field(share())
                    .hint("Verdeel de omvang over de zorgverleners.")
                    .into(),
            );
        }
        let part = view.granted.part.as_deref();
        let shares = provider.share.iter().enumerate();
        let volumes: SmallVec<[Volume<T::Node>; 1]> = shares
            .filter(|(_, share)| share.part.as_deref() == part)
            .map(|(row, share)| {
                let extent = share.extent;
                let step = Step::new(
                    "omvang bij deze zorgverlener",
                    Measure::VolumePer(extent.unit, extent.per),
                );
                let value = Exact::from(extent.volume);
                let typed = Leaf::Input(format_args!("{field}.share[{row}].extent.volume"));
                Volume {
                    figure: self.calc.leaf(step, typed, value),
                    unit: extent.unit,
                    per: extent.per,
                }
            })
            .collect();
        let beside = compared(&mut self.calc, view.set, &view.granted.volumes, &volumes)
            .map_err(|error| too_large(error, &field.path()))?;
        // More than was granted cannot be bought with the grant, and what does not compare may be more.
        let fits = |beside: &Amounts<Beside<T::Node>>| {
            let positive = volumes.iter().all(|v| v.figure.value > Exact::ZERO);
            positive && beside.iter().all(|one| one.done() <= one.granted.value)
        };
        match beside.filter(fits) {
            Some(beside) => Ok(Some(Own { volumes, beside })),
            None => Err(Problem::error(
                "de omvang bij deze zorgverlener is nul, meer dan is toegekend, of niet ermee te vergelijken",
            )
            .field(share())
            .hint("Verdeel ten hoogste de toegekende omvang, in dezelfde eenheid en per dezelfde periode.").into()),
        }
    }

    /// A provider's part of what was granted; nothing when it is all of it.
    pub(super) fn fraction(
        &mut self,
        own: Option<&Own<T::Node>>,
        field: Place,
    ) -> Result<Option<Figure<T::Node>>, Stop> {
        let Some(own) = own else { return Ok(None) };
        let mut found: Option<Figure<T::Node>> = None;
        for beside in own.beside.iter() {
            let fraction = match beside.done {
                Some(done) => {
                    let step = Step::new("aandeel", Measure::Number);
                    let made = self.calc.div(step, done, beside.granted);
                    made.map_err(|error| too_large(error, &field.path()))?
                }
                None => continue,
            };
            let same = found.is_none_or(|known| known.value == fraction.value);
            if !same {
                return Err(uneven(field));
            }
            found = Some(fraction);
        }
        if own.beside.iter().any(|beside| beside.done.is_none()) {
            return Err(uneven(field));
        }
        Ok(found)
    }

    /// What the care providers of a part do together is what was granted: not more, and not less
    /// without a word.
    pub(super) fn check_shares(
        &mut self,
        view: &PartView<'a, T::Node>,
        active: &[Active<'a>],
        at_work: &[Active<'a>],
    ) -> Result<(), QuantityError> {
        let Delivery::Pgb { providers } = &self.line.delivery else {
            return Ok(());
        };
        let part = view.granted.part.as_deref();
        // Who has no share does all of it, or is asked for one.
        let all_of_it = |(_, provider): &Active<'_>| provider.is_none_or(|p| p.share.is_empty());
        if active.is_empty() || at_work.iter().any(all_of_it) {
            return Ok(());
        }
        let today = at_work.iter().filter_map(|(_, provider)| *provider);
        let today = today.flat_map(|provider| of_part(provider, part));
        let once = providers
            .iter()
            .flat_map(|provider| of_part(provider, part));
        let in_total = |share: &&PartExtent| share.extent.per == Frequency::Total;
        // What is in total counts over all days, whoever is at work on this one.
        let done: Vec<Volume<()>> = today
            .filter(|share| !in_total(share))
            .chain(once.filter(in_total))
            .map(|share| {
                bare(
                    share.extent.volume.into(),
                    share.extent.unit,
                    share.extent.per,
                )
            })
            .collect();
        let granted: Vec<Volume<()>> = (view.granted.volumes.iter())
            .map(|volume| bare(volume.figure.value, volume.unit, volume.per))
            .collect();
        let mut calc = Calculator {
            tracer: &mut Silent,
        };
        let Some(both) = compared(&mut calc, view.set, &granted, &done)? else {
            return Ok(());
        };
        for beside in both.iter() {
            let (done, granted) = (beside.done(), beside.granted.value);
            let message = || {
                let what = match part {
                    Some(_) => format!(" voor «{}»", view.granted.label),
                    None => String::new(),
                };
                format!(
                    "de zorgverleners doen samen {} van de {} {} {} die{what} zijn toegekend",
                    shown(done, Measure::Number),
                    shown(granted, Measure::Number),
                    beside.unit.plural(),
                    beside.per.dutch()
                )
            };
            if done > granted {
                let problem = Problem::error(message()).field("delivery");
                self.tell_once(problem.hint("Verdeel ten hoogste de toegekende omvang."));
            } else if done < granted {
                let message = message();
                self.undivided.get_or_insert_with(|| message.clone());
                let problem = Problem::warning(message).field("delivery");
                self.tell_once(problem.hint(match view.set.mixed.value {
                    Mixed::Heaviest => "Verdeel ook de rest.",
                    Mixed::PerPart => {
                        "Het budget is voor de verdeelde omvang. Verdeel ook de rest."
                    }
                }));
            }
        }
        Ok(())
    }

    /// A provider who is never at work on the line would be accepted at nothing.
    pub(super) fn check_days(&mut self) {
        let line: &Line = self.line;
        let Delivery::Pgb { providers } = &line.delivery else {
            return;
        };
        for (place, provider) in providers.iter().enumerate() {
            let (from, to) = (provider.from, provider.to);
            let wrong = match (from, to) {
                (Some(from), Some(to)) if to < from => Some((
                    "to",
                    format!(
                        "deze zorgverlener houdt op {} op, voor de eerste dag {}",
                        date_long(to),
                        date_long(from)
                    ),
                )),
                (Some(from), _) if line.to.is_some_and(|end| from > end) => Some((
                    "from",
                    format!(
                        "deze zorgverlener begint op {}, na het einde van de regel",
                        date_long(from)
                    ),
                )),
                (_, Some(to)) if to < line.from => Some((
                    "to",
                    format!(
                        "deze zorgverlener houdt op {} op, voor het begin van de regel",
                        date_long(to)
                    ),
                )),
                _ => None,
            };
            if let Some((field, message)) = wrong {
                self.problems.push(
                    Problem::error(message)
                        .field(format!("{}.{field}", Place(Some(place)).path()))
                        .hint("Pas de datum aan, of haal deze zorgverlener weg."),
                );
            }
        }
    }
}

fn uneven(field: Place) -> Stop {
    Problem::error(
        "een vast bedrag is zo niet te verdelen: het aandeel per periode is anders dan het aandeel in totaal",
    )
    .field(format!("{}.share", field.path()))
    .hint("Geef deze zorgverlener van beide hetzelfde deel, of maak er twee regels van.")
    .into()
}

fn bare(value: Exact, unit: Unit, per: Frequency) -> Volume<()> {
    let figure = Figure {
        value,
        status: Status::Established,
        node: (),
    };
    Volume { figure, unit, per }
}
