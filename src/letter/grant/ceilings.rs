//! Where a ceiling of the catalogue cuts a pgb: what it would have been without it. It must not work out amounts.

use super::super::blocks::Block;
use super::words::{self, date};
use super::{amount, paragraph};
use crate::budget::Segment;
use crate::texts::Sentences;
use crate::trace::{Measure, NodeId, shown};
use jiff::civil::Date;

/// One paragraph for each ceiling that cuts, with its days where it does not hold all the time.
pub(super) fn told(say: &Sentences, segments: &[Segment<NodeId>]) -> Vec<Block> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut once = Vec::new();
    for segment in segments {
        for part in &segment.parts {
            let Some((ceiling, per)) = &part.ceiling else {
                continue;
            };
            let ceiling = shown(ceiling.value, Measure::EuroPer(*per));
            let (before, cut) = (&part.before_ceiling, &part.cut);
            if let (Some(before), Some(_)) = (&before.once, &cut.once) {
                let values = [
                    ("ceiling", ceiling.as_str()),
                    ("before", &shown(before.value, Measure::Euro)),
                    ("from", &date(segment.from)),
                    ("to", &date(segment.to)),
                ];
                once.push(paragraph(say.of("pgb_ceiling_once"), &values));
            }
            if let (Some(before), Some(_), Some(after)) =
                (&before.recurring, &cut.recurring, &part.amount.recurring)
            {
                let cuts = Cuts {
                    part: (segment.parts.len() > 1).then(|| words::mid(&part.label)),
                    ceiling,
                    before: shown(before.value, Measure::EuroPer(part.per)),
                    after: amount(after, part.per),
                };
                match stretches.iter_mut().rfind(|other| other.cuts == cuts) {
                    Some(same) if same.to.tomorrow().ok() == Some(segment.from) => {
                        same.to = segment.to;
                    }
                    _ => stretches.push(Stretch {
                        cuts,
                        from: segment.from,
                        to: segment.to,
                    }),
                }
            }
        }
    }
    let whole = segments.first().zip(segments.last());
    let whole = whole.map(|(first, last)| (first.from, last.to));
    let told = stretches.iter().map(|stretch| stretch.told(say, whole));
    told.chain(once).collect()
}

/// What a ceiling does to the amount of one part, in words.
#[derive(PartialEq)]
struct Cuts {
    /// Only where there are several.
    part: Option<String>,
    ceiling: String,
    before: String,
    after: String,
}

/// The days in which it does the same.
struct Stretch {
    cuts: Cuts,
    from: Date,
    to: Date,
}

impl Stretch {
    fn told(&self, say: &Sentences, whole: Option<(Date, Date)>) -> Block {
        let all_the_time = whole == Some((self.from, self.to));
        let text = match (all_the_time, self.cuts.part.is_some()) {
            (true, false) => say.of("pgb_ceiling"),
            (true, true) => say.of("pgb_ceiling_part"),
            (false, false) => say.of("pgb_ceiling_days"),
            (false, true) => say.of("pgb_ceiling_part_days"),
        };
        let values = [
            ("ceiling", self.cuts.ceiling.as_str()),
            ("before", &self.cuts.before),
            ("after", &self.cuts.after),
            ("part", self.cuts.part.as_deref().unwrap_or_default()),
            ("from", &date(self.from)),
            ("to", &date(self.to)),
        ];
        paragraph(text, &values)
    }
}
