//! The texts that the program brings along.

macro_rules! texts {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../assets/letters/", $name)))),*]
    };
}

/// Names and contents.
pub(super) const TEXTS: &[(&str, &str)] = texts! {
    "afwijking.txt"
    "beeindiging.txt"
    "beroep.txt"
    "besluit.txt"
    "bezwaar.txt"
    "bezwaarbesluit.txt"
    "eigen-bijdrage.txt"
    "groet.txt"
    "grond.txt"
    "heronderzoek.txt"
    "kader-periode.txt"
    "kader-wijziging.txt"
    "kader.txt"
    "kenmerk.txt"
    "kenmerken-bericht.txt"
    "kenmerken.txt"
    "meer-tijd.txt"
    "moeilijke-woorden.txt"
    "motivering.txt"
    "namen.txt"
    "natura.txt"
    "omzetting.txt"
    "ondertekening.txt"
    "onderzoek.txt"
    "ontvangst.txt"
    "overzicht.txt"
    "pgb-plichten.txt"
    "regels.txt"
    "slot.txt"
    "stelselwijziging.txt"
    "tarief.txt"
    "tijdelijk.txt"
    "van-naar.txt"
    "veranderingen.txt"
    "verlenging.txt"
    "verslag.txt"
    "voet-bericht.txt"
    "voet.txt"
    "voorziening.txt"
    "vragen.txt"
    "wijziging.txt"
    "zinnen.txt"
};

/// What stands in one of them.
pub(super) fn text(name: &str) -> Option<&'static str> {
    let mut texts = TEXTS.iter();
    let found = texts.find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}
