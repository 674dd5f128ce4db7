//! The sentences of a grant letter, apart from what decides when they are used.
//!
//! In a sentence `{name}` is filled in and `*` begins and ends what is stressed. Plain Dutch (B1), to the reader as
//! "u". Hard words are explained at the end of a letter ([`crate::plain`]).

/// Language of every letter.
pub(in crate::letter) const LANGUAGE: &str = "nl-NL";

// The first page.
pub(super) const TITLE_IN_KIND: &str = "U krijgt {what}";
pub(super) const TITLE_PGB: &str = "U krijgt een pgb voor {what}";
pub(super) const TITLE_REFUSED: &str = "U krijgt geen {what}";
pub(super) const TITLE_WITHDRAWN: &str = "Uw {what} is ingetrokken";
pub(super) const TITLE_SEVERAL: &str = "Besluit over uw aanvraag voor hulp van de gemeente";
pub(super) const DOCUMENT_TITLE: &str = "Besluit Wmo 2015: {titel}";
pub(super) const FOOTER: &str = "Besluit Wmo 2015, {kenmerk}";
pub(super) const FOOTER_NUMBER: &str = "Besluit {number}, Wmo 2015, {kenmerk}";
pub(super) const NUMBER: &str = "kenmerk {number}";
pub(in crate::letter) const NO_NUMBER: &str = "nog zonder kenmerk";
pub(super) const OPEN_IN_KIND: &str = "*U krijgt {what} van de gemeente, als zorg in natura.* ";
pub(super) const OPEN_PGB: &str =
    "*U krijgt {what} van de gemeente, met een persoonsgebonden budget (pgb).* ";
pub(super) const OPEN_REFUSED: &str = "*U krijgt van de gemeente geen {what}.* ";
pub(super) const OPEN_WITHDRAWN: &str = "*Wij trekken uw {what} in.* ";
pub(super) const OPENING: &str = "Dat hebben wij besloten op {decision}. U heeft op {report} bij ons gemeld dat u hulp nodig heeft. Op {application} heeft u een aanvraag gedaan. In deze brief leest u wat ons besluit is en waarom wij het nemen.";
pub(super) const HEADING_FROM: &str = "{what}, vanaf {from}";
pub(super) const HEADING_REFUSED_PGB: &str = "Pgb voor {what}";
pub(super) const DECISION: &str = "Ons besluit";
pub(super) const GRANTED_IN_KIND: &str = "*toegekend*, als zorg in natura";
pub(super) const GRANTED_PGB: &str = "*toegekend*, met een persoonsgebonden budget (pgb)";
pub(super) const REFUSED: &str = "*afgewezen*";
pub(super) const WITHDRAWN: &str = "*ingetrokken*";
pub(super) const FROM_TO: &str = "van *{from}* tot en met *{to}*";
pub(super) const FROM: &str = "vanaf *{from}*, zonder einddatum";
pub(super) const CALL: &str = "*Vragen?* Bel {who}, telefoon *{telephone}*.";
pub(super) const CALL_MAIL: &str =
    "*Vragen?* Bel {who}, telefoon *{telephone}*, of mail naar {mail}.";
pub(super) const PROVIDER_OPEN: &str = "nog niet bekend";
pub(in crate::letter) const NOT_SENT: &str = "nog niet verzonden";
pub(in crate::letter) const NO_CLIENT_NUMBER: &str = "nog niet bekend";
pub(super) const NO_BSN: &str = "nog niet bekend";

// What is granted.
pub(super) const MOVED_END: &str =
    "*De einddatum is veranderd.* Eerst kreeg u deze hulp tot en met {was}. {reason}";
pub(super) const MOVED_END_OPEN: &str =
    "*De einddatum is veranderd.* Eerst had deze hulp geen einddatum. {reason}";
pub(super) const RESULTS: &str = "Wat u met deze hulp bereikt";
pub(super) const ACTIVITIES: &str = "Wat er wordt gedaan";
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
pub(super) const WHO: &str = "Wie u helpt";
pub(super) const IN_KIND: &str = "U krijgt de hulp van *{provider}*. De gemeente betaalt deze zorgaanbieder. U hoeft daarvoor niets te doen.";
pub(super) const IN_KIND_OPEN: &str = "Het is nog niet bekend welke zorgaanbieder u gaat helpen. Uw contactpersoon spreekt dit met u af. De gemeente betaalt de zorgaanbieder.";
pub(super) const IN_KIND_UNKNOWN_PRICE: &str = "De prijs die de gemeente hiervoor betaalt, is nog niet bekend. Dat verandert niets aan de hulp die u krijgt.";
pub(super) const IN_KIND_OPEN_TAIL: &str = "Voor de prijs die de gemeente betaalt geldt: tarief na {last} nog niet vastgesteld. Dat verandert niets aan de hulp die u krijgt.";

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
pub(super) const SVB: &str = "Zo werkt uw pgb";
pub(super) const SVB_ACCOUNT: &str = "U krijgt het geld niet op uw eigen rekening. Wij zetten het klaar bij de Sociale Verzekeringsbank (SVB). De SVB betaalt uw zorgverleners.";
pub(super) const SVB_STEPS: &str = "Dit doet u zelf:";
pub(super) const SVB_CONTRACT: &str = "U maakt met elke zorgverlener een schriftelijke zorgovereenkomst. Een zorgovereenkomst is een contract over de hulp en het loon. Gebruik het model van de SVB: {models}. De SVB en wij keuren het contract goed.";
pub(super) const SVB_CLAIM: &str = "Uw zorgverlener geeft u binnen 6 weken na elke maand een declaratie. Dat is een rekening met de gewerkte uren en het tarief. U controleert die en zet uw handtekening. Stuur haar binnen 4 weken naar de SVB.";
pub(super) const SVB_PAYS: &str = "De SVB betaalt binnen 30 dagen.";
pub(super) const SVB_KEEP: &str = "Bewaar uw contracten en declaraties. Wij kunnen ernaar vragen.";
pub(super) const MODEL_INSTITUTION: &str = "“zorginstelling” voor {who}";
pub(super) const MODEL_ASSIGNMENT: &str = "“opdracht” voor {who}";
pub(super) const MODEL_EMPLOYMENT: &str = "“arbeidsovereenkomst” voor {who}";
pub(super) const MODEL_INFORMAL: &str = "“partner of familielid” voor {who}, of “arbeidsovereenkomst” als het geen partner of familielid is";
pub(super) const ALL_PGBS: &str = "Al uw pgb’s zijn samen {amount} over de hele periode. Dat zijn de totalen van elk pgb bij elkaar.";

// The reasons.
pub(super) const REASONS: &str = "Waarom wij dit besluiten";
pub(super) const LIMITATIONS: &str = "*Wat u niet zelf kunt.* {text}";
pub(super) const OWN_STRENGTH: &str = "*Wat u zelf kunt.* {text}";
pub(super) const CUSTOMARY_HELP: &str = "*Hulp van huisgenoten (gebruikelijke hulp).* {text}";
pub(super) const PRIOR: &str = "*Andere hulp.* {text}";
pub(super) const WHY: &str = "*Daarom.* {text}";
pub(super) const GROUND: &str = "*Waarom niet.* {text}";
pub(super) const DEVIATIONS: &str = "*Waar wij afwijken.* {text}";
pub(super) const DEVIATES_CHOICE: &str = "Wij kiezen voor {axis} “{value}”. {reason}";
pub(super) const DEVIATES_CEILING: &str = "Wij geven meer dan het gewone hoogste bedrag. {reason}";
pub(super) const NO_DEVIATION: &str =
    "*Waar wij afwijken.* Wij wijken niet af van onze gewone regels.";
pub(super) const NO_DEVIATION_NORM: &str =
    "*Waar wij afwijken.* Wij wijken niet af van de norm en niet van onze gewone regels.";
pub(super) const INVESTIGATION: &str = "Na uw melding van {report} hebben wij onderzocht wat u nodig heeft. Wij hebben gekeken naar wat u niet kunt, wat u zelf kunt, wat mensen om u heen doen en welke andere hulp er is.";
pub(super) const ONLY_THE_REST: &str = " Wij geven alleen hulp voor wat dan nog overblijft.";

// The own contribution.
pub(super) const CONTRIBUTION: &str = "Eigen bijdrage";
pub(super) const DUE_MAXIMUM: &str = "Voor {what} betaalt u een eigen bijdrage. In {year} is dat ten hoogste *{amount}* voor uw hele huishouden, voor alle hulp samen. {note} ";
pub(super) const DUE_INCOME: &str = "Voor {what} betaalt u een eigen bijdrage {per}. Hoeveel u in {year} betaalt, hangt af van uw inkomen. Daarom staat er in deze brief geen bedrag. ";
pub(super) const DUE_UNKNOWN: &str = "Voor {what} betaalt u een eigen bijdrage. Hoeveel u in {year} ten hoogste betaalt, is nog niet bekend: {reason} ";
pub(super) const NOT_DUE: &str = "Voor {what} betaalt u geen eigen bijdrage. ";
pub(super) const OWN_REGIME: &str =
    "Voor {what} gelden andere regels voor de eigen bijdrage. Daarom staat er hier geen bedrag. ";
pub(super) const CAK: &str = "Het CAK (Centraal Administratie Kantoor) stelt uw bijdrage vast en stuurt u de rekening. U betaalt niet aan de gemeente.";
pub(super) const NOTHING_GRANTED: &str =
    "Voor wat wij in deze brief afwijzen, betaalt u geen eigen bijdrage.";

// Duties, law, objection.
pub(super) const REVISION: &str = "Waarom dit ook geldt voor de tijd die voorbij is";
pub(super) const REVISION_GROUND: &str = "U krijgt minder dan in ons vorige besluit, ook over dagen van vóór dit besluit. De reden daarvoor is: {ground}. Dan mogen wij ons vorige besluit wijzigen (artikel 2.3.10 van de Wmo 2015).";
pub(super) const CHANGES: &str = "Geef veranderingen door";
pub(super) const DUTY: &str = "Verandert er iets waardoor u meer, minder of andere hulp nodig heeft? Bijvoorbeeld uw gezondheid, uw adres of wie er bij u woont? Vertel het ons meteen. Dat bent u verplicht (artikel 2.3.8 van de Wmo 2015). Wij kunnen dan een nieuw besluit nemen.";
pub(super) const LAW: &str = "De regels waarop dit besluit rust";
pub(super) const LAW_INTRO: &str =
    "Wij hebben deze regels gebruikt, zoals die golden op {decision}:";
pub(super) const LAW_WMO: &str = "Wet maatschappelijke ondersteuning 2015 (Wmo 2015): artikel 2.3.2 (het onderzoek), artikel 2.3.5 (hulp op maat van de gemeente){pgb} en artikel 2.3.8 (veranderingen doorgeven);";
pub(super) const LAW_PGB: &str = ", artikel 2.3.6 (pgb)";
pub(super) const LAW_REVISION: &str =
    "ook uit de Wmo 2015: artikel 2.3.10 (een besluit wijzigen of intrekken);";
pub(super) const LAW_CONTRIBUTION_BEFORE: &str =
    "ook uit de Wmo 2015: artikel 2.1.4 (eigen bijdrage);";
pub(super) const LAW_CONTRIBUTION: &str =
    "ook uit de Wmo 2015: de artikelen 2.1.4a en 2.1.4b (eigen bijdrage);";
pub(super) const LAW_PRODUCT: &str = "voor {what}: {articles};";
pub(super) const LAW_PRODUCT_MISSING: &str = "voor {what}: de verordening die hierboven staat. Het nummer van het artikel ontbreekt hier nog;";
pub(super) const LAW_TARIFFS: &str =
    "voor de tarieven van uw pgb: de bronnen onder aan de bijlage;";
pub(super) const LAW_AWB: &str = "Algemene wet bestuursrecht (Awb): de artikelen 3:46 tot en met 3:49 (uitleg van het besluit), artikel 10:10 (ondertekening) en de artikelen 3:45, 6:4, 6:5, 6:7 en 6:8 (bezwaar).";
pub(super) const OBJECTION: &str = "Bent u het niet eens met dit besluit?";
pub(super) const OBJECTION_CALL: &str =
    "Bel ons eerst gerust: {telephone}. Misschien kunnen wij het snel oplossen.";
pub(super) const OBJECTION_UNTIL: &str = "U kunt ook bezwaar maken. Dat kunt u doen, en iedereen voor wie dit besluit direct gevolgen heeft. Stuur ons uw brief *uiterlijk op {last}*. De termijn is zes weken.{moved} Stuur de brief naar:";
pub(super) const OBJECTION_MOVED: &str = " De laatste dag valt in een weekend of op een feestdag. Daarom heeft u tot de eerste werkdag daarna.";
pub(super) const OBJECTION_SIX_WEEKS: &str = "U kunt ook bezwaar maken. Dat kunt u doen, en iedereen voor wie dit besluit direct gevolgen heeft. Doe dat *binnen zes weken na de dag van verzending* van deze brief. Stuur uw brief naar:";
pub(super) const OBJECTION_IN_LETTER: &str = "Zet in uw brief:";
pub(super) const OBJECTION_WHO: &str = "uw naam en adres;";
pub(super) const OBJECTION_SIGNED: &str = "de datum van vandaag en uw handtekening;";
pub(super) const OBJECTION_WHICH: &str =
    "over welk besluit het gaat: de datum en het kenmerk van deze brief;";
pub(super) const OBJECTION_WHICH_NO_NUMBER: &str =
    "over welk besluit het gaat: de datum van deze brief;";
pub(super) const OBJECTION_WHY: &str = "waarom u het niet eens bent met het besluit.";
pub(super) const OBJECTION_MEANWHILE: &str = "Ons besluit geldt ook als u bezwaar maakt. Kunt u daar niet op wachten? Dan kunt u de rechtbank vragen om een voorlopige voorziening. Dat is een tijdelijke beslissing van een rechter.";

// The close.
pub(super) const CLOSING: &str = "Met vriendelijke groet,";
pub(super) const ON_BEHALF: &str = "namens {college},";
pub(super) const MANDATE: &str = "bevoegd door: {mandate}";
pub(super) const MEANINGS: &str = "Moeilijke woorden in deze brief";

// The stamp.
pub(super) const CONCEPT: &str = "CONCEPT";
pub(super) const CONCEPT_REASON: &str = "met voorbeeldgegevens";
pub(in crate::letter) const DRAFT: &str = "ONTWERP";
pub(super) const DRAFT_REASON: &str = "nog geen besluit";

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
