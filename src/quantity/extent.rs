//! Extent: how much of what, how often.

use super::{Exact, Minutes};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a tariff is for, or what is granted (domain: units of a tariff).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Minute.
    Minute,
    /// Hour, 60 minutes.
    Hour,
    /// Dagdeel, a part of a day: 4 hours (SVB).
    Dagdeel,
    /// Etmaal: a day and a night.
    Etmaal,
    /// Day.
    Day,
    /// Week.
    Week,
    /// Four weeks, 28 days.
    FourWeeks,
    /// Calendar month.
    Month,
    /// Calendar year.
    Year,
    /// Once, for the whole.
    Once,
    /// Piece.
    Piece,
    /// Point of a scale whose worth in time is not published.
    Point,
}

impl Unit {
    /// The period that this unit is, for a fixed amount per period.
    pub fn frequency(self) -> Option<Frequency> {
        Some(match self {
            Self::Day | Self::Etmaal => Frequency::Day,
            Self::Week => Frequency::Week,
            Self::FourWeeks => Frequency::FourWeeks,
            Self::Month => Frequency::Month,
            Self::Year => Frequency::Year,
            Self::Once => Frequency::Total,
            _ => return None,
        })
    }

    /// How many minutes are in one, by definition: minute 1, hour 60, dagdeel 240.
    pub fn minutes(self) -> Option<i64> {
        match self {
            Self::Minute => Some(1),
            Self::Hour => Some(60),
            Self::Dagdeel => Some(240),
            _ => None,
        }
    }

    /// How many of `self` one `other` is, by definition; nothing when they do not compare.
    pub fn per(self, other: Self) -> Option<Exact> {
        if self == other {
            return Some(Exact::ONE);
        }
        Exact::from(other.minutes()?)
            .div(self.minutes()?.into())
            .ok()
    }

    /// Dutch, one of them: `uur`.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Minute => "minuut",
            Self::Hour => "uur",
            Self::Dagdeel => "dagdeel",
            Self::Etmaal => "etmaal",
            Self::Day => "dag",
            Self::Week => "week",
            Self::FourWeeks => "4 weken",
            Self::Month => "maand",
            Self::Year => "jaar",
            Self::Once => "keer",
            Self::Piece => "stuk",
            Self::Point => "punt",
        }
    }

    /// Dutch, more of them: `uur`, `dagdelen`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Minute => "minuten",
            Self::Hour => "uur",
            Self::Dagdeel => "dagdelen",
            Self::Etmaal => "etmalen",
            Self::Day => "dagen",
            Self::Week => "weken",
            Self::FourWeeks => "× 4 weken",
            Self::Month => "maanden",
            Self::Year => "jaar",
            Self::Once => "keer",
            Self::Piece => "stuks",
            Self::Point => "punten",
        }
    }
}

/// How often an extent or an amount comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Frequency {
    /// Per day.
    Day,
    /// Per week.
    Week,
    /// Per two weeks (R06).
    TwoWeeks,
    /// Per 4 weeks.
    FourWeeks,
    /// Per month.
    Month,
    /// Per year.
    Year,
    /// In total over the whole term: neither band nor views (decisions 13).
    Total,
}

impl Frequency {
    /// The four views of a rate, smallest first.
    pub const VIEWS: [Self; 4] = [Self::Week, Self::FourWeeks, Self::Month, Self::Year];

    /// The most days that one such period can have; nothing for what is in total.
    pub const fn most_days(self) -> Option<i64> {
        Some(match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::TwoWeeks => 14,
            Self::FourWeeks => 28,
            Self::Month => 31,
            Self::Year => 366,
            Self::Total => return None,
        })
    }

    /// How many times `self` goes into `other` by definition: weeks and days among themselves,
    /// months and years among themselves. Between the two groups a catalogue must say how.
    pub fn per(self, other: Self) -> Option<Exact> {
        // Days, or months: numbers of one kind compare.
        let length = |frequency| match frequency {
            Self::Day => Some((true, 1_u8)),
            Self::Week => Some((true, 7)),
            Self::TwoWeeks => Some((true, 14)),
            Self::FourWeeks => Some((true, 28)),
            Self::Month => Some((false, 1)),
            Self::Year => Some((false, 12)),
            Self::Total => None,
        };
        if self == other {
            return Some(Exact::ONE);
        }
        let ((kind, one), (other_kind, other)) = (length(self)?, length(other)?);
        (kind == other_kind).then_some(Exact::ratio(i32::from(other), u32::from(one)))
    }

    /// The period alone, in Dutch: `week`, `4 weken`.
    pub fn period(self) -> &'static str {
        let dutch = self.dutch();
        dutch.strip_prefix("per ").unwrap_or(dutch)
    }

    /// Dutch: `per week`.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Day => "per dag",
            Self::Week => "per week",
            Self::TwoWeeks => "per 2 weken",
            Self::FourWeeks => "per 4 weken",
            Self::Month => "per maand",
            Self::Year => "per jaar",
            Self::Total => "in totaal",
        }
    }
}

/// Volume × unit × frequency: `174 minutes per week`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extent {
    /// How many; zero or more.
    #[serde(with = "plain_decimal")]
    pub volume: Decimal,
    /// Of what.
    pub unit: Unit,
    /// How often.
    pub per: Frequency,
}

impl Extent {
    /// So many whole minutes.
    pub fn minutes(minutes: Minutes, per: Frequency) -> Self {
        Self {
            volume: Decimal::from(minutes.0),
            unit: Unit::Minute,
            per,
        }
    }
}

mod plain_decimal {
    use rust_decimal::Decimal;
    use serde::Deserialize as _;
    use std::borrow::Cow;

    pub fn serialize<S: serde::Serializer>(value: &Decimal, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(value)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Decimal, D::Error> {
        let text = <Cow<'de, str>>::deserialize(input)?;
        crate::quantity::parse_plain_decimal(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_time_convert_by_definition_and_others_do_not() {
        assert_eq!(Unit::Minute.per(Unit::Hour), Some(Exact::from(60)));
        assert_eq!(Unit::Hour.per(Unit::Minute), Some(Exact::ratio(1, 60)));
        assert_eq!(Unit::Hour.per(Unit::Dagdeel), Some(Exact::from(4)));
        assert_eq!(Unit::Hour.per(Unit::Point), None);
        assert_eq!(Unit::Hour.per(Unit::Etmaal), None);
    }

    #[test]
    fn weeks_never_become_months_without_a_convention() {
        assert_eq!(
            Frequency::Week.per(Frequency::FourWeeks),
            Some(Exact::from(4))
        );
        assert_eq!(Frequency::Month.per(Frequency::Year), Some(Exact::from(12)));
        assert_eq!(Frequency::Week.per(Frequency::Month), None);
        assert_eq!(Frequency::FourWeeks.per(Frequency::Year), None);
        assert_eq!(Frequency::Total.per(Frequency::Year), None);
    }
}
