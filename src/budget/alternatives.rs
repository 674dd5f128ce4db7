//! The same line in other delivery forms: in kind, and as a pgb per kind of care provider.

use super::{Inputs, LineBudget, Money, evaluate};
use crate::catalogue::file::IN_KIND;
use crate::indication::{CareProvider, Delivery, Line};
use crate::quantity::{Euro, Frequency};
use crate::trace::Silent;
use std::sync::Arc;

/// One way to deliver the line, with what it comes to.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// `zin` or the short name of a kind of provider.
    pub id: String,
    /// Dutch name.
    pub label: Arc<str>,
    /// Whether this is how the line stands now.
    pub chosen: bool,
    /// What it comes to; without an amount when it is not possible or not known.
    pub budget: LineBudget<()>,
}

impl Alternative {
    /// The one large figure with its period.
    pub fn amount(&self) -> Option<(&Money<()>, Frequency)> {
        self.budget.main_amount()
    }

    /// The total over the whole term.
    pub fn term(&self) -> Option<Euro> {
        self.budget.term.as_ref()?.money.euro()
    }
}

/// The line in kind and as a pgb with one provider of each kind that the catalogue knows on its
/// first day. Kinds that the product does not have carry the reason in their problems.
pub fn alternatives(inputs: &Inputs<'_>, line: &Line) -> Vec<Alternative> {
    let Ok(answer) = inputs.library.catalogues.on(inputs.municipality, line.from) else {
        return Vec::new();
    };
    let catalogue = answer.catalogue;
    let kinds = catalogue.file.providers.iter().map(|kind| kind.id.as_str());
    let current = match &line.delivery {
        Delivery::InKind { .. } => Some(IN_KIND),
        Delivery::Pgb { providers } => match providers.as_slice() {
            [one] => Some(one.kind.as_str()),
            _ => None,
        },
    };
    std::iter::once(IN_KIND)
        .chain(kinds)
        .map(|id| {
            let chosen = current == Some(id);
            let budget = if chosen {
                evaluate(inputs, line, &mut Silent)
            } else {
                let delivery = if id == IN_KIND {
                    Delivery::InKind {
                        provider: String::new(),
                    }
                } else {
                    Delivery::Pgb {
                        providers: vec![CareProvider {
                            name: String::new(),
                            kind: id.to_owned(),
                            share: Vec::new(),
                            from: None,
                            to: None,
                            agreed: None,
                            set_rate: None,
                        }],
                    }
                };
                evaluate(
                    inputs,
                    &Line {
                        delivery,
                        ..line.clone()
                    },
                    &mut Silent,
                )
            };
            let label = catalogue.provider_name(id);
            Alternative {
                id: id.to_owned(),
                label,
                chosen,
                budget,
            }
        })
        .collect()
}
