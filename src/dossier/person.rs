//! People as the BRP names them, and how a letter addresses them.
//!
//! Name line (aanschrijfwijze) and salutation (aanhef) follow the tables of the BRP, in words of Haal Centraal BRP
//! bevragen: `aanschrijfwijze/niet-adellijk.feature`, `aanhef/summary.feature`, `naam/voorletters.feature`. Titles of
//! nobility and academic titles are not in these tables.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::Problem;
use crate::quantity::dutch::capital;

/// Which names somebody goes by (BRP 61.10 aanduiding naamgebruik; iWmo COD700).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NameUse {
    /// The own name: BRP E, iWmo 1.
    #[default]
    Own,
    /// The partner's name: BRP P, iWmo 2.
    Partner,
    /// The partner's name before the own name: BRP V, iWmo 3.
    PartnerOwn,
    /// The partner's name after the own name: BRP N, iWmo 4.
    OwnPartner,
}

impl NameUse {
    /// All, in the order of a choice on screen.
    pub const ALL: [NameUse; 4] = [
        NameUse::Own,
        NameUse::Partner,
        NameUse::PartnerOwn,
        NameUse::OwnPartner,
    ];

    /// The name on screen.
    pub fn label(self) -> &'static str {
        match self {
            NameUse::Own => "eigen naam",
            NameUse::Partner => "naam partner",
            NameUse::PartnerOwn => "naam partner voor eigen naam",
            NameUse::OwnPartner => "naam partner na eigen naam",
        }
    }

    /// Whether the partner's name is part of it.
    pub fn needs_partner(self) -> bool {
        self != NameUse::Own
    }
}

/// Sex as registered (BRP 04.10 geslachtsaanduiding).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// BRP M.
    Male,
    /// BRP V.
    Female,
    /// BRP O: unknown, or not to be used.
    #[default]
    Unknown,
}

impl Sex {
    /// All, in the order of a choice on screen.
    pub const ALL: [Sex; 3] = [Sex::Female, Sex::Male, Sex::Unknown];

    /// The name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Sex::Male => "man",
            Sex::Female => "vrouw",
            Sex::Unknown => "onbekend",
        }
    }
}

/// A person: names, sex and date of birth. The default is a person who is still to be filled in.
///
/// Names are as the BRP writes them: prefixes (voorvoegsels) apart from the surname. An empty text or a single full stop
/// is a name that is not known.
///
/// ```
/// use maatwerk::dossier::person::{NameUse, Person, Sex};
/// let person = Person {
///     initials: "J.".to_owned(),
///     prefix: "in het".to_owned(),
///     surname: "Veld".to_owned(),
///     partner_prefix: "van".to_owned(),
///     partner_surname: "Velzen".to_owned(),
///     name_use: NameUse::PartnerOwn,
///     sex: Sex::Female,
///     ..Person::default()
/// };
/// assert_eq!(person.name_line().as_deref(), Some("J. van Velzen-in het Veld"));
/// assert_eq!(person.salutation().as_deref(), Some("Geachte mevrouw Van Velzen-in het Veld"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Person {
    /// Initials as they are printed: `J.R.`; a given name of one letter has no full stop (see [`initials`]).
    pub initials: String,
    /// Prefix of the own surname: `van der`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// Own surname (geslachtsnaam), without prefix.
    pub surname: String,
    /// Prefix of the partner's surname.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub partner_prefix: String,
    /// Surname of the partner, or of a former partner whose name is still used.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub partner_surname: String,
    /// Which of the names are used.
    pub name_use: NameUse,
    /// Sex, for the salutation.
    pub sex: Sex,
    /// Date of birth; `None` is not filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
}

/// The initials of given names (BRP voorletters): the first letter of each with a full stop; a name of one letter has
/// none, and then a space before the next: `Jo Rene` is `J.R.`, `Suzie Q` is `S.Q`, `J P` is `J P`.
pub fn initials(given_names: &str) -> String {
    let mut initials = String::new();
    for name in given_names.split_whitespace() {
        let mut letters = name.chars();
        if !initials.is_empty() && !initials.ends_with('.') {
            initials.push(' ');
        }
        initials.extend(letters.next());
        if letters.next().is_some() {
            initials.push('.');
        }
    }
    initials
}

impl Person {
    /// The name above the address (aanschrijfwijze): `C.T. Groenlo-Groenen`. It begins with a capital.
    ///
    /// A partner's name that is to be used but not known gives the own name alone. `None` if the own name is needed and
    /// not known.
    pub fn name_line(&self) -> Option<String> {
        let name = self.used_name()?;
        Some(capital(&spaced(&[&self.initials, &name])))
    }

    /// How a letter begins (aanhef): `Geachte mevrouw In het Veld-van Velzen`, without a comma. With sex unknown the
    /// initials take the place of "heer" or "mevrouw". A prefix right behind either begins with a capital.
    ///
    /// `None` where [`Person::name_line`] is.
    pub fn salutation(&self) -> Option<String> {
        let name = self.used_name()?;
        let starts_with_surname = spaced(&[self.first_prefix()]).is_empty();
        let capital = |name: String| {
            if starts_with_surname {
                name
            } else {
                capital(&name)
            }
        };
        Some(match self.sex {
            Sex::Male => format!("Geachte heer {}", capital(name)),
            Sex::Female => format!("Geachte mevrouw {}", capital(name)),
            Sex::Unknown if self.initials.trim().is_empty() => format!("Geachte {}", capital(name)),
            Sex::Unknown => format!("Geachte {}", spaced(&[&self.initials, &name])),
        })
    }

    /// Which names are used in fact: the partner's only where it is known.
    fn effective_use(&self) -> NameUse {
        if is_known(&self.partner_surname) {
            self.name_use
        } else {
            NameUse::Own
        }
    }

    /// Prefixes and surnames by the table of the BRP, without initials.
    fn used_name(&self) -> Option<String> {
        let own = is_known(&self.surname).then(|| spaced(&[&self.prefix, &self.surname]));
        let partner = spaced(&[&self.partner_prefix, &self.partner_surname]);
        Some(unspaced_hyphens(&match self.effective_use() {
            NameUse::Own => own?,
            NameUse::Partner => partner,
            NameUse::PartnerOwn => format!("{partner}-{}", own?),
            NameUse::OwnPartner => format!("{}-{partner}", own?),
        }))
    }

    /// The prefix with which [`Person::used_name`] begins.
    fn first_prefix(&self) -> &str {
        match self.effective_use() {
            NameUse::Own | NameUse::OwnPartner => &self.prefix,
            NameUse::Partner | NameUse::PartnerOwn => &self.partner_prefix,
        }
    }

    /// What is missing or cannot be, each at its own field; `today` bounds the date of birth. Lengths are those of the
    /// BRP and iWmo (surname 200, prefix 10).
    pub fn problems(&self, today: Date) -> Vec<Problem> {
        let mut problems = Vec::new();
        let needs_own = self.effective_use() != NameUse::Partner;
        if needs_own && !is_known(&self.surname) {
            problems.push(
                Problem::error("de achternaam ontbreekt")
                    .field("surname")
                    .hint("Vul de achternaam in."),
            );
        }
        let odd = |c: char| !(c.is_alphabetic() || matches!(c, '.' | ' ' | '-' | '\'' | '’'));
        if self.initials.contains(odd) {
            problems.push(
                Problem::error("de voorletters hebben een teken dat daar niet hoort")
                    .field("initials")
                    .hint("Schrijf letters met punten: J.R."),
            );
        }
        if self.name_use.needs_partner() && !is_known(&self.partner_surname) {
            problems.push(
                Problem::warning(
                    "de naam van de partner ontbreekt, de brief gebruikt de eigen naam",
                )
                .field("partner_surname")
                .hint("Vul de achternaam van de partner in of kies eigen naam."),
            );
        }
        let names = [
            ("surname", &self.surname, 200),
            ("partner_surname", &self.partner_surname, 200),
            ("prefix", &self.prefix, 10),
            ("partner_prefix", &self.partner_prefix, 10),
        ];
        for (field, name, most) in names {
            if name.trim().chars().count() > most {
                let message = format!("deze naam is langer dan {most} tekens");
                problems.push(
                    Problem::error(message)
                        .field(field)
                        .hint("Kort de naam af zoals de BRP doet."),
                );
            }
        }
        if self.birth_date.is_some_and(|born| born > today) {
            problems.push(
                Problem::error("de geboortedatum ligt in de toekomst")
                    .field("birth_date")
                    .hint("Kijk het jaar na."),
            );
        }
        problems
    }
}

/// Whether a surname is known; the BRP writes a full stop for one that is not.
fn is_known(surname: &str) -> bool {
    !matches!(surname.trim(), "" | ".")
}

/// The words of the parts with one space between them.
fn spaced(parts: &[&str]) -> String {
    parts
        .iter()
        .flat_map(|part| part.split_whitespace())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The name without spaces around its hyphens.
fn unspaced_hyphens(name: &str) -> String {
    name.split('-').map(str::trim).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::document::{self, Severity};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Tables {
        #[expect(dead_code, reason = "stands in the file for who reads it")]
        source: String,
        initials: Vec<(String, String)>,
        names: Vec<NameRow>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct NameRow {
        #[expect(dead_code, reason = "stands in the file for who reads it")]
        from: String,
        #[serde(default)]
        given_names: String,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        surname: String,
        #[serde(default)]
        partner_prefix: String,
        #[serde(default)]
        partner_surname: String,
        #[serde(default)]
        sex: Sex,
        uses: Vec<NameUse>,
        #[serde(default)]
        name_line: Option<String>,
        #[serde(default)]
        salutation: Option<String>,
        /// Neither a name line nor a salutation can be made.
        #[serde(default)]
        refused: bool,
    }

    fn tables() -> Tables {
        let bytes = include_bytes!("../../fixtures/published/aanschrijfwijze.ron");
        document::read("aanschrijfwijze.ron", bytes).expect("fixture")
    }

    #[test]
    fn every_published_name_gives_its_published_initials() {
        for (given_names, expected) in tables().initials {
            assert_eq!(initials(&given_names), expected, "{given_names}");
        }
    }

    #[test]
    fn every_published_person_gets_the_published_name_line_and_salutation() {
        let mut checked = 0;
        for row in tables().names {
            for name_use in row.uses {
                let person = Person {
                    initials: initials(&row.given_names),
                    prefix: row.prefix.clone(),
                    surname: row.surname.clone(),
                    partner_prefix: row.partner_prefix.clone(),
                    partner_surname: row.partner_surname.clone(),
                    name_use,
                    sex: row.sex,
                    birth_date: None,
                };
                if row.refused {
                    assert_eq!(
                        (person.name_line(), person.salutation()),
                        (None, None),
                        "{person:?}"
                    );
                    assert_eq!(person.problems(date(2026, 1, 1))[0].field, "surname");
                    checked += 1;
                }
                for (expected, found) in [
                    (&row.name_line, person.name_line()),
                    (&row.salutation, person.salutation()),
                ] {
                    if expected.is_some() {
                        assert_eq!(*expected, found, "{person:?}");
                        checked += 1;
                    }
                }
            }
        }
        assert!(checked > 75, "{checked}");
    }

    #[test]
    fn stray_spaces_leave_no_trace() {
        let person = Person {
            initials: " J. ".to_owned(),
            prefix: " van  der ".to_owned(),
            surname: " Berg - Smit ".to_owned(),
            sex: Sex::Male,
            ..Person::default()
        };
        assert_eq!(person.name_line().as_deref(), Some("J. van der Berg-Smit"));
        assert_eq!(
            person.salutation().as_deref(),
            Some("Geachte heer Van der Berg-Smit")
        );
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        let today = date(2026, 3, 2);
        let told = |change: fn(&mut Person)| {
            let mut person = Person {
                surname: "Groenen".to_owned(),
                initials: "A.Ö.".to_owned(),
                ..Person::default()
            };
            change(&mut person);
            person
                .problems(today)
                .into_iter()
                .map(|problem| (problem.field, problem.severity))
                .collect::<Vec<_>>()
        };
        let error = |field: &str| vec![(field.to_owned(), Severity::Error)];
        assert_eq!(told(|_| ()), []);
        assert_eq!(told(|p| p.surname = String::new()), error("surname"));
        assert_eq!(told(|p| p.surname = ".".to_owned()), error("surname"));
        assert_eq!(told(|p| p.surname = "x".repeat(201)), error("surname"));
        assert_eq!(told(|p| p.initials = "J.2".to_owned()), error("initials"));
        assert_eq!(
            told(|p| p.prefix = "van der den".to_owned()),
            error("prefix")
        );
        assert_eq!(told(|p| p.birth_date = Some(date(2026, 3, 2))), []);
        assert_eq!(
            told(|p| p.birth_date = Some(date(2026, 3, 3))),
            error("birth_date")
        );
        assert_eq!(
            told(|p| p.name_use = NameUse::Partner),
            [("partner_surname".to_owned(), Severity::Warning)]
        );
    }

    proptest! {
        #[test]
        fn a_person_written_is_the_person_read(
            initials in any::<String>(), prefix in any::<String>(), surname in any::<String>(),
            name_use in prop::sample::select(NameUse::ALL.to_vec()), sex in prop::sample::select(Sex::ALL.to_vec()),
            year in prop::option::of(1900..2030_i16),
        ) {
            let birth_date = year.map(|year| date(year, 2, 28));
            let person = Person { initials, prefix, surname, name_use, sex, birth_date, ..Person::default() };
            let text = ron::to_string(&person).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(document::read::<Person>("x.ron", text.as_bytes()).ok(), Some(person));
        }

        #[test]
        fn no_line_has_double_spaces_or_spaces_around_a_hyphen(
            initials in "[A-Z. ]{0,5}", prefix in "[a-z ]{0,8}", surname in "[A-Z][A-Za-z -]{0,8}[a-z]",
            name_use in prop::sample::select(NameUse::ALL.to_vec()), sex in prop::sample::select(Sex::ALL.to_vec()),
        ) {
            let person = Person {
                initials, prefix: prefix.clone(), surname: surname.clone(), partner_prefix: prefix, partner_surname: surname,
                name_use, sex, birth_date: None,
            };
            for line in [person.name_line(), person.salutation()].into_iter().flatten() {
                prop_assert!(!line.contains("  ") && !line.contains(" -") && !line.contains("- "), "{line}");
                prop_assert_eq!(line.trim(), &line);
            }
        }
    }
}
