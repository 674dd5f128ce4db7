//! A price that a person put in the place of that of the catalogue (R63): it counts, and what would have counted stays known.

use super::Adjusted;
use super::lookup::Stride;
use super::rates::{Found, believable, fixed_period};
use super::walk::{Active, PartView, Stop, Walk, kind};
use crate::catalogue::file::{IN_KIND, Strategy};
use crate::document::Problem;
use crate::indication::OwnPrice;
use crate::trace::{Leaf, Measure, Step, Tracer};
use std::sync::Arc;

/// A price, and what an own price took the place of.
type Priced<N> = (Found<N>, Option<Adjusted<N>>);

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// What a provider is paid: the own price of the line where there is one, with what it takes the place of.
    pub(super) fn priced(
        &mut self,
        stride: &mut Stride<'a>,
        view: &PartView<'a, T::Node>,
        one: Active<'a>,
        label: &str,
    ) -> Result<Priced<T::Node>, Stop> {
        let Some((place, own)) = self.own_price(view, kind(one.1)) else {
            return Ok((self.rate(stride, view, one, label)?, None));
        };
        let path = || format!("own_prices[{place}]");
        if !self.own_used.contains(&place) {
            self.own_used.push(place);
        }
        if one.1.is_some_and(|provider| provider.set_rate.is_some()) {
            return Err(Problem::error(
                "een tarief dat een besluit vaststelt en een aangepast tarief gelden niet samen: kies één van beide",
            )
            .field(format!("{}.price", path()))
            .hint("Ga terug naar het berekende tarief, of haal het vastgestelde tarief weg.").into());
        }
        believable(own.price.amount, || format!("{}.price", path()))?;
        // The line does not lean on a price that does not count.
        let status = self.status;
        let (computed, strategy) = match self.rate(stride, view, one, label)? {
            Found::Rate(rate, unit, strategy) => (Some((rate, unit)), strategy),
            Found::NotKnown(..) => (None, Strategy::GrantedTimesRate),
        };
        self.status = status;
        let reason = own.reason.trim();
        if reason.is_empty() {
            self.tell_once(
                Problem::error("de reden van het aangepaste tarief ontbreekt")
                    .field(format!("{}.reason", path()))
                    .hint("Schrijf op waarom dit bedrag geldt. Het komt in de brief."),
            );
        }
        if own.approved_by.trim().is_empty() {
            self.tell_once(
                Problem::warning("het aangepaste tarief is nog niet goedgekeurd")
                    .field(format!("{}.approved_by", path()))
                    .hint("Vul in wie het heeft goedgekeurd."),
            );
        }
        let words: Option<Arc<str>> = match reason {
            _ if !T::KEEPS => None,
            "" => Some(Arc::from("aangepast")),
            reason => Some(Arc::from(format!("aangepast: {reason}"))),
        };
        let unit = own.price.per;
        let step = Step {
            subject: words.as_ref(),
            ..Step::new("tarief", Measure::EuroPerUnit(unit))
        };
        let typed = Leaf::Input(format_args!("own_prices[{place}].price.amount"));
        let rate = self.calc.leaf(step, typed, own.price.amount.exact());
        let strategy = match (fixed_period(unit, view), strategy) {
            (Some(_), _) => Strategy::FixedAmount,
            (None, Strategy::BandTimesRate) => Strategy::BandTimesRate,
            (None, _) => Strategy::GrantedTimesRate,
        };
        let adjusted = Adjusted {
            own: place,
            computed,
        };
        Ok((Found::Rate(rate, unit, strategy), Some(adjusted)))
    }

    fn own_price(&self, view: &PartView<'a, T::Node>, kind: &str) -> Option<(usize, &'a OwnPrice)> {
        let mut all = self.line.own_prices.iter().enumerate();
        all.find(|(_, own)| {
            own.part.as_deref() == view.granted.part.as_deref()
                && own.kind.as_deref().unwrap_or(IN_KIND) == kind
        })
    }

    /// A price of one's own that nobody is paid by is not passed over.
    pub(super) fn check_own_prices(&mut self) {
        for place in 0..self.line.own_prices.len() {
            if !self.own_used.contains(&place) {
                self.problems.push(
                    Problem::warning("dit aangepaste tarief telt nergens mee")
                        .field(format!("own_prices[{place}]"))
                        .hint("Haal het weg, of kies het onderdeel en de soort zorgverlener waar het voor is."),
                );
            }
        }
    }
}
