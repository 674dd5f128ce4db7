//! The conventions: ways between periods, roundings, and their sources.

use super::super::file::{Base, Conventions, Stage};
use super::Checker;
use crate::quantity::{Exact, Frequency};

impl Checker<'_> {
    pub(super) fn conventions(&mut self) {
        let file = self.file;
        self.unique(
            "conventions",
            file.conventions.iter().map(|set| set.id.as_str()),
        );
        for (place, set) in file.conventions.iter().enumerate() {
            let path = format!("conventions[{place}]");
            self.agreed(&format!("{path}.base"), &set.base);
            if set.base.value == Base::Every(Frequency::Total) {
                self.problem(
                    format!("{path}.base.value"),
                    "een rekenperiode kan niet «in totaal» zijn",
                    "Kies een periode, zoals Every(FourWeeks) of Every(Month), of schrijf OfExtent.",
                );
                self.doubt.wrong(format!("{path}.base.value"));
            }
            self.agreed(&format!("{path}.totals"), &set.totals);
            self.agreed(&format!("{path}.total_rounding"), &set.total_rounding);
            self.agreed(&format!("{path}.mixed"), &set.mixed);
            self.agreed(&format!("{path}.budget_period"), &set.budget_period);
            self.agreed(
                &format!("{path}.real_cost_if_lower"),
                &set.real_cost_if_lower,
            );
            self.agreed(&format!("{path}.mix_of_delivery"), &set.mix_of_delivery);
            let conversions = set.conversions.iter();
            let conversions = conversions.map(|c| (c.from, c.to, c.factor, c.source.as_str()));
            self.ways(&format!("{path}.conversions"), conversions);
            let views = set.views.iter();
            let views = views.map(|v| (v.from, v.to, v.factor, v.source.as_str()));
            self.ways(&format!("{path}.views"), views);
            self.roundings(&format!("{path}.roundings"), set);
        }
    }

    /// Ways from a period to another, with their factor and source.
    fn ways<'s>(
        &mut self,
        list: &str,
        ways: impl Iterator<Item = (Frequency, Frequency, Exact, &'s str)>,
    ) {
        let mut seen = Vec::new();
        for (at, (from, to, factor, source)) in ways.enumerate() {
            let path = format!("{list}[{at}]");
            self.source(&format!("{path}.source"), source);
            if factor <= Exact::ZERO {
                self.problem(
                    format!("{path}.factor"),
                    "de factor moet groter dan nul zijn",
                    "Schrijf hem als \"13\", \"1/12\" of \"365/7\".",
                );
            }
            if ["from", "to"]
                .iter()
                .any(|end| self.doubt.about(&format!("{path}.{end}")))
            {
                continue;
            }
            let words = || format!("van {} naar {}", from.period(), to.period());
            if from == to {
                self.problem(
                    format!("{path}.to"),
                    format!("{} valt niets om te rekenen", words()),
                    "Haal deze regel weg.",
                );
            }
            if seen.contains(&(from, to)) {
                self.problem(
                    format!("{path}.to"),
                    format!("{} staat er twee keer in", words()),
                    "Laat één van beide staan.",
                );
            }
            seen.push((from, to));
        }
    }

    fn roundings(&mut self, list: &str, set: &Conventions) {
        for (at, what) in [(Stage::View, "View"), (Stage::Total, "Total")] {
            if !set.roundings.iter().any(|rule| rule.at == at) {
                self.problem(
                    list,
                    format!("de afronding bij {what} ontbreekt"),
                    "Zeg hoe bedragen voor de lezer worden afgerond, meestal op centen.",
                );
            }
        }
        let mut stages: Vec<Stage> = Vec::new();
        for (at, rule) in set.roundings.iter().enumerate() {
            let path = format!("{list}[{at}]");
            self.source(&format!("{path}.source"), &rule.source);
            if rule.rounding.step <= Exact::ZERO || rule.rounding.step.finite_decimal().is_none() {
                self.problem(
                    format!("{path}.rounding.step"),
                    "de stap moet een decimaal getal boven nul zijn",
                    "Schrijf \"0.01\" voor centen of \"0.05\" voor stuivers.",
                );
            }
            if self.doubt.about(&format!("{path}.at")) {
                continue;
            }
            if stages.contains(&rule.at) {
                self.problem(
                    format!("{path}.at"),
                    "voor deze plek staat er al een afronding",
                    "Laat één van beide staan.",
                );
            }
            stages.push(rule.at);
        }
    }
}
