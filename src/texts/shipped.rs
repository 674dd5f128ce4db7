//! The texts that the program brings along.

macro_rules! texts {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../assets/letters/", $name)))),*]
    };
}

/// Names and contents.
pub(super) const TEXTS: &[(&str, &str)] = texts! {
    "besluit.txt"
    "afwijking.txt"
    "bezwaar.txt"
    "eigen-bijdrage.txt"
    "kader.txt"
    "kader-periode.txt"
    "kenmerk.txt"
    "kenmerken.txt"
    "moeilijke-woorden.txt"
    "motivering.txt"
    "natura.txt"
    "ondertekening.txt"
    "onderzoek.txt"
    "pgb-plichten.txt"
    "regels.txt"
    "slot.txt"
    "veranderingen.txt"
    "verslag.txt"
    "voorziening.txt"
    "vragen.txt"
};

/// What stands in one of them.
pub(super) fn text(name: &str) -> Option<&'static str> {
    let mut texts = TEXTS.iter();
    let found = texts.find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}
