//! A municipality: who decides, where to write to, and what it confirmed.

use crate::document::Problem;
use crate::national::{PriorProvision, priors};
use crate::trace::Status;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A municipality file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MunicipalityFile {
    /// Format version, now 1.
    pub format: u32,
    /// CBS code of four digits.
    pub code: String,
    /// `Leiden`.
    pub name: String,
    /// `Gemeente Leiden`, as sender.
    pub sender: String,
    /// On whose behalf decisions are taken.
    pub college: String,
    /// Example until somebody filled in the true addresses.
    pub status: Status,
    /// Where the addresses come from.
    pub source: String,
    /// Where the department can be reached.
    pub office: Office,
    /// Where an objection goes.
    pub objection: Office,
    /// Whether the letter carries the BSN; otherwise the client number.
    #[serde(default)]
    pub bsn_on_letter: bool,
    /// The municipality's own regulation, as cited in letters.
    pub regulation: String,
    /// How long a running pgb keeps its amount when its tariff becomes lower (R16); absent: nobody set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower_tariff: Option<LowerTariff>,
    /// How its letters look.
    #[serde(default, skip_serializing_if = "HouseStyle::is_empty")]
    pub style: HouseStyle,
    /// Neighbourhoods that a client can live in.
    #[serde(default)]
    pub neighbourhoods: Vec<String>,
    /// What goes before a tailored provision here, beside the list of the program.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prior_provisions: Vec<PriorProvision>,
    /// What the municipality confirmed.
    #[serde(default)]
    pub confirmations: Vec<Confirmation>,
}

/// The time that a client gets to get used to a lower tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LowerTariff {
    /// So many months at least, from the decision.
    pub months: u8,
    /// Where that stands.
    pub source: String,
}

/// How the letters of a municipality look. The typeface is that of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HouseStyle {
    /// The logo on the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// The colour of headings as `#RRGGBB`; absent: that of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headings: Option<String>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// The name of a PNG file beside the municipality file.
    pub file: String,
    /// What it shows, for who hears the letter: `Wapen van Leiden`.
    pub text: String,
}

impl HouseStyle {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Red, green and blue of headings; nothing where they are not set, or not as `#RRGGBB`.
    pub fn heading_colour(&self) -> Option<[u8; 3]> {
        let digits = self.headings.as_deref()?.strip_prefix('#')?;
        let part = |at: usize| {
            let end = at.checked_add(2)?;
            u8::from_str_radix(digits.get(at..end)?, 16).ok()
        };
        let whole = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        whole.then_some([part(0)?, part(2)?, part(4)?])
    }

    fn check(&self, problems: &mut Vec<Problem>) {
        if let Some(logo) = &self.logo {
            let path = std::path::Path::new(&logo.file);
            if path.file_name() != Some(path.as_os_str()) {
                problems.push(
                    Problem::error(format!("«{}» is geen naam van een bestand", logo.file))
                        .field("style.logo.file")
                        .hint("Zet het logo naast het gemeentebestand, en noem alleen de naam, zoals \"logo.png\"."),
                );
            }
            if logo.text.trim().is_empty() {
                problems.push(
                    Problem::error("er staat niet bij wat het logo voorstelt")
                        .field("style.logo.text")
                        .hint("Schrijf het op voor wie de brief laat voorlezen, zoals \"Wapen van Leiden\"."),
                );
            }
        }
        if let Some(colour) = &self.headings {
            let problem = match self.heading_colour() {
                None => Problem::error(format!("«{colour}» is geen kleur"))
                    .hint("Schrijf de kleur als # met zes tekens, zoals \"#0B5CAD\"."),
                Some(colour) if is_dark(colour) => return,
                Some(_) => Problem::error(format!("de kleur {colour} is te licht voor koppen"))
                    .hint("Kies een donkerder kleur: koppen zijn anders slecht te lezen op wit papier."),
            };
            problems.push(problem.field("style.headings"));
        }
    }
}

/// Whether text of this colour stands out 4.5 to 1 from white, as WCAG asks. Computed with squares in the place of the
/// power 2.4 of sRGB, which takes a colour for lighter than it is: what passes here, passes there.
fn is_dark(colour: [u8; 3]) -> bool {
    let light = colour
        .iter()
        .zip([2126_u64, 7152, 722])
        .map(|(part, weight)| {
            let part = u64::from(*part);
            part.saturating_mul(part).saturating_mul(weight)
        });
    // 1.05 / 4.5 − 0.05 of the light of white, which is 255 × 255 × 10,000.
    light.fold(0_u64, u64::saturating_add) <= 119_212_500
}

/// An address with telephone and mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Department.
    pub name: String,
    /// Street and number, or P.O. box.
    pub street: String,
    /// Postcode and place.
    pub place: String,
    /// Telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Mail address or web form.
    #[serde(default)]
    pub online: Option<String>,
}

/// A municipality says that a figure or convention of a catalogue is right: from then on it
/// counts as established there (domain.md 6.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Id of the catalogue or table.
    pub catalogue: String,
    /// What: the name that the tariff screen shows, or its beginning up to a colon, slash or comma;
    /// or `alles`.
    pub what: String,
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
    /// By which decision.
    pub decision: String,
}

impl Confirmation {
    /// Whether this is about that place of that file.
    pub fn covers(&self, file: &str, place: &str) -> bool {
        let within = |rest: &str| rest.is_empty() || rest.starts_with([':', '/', ',']);
        let named = || place.strip_prefix(self.what.as_str()).is_some_and(within);
        self.catalogue == file && (self.what == "alles" || named())
    }
}

/// Whether this is a CBS code: four digits.
pub(super) fn is_code(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())
}

impl MunicipalityFile {
    /// Problems of the content, each with its field.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !is_code(&self.code) {
            problems.push(
                Problem::error(format!("«{}» is geen gemeentecode", self.code))
                    .field("code")
                    .hint("Een CBS-code heeft vier cijfers, zoals \"0546\"."),
            );
        }
        for (field, text) in [
            ("name", &self.name),
            ("sender", &self.sender),
            ("college", &self.college),
            ("regulation", &self.regulation),
        ] {
            if text.trim().is_empty() {
                problems.push(
                    Problem::error("dit veld is leeg")
                        .field(field)
                        .hint("Vul het in."),
                );
            }
        }
        if let Some(given) = &self.lower_tariff
            && given.source.trim().is_empty()
        {
            problems.push(
                Problem::error("er staat niet bij waar deze overgang is vastgesteld")
                    .field("lower_tariff.source")
                    .hint("Noem het artikel van de verordening of het besluit."),
            );
        }
        self.style.check(&mut problems);
        self.check_priors(&mut problems);
        for (place, confirmation) in self.confirmations.iter().enumerate() {
            for (field, text) in [
                ("what", &confirmation.what),
                ("by", &confirmation.by),
                ("decision", &confirmation.decision),
            ] {
                if text.trim().is_empty() {
                    problems.push(
                        Problem::error("een bevestiging zegt wat, door wie en bij welk besluit")
                            .field(format!("confirmations[{place}].{field}"))
                            .hint("Vul het in."),
                    );
                }
            }
        }
        problems
    }

    /// Each prior provision of its own has a short name that nothing else has, and says what it is.
    fn check_priors(&self, problems: &mut Vec<Problem>) {
        let national = priors().unwrap_or_default();
        for (place, one) in self.prior_provisions.iter().enumerate() {
            let at = |field: &str| format!("prior_provisions[{place}].{field}");
            for (field, text) in [
                ("id", &one.id),
                ("label", &one.label),
                ("about", &one.about),
            ] {
                if text.trim().is_empty() {
                    problems.push(
                        Problem::error("dit veld is leeg")
                            .field(at(field))
                            .hint("Vul het in."),
                    );
                }
            }
            let before = self.prior_provisions.iter().take(place);
            if national
                .iter()
                .chain(before)
                .any(|known| known.id == one.id)
            {
                problems.push(
                    Problem::error(format!("de voorziening «{}» is er al", one.id))
                        .field(at("id"))
                        .hint("Kies een andere korte naam. De lijst van het programma heeft deze al, of hij staat er twee keer."),
                );
            }
        }
    }

    /// What goes before a tailored provision: the list of the program, then the municipality's own.
    /// Errors: the list of the program cannot be read.
    pub fn priors(&self) -> Result<Vec<&PriorProvision>, Vec<Problem>> {
        Ok(priors()?.iter().chain(&self.prior_provisions).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prior_provision_of_its_own_comes_behind_the_list_and_a_mistake_is_told_at_its_field() {
        let text = include_str!("../../assets/catalogues/gemeente-leiden.ron");
        let mut file: MunicipalityFile =
            crate::document::read("gemeente-leiden.ron", text.as_bytes()).unwrap();
        let own = |id: &str, about: &str| PriorProvision {
            id: id.to_owned(),
            label: "Maaltijddienst".to_owned(),
            about: about.to_owned(),
        };
        file.prior_provisions = vec![own("maaltijd", "Warm eten aan huis.")];
        assert_eq!(file.check(), []);
        let list = file.priors().unwrap();
        assert_eq!(list.last().unwrap().id, "maaltijd");
        assert_eq!(list.first().unwrap().id, "mantelzorgondersteuning");
        file.prior_provisions = vec![
            own("wlz", "Dubbel."),
            own("maaltijd", " "),
            own("maaltijd", "Eten."),
        ];
        let told = file.check();
        let fields: Vec<&str> = told.iter().map(|problem| problem.field.as_str()).collect();
        let expected = [
            "prior_provisions[0].id",
            "prior_provisions[1].about",
            "prior_provisions[2].id",
        ];
        assert_eq!(fields, expected);
    }
}
