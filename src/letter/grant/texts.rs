//! The sentences of a grant letter that go with its tables and its calculation; all others are templates
//! ([`crate::texts`]).
//!
//! In a sentence `{name}` is filled in and `*` begins and ends what is stressed. Plain Dutch (B1), to the reader as
//! "u". Hard words are explained at the end of a letter ([`crate::plain`]).

// The first page.
pub(super) const HEADING_FROM: &str = "{what}, vanaf {from}";
pub(super) const HEADING_REFUSED_PGB: &str = "Pgb voor {what}";
pub(super) const PROVIDER_OPEN: &str = "nog niet bekend";

// What is granted.
pub(super) const HOW_MUCH: &str = "Hoeveel hulp u krijgt";
pub(super) const AMOUNT_OF_HELP: &str = "U krijgt *{extent}*. ";
pub(super) const AMOUNT_OF_PART: &str = "Voor {part} krijgt u *{extent}*. ";
pub(super) const VISITS: &str = "De hulp komt {visits} vaker dan normaal. ";
pub(super) const HEAVIER: &str = "*Wat het voor u zwaarder maakt.* {text}";
pub(super) const CHOICES: &str = "Bij uw hulp hoort:";
pub(super) const CHOICE: &str = "{axis}: *{value}*";
pub(super) const CHOICE_MEANING: &str = "{axis}: *{value}* ({meaning})";
pub(super) const NORM: &str = "Wij hebben {time} berekend met het normenkader “{norm}”, versie {version}. Een normenkader is een lijst met de tijd die hulp meestal kost. De bron is: {source}. In de tabel staat wat bij u meetelt, en waarom:";
pub(super) const NORM_AGAIN: &str =
    "Ook {time} hebben wij berekend met het normenkader “{norm}”, versie {version}:";
pub(super) const NORM_BASE: &str = "uitgangspunt van de norm";
pub(super) const NORM_DEVIATES: &str = "{reason} Hier wijken wij af van de norm.";
pub(super) const NORM_OWN: &str = "{reason} De norm heeft hiervoor geen waarde.";
pub(super) const NORM_VISITS: &str = "{reason} Dit geeft geen extra tijd.";
pub(super) const NORM_OUTCOME: &str = "De uitkomst van de norm is {sum}. ";
pub(super) const NORM_RESTATED: &str = "De uitkomst van de norm is {sum}. Dat is {exact}. ";
pub(super) const NORM_ROUNDED: &str = "Wij hebben dat {rounded}. Zo komen wij op *{granted}*.";
pub(super) const NORM_EXACT: &str = "Zo komen wij op *{granted}*.";
pub(super) const NORM_PARTS: &str = "Per onderdeel is dat: {parts}. Samen is dat {granted}.";
pub(super) const NORM_TWO_DECIMALS: &str =
    "Getallen met twee cijfers achter de komma zijn hier afgerond. In de bijlage staan ze precies.";
pub(super) const ABOUT: &str = "ongeveer {value}";
pub(super) const WITHOUT_NORM: &str =
    "Dit is niet met een normenkader berekend. Het volgt uit ons onderzoek naar uw situatie. ";
pub(super) const WITHOUT_NORM_PART: &str = "De tijd voor {part} is niet met een normenkader berekend. Die tijd volgt uit ons onderzoek naar uw situatie. ";
pub(super) const POINTS: &str = "Hoeveel tijd één punt is, is niet bekendgemaakt. ";
pub(super) const FROM_BAND: &str = "Deze tijd hoort bij de bandbreedte die u krijgt. ";

// The pgb.
pub(super) const PGB: &str = "Uw pgb";
pub(super) const PGB_WHAT: &str =
    "Een pgb is geld waarmee u zelf hulp koopt. *Waarvoor het is.* {purpose}";
pub(super) const PGB_QUALITY: &str = "*Eisen aan de hulp.* {quality}";
pub(super) const PGB_AMOUNT: &str =
    "U krijgt *{amount}*. In de tabel staat voor welke hulp dat bedrag is:";
pub(super) const PGB_AMOUNTS: &str = "Het bedrag is niet in elke periode gelijk. In de tabel staat welk bedrag u krijgt, en voor welke hulp:";
pub(super) const PGB_LINE: &str =
    "Hoe wij aan dit bedrag komen, staat in de bijlage bij regel {lines}.";
pub(super) const PGB_NO_RATE: &str =
    "Dit is een vast bedrag {per}. Er is geen uurtarief. U krijgt het bedrag voor {extent}.";
pub(super) const PGB_MONTH: &str = "Omgerekend is dat {amount} per maand (zo berekend: {method}).";
pub(super) const PGB_CEILING: &str = "Er geldt een hoogste bedrag: {ceiling}. Zonder die grens was het {before}. U krijgt daarom {after}.";
pub(super) const PGB_CEILING_PART: &str = "Voor {part} geldt een hoogste bedrag: {ceiling}. Zonder die grens was het {before}. U krijgt daarvoor {after}.";
pub(super) const PGB_CEILING_DAYS: &str = "Van {from} tot en met {to} geldt een hoogste bedrag: {ceiling}. Zonder die grens was het {before}. U krijgt dan {after}.";
pub(super) const PGB_CEILING_PART_DAYS: &str = "Van {from} tot en met {to} geldt voor {part} een hoogste bedrag: {ceiling}. Zonder die grens was het {before}. U krijgt daarvoor dan {after}.";
pub(super) const PGB_CEILING_ONCE: &str = "Er geldt een hoogste bedrag: {ceiling}. Van {from} tot en met {to} was het bedrag in totaal zonder die grens {before}. Door de grens krijgt u minder.";
pub(super) const PGB_HEAVIEST: &str = "U heeft verschillende soorten zorgverleners. Dan geldt voor alle hulp het bedrag van de zwaarste soort die op die dag helpt.";
pub(super) const PGB_IN_TABLE: &str = "In de tabel staat welk bedrag u krijgt, en voor welke hulp:";
pub(super) const PGB_KNOWN: &str = "Dit is uw pgb voor de dagen waarvan het tarief bekend is:";
pub(super) const PGB_TOTAL: &str = "Dit is uw pgb over de hele periode:";
pub(super) const PGB_YEARS: &str = "Dit is uw pgb per kalenderjaar:";
pub(super) const PGB_YEARS_MAXIMA: &str = "Dit is uw pgb per kalenderjaar. Elk bedrag is het hoogste bedrag in dat jaar; u kunt de bedragen niet bij elkaar optellen:";
pub(super) const PGB_NO_TOTAL_ENDLESS: &str = "Uw pgb heeft geen einddatum. Daarom staat hier geen totaal. De jaren hierna zijn nog niet berekend; de tabel loopt tot en met {last}.";
pub(super) const PGB_OPEN: &str = "Let op: tarief na {last} nog niet vastgesteld. De bedragen in deze brief lopen daarom tot en met {last}. Uw pgb loopt wel door. U krijgt bericht over het bedrag zodra het tarief bekend is.";
pub(super) const PERIOD_CALENDAR_YEAR: &str = "U mag het geld gebruiken in het kalenderjaar waarvoor het is. Wat u overhoudt, gaat niet mee naar het volgende jaar.";
pub(super) const PERIOD_WHOLE_TERM: &str =
    "U mag het geld verdelen over de hele periode van uw pgb.";
pub(super) const PERIOD_MONTH: &str = "U mag het geld gebruiken in de maand waarvoor het is. Wat u overhoudt, gaat niet mee naar de volgende maand.";
pub(super) const AGREED_LOWER: &str = "Met {who} heeft u een tarief afgesproken van {rate}. Dat is lager dan ons tarief. Daarom geldt uw afspraak.";
pub(super) const AGREED_NOT_LOWER: &str = "Met {who} heeft u een tarief afgesproken van {rate}. Dat is niet lager dan ons tarief. Daarom geldt ons tarief.";
pub(super) const AGREED_SOMETIMES: &str = "Met {who} heeft u een tarief afgesproken van {rate}. Op de dagen dat dit lager is dan ons tarief, geldt uw afspraak.";
pub(super) const AGREED_NOT_USED: &str =
    "Met {who} heeft u een tarief afgesproken van {rate}. Wij rekenen met ons eigen tarief.";
pub(super) const FREE: &str = "*Vrij te besteden.* {free}";
pub(super) const NO_FREE: &str = "*Vrij te besteden.* Er is geen bedrag dat u mag besteden zonder uit te leggen waaraan. U legt over het hele pgb verantwoording af.";
pub(super) const WAGE: &str =
    "*Vast maandloon.* U mag met uw zorgverlener een vast loon per maand afspreken.";
pub(super) const NO_WAGE: &str = "*Vast maandloon.* U mag met uw zorgverlener geen vast loon per maand afspreken. U betaalt alleen voor hulp die echt is gegeven.";

// The stamp.
pub(super) const CONCEPT: &str = "CONCEPT";
pub(super) const CONCEPT_REASON: &str = "met voorbeeldgegevens";
pub(super) const DRAFT_REASON: &str = "nog geen besluit";
pub(in crate::letter) const NOT_SENT_REASON: &str = "nog niet verstuurd";

// Names of lines of the appendix.
pub(super) const LINE_GRANTED: &str = "Toegekend: {what}";
pub(super) const LINE_RATE: &str = "Tarief: {who}";
pub(super) const LINE_CEILING: &str = "Plafond {per}: {what}";
pub(super) const LINE_VOLUME: &str = "Hulp {per}: {who}";
pub(super) const LINE_SHARE: &str = "Bedrag {per}: {who}";
pub(super) const LINE_AMOUNT: &str = "Uw bedrag {per}, {from} tot en met {to}";
pub(super) const LINE_MONTH: &str = "Omgerekend naar een maand";
pub(super) const LINE_WHOLE_YEAR: &str = "Omgerekend naar een jaar";
pub(super) const LINE_YEAR: &str = "Uw pgb in {year}, {from} tot en met {to}";
pub(super) const LINE_BEFORE: &str = "Tijd zonder verzwarende omstandigheden";
pub(super) const LINE_PART: &str = "Tijd voor {part}, {per}";
pub(super) const LINE_KNOWN: &str =
    "Uw pgb, voor zover het tarief bekend is, {from} tot en met {to}";
pub(super) const LINE_TERM: &str = "Uw pgb over de hele periode, {from} tot en met {to}";

// The appendix.
pub(super) const APPENDIX: &str = "Bijlage: hoe wij hebben gerekend";
pub(super) const APPENDIX_INTRO: &str = "Met deze bijlage kunt u alles narekenen. Elke regel heeft een nummer. Onder elke regel staat hoe wij rekenen. Staat er “regel 1”, neem dan de uitkomst van regel 1. Een letter zoals [a] wijst naar een bron onder aan de bijlage. Een plafond is een hoogste bedrag.";
pub(super) const APPENDIX_ROUNDING: &str = "Wij ronden alleen af waar dat staat. Staat er niet bij of dat naar boven of naar beneden is? Dan gaat precies de helft naar boven. Drie puntjes (…) betekenen dat er nog meer cijfers achter de komma komen. Dan staat erbij wat het precies is, als breuk.";
pub(super) const APPENDIX_EXACT: &str = "{formula}; precies {exact}";
pub(super) const APPENDIX_SOURCES: &str = "Bronnen";
pub(super) const APPENDIX_SOURCE: &str = "{source} (bestand {file})";
pub(super) const APPENDIX_SOURCE_EXAMPLE: &str = "*Voorbeeld:* {source} (bestand {file})";
pub(super) const APPENDIX_SCALE: &str = "*{axis} {value}* is {edges}. {time}";
pub(super) const APPENDIX_SCALE_SAME: &str = "*{axis}: {value}.* {time}";
pub(super) const APPENDIX_ASSUMES: &str = "Het normenkader gaat uit van deze keuzes:";
pub(super) const APPENDIX_CHOSEN: &str = "Dit hebben wij gekozen na ons onderzoek.";
pub(super) const APPENDIX_OVERRIDDEN: &str =
    "{time} Wij wijken hier af; de reden staat in de brief.";
pub(super) const WITHOUT_AGGRAVATION: &str = "{edges}, zonder verzwarende omstandigheden";
pub(super) const APPENDIX_GRANTED_TIME: &str = "Wij kijken hiervoor naar de toegekende tijd.";
pub(super) const APPENDIX_BEFORE: &str = "Bij u is dat {time}.";
pub(super) const APPENDIX_BEFORE_LINE: &str = "Bij u is dat {time} (regel {number}).";
