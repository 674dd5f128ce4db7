//! Hours by goal and activity: the time of each is checked by itself, and what has the same unit and period is added.

use super::Volume;
use super::hours::too_large;
use super::walk::Stop;
use crate::document::Problem;
use crate::indication::Activity;
use crate::quantity::Exact;
use crate::trace::{Calculator, Leaf, Measure, Step, Tracer};
use smallvec::SmallVec;
use std::sync::Arc;

/// The extents of these activities together, one for each unit and period. Errors: a problem at the field of a row.
pub(super) fn activities<T: Tracer>(
    rows: &[Activity],
    calc: &mut Calculator<'_, T>,
) -> Result<SmallVec<[Volume<T::Node>; 1]>, Stop> {
    if rows.is_empty() {
        return Err(Problem::error("er is nog geen activiteit")
            .hint("Vul in wat er wordt gedaan, en hoeveel tijd dat kost.")
            .into());
    }
    let mut sums: SmallVec<[Volume<T::Node>; 1]> = SmallVec::new();
    for (place, row) in rows.iter().enumerate() {
        for (text, field, what) in [
            (&row.goal, "goal", "het doel"),
            (&row.activity, "activity", "de activiteit"),
        ] {
            if text.trim().is_empty() {
                return Err(Problem::error(format!("{what} ontbreekt"))
                    .field(format!("[{place}].{field}"))
                    .hint("Schrijf het op in een paar gewone woorden. Het komt in de brief.")
                    .into());
            }
        }
        let (unit, per) = (row.extent.unit, row.extent.per);
        let measure = Measure::VolumePer(unit, per);
        let field = format!("[{place}].extent.volume");
        if row.extent.volume <= rust_decimal::Decimal::ZERO {
            return Err(Problem::error("de tijd moet meer dan nul zijn")
                .field(field)
                .hint("Vul een aantal boven nul in, of haal de activiteit weg.")
                .into());
        }
        let subject: Option<Arc<str>> = T::KEEPS.then(|| Arc::from(row.activity.trim()));
        let step = Step {
            subject: subject.as_ref(),
            ..Step::new("tijd", measure)
        };
        let typed = Leaf::Input(format_args!("[{place}].extent.volume"));
        let figure = calc.leaf(step, typed, Exact::from(row.extent.volume));
        let known = sums
            .iter_mut()
            .find(|sum| (sum.unit, sum.per) == (unit, per));
        match known {
            Some(sum) => {
                let step = Step::new("tijd van de activiteiten samen", measure);
                let added = calc.add(step, sum.figure, figure);
                sum.figure = added.map_err(|error| too_large(error, &field))?;
            }
            None => sums.push(Volume { figure, unit, per }),
        }
    }
    Ok(sums)
}
