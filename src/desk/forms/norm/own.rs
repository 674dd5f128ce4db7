//! Minutes that a person fills in beside the norm, with the period that they are over.

use egui::Ui;

use crate::desk::editing::{Place, Rejected};
use crate::desk::forms::Form;
use crate::desk::typing;
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::mark::Origin;
use crate::dossier::Dossier;
use crate::norms::OwnMinutes;
use crate::quantity::Frequency;
use crate::quantity::dutch::{DurationUnit, minutes};

/// The periods over which minutes are granted.
pub(super) fn periods() -> Vec<Choice<Frequency>> {
    [
        Frequency::Week,
        Frequency::TwoWeeks,
        Frequency::FourWeeks,
        Frequency::Month,
        Frequency::Year,
    ]
    .map(|per| Choice::new(per, per.dutch()))
    .to_vec()
}

/// Minutes with their own period, and whether they take the place of a value of the norm; none for an empty text.
pub(super) fn own_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (place, label): (Place, &'static str),
    (own, origin): (Option<OwnMinutes>, Origin),
    apply: impl FnOnce(&mut Dossier, Option<OwnMinutes>),
) {
    let at = place.field("minutes");
    let per = own.map_or(Frequency::Week, |own| own.per);
    let text = own.map_or_else(String::new, |own| minutes(own.minutes));
    let field = Field::new(at, label).width(Width::Middle);
    let field = match (own, origin) {
        (None, _) => field.hint("uit de norm"),
        (Some(_), Origin::Adjusted) => field.origin(
            origin,
            "In plaats van de waarde van de norm, met een reden.",
        ),
        (Some(_), _) => field.origin(origin, "De norm heeft hiervoor geen waarde."),
    };
    form.anchor_ui(ui, place, at);
    let typed = form.field_ui(ui, at, field, &text, signed_minutes);
    if let Some(typed) = typed {
        let own = typed.map(|minutes| OwnMinutes { minutes, per });
        form.change(label, |dossier| apply(dossier, own));
    } else if let Some(own) = own {
        form.list_ui(
            ui,
            (place.field("per"), "Hoe vaak", Width::Middle),
            (Some(&per), ""),
            &periods(),
            |dossier, per| apply(dossier, Some(OwnMinutes { per, ..own })),
        );
    }
}

/// Minutes that may be less than nothing: a factor can take time off.
fn signed_minutes(text: &str) -> Result<Option<i64>, Rejected> {
    let text = text.trim();
    match text.strip_prefix(['-', '−']) {
        Some(rest) => {
            let minutes = typing::minutes(rest, DurationUnit::Minutes)?;
            Ok(minutes.map(i64::saturating_neg))
        }
        None => typing::minutes(text, DurationUnit::Minutes),
    }
}
