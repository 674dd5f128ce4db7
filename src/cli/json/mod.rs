//! The calculation as JSON, for other programs. The shape is described in `docs/json.md`: a field is never renamed or
//! dropped within one [`VERSION`]. Amounts and numbers are text, the exact value beside the rounded one.

mod shape;

use super::dossiers::Opened;
use crate::budget::{
    Agreed, Amounts, GrantedPart, Library, LineBudget, Money, PartSegment, ProviderAmount, Segment,
    Total, View, Volume,
};
use crate::catalogue::Catalogue;
use crate::document::{Problem, Severity};
use crate::dossier::{Evaluation, Outcome, Provision, Sum, Sums};
use crate::indication::Hours;
use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::{Figure, Measure, Node, NodeId, Op, Provenance, Trace};
use jiff::civil::Date;
use serde::Serialize;
use shape::{
    AdjustedJson, AssumptionJson, AverageJson, CatalogueJson, CeilingJson, DossierJson,
    GrantedJson, MeasureJson, MunicipalityJson, NormJson, NormPartJson, OverriddenJson,
    OverrideJson, PartJson, ProviderJson, ProvisionJson, RateJson, SegmentJson, SourceJson,
    SumJson, SummaryJson, SumsJson, TermJson, TotalJson, Unread, VolumeJson, YearJson,
};
use std::collections::HashMap;
use std::io;
use std::path::Path;

pub(super) use self::shape::{FigureJson, LineJson, MoneyJson, NodeJson, ProblemJson, ViewJson};

/// Version of the shape.
pub(super) const VERSION: u32 = 1;

/// What stands before the first dossier.
pub(super) fn head() -> String {
    format!("{{\n  \"version\": {VERSION},\n  \"dossiers\": [")
}

/// What stands between two dossiers.
pub(super) const BETWEEN: &str = ",";

/// What stands behind the last dossier.
pub(super) const TAIL: &str = "\n  ]\n}\n";

/// One dossier with its evaluation. Error: it cannot be written as JSON, which would be a fault of the program.
pub(super) fn dossier(
    opened: &Opened,
    evaluation: &Evaluation,
    library: &Library,
    today: Date,
) -> io::Result<String> {
    written(&of_dossier(opened, evaluation, library, today))
}

/// A file that holds no dossier that can be read. Error: as [`dossier`].
pub(super) fn unread(path: &Path, problems: &[Problem]) -> io::Result<String> {
    written(&Unread {
        file: path.display().to_string(),
        problems: problems.iter().map(problem).collect(),
    })
}

/// As an item of the list of dossiers.
pub(super) fn written(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string_pretty(value)?;
    // In JSON a line ends only between two values, so indenting changes nothing in a text.
    Ok(format!("\n    {}", text.replace('\n', "\n    ")))
}

/// A problem, as in a message.
pub(super) fn problem(problem: &Problem) -> ProblemJson {
    ProblemJson {
        severity: match problem.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
        },
        file: problem.file.clone(),
        line: problem.line,
        column: problem.column,
        field: problem.field.clone(),
        message: problem.message.clone(),
        hint: problem.hint.clone(),
    }
}

fn of_dossier<'a>(
    opened: &'a Opened,
    evaluation: &'a Evaluation,
    library: &'a Library,
    today: Date,
) -> DossierJson<'a> {
    let dossier = &opened.dossier;
    let numbers = Numbers::of(&evaluation.trace);
    let municipality = library.catalogues.municipality(&dossier.municipality);
    let lines = dossier.provisions.iter().zip(&evaluation.lines);
    let summary = &evaluation.summary;
    let overridden = dossier.overridden();
    DossierJson {
        file: &opened.file,
        number: &dossier.number,
        municipality: MunicipalityJson {
            code: &dossier.municipality,
            name: municipality.map(|file| file.name.as_str()),
        },
        calculated_on: today,
        decided_on: dossier.dates.decision,
        status: evaluation.status,
        problems: evaluation.problems.iter().map(problem).collect(),
        provisions: lines
            .enumerate()
            .map(|(index, (provision, line))| {
                let granted = &provision.line;
                let answer = library.catalogues.on(&dossier.municipality, granted.from);
                let product = answer
                    .ok()
                    .and_then(|one| one.catalogue.product(&granted.product));
                let label = product.map(|product| &*product.label);
                let path = format!("provisions[{index}].");
                let mine = overridden.iter().filter(|one| one.field.starts_with(&path));
                let mine = mine.map(|one| OverriddenJson {
                    field: one.field.clone(),
                    reason: one.reason.clone(),
                    on: dossier.made(&one.field).map(|made| made.on),
                });
                numbers.provision(label, provision, line.as_ref(), mine.collect())
            })
            .collect(),
        summary: SummaryJson {
            years: summary
                .years
                .iter()
                .map(|year| YearJson {
                    from: year.from,
                    to: year.to,
                    sums: numbers.sums(&year.sums),
                    average_per_month: year.average_per_month.as_ref().map(|average| AverageJson {
                        euro: average.rounded,
                        exact: average.exact,
                        status: average.status,
                        node: numbers.number(average.node),
                    }),
                })
                .collect(),
            years_are_maxima: summary.years_are_maxima,
            term: (summary.term_days.filter(|_| summary.term_is_complete)).map(|(from, to)| {
                TermJson {
                    from,
                    to,
                    sums: numbers.sums(&summary.term),
                }
            }),
        },
        trace: numbers.trace(&evaluation.trace),
    }
}

/// What is in total beside something that comes back.
fn beside<V>(amounts: &Amounts<V>, per: Frequency) -> Option<&V> {
    amounts.once.as_ref().filter(|_| per != Frequency::Total)
}

fn decimal(value: Exact) -> Option<String> {
    value.finite_decimal().map(|decimal| decimal.to_string())
}

/// The number of each node: its place in the trace.
pub(super) struct Numbers(HashMap<NodeId, usize>);

impl Numbers {
    /// See `docs/json.md`.
    pub(super) fn of(trace: &Trace) -> Self {
        Self(
            trace
                .nodes()
                .enumerate()
                .map(|(number, (id, _))| (id, number))
                .collect(),
        )
    }

    fn number(&self, id: NodeId) -> usize {
        self.0.get(&id).copied().unwrap_or(usize::MAX)
    }

    fn sums(&self, sums: &Sums) -> SumsJson {
        let sum = |sum: &Sum| SumJson {
            known: sum.known,
            node: sum.node.map(|node| self.number(node)),
            lines: sum.lines,
            unknown_lines: sum.unknown,
        };
        SumsJson {
            in_kind: sum(&sums.in_kind),
            pgb: sum(&sums.pgb),
            together: sum(&sums.together),
        }
    }

    /// See `docs/json.md`.
    pub(super) fn figure(&self, figure: &Figure<NodeId>) -> FigureJson {
        FigureJson {
            exact: figure.value,
            decimal: decimal(figure.value),
            status: figure.status,
            node: self.number(figure.node),
        }
    }

    /// See `docs/json.md`.
    pub(super) fn money<'a>(&self, money: &'a Money<NodeId>) -> MoneyJson<'a> {
        let figure = money.figure();
        MoneyJson {
            euro: money.euro(),
            exact: figure.map(|figure| figure.value),
            not_known: money.reason().map(|reason| &**reason),
            status: figure.map(|figure| figure.status),
            node: figure.map(|figure| self.number(figure.node)),
        }
    }

    /// The amount that goes with a period; all fields empty when there is none.
    fn of_kind<'a>(&self, amount: &'a Amounts<Money<NodeId>>, per: Frequency) -> MoneyJson<'a> {
        match amount.of(per) {
            Some(money) => self.money(money),
            None => MoneyJson::default(),
        }
    }

    fn total<'a>(&self, total: &'a Total<NodeId>) -> TotalJson<'a> {
        let mut money = self.money(&total.money);
        // The sum before rounding says more than the rounded figure a second time.
        money.exact = money.exact.map(|_| total.exact);
        TotalJson {
            from: total.from,
            to: total.to,
            money,
        }
    }

    fn volume(&self, figure: &Figure<NodeId>, unit: Unit, per: Frequency) -> VolumeJson {
        VolumeJson {
            figure: self.figure(figure),
            unit,
            per,
        }
    }

    fn provision<'a>(
        &self,
        label: Option<&'a str>,
        provision: &'a Provision,
        line: Option<&'a LineBudget<NodeId>>,
        overridden: Vec<OverriddenJson>,
    ) -> ProvisionJson<'a> {
        let granted = &provision.line;
        ProvisionJson {
            product: &granted.product,
            label,
            from: granted.from,
            to: granted.to,
            delivery: if granted.delivery.is_pgb() {
                "Pgb"
            } else {
                "InKind"
            },
            refused: match &provision.outcome {
                Outcome::Refused { ground } => Some(ground),
                Outcome::Granted | Outcome::Withdrawn { .. } => None,
            },
            withdrawn: match &provision.outcome {
                Outcome::Withdrawn { reason } => Some(reason),
                Outcome::Granted | Outcome::Refused { .. } => None,
            },
            overridden,
            activities: (granted.hours.iter())
                .flat_map(|part| match &part.hours {
                    Hours::Activities(rows) => rows.as_slice(),
                    Hours::Typed(_) | Hours::Norm(_) | Hours::Band => &[],
                })
                .collect(),
            budget: line.map(|line| self.line(line)),
        }
    }

    /// See `docs/json.md`.
    pub(super) fn line<'a>(&self, line: &'a LineBudget<NodeId>) -> LineJson<'a> {
        LineJson {
            status: line.status,
            granted_status: line.granted_status,
            calculated: line.is_calculated(),
            offer_used: line.offer_used,
            granted: line.granted.iter().map(|part| self.granted(part)).collect(),
            large_segment: line.large,
            segments: line
                .segments
                .iter()
                .map(|segment| self.segment(segment))
                .collect(),
            years: line.years.iter().map(|total| self.total(total)).collect(),
            years_are_maxima: line.years_are_maxima,
            term: line.term.as_ref().map(|total| self.total(total)),
            open_from: line.open_from,
            endless_from: line.endless_from,
            budget_period: line.budget_period,
        }
    }

    fn granted<'a>(&self, part: &'a GrantedPart<NodeId>) -> GrantedJson<'a> {
        let volume = |volume: &Volume<NodeId>| self.volume(&volume.figure, volume.unit, volume.per);
        let minutes = |figure, per| self.volume(figure, Unit::Minute, per);
        GrantedJson {
            part: part.part.as_deref(),
            label: &part.label,
            volumes: part.volumes.iter().map(volume).collect(),
            together: part.together.as_ref().map(volume),
            norm: part.worked.as_ref().map(|worked| NormJson {
                outcome: self.volume(&worked.in_own_unit, worked.unit.unit(), worked.unit.per()),
                minutes: minutes(&worked.exact, worked.per),
                parts: worked
                    .parts
                    .iter()
                    .map(|part| NormPartJson {
                        part: &part.id,
                        label: &part.name,
                        minutes: minutes(&part.shown, worked.per),
                    })
                    .collect(),
                intensive: worked.aggravated,
                extra_visits_per_week: worked.extra_visits.as_ref().map(|f| self.figure(f)),
                assumes: worked
                    .assumes
                    .iter()
                    .map(|one| AssumptionJson {
                        name: &one.name,
                        choice: &one.choice.value,
                        confirmed: one.is_confirmed(),
                    })
                    .collect(),
            }),
        }
    }

    fn segment<'a>(&self, segment: &'a Segment<NodeId>) -> SegmentJson<'a> {
        let catalogue = &segment.catalogue;
        let views = Frequency::VIEWS.into_iter().zip(&segment.views);
        SegmentJson {
            from: segment.from,
            to: segment.to,
            catalogue: CatalogueJson {
                id: &catalogue.file.id,
                version: &catalogue.file.version,
                file: &catalogue.file_name,
            },
            amount: self.of_kind(&segment.amount, segment.per),
            per: segment.per,
            once: beside(&segment.amount, segment.per).map(|money| self.money(money)),
            views: views
                .filter_map(|(per, view)| {
                    Some(self.view(per, view.as_ref()?, segment.method(per)?))
                })
                .collect(),
            total: self.money(&segment.total),
            parts: segment
                .parts
                .iter()
                .map(|part| self.part(part, catalogue))
                .collect(),
        }
    }

    /// See `docs/json.md`.
    pub(super) fn view<'a>(
        &self,
        per: Frequency,
        view: &View<NodeId>,
        method: &'a str,
    ) -> ViewJson<'a> {
        ViewJson {
            per,
            euro: view.rounded,
            exact: view.exact,
            method,
            status: view.status,
            node: self.number(view.node),
        }
    }

    fn part<'a>(&self, part: &'a PartSegment<NodeId>, catalogue: &'a Catalogue) -> PartJson<'a> {
        let axes = catalogue.file.axes.iter().enumerate();
        PartJson {
            part: part.part.as_deref(),
            label: &part.label,
            choices: axes
                .filter_map(|(place, axis)| {
                    let value = axis.values.get(part.choices.get(place)?)?;
                    Some((axis.id.as_str(), value.id.as_str()))
                })
                .collect(),
            overrides: part
                .overrides
                .iter()
                .filter_map(|made| {
                    let axis = catalogue.file.axes.get(made.axis)?;
                    let value = axis.values.get(made.value)?;
                    Some(OverrideJson {
                        axis: &axis.id,
                        value: &value.id,
                        reason: &made.reason,
                    })
                })
                .collect(),
            amount: self.of_kind(&part.amount, part.per),
            per: part.per,
            once: beside(&part.amount, part.per).map(|money| self.money(money)),
            before_ceiling: part.before_ceiling.of(part.per).map(|f| self.figure(f)),
            ceiling_lifted: part.ceiling_lifted,
            ceiling: part.ceiling.as_ref().map(|(figure, per)| CeilingJson {
                figure: self.figure(figure),
                per: *per,
            }),
            cut: part.cut.of(part.per).map(|figure| self.figure(figure)),
            once_cut: beside(&part.cut, part.per).map(|figure| self.figure(figure)),
            providers: part
                .providers
                .iter()
                .map(|one| self.provider(one, part.per))
                .collect(),
        }
    }

    fn provider<'a>(
        &self,
        provider: &'a ProviderAmount<NodeId>,
        per: Frequency,
    ) -> ProviderJson<'a> {
        ProviderJson {
            provider: provider.provider,
            kind: &provider.kind,
            rate: provider.rate.as_ref().map(|rate| self.rate(rate)),
            adjusted: provider.adjusted.as_ref().map(|adjusted| AdjustedJson {
                own: adjusted.own,
                computed: adjusted.computed.as_ref().map(|rate| self.rate(rate)),
            }),
            volume: provider.volume.of(per).map(|figure| self.figure(figure)),
            before_ceiling: (provider.before_ceiling.as_ref())
                .and_then(|before| before.of(per))
                .map(|money| self.money(money)),
            once_before_ceiling: (provider.before_ceiling.as_ref())
                .and_then(|before| beside(before, per))
                .map(|money| self.money(money)),
            amount: self.of_kind(&provider.amount, per),
            once: beside(&provider.amount, per).map(|money| self.money(money)),
            once_volume: beside(&provider.volume, per).map(|figure| self.figure(figure)),
            agreed: provider.agreed.map(|agreed| match agreed {
                Agreed::Lower => "Lower",
                Agreed::NotLower => "NotLower",
                Agreed::NotUsed => "NotUsed",
            }),
            total: self.money(&provider.total),
        }
    }

    fn rate(&self, (figure, per): &(Figure<NodeId>, Unit)) -> RateJson {
        RateJson {
            figure: self.figure(figure),
            per: *per,
        }
    }

    /// See `docs/json.md`.
    pub(super) fn trace<'a>(&self, trace: &'a Trace) -> Vec<NodeJson<'a>> {
        trace
            .nodes()
            .map(|(id, node)| self.node(trace, id, node))
            .collect()
    }

    fn node<'a>(&self, trace: &'a Trace, id: NodeId, node: &'a Node) -> NodeJson<'a> {
        let children = trace.children(node).iter();
        NodeJson {
            id: self.number(id),
            label: node.label,
            subject: node.subject.as_deref(),
            from: node.dates.map(|(from, _)| from),
            to: node.dates.map(|(_, to)| to),
            measure: measure(node.measure),
            exact: node.value,
            decimal: decimal(node.value),
            status: node.status,
            operation: operation(&node.op),
            children: children.map(|child| self.number(*child)).collect(),
            input: match &node.op {
                Op::Input(field) => Some(field),
                _ => None,
            },
            counted: match &node.op {
                Op::Count(from, to) => Some([*from, *to]),
                _ => None,
            },
            rounding: match &node.op {
                Op::Round(rounding) => Some(*rounding),
                _ => None,
            },
            source: node.provenance().map(|provenance| source(provenance)),
        }
    }
}

fn source(provenance: &Provenance) -> SourceJson<'_> {
    SourceJson {
        file: &provenance.file,
        place: &provenance.place,
        source: &provenance.source,
        from: provenance.from,
        to: provenance.to,
        note: provenance.note.as_deref(),
    }
}

fn measure(measure: Measure) -> MeasureJson {
    let (name, unit, per) = match measure {
        Measure::Euro => ("Euro", None, None),
        Measure::EuroPerUnit(unit) => ("EuroPerUnit", Some(unit), None),
        Measure::EuroPer(per) => ("EuroPer", None, Some(per)),
        Measure::Volume(unit) => ("Volume", Some(unit), None),
        Measure::VolumePer(unit, per) => ("VolumePer", Some(unit), Some(per)),
        Measure::Number => ("Number", None, None),
        Measure::Percent => ("Percent", None, None),
        Measure::Days => ("Days", None, None),
        Measure::Weeks => ("Weeks", None, None),
        Measure::Periods => ("Periods", None, None),
    };
    MeasureJson {
        measure: name,
        unit,
        per,
    }
}

fn operation(op: &Op) -> &'static str {
    match op {
        Op::Input(_) => "Input",
        Op::Figure(_) => "Figure",
        Op::Convention(_) => "Convention",
        Op::Definition(_) => "Definition",
        Op::Count(..) => "Count",
        Op::Add => "Add",
        Op::Subtract => "Subtract",
        Op::Multiply => "Multiply",
        Op::Divide => "Divide",
        Op::Percent => "Percent",
        Op::Least => "Least",
        Op::Greatest => "Greatest",
        Op::Round(_) => "Round",
        Op::Choose => "Choose",
    }
}
