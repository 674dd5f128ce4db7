//! From a file to a checked catalogue: every problem found, each at its field.

use super::file::{
    Agreed, Amount, CatalogueFile, CeilingLine, FORMAT, Follows, IN_KIND, Kept, Limit, Scale,
    Stage, Strategy, TariffLine, Value, When,
};
use super::{
    Catalogue, Ceiling, Confirmation, ConventionSet, DatedValue, MAX_AXES, PartEntry, ProductEntry,
    ScaleEntry, Selection, Sourced, SourcedLimit, Step, Tariff, earliest, percentages,
    selection_of,
};
use crate::document::Problem;
use crate::quantity::Exact;
use crate::trace::{Provenance, Status};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Catalogue {
    /// Checks a file and makes it quick to ask. Confirmations of the municipality count from here
    /// on (decisions 17). Errors: every problem, with the path of its field in the file.
    pub fn build(
        file: CatalogueFile,
        file_name: &str,
        confirmations: &[Confirmation],
    ) -> Result<Self, Vec<Problem>> {
        let mut builder = Builder {
            file: &file,
            confirmations,
            problems: Vec::new(),
        };
        builder.check_heads();
        builder.check_conventions();
        let conventions = builder.conventions();
        let follows = builder.follows();
        let products = builder.products();
        builder
            .problems
            .extend(percentages::check(builder.file, &products));
        builder.check_endings();
        let problems = builder.problems;
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            file_name: file_name.to_owned(),
            name: Arc::from(format!("{}, versie {}", file.id, file.version)),
            last: file.to,
            provider_names: file
                .providers
                .iter()
                .map(|kind| Arc::from(kind.label.as_str()))
                .collect(),
            in_kind: Arc::from("zorg in natura"),
            follows,
            conventions,
            products,
            file,
        })
    }
}

struct Builder<'a> {
    file: &'a CatalogueFile,
    confirmations: &'a [Confirmation],
    problems: Vec<Problem>,
}

impl Builder<'_> {
    fn problem(&mut self, field: impl Into<String>, message: impl Into<String>, hint: &str) {
        self.problems
            .push(Problem::error(message).field(field).hint(hint));
    }

    fn check_heads(&mut self) {
        let file = self.file;
        if file.format != FORMAT {
            self.problem(
                "format",
                format!(
                    "formaat {} is onbekend; dit programma leest formaat {FORMAT}",
                    file.format
                ),
                "Werk het programma bij of zet het juiste formaat in het bestand.",
            );
        }
        if file.id.is_empty() {
            self.problem(
                "id",
                "de naam van de catalogus ontbreekt",
                "Geef een korte naam.",
            );
        }
        if file.to.is_some_and(|to| to < file.from) {
            self.problem(
                "to",
                "de laatste dag ligt voor de eerste dag",
                "Vul een laatste dag in op of na de eerste dag.",
            );
        }
        if file
            .supersedes
            .as_ref()
            .is_some_and(|older| older.from != file.from)
        {
            self.problem(
                "supersedes.from",
                "deze catalogus vervangt een oudere vanaf een andere dag dan waarop hij zelf begint",
                "Maak beide dagen gelijk.",
            );
        }
        if file.municipalities.is_empty() {
            self.problem(
                "municipalities",
                "er staat geen gemeente in",
                "Zet er de CBS-code van vier cijfers in, zoals \"0546\".",
            );
        }
        for (place, code) in file.municipalities.iter().enumerate() {
            if code.len() != 4 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                self.problem(
                    format!("municipalities[{place}]"),
                    format!("«{code}» is geen gemeentecode"),
                    "Een CBS-code heeft vier cijfers, zoals \"0546\".",
                );
            }
        }
        self.check_unique("axes", file.axes.iter().map(|axis| axis.id.as_str()));
        self.check_unique(
            "providers",
            file.providers.iter().map(|kind| kind.id.as_str()),
        );
        self.check_unique(
            "conventions",
            file.conventions.iter().map(|set| set.id.as_str()),
        );
        self.check_unique(
            "products",
            file.products.iter().map(|product| product.id.as_str()),
        );
        if file.axes.len() > MAX_AXES {
            self.problem(
                "axes",
                format!(
                    "{} assen is te veel; {MAX_AXES} is het meeste",
                    file.axes.len()
                ),
                "Voeg assen samen of maak er aparte producten van.",
            );
        }
        for (place, axis) in file.axes.iter().enumerate() {
            let path = format!("axes[{place}]");
            self.check_unique(
                &format!("{path}.values"),
                axis.values.iter().map(|value| value.id.as_str()),
            );
            if axis.values.is_empty() || axis.values.len() > 250 {
                self.problem(
                    format!("{path}.values"),
                    format!("as «{}» heeft {} waarden", axis.id, axis.values.len()),
                    "Een as heeft 1 tot 250 waarden.",
                );
            }
            if let Some(Follows::Aggravation {
                without,
                with,
                source,
                ..
            }) = &axis.follows
            {
                for id in [without, with] {
                    if !axis.values.iter().any(|value| value.id == *id) {
                        self.problem(
                            format!("{path}.follows"),
                            format!("as «{}» heeft geen waarde «{id}»", axis.id),
                            "Noem een waarde uit `values`.",
                        );
                    }
                }
                self.check_source(&format!("{path}.follows.source"), source);
            }
        }
        for (place, kind) in file.providers.iter().enumerate() {
            if kind.id == IN_KIND {
                self.problem(
                    format!("providers[{place}].id"),
                    "«zin» betekent al zorg in natura",
                    "Kies een andere korte naam.",
                );
            }
        }
    }

    fn check_unique<'i>(&mut self, path: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (place, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.problem(
                    format!("{path}[{place}].id"),
                    format!("«{id}» staat er twee keer in"),
                    "Geef elk een eigen korte naam.",
                );
            }
        }
    }

    fn check_source(&mut self, path: &str, source: &str) {
        if !self.file.sources.contains_key(source) {
            let known: Vec<&str> = self.file.sources.keys().map(String::as_str).collect();
            self.problem(
                path,
                format!("bron «{source}» staat niet onder `sources`"),
                &format!("Bekend zijn: {}.", known.join(", ")),
            );
        }
    }

    fn check_agreed<V>(&mut self, path: &str, agreed: &Agreed<V>) {
        self.check_source(&format!("{path}.source"), &agreed.source);
    }

    fn check_conventions(&mut self) {
        for (place, set) in self.file.conventions.iter().enumerate() {
            let path = format!("conventions[{place}]");
            self.check_agreed(&format!("{path}.base"), &set.base);
            self.check_agreed(&format!("{path}.totals"), &set.totals);
            self.check_agreed(&format!("{path}.total_rounding"), &set.total_rounding);
            self.check_agreed(&format!("{path}.mixed"), &set.mixed);
            self.check_agreed(&format!("{path}.budget_period"), &set.budget_period);
            self.check_agreed(
                &format!("{path}.real_cost_if_lower"),
                &set.real_cost_if_lower,
            );
            self.check_agreed(&format!("{path}.mix_of_delivery"), &set.mix_of_delivery);
            let ways = set
                .conversions
                .iter()
                .map(|c| ("conversions", c.from, c.to, c.factor, &c.source))
                .enumerate()
                .chain(
                    set.views
                        .iter()
                        .map(|v| ("views", v.from, v.to, v.factor, &v.source))
                        .enumerate(),
                );
            let mut seen = Vec::new();
            for (at, (list, from, to, factor, source)) in ways {
                let path = format!("{path}.{list}[{at}]");
                self.check_source(&format!("{path}.source"), source);
                if factor <= Exact::ZERO {
                    self.problem(
                        format!("{path}.factor"),
                        "de factor moet groter dan nul zijn",
                        "Schrijf hem als \"13\", \"1/12\" of \"365/7\".",
                    );
                }
                if from == to {
                    self.problem(
                        format!("{path}.to"),
                        format!(
                            "van {} naar {} valt niets om te rekenen",
                            from.dutch(),
                            to.dutch()
                        ),
                        "Haal deze regel weg.",
                    );
                }
                if seen.contains(&(list, from, to)) {
                    self.problem(
                        format!("{path}.to"),
                        format!(
                            "van {} naar {} staat er twee keer in",
                            from.dutch(),
                            to.dutch()
                        ),
                        "Laat één van beide staan.",
                    );
                }
                seen.push((list, from, to));
            }
            for (at, what) in [(Stage::View, "View"), (Stage::Total, "Total")] {
                if !set.roundings.iter().any(|rule| rule.at == at) {
                    self.problem(
                        format!("{path}.roundings"),
                        format!("de afronding bij {what} ontbreekt"),
                        "Zeg hoe bedragen voor de lezer worden afgerond, meestal op centen.",
                    );
                }
            }
            let mut stages: Vec<Stage> = Vec::new();
            for (at, rule) in set.roundings.iter().enumerate() {
                let path = format!("{path}.roundings[{at}]");
                self.check_source(&format!("{path}.source"), &rule.source);
                if rule.rounding.step <= Exact::ZERO
                    || rule.rounding.step.finite_decimal().is_none()
                {
                    self.problem(
                        format!("{path}.rounding.step"),
                        "de stap moet een decimaal getal boven nul zijn",
                        "Schrijf \"0.01\" voor centen of \"0.05\" voor stuivers.",
                    );
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

    /// The provenance of a figure or convention. A confirmation of the municipality makes an
    /// example established there.
    fn provenance(
        &self,
        place: String,
        source: &str,
        status: Status,
        note: Option<&str>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Arc<Provenance> {
        let mut text = match self.file.sources.get(source) {
            Some(known) => match &known.article {
                Some(article) => format!("{}, {article}", known.title),
                None => known.title.clone(),
            },
            None => source.to_owned(),
        };
        let mut status = status;
        if status == Status::Example
            && let Some(confirmed) = self
                .confirmations
                .iter()
                .find(|c| c.covers(&self.file.id, &place))
        {
            status = Status::Established;
            text = format!(
                "{text}; bevestigd door {} ({})",
                confirmed.by, confirmed.decision
            );
        }
        Arc::new(Provenance {
            file: format!("{}, versie {}", self.file.id, self.file.version),
            place,
            source: text,
            status,
            from: from.or(Some(self.file.from)),
            to: to.or(self.file.to),
            note: note.map(str::to_owned),
        })
    }

    fn conventions(&self) -> Vec<ConventionSet> {
        let sets = self.file.conventions.iter();
        sets.map(|set| {
            ConventionSet::new(set, |place, source, status, note| {
                let place = format!("{}: {place}", set.id);
                self.provenance(place, source, status, note, None, None)
            })
        })
        .collect()
    }

    /// Per axis the source of the rule by which it follows from the hours.
    fn follows(&self) -> Vec<Option<Arc<Provenance>>> {
        let axes = self.file.axes.iter();
        axes.map(|axis| {
            let Follows::Aggravation { source, status, .. } = axis.follows.as_ref()?;
            let place = format!("keuze {}", axis.id);
            Some(self.provenance(place, source, *status, None, None, None))
        })
        .collect()
    }

    fn products(&mut self) -> Vec<ProductEntry> {
        let file = self.file;
        let mut entries = Vec::new();
        for (place, product) in file.products.iter().enumerate() {
            let path = format!("products[{place}]");
            let mut axes = Vec::new();
            for (at, id) in product.axes.iter().enumerate() {
                match file.axes.iter().position(|axis| axis.id == *id) {
                    Some(axis) => axes.push(axis),
                    None => self.problem(
                        format!("{path}.axes[{at}]"),
                        format!("as «{id}» bestaat niet"),
                        "Noem een as uit `axes`.",
                    ),
                }
            }
            let conventions = file
                .conventions
                .iter()
                .position(|set| set.id == product.conventions);
            if conventions.is_none() {
                self.problem(
                    format!("{path}.conventions"),
                    format!("afspraken «{}» bestaan niet", product.conventions),
                    "Noem een set uit `conventions`.",
                );
            }
            self.check_agreed(
                &format!("{path}.own_contribution"),
                &product.own_contribution,
            );
            let own = &product.own_contribution;
            let provenance = self.provenance(
                format!("eigen bijdrage {}", product.id),
                &own.source,
                own.status,
                own.note.as_deref(),
                None,
                None,
            );
            let parts = self.parts(place, &path);
            entries.push(ProductEntry {
                id: product.id.clone(),
                label: Arc::from(product.label.as_str()),
                conventions: conventions.unwrap_or(0),
                axes,
                tariffs: Vec::new(),
                ceilings: Vec::new(),
                scales: Vec::new(),
                parts,
                own_contribution: Sourced {
                    value: own.value,
                    provenance,
                },
            });
        }
        for (place, line) in file.tariffs.iter().enumerate() {
            self.tariff(&format!("tariffs[{place}]"), line, &mut entries);
        }
        for (place, line) in file.ceilings.iter().enumerate() {
            self.ceiling(&format!("ceilings[{place}]"), line, &mut entries);
        }
        for (place, scale) in file.scales.iter().enumerate() {
            self.scale(&format!("scales[{place}]"), scale, &mut entries);
        }
        entries
    }

    fn parts(&mut self, place: usize, path: &str) -> Vec<PartEntry> {
        let file = self.file;
        let Some(product) = file.products.get(place) else {
            return Vec::new();
        };
        self.check_unique(
            &format!("{path}.parts"),
            product.parts.iter().map(|part| part.id.as_str()),
        );
        let mut parts = Vec::new();
        for (at, part) in product.parts.iter().enumerate() {
            let path = format!("{path}.parts[{at}]");
            let Some(target) = file
                .products
                .iter()
                .position(|other| other.id == part.product)
            else {
                self.unknown_product(&path, &part.product);
                continue;
            };
            if target == place
                || file
                    .products
                    .get(target)
                    .is_some_and(|p| !p.parts.is_empty())
            {
                self.problem(
                    format!("{path}.product"),
                    "een deel kan niet zelf uit delen bestaan",
                    "Noem een product zonder delen.",
                );
            }
            let Some(fixed) = selection_of(&file.axes, &part.fixed) else {
                self.unknown_choice(&format!("{path}.fixed"));
                continue;
            };
            let at_most = part.at_most.as_ref().map(|limit| {
                self.limit(
                    &format!("{path}.at_most"),
                    limit,
                    format!("grens deel {}", part.id),
                )
            });
            parts.push(PartEntry {
                id: part.id.clone(),
                label: Arc::from(part.label.as_str()),
                product: target,
                fixed,
                at_most,
            });
        }
        parts
    }

    fn limit(&mut self, path: &str, limit: &Limit, place: String) -> SourcedLimit {
        self.check_source(&format!("{path}.source"), &limit.source);
        if limit.volume <= Exact::ZERO {
            self.problem(
                format!("{path}.volume"),
                "de grens moet boven nul liggen",
                "Schrijf bijvoorbeeld \"120\".",
            );
        }
        SourcedLimit {
            volume: limit.volume,
            unit: limit.unit,
            per: limit.per,
            provenance: self.provenance(place, &limit.source, limit.status, None, None, None),
        }
    }

    fn unknown_product(&mut self, path: &str, id: &str) {
        self.problem(
            format!("{path}.product"),
            format!("product «{id}» bestaat niet"),
            "Noem een product uit `products`.",
        );
    }

    fn unknown_choice(&mut self, path: &str) {
        self.problem(
            path,
            "hier staat een as of waarde die niet bestaat",
            "Gebruik de korte namen uit `axes` en hun `values`.",
        );
    }

    /// The place of the product of a line and its condition, if both exist.
    fn target(&mut self, path: &str, product: &str, when: &When) -> Option<(usize, Selection)> {
        let file = self.file;
        let place = file.products.iter().position(|entry| entry.id == product);
        let Some(place) = place else {
            self.unknown_product(path, product);
            return None;
        };
        let selection = selection_of(&file.axes, when);
        if selection.is_none() {
            self.unknown_choice(&format!("{path}.when"));
        }
        for axis in when.keys() {
            let used = file
                .products
                .get(place)
                .is_some_and(|p| p.axes.contains(axis));
            if !used && file.axes.iter().any(|known| known.id == *axis) {
                self.problem(
                    format!("{path}.when"),
                    format!("product «{product}» wordt niet ingedeeld naar «{axis}»"),
                    "Haal de as hier weg of zet haar bij het product onder `axes`.",
                );
            }
        }
        Some((place, selection?))
    }

    fn check_provider(&mut self, path: &str, provider: &str) {
        if provider != IN_KIND && !self.file.providers.iter().any(|kind| kind.id == provider) {
            self.problem(
                path,
                format!("soort zorgverlener «{provider}» bestaat niet"),
                "Noem «zin» of een korte naam uit `providers`.",
            );
        }
    }

    fn tariff(&mut self, path: &str, line: &TariffLine, entries: &mut [ProductEntry]) {
        self.check_provider(&format!("{path}.provider"), &line.provider);
        let Some((place, when)) = self.target(path, &line.product, &line.when) else {
            return;
        };
        if line.strategy == Strategy::FixedAmount && line.per.frequency().is_none() {
            self.problem(
                format!("{path}.per"),
                format!("een vast bedrag per {} kan niet", line.per.singular()),
                "Kies een periode, zoals FourWeeks of Month.",
            );
        }
        let label = self.label(&line.product, &line.provider, when);
        let place_name = format!("tarief {}/{}", line.product, label);
        let values = self.values(path, &line.values, &place_name, line.unit_status, false);
        let Some(entry) = entries.get_mut(place) else {
            return;
        };
        let double = entry
            .tariffs
            .iter()
            .any(|other| other.provider == line.provider && other.when.meets(&when));
        if double {
            self.problem(
                path,
                format!("voor {label} geven twee regels een tarief"),
                "Maak de keuzes onder `when` zo dat maar één regel past.",
            );
        }
        entry.tariffs.push(Tariff {
            provider: line.provider.clone(),
            label: Arc::from(label),
            when,
            strategy: line.strategy,
            per: line.per,
            values,
        });
    }

    fn label(&self, product: &str, provider: &str, when: Selection) -> String {
        let file = self.file;
        let name = file
            .products
            .iter()
            .find(|p| p.id == product)
            .map_or(product, |p| &p.label);
        let provider = match file.providers.iter().find(|kind| kind.id == provider) {
            Some(kind) => kind.label.as_str(),
            None => "zorg in natura",
        };
        let mut label = format!("{name}, {provider}");
        for (place, axis) in file.axes.iter().enumerate() {
            if let Some(value) = when.get(place).and_then(|value| axis.values.get(value)) {
                label.push_str(", ");
                label.push_str(&value.label);
            }
        }
        label
    }

    fn ceiling(&mut self, path: &str, line: &CeilingLine, entries: &mut [ProductEntry]) {
        for (at, provider) in line.providers.iter().enumerate() {
            self.check_provider(&format!("{path}.providers[{at}]"), provider);
        }
        let Some((place, when)) = self.target(path, &line.product, &line.when) else {
            return;
        };
        let label = self.label(&line.product, IN_KIND, when);
        let label = label.replacen(", zorg in natura", "", 1);
        let place_name = format!("plafond {}/{label}", line.product);
        let values = self.values(path, &line.values, &place_name, Status::Established, true);
        let lifted_above = line.lifted_above.as_ref().map(|limit| {
            self.limit(
                &format!("{path}.lifted_above"),
                limit,
                format!("grens plafond {label}"),
            )
        });
        let Some(entry) = entries.get_mut(place) else {
            return;
        };
        let double = entry.ceilings.iter().any(|other| {
            other.when.meets(&when)
                && (other.providers.is_empty()
                    || line.providers.is_empty()
                    || other.providers.iter().any(|p| line.providers.contains(p)))
        });
        if double {
            self.problem(
                path,
                format!("voor {label} geven twee regels een plafond"),
                "Maak `when` of `providers` zo dat maar één regel past.",
            );
        }
        entry.ceilings.push(Ceiling {
            providers: line.providers.clone(),
            when,
            per: line.per,
            values,
            lifted_above,
        });
    }

    /// The values of a line with their dates filled in; gaps and overlaps are problems.
    fn values(
        &mut self,
        path: &str,
        values: &[Value],
        place_name: &str,
        unit_status: Status,
        ceiling: bool,
    ) -> Vec<DatedValue> {
        let file = self.file;
        if values.is_empty() {
            self.problem(
                format!("{path}.values"),
                "er staat geen enkele waarde",
                "Zet er een waarde in, of NotKnown(\"reden\").",
            );
        }
        let mut dated: Vec<DatedValue> = Vec::new();
        for (at, value) in values.iter().enumerate() {
            let path = format!("{path}.values[{at}]");
            self.check_source(&format!("{path}.source"), &value.source);
            let after_previous = || dated.last().and_then(|before| before.to?.tomorrow().ok());
            let from = value.from.or_else(after_previous).unwrap_or(file.from);
            let next = values.get(at.saturating_add(1)).and_then(|next| next.from);
            let until_next = next.and_then(|next| next.yesterday().ok());
            let to = value.to.or_else(|| earliest(until_next, file.to));
            self.check_dates(&path, from, to, dated.last());
            self.check_amount(&format!("{path}.amount"), &value.amount, ceiling);
            let mut transition = None;
            if let Some(kept) = &value.transition {
                if kept.keeps == Kept::Previous && at == 0 {
                    self.problem(
                        format!("{path}.transition.keeps"),
                        "er is geen vorige waarde om te behouden",
                        "Zet de oudere waarde erboven of noem een bedrag.",
                    );
                }
                if let Kept::Amount(amount) = &kept.keeps {
                    self.check_amount(&format!("{path}.transition.keeps"), amount, ceiling);
                }
                transition = Some(kept.clone());
            }
            let overlay = self.overlay(&format!("{path}.amount"), &value.amount);
            let kept_overlay = match value.transition.as_ref().map(|kept| &kept.keeps) {
                Some(Kept::Amount(amount)) => {
                    self.overlay(&format!("{path}.transition.keeps"), amount)
                }
                _ => Selection::NONE,
            };
            let provenance = self.provenance(
                place_name.to_owned(),
                &value.source,
                value.status.max(unit_status),
                value.note.as_deref(),
                Some(from),
                to,
            );
            dated.push(DatedValue {
                from,
                to,
                amount: value.amount.clone(),
                overlay,
                kept_overlay,
                transition,
                provenance,
            });
        }
        dated
    }

    /// The choices that a percentage lays over those of a line.
    fn overlay(&mut self, path: &str, amount: &Amount) -> Selection {
        let Amount::Percent { when, .. } = amount else {
            return Selection::NONE;
        };
        let overlay = selection_of(&self.file.axes, when);
        if overlay.is_none() {
            self.unknown_choice(&format!("{path}.when"));
        }
        overlay.unwrap_or(Selection::NONE)
    }

    fn check_dates(
        &mut self,
        path: &str,
        from: Date,
        to: Option<Date>,
        before: Option<&DatedValue>,
    ) {
        let file = self.file;
        // A catalogue that ends before it starts is told once, at its own dates.
        if file.to.is_some_and(|to| to < file.from) {
            return;
        }
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
        match before.to.and_then(|to| to.tomorrow().ok()) {
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

    fn check_amount(&mut self, path: &str, amount: &Amount, ceiling: bool) {
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
                ..
            } => {
                if percentage.0.is_sign_negative() || percentage.0.is_zero() {
                    self.problem(
                        path,
                        "een percentage moet boven nul zijn",
                        "Vul bijvoorbeeld \"70\" in.",
                    );
                }
                self.check_provider(&format!("{path}.provider"), provider);
                if let Some(product) = product
                    && !self.file.products.iter().any(|known| known.id == *product)
                {
                    self.unknown_product(path, product);
                }
            }
            Amount::NotKnown(reason) if reason.trim().is_empty() => {
                self.problem(
                    path,
                    "de reden ontbreekt",
                    "Schrijf waarom het niet bekend is.",
                );
            }
            Amount::NoMaximum if !ceiling => self.problem(
                path,
                "«geen maximum» hoort alleen bij een plafond",
                "Gebruik hier Euro, Percent, Offer, NotAvailable of NotKnown.",
            ),
            Amount::NotAvailable if ceiling => self.problem(
                path,
                "een plafond kan niet «niet beschikbaar» zijn",
                "Gebruik NoMaximum als er geen maximum is.",
            ),
            _ => {}
        }
    }

    fn scale(&mut self, path: &str, scale: &Scale, entries: &mut [ProductEntry]) {
        let file = self.file;
        self.check_source(&format!("{path}.source"), &scale.source);
        let Some((place, _)) = self.target(path, &scale.product, &When::new()) else {
            return;
        };
        let Some(axis_place) = file.axes.iter().position(|axis| axis.id == scale.axis) else {
            self.unknown_choice(&format!("{path}.axis"));
            return;
        };
        let provenance = self.provenance(
            format!("grenzen {}/{}", scale.product, scale.axis),
            &scale.source,
            scale.status,
            None,
            None,
            None,
        );
        if scale.steps.is_empty() {
            self.problem(
                format!("{path}.steps"),
                "er staat geen enkele stap",
                "Zet er stappen in.",
            );
        }
        let mut steps: Vec<Step> = Vec::new();
        for (at, step) in scale.steps.iter().enumerate() {
            let path = format!("{path}.steps[{at}]");
            let values = file.axes.get(axis_place).map(|axis| axis.values.as_slice());
            let value = values.and_then(|all| all.iter().position(|value| value.id == step.value));
            if value.is_none() {
                self.unknown_choice(&format!("{path}.value"));
            }
            if step.to.is_some_and(|to| to <= step.over) {
                self.problem(
                    format!("{path}.to"),
                    "de bovengrens ligt niet boven de ondergrens",
                    "Vul een bovengrens in die hoger is.",
                );
            }
            if let Some(before) = steps.last() {
                match before.to {
                    Some(to) if to == step.over => {}
                    Some(to) if to < step.over => self.problem(
                        format!("{path}.over"),
                        format!("tussen {to} en {} valt een gat", step.over),
                        "Laat de stappen op elkaar aansluiten.",
                    ),
                    _ => self.problem(
                        format!("{path}.over"),
                        "deze stap overlapt de vorige",
                        "Laat de vorige stap eindigen waar deze begint; alleen de laatste mag open zijn.",
                    ),
                }
            }
            if value.is_some_and(|value| steps.iter().any(|other| other.value == value)) {
                self.problem(
                    format!("{path}.value"),
                    format!("«{}» staat er twee keer in", step.value),
                    "Geef elke waarde één stap.",
                );
            }
            let own = self.provenance(
                format!("rekenuren {}/{}", scale.product, step.value),
                &scale.source,
                step.status.unwrap_or(scale.status),
                None,
                None,
                None,
            );
            steps.push(Step {
                value: value.unwrap_or(0),
                over: step.over,
                to: step.to,
                calculation: step.calculation,
                budget: step.budget,
                provenance: own,
            });
        }
        let Some(entry) = entries.get_mut(place) else {
            return;
        };
        if !entry.axes.contains(&axis_place) || entry.scale(axis_place).is_some() {
            self.problem(
                format!("{path}.axis"),
                format!(
                    "product «{}» kent deze as niet, of heeft er al grenzen voor",
                    scale.product
                ),
                "Geef elk product per as één reeks grenzen.",
            );
            return;
        }
        entry.scales.push(ScaleEntry {
            axis: axis_place,
            measures: scale.measures,
            unit: scale.unit,
            per: scale.per,
            closed: scale.closed,
            steps,
            provenance,
        });
    }

    fn check_endings(&mut self) {
        for (place, ending) in self.file.endings.iter().enumerate() {
            let path = format!("endings[{place}]");
            self.check_source(&format!("{path}.source"), &ending.source);
            if ending.axis.is_some() != ending.value.is_some() {
                self.problem(
                    format!("{path}.value"),
                    "noem `axis` en `value` samen, of geen van beide",
                    "Zonder as eindigt het hele product.",
                );
            }
        }
    }
}
