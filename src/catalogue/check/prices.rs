//! The prices: tariffs and ceilings, their conditions, dates and amounts.

use super::super::file::{Amount, Kept, Strategy, Value, When};
use super::super::{Selection, build, selection_of};
use super::Checker;
use crate::quantity::Unit;
use jiff::civil::Date;

/// Whether an amount belongs to a tariff or to a ceiling.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Of a tariff, with its unit and how it becomes money.
    Tariff((Unit, Strategy)),
    Ceiling,
}

/// A condition with the product it is for.
type Case<'f> = (&'f str, Selection);

impl<'a> Checker<'a> {
    pub(super) fn tariffs(&mut self) {
        let file = self.file;
        let mut seen: Vec<(Case<'a>, &str)> = Vec::new();
        for (place, line) in file.tariffs.iter().enumerate() {
            let path = format!("tariffs[{place}]");
            self.provider(&format!("{path}.provider"), &line.provider);
            self.target(&path, &line.product, &line.when);
            if line.strategy == Strategy::FixedAmount
                && line.per.frequency().is_none()
                && !self.doubt.about(&format!("{path}.strategy"))
            {
                self.problem(
                    format!("{path}.per"),
                    format!("een vast bedrag per {} kan niet", line.per.singular()),
                    "Kies een periode, zoals FourWeeks of Month.",
                );
            }
            self.values(&path, &line.values, Of::Tariff((line.per, line.strategy)));
            let provider = line.provider.as_str();
            if let Some(case) = self.case(&path, "provider", (&line.product, &line.when)) {
                let double =
                    |(other, by): &(Case<'_>, &str)| meets(other, &case) && *by == provider;
                if seen.iter().any(double) {
                    let label = build::label(file, &line.product, Some(provider), case.1);
                    self.twice(&path, &label, "tarief", "`when`");
                }
                seen.push((case, provider));
            }
        }
    }

    pub(super) fn ceilings(&mut self) {
        let file = self.file;
        let mut seen: Vec<(Case<'a>, &[String])> = Vec::new();
        for (place, line) in file.ceilings.iter().enumerate() {
            let path = format!("ceilings[{place}]");
            for (at, provider) in line.providers.iter().enumerate() {
                self.provider(&format!("{path}.providers[{at}]"), provider);
            }
            self.target(&path, &line.product, &line.when);
            self.values(&path, &line.values, Of::Ceiling);
            if let Some(limit) = &line.lifted_above {
                self.limit(&format!("{path}.lifted_above"), limit);
            }
            let providers = line.providers.as_slice();
            if let Some(case) = self.case(&path, "providers", (&line.product, &line.when)) {
                let double = |(other, by): &(Case<'_>, &[String])| {
                    let both = by.is_empty()
                        || providers.is_empty()
                        || by.iter().any(|provider| providers.contains(provider));
                    meets(other, &case) && both
                };
                if seen.iter().any(double) {
                    let label = build::label(file, &line.product, None, case.1);
                    self.twice(&path, &label, "plafond", "`when` of `providers`");
                }
                seen.push((case, providers));
            }
        }
    }

    fn target(&mut self, path: &str, product: &str, when: &When) {
        self.product(&format!("{path}.product"), product);
        let path = format!("{path}.when");
        self.condition(&path, when);
        self.axes_of_product(&path, product, when);
    }

    /// The case that a line is for; nothing while something about it is in doubt, unknown or told to be wrong.
    fn case(
        &self,
        path: &str,
        providers: &str,
        (product, when): (&'a str, &When),
    ) -> Option<Case<'a>> {
        let in_doubt = ["product", "when", providers]
            .iter()
            .any(|field| self.doubt.about(&format!("{path}.{field}")));
        let axes = &self.sure_product(product)?.axes;
        if in_doubt || !when.keys().all(|axis| axes.contains(axis)) {
            return None;
        }
        Some((product, selection_of(&self.file.axes, when)?))
    }

    fn twice(&mut self, path: &str, label: &str, what: &str, fields: &str) {
        // The line may be in doubt for its amounts; that it stands there twice is sure all the same.
        self.problems.push(
            crate::document::Problem::error(format!("voor {label} geven twee regels een {what}"))
                .field(path)
                .hint(format!("Maak {fields} zo dat maar één regel past.")),
        );
    }

    /// The amounts of a line through the years; gaps and overlaps are problems.
    fn values(&mut self, path: &str, values: &[Value], of: Of) {
        let file = self.file;
        if values.is_empty() {
            self.problem(
                format!("{path}.values"),
                "er staat geen enkele waarde",
                "Zet er een waarde in, of NotKnown(\"reden\").",
            );
        }
        // A catalogue whose own days are wrong, or a value without a date, is told once.
        let in_doubt = ["from", "to", &format!("{path}.values")]
            .iter()
            .any(|field| self.doubt.about(field));
        let mut before = None;
        for (at, (value, (from, to))) in values.iter().zip(build::days(file, values)).enumerate() {
            let path = format!("{path}.values[{at}]");
            self.source(&format!("{path}.source"), &value.source);
            if !in_doubt {
                self.dates(&path, (from, to), before);
            }
            before = Some(to);
            self.amount(&format!("{path}.amount"), &value.amount, of);
            let keeps = format!("{path}.transition.keeps");
            match value.transition.as_ref().map(|kept| &kept.keeps) {
                Some(Kept::Previous) if at == 0 => self.problem(
                    keeps,
                    "er is geen vorige waarde om te behouden",
                    "Zet de oudere waarde erboven of noem een bedrag.",
                ),
                Some(kept) => self.kept(&keeps, kept, of),
                None => {}
            }
        }
    }

    /// An amount that older decisions keep: known source, and a unit and way that go together.
    fn kept(&mut self, path: &str, kept: &Kept, of: Of) {
        let Kept::Amount {
            amount,
            per,
            strategy,
            source,
            ..
        } = kept
        else {
            return;
        };
        self.amount(&format!("{path}.amount"), amount, of);
        self.source(&format!("{path}.source"), source);
        let (unit, way) = match of {
            Of::Tariff(line) => (per.unwrap_or(line.0), strategy.unwrap_or(line.1)),
            Of::Ceiling if per.is_some() || strategy.is_some() => {
                return self.problem(
                    path,
                    "bij een plafond houdt een ouder besluit de periode van de regel",
                    "Haal `per` en `strategy` hier weg, of maak er een eigen plafond van.",
                );
            }
            Of::Ceiling => return,
        };
        let changed = per.is_some() || strategy.is_some();
        if changed && way == Strategy::FixedAmount && unit.frequency().is_none() {
            self.problem(
                format!("{path}.per"),
                format!("een vast bedrag per {} kan niet", unit.singular()),
                "Kies een periode, zoals FourWeeks of Month, of een andere `strategy`.",
            );
        }
    }

    /// The days of a value: within those of the catalogue, and right after those of the value before it.
    fn dates(
        &mut self,
        path: &str,
        (from, to): (Date, Option<Date>),
        before: Option<Option<Date>>,
    ) {
        let file = self.file;
        let within = |day: Date| day >= file.from && file.to.is_none_or(|to| day <= to);
        if !within(from) || to.is_some_and(|to| to >= from && !within(to)) {
            self.problem(
                format!("{path}.{}", if within(from) { "to" } else { "from" }),
                "deze waarde geldt (ook) buiten de dagen van de catalogus",
                "Laat de waarde binnen `from` en `to` van de catalogus vallen.",
            );
            return;
        }
        if to.is_some_and(|to| to < from) {
            self.problem(
                format!("{path}.to"),
                "de laatste dag ligt voor de eerste dag",
                "Vul een laatste dag in op of na de eerste dag.",
            );
        }
        let Some(before) = before else { return };
        match before.and_then(|to| to.tomorrow().ok()) {
            Some(next) if next == from => {}
            Some(next) if next < from => self.problem(
                format!("{path}.from"),
                format!("van {next} tot {from} staat er niets"),
                "Sluit de dagen op elkaar aan, of zet er NotKnown(\"reden\") tussen.",
            ),
            _ => self.problem(
                format!("{path}.from"),
                format!("op {from} gelden twee waarden"),
                "Laat de vorige waarde de dag ervoor eindigen.",
            ),
        }
    }

    fn amount(&mut self, path: &str, amount: &Amount, of: Of) {
        match amount {
            Amount::Euro(euro) if euro.0.is_sign_negative() => {
                self.problem(
                    path,
                    "een bedrag kan niet onder nul zijn",
                    "Vul een bedrag van 0 of meer in.",
                );
            }
            Amount::Percent {
                percentage,
                provider,
                product,
                when,
                ..
            } => {
                if percentage.0.is_sign_negative() || percentage.0.is_zero() {
                    self.problem(
                        path,
                        "een percentage moet boven nul zijn",
                        "Vul bijvoorbeeld \"70\" in.",
                    );
                }
                self.provider(&format!("{path}.provider"), provider);
                if let Some(product) = product {
                    self.product(&format!("{path}.product"), product);
                }
                self.condition(&format!("{path}.when"), when);
            }
            Amount::NotKnown(reason) if reason.trim().is_empty() => {
                self.problem(
                    path,
                    "de reden ontbreekt",
                    "Schrijf waarom het niet bekend is.",
                );
            }
            Amount::NoMaximum if of != Of::Ceiling => self.problem(
                path,
                "«geen maximum» hoort alleen bij een plafond",
                "Gebruik hier Euro, Percent, Offer, NotAvailable of NotKnown.",
            ),
            Amount::NotAvailable if of == Of::Ceiling => self.problem(
                path,
                "een plafond kan niet «niet beschikbaar» zijn",
                "Gebruik NoMaximum als er geen maximum is.",
            ),
            _ => {}
        }
    }
}

fn meets(a: &Case<'_>, b: &Case<'_>) -> bool {
    a.0 == b.0 && a.1.meets(&b.1)
}
