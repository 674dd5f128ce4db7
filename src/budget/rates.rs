//! The rate of a care provider on a day: of the catalogue, or of the offer that it asks for.

use super::lookup::{Price, Stride, Wanted, price};
use super::walk::{Active, PartView, Place, Walk, kind};
use crate::catalogue::file::{IN_KIND, Strategy};
use crate::document::Problem;
use crate::indication::Offer;
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Frequency, Unit};
use crate::trace::{Figure, Leaf, Measure, Step, Tracer};
use std::sync::Arc;

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
    ) -> Result<Found<T::Node>, Problem> {
        let field = Place(place);
        if let Some(agreed) = provider.and_then(|provider| provider.agreed)
            && agreed.amount <= Euro::ZERO
        {
            return Err(not_above_zero(format!("{}.agreed", field.path())));
        }
        let kind = kind(provider);
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
        let fixed = (tariff.strategy == Strategy::FixedAmount)
            .then(|| tariff.per.frequency())
            .flatten();
        let wanted = Wanted {
            product: view.product,
            choices: &view.choices,
            values: &tariff.values,
            label: &tariff.label,
            per: tariff.per,
        };
        match price(self.inputs, &mut self.calc, view.set, stride, wanted)? {
            Price::Amount(rate) => Ok(Found::Rate(rate, tariff.per, tariff.strategy)),
            Price::Offer => Ok(match &self.line.offer {
                Some(offer) => {
                    let rate = self.offered(offer, Measure::EuroPerUnit(offer.per));
                    let strategy = match offer_period(offer, view) {
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
            Price::NotKnown(reason) => Ok(Found::NotKnown(reason, fixed)),
            Price::NotAvailable | Price::NoMaximum => Err(Problem::error(format!(
                "{} is niet mogelijk voor {}",
                label, view.product.label
            ))
            .field(field.path())
            .hint("Kies een andere leveringsvorm of een andere soort zorgverlener.")),
        }
    }

    /// The amount of the offer as a figure; from here it counts.
    pub(super) fn offered(&mut self, offer: &Offer, measure: Measure) -> Figure<T::Node> {
        self.offer_used = true;
        let step = Step::new("bedrag van de offerte", measure);
        self.calc
            .leaf(step, Leaf::Input("offer"), offer.amount.exact())
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

/// The period of an offer for a fixed amount; nothing when it is for something to count. A day or an etmaal is both:
/// what was granted says which.
pub(super) fn offer_period<N>(offer: &Offer, view: &PartView<'_, N>) -> Option<Frequency> {
    let counted = view.granted.volumes.iter().any(|v| v.unit == offer.per);
    offer.per.frequency().filter(|_| !counted)
}

pub(super) fn not_above_zero(field: String) -> Problem {
    Problem::error("een bedrag moet meer dan nul zijn")
        .field(field)
        .hint("Vul een bedrag boven nul in, of haal het weg.")
}
