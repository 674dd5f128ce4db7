//! The rate of a care provider on a day: of the catalogue, or of the offer that it asks for.

use super::lookup::{Says, Stride, Wanted, What};
use super::walk::{Active, PartView, Place, Stop, Walk, kind};
use crate::catalogue::file::{IN_KIND, Strategy};
use crate::document::Problem;
use crate::indication::{Offer, SetRate};
use crate::quantity::dutch::{date_long, euro};
use crate::quantity::{Euro, Frequency, Unit};
use crate::trace::{Figure, Leaf, Measure, Step, Tracer};
use rust_decimal::Decimal;
use std::sync::Arc;

/// More euros than this for one thing nobody is paid.
const MOST: u32 = 1_000_000;

/// What a provider is paid.
pub(super) enum Found<N> {
    /// An amount per unit, and how it becomes money.
    Rate(Figure<N>, Unit, Strategy),
    /// Nobody knows the amount, and why; the period that it would have, if it is a fixed one.
    NotKnown(Arc<str>, Option<Frequency>),
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The rate of a provider, or in kind. Errors: there is none for these choices, or it cannot be had.
    pub(super) fn rate(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        (place, provider): Active<'a>,
        label: &str,
    ) -> Result<Found<T::Node>, Stop> {
        let field = Place(place);
        if let Some(agreed) = provider.and_then(|provider| provider.agreed) {
            believable(agreed.amount, || format!("{}.agreed", field.path()))?;
        }
        if let Some(set) = provider.and_then(|provider| provider.set_rate.as_ref()) {
            if provider.is_some_and(|provider| provider.agreed.is_some()) {
                let problem = Problem::error(
                    "naast een vastgesteld tarief telt een afgesproken tarief niet mee",
                );
                return Err(problem
                    .field(format!("{}.agreed", field.path()))
                    .hint("Haal het afgesproken tarief weg, of het vastgestelde.")
                    .into());
            }
            return self.set_by_decision(set, view, field);
        }
        let kind = kind(provider);
        let Some(tariff) = view.product.tariff(kind, &view.choices) else {
            if view.product.has_tariff_for_some(kind, &view.choices) {
                return Err(only_per_band(stride, view, field));
            }
            let known = kind == IN_KIND || stride.catalogue.provider(kind).is_some();
            let what = stride.catalogue.describe(&view.choices);
            if !known {
                let kinds = stride.catalogue.file.providers.iter();
                let kinds: Vec<String> = kinds.map(|kind| format!("«{}»", kind.id)).collect();
                return Err(Problem::error(format!(
                    "soort zorgverlener «{kind}» bestaat niet in {}",
                    stride.catalogue.name
                ))
                .field(format!("{}.kind", field.path()))
                .hint(format!("Kies uit: {}.", kinds.join(", ")))
                .into());
            }
            return Err(Problem::error(format!(
                "voor {}{}{} is er geen tarief met {label} op {}",
                view.product.label,
                if what.is_empty() { "" } else { ", " },
                what,
                date_long(stride.day)
            ))
            .field(field.path())
            .hint("Kies een andere combinatie die in de catalogus staat.")
            .into());
        };
        let wanted = Wanted {
            what: What::Tariff,
            product: view.product,
            choices: &view.choices,
            values: &tariff.values,
            label: &tariff.label,
            per: tariff.per,
        };
        let price = self.price(view, stride, &wanted)?;
        let per = price.kept.0.unwrap_or(tariff.per);
        let strategy = price.kept.1.unwrap_or(tariff.strategy);
        let fixed = (strategy == Strategy::FixedAmount)
            .then(|| per.frequency())
            .flatten();
        match price.says {
            Says::Amount => {
                if let Some(agreed) = provider.and_then(|provider| provider.agreed) {
                    self.check_agreed(agreed, price.figure.value, per, field);
                }
                Ok(Found::Rate(price.figure, per, strategy))
            }
            Says::Offer => Ok(match &self.line.offer {
                Some(offer) => {
                    let rate = self.offered(offer, Measure::EuroPerUnit(offer.per), price.figure);
                    let strategy = match fixed_period(offer.per, view) {
                        Some(_) => Strategy::FixedAmount,
                        None => Strategy::GrantedTimesRate,
                    };
                    Found::Rate(rate, offer.per, strategy)
                }
                None => {
                    let reason = "op offerte: er is nog geen offerte ingevuld";
                    Found::NotKnown(Arc::from(reason), fixed)
                }
            }),
            Says::NotKnown(reason) => Ok(Found::NotKnown(reason, fixed)),
            Says::PerChoice => Err(only_per_band(stride, view, field)),
            Says::NotAvailable | Says::NoMaximum => Err(Problem::error(format!(
                "{} is niet mogelijk voor {}",
                label, view.product.label
            ))
            .field(field.path())
            .hint("Kies een andere leveringsvorm of een andere soort zorgverlener.")
            .into()),
        }
    }

    /// The rate that a decision on objection or a ruling set; it says which one.
    fn set_by_decision(
        &mut self,
        set: &SetRate,
        view: &PartView<'a, T::Node>,
        field: Place,
    ) -> Result<Found<T::Node>, Stop> {
        believable(set.amount, || format!("{}.set_rate.amount", field.path()))?;
        let decision = set.decision.trim();
        if decision.is_empty() {
            self.tell_once(
                Problem::error("bij het vastgestelde tarief ontbreekt welk besluit het vaststelt")
                    .field(format!("{}.set_rate.decision", field.path()))
                    .hint("Schrijf op welk besluit of welke uitspraak het is, en van welke dag."),
            );
        }
        let source: Option<Arc<str>> = T::KEEPS.then(|| Arc::from(decision));
        let step = Step {
            subject: source.as_ref().filter(|source| !source.is_empty()),
            ..Step::new(
                "tarief dat een besluit vaststelt",
                Measure::EuroPerUnit(set.per),
            )
        };
        let typed = Leaf::Input(format_args!("{field}.set_rate.amount"));
        let rate = self.calc.leaf(step, typed, set.amount.exact());
        let strategy = match fixed_period(set.per, view) {
            Some(_) => Strategy::FixedAmount,
            None => Strategy::GrantedTimesRate,
        };
        Ok(Found::Rate(rate, set.per, strategy))
    }

    /// The amount of the offer as a figure, because `rule` says that the price is on offer; from here it counts, and it
    /// says which offer it is.
    pub(super) fn offered(
        &mut self,
        offer: &Offer,
        measure: Measure,
        rule: Figure<T::Node>,
    ) -> Figure<T::Node> {
        self.offer_used = true;
        let source = offer.source.trim();
        if source.is_empty() {
            self.tell_once(
                Problem::error("bij de offerte ontbreekt waar zij vandaan komt")
                    .field("offer.source")
                    .hint("Schrijf op welke offerte het is: van wie, en van welke dag."),
            );
        }
        let source: Option<Arc<str>> = T::KEEPS.then(|| Arc::from(source));
        let step = Step {
            subject: source.as_ref().filter(|source| !source.is_empty()),
            ..Step::new("bedrag van de offerte", measure)
        };
        let typed = Leaf::Input(format_args!("offer.amount"));
        let amount = self.calc.leaf(step, typed, offer.amount.exact());
        let step = Step::new("de prijs is op offerte", measure);
        self.calc.because(step, amount, rule)
    }

    /// An offer that nobody asked for deserves a look.
    pub(super) fn check_offer(&mut self) {
        if self.line.offer.is_some() && !self.offer_used {
            self.problems.push(
                Problem::warning("het bedrag van de offerte telt nergens mee")
                    .field("offer")
                    .hint("De catalogus heeft hier een eigen prijs. Haal de offerte weg, of kies wat op offerte gaat."),
            );
        }
    }
}

/// There is a price for each value of a choice that was not made: of an extent in total that is the band.
fn only_per_band<N>(stride: &Stride<'_>, view: &PartView<'_, N>, field: Place) -> Stop {
    let mut open = view.product.axes.iter();
    let open = open.find(|axis| view.choices.get(**axis).is_none());
    let axis = open.and_then(|axis| stride.catalogue.file.axes.get(*axis));
    let axis = axis.map_or_else(|| "keuze".to_owned(), |axis| axis.label.to_lowercase());
    let message = format!("{} heeft alleen een prijs per {axis}", view.product.label);
    if !view.granted.is_in_total() {
        return Problem::error(message)
            .field(field.path())
            .hint(format!("Kies eerst: {axis}."))
            .into();
    }
    Problem::error(format!(
        "{message}, en een omvang in totaal heeft geen {axis}"
    ))
    .field(field.path())
    .hint(format!(
        "Vul in hoeveel het is per week of per maand, of kies zelf: {axis}."
    ))
    .into()
}

/// The period of a price for a fixed amount; nothing when it is for something to count. A day or an etmaal is both: what
/// was granted says which.
pub(super) fn fixed_period<N>(per: Unit, view: &PartView<'_, N>) -> Option<Frequency> {
    let counted = view.granted.volumes.iter().any(|v| v.unit == per);
    per.frequency().filter(|_| !counted)
}

/// A typed price of nothing, less, or more than anyone is ever paid is a slip. Error: a problem at its field.
pub(super) fn believable(amount: Euro, field: impl FnOnce() -> String) -> Result<(), Stop> {
    let problem = if amount <= Euro::ZERO {
        Problem::error("een bedrag moet meer dan nul zijn")
            .hint("Vul een bedrag boven nul in, of haal het weg.")
    } else if amount.0 > Decimal::from(MOST) {
        Problem::error(format!(
            "een bedrag van {} kan niet kloppen",
            euro(amount.0)
        ))
        .hint("Kijk of de komma goed staat en of er geen nullen te veel zijn.")
    } else {
        return Ok(());
    };
    Err(problem.field(field()).into())
}
