//! The client: municipality, names, numbers and address.

use egui::Ui;

use super::{Form, filled};
use crate::desk::editing::{Place, Rejected};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{heading_ui, muted_ui, title_ui};
use crate::dossier::address::{Address, Designation, Postcode};
use crate::dossier::bsn::Bsn;
use crate::dossier::person::{NameUse, Sex};
use crate::dossier::{Dossier, Wlz};
use crate::quantity::dutch::capital;

/// Draws the form of the client.
pub fn client_ui(ui: &mut Ui, form: &mut Form<'_>) {
    title_ui(ui, "Cliënt");
    names_ui(ui, form);
    heading_ui(ui, "Nummers");
    numbers_ui(ui, form);
    heading_ui(ui, "Adres");
    address_ui(ui, form);
    heading_ui(ui, "Dossier");
    form.row_ui(ui, |form, ui| {
        municipality_ui(ui, form);
        let number = &form.dossier.number;
        form.text_ui(
            ui,
            (Place::root().field("number"), "Zaaknummer", Width::Middle),
            number,
            |dossier, text| dossier.number = text,
        );
    });
}

fn names_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let place = Place::of_path("client.person");
    let person = &form.dossier.client.person;
    form.anchor_ui(ui, place, place.field("surname"));
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("initials"), "Voorletters", Width::Short),
            &person.initials,
            |dossier, text| dossier.client.person.initials = text,
        );
        form.text_ui(
            ui,
            (place.field("prefix"), "Voorvoegsel", Width::Short),
            &person.prefix,
            |dossier, text| dossier.client.person.prefix = text,
        );
        form.text_ui(
            ui,
            (place.field("surname"), "Achternaam", Width::Name),
            &person.surname,
            |dossier, text| dossier.client.person.surname = text,
        );
    });
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (
                place.field("partner_prefix"),
                "Voorvoegsel partner",
                Width::Middle,
            ),
            &person.partner_prefix,
            |dossier, text| dossier.client.person.partner_prefix = text,
        );
        form.text_ui(
            ui,
            (
                place.field("partner_surname"),
                "Achternaam partner",
                Width::Name,
            ),
            &person.partner_surname,
            |dossier, text| dossier.client.person.partner_surname = text,
        );
    });
    let uses = NameUse::ALL.map(|name_use| Choice::new(name_use, name_use.label()));
    let line = person.name_line();
    let salutation = person.salutation();
    form.row_ui(ui, |form, ui| {
        form.list_ui(
            ui,
            (place.field("name_use"), "Naamgebruik", Width::Name),
            (Some(&person.name_use), ""),
            &uses,
            |dossier, value| dossier.client.person.name_use = value,
        );
        form.date_ui(
            ui,
            (place.field("birth_date"), "Geboortedatum", "12-3-1948"),
            person.birth_date,
            |dossier, date| dossier.client.person.birth_date = date,
        );
    });
    let sexes = Sex::ALL.map(|sex| Choice::new(sex, sex.label()));
    form.segments_ui(
        ui,
        (place.field("sex"), "Geslacht"),
        Some(&person.sex),
        &sexes,
        |dossier, value| dossier.client.person.sex = value,
    );
    if let (Some(line), Some(salutation)) = (line, salutation) {
        muted_ui(ui, &format!("Op de brief: {line} · {salutation},"));
    }
}

fn numbers_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let client = &form.dossier.client;
    form.row_ui(ui, |form, ui| {
        let place = Place::of_path("client.bsn");
        let bsn = client.bsn.map_or_else(String::new, |bsn| bsn.digits());
        let field = Field::new(place, "BSN").width(Width::Middle);
        let typed = form.field_ui(ui, place, field, &bsn, |text| {
            if text.trim().is_empty() {
                return Ok(None);
            }
            Bsn::parse(text)
                .map(Some)
                .map_err(|error| Rejected::new(capital(&error.to_string())))
        });
        if let Some(bsn) = typed {
            form.change("BSN", |dossier| dossier.client.bsn = bsn);
        }
        form.text_ui(
            ui,
            (
                Place::of_path("client.client_number"),
                "Cliëntnummer",
                Width::Middle,
            ),
            &client.client_number,
            |dossier, text| dossier.client.client_number = text,
        );
    });
}

/// A change of the address; an address with nothing in it is none.
fn in_address<T>(apply: impl FnOnce(&mut Address, T)) -> impl FnOnce(&mut Dossier, T) {
    move |dossier, value| {
        let mut address = dossier.client.address.take().unwrap_or_default();
        apply(&mut address, value);
        dossier.client.address = (address != Address::default()).then_some(address);
    }
}

fn address_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let place = Place::of_path("client.address");
    let empty = Address::default();
    let address = form.dossier.client.address.as_ref().unwrap_or(&empty);
    form.anchor_ui(ui, place, place.field("street"));
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("street"), "Straat", Width::Name),
            &address.street,
            in_address(|address, text| address.street = text),
        );
        let at = place.field("number");
        let number = match address.number {
            0 => String::new(),
            number => number.to_string(),
        };
        let field = Field::new(at, "Huisnummer").width(Width::Short);
        let typed = form.field_ui(ui, at, field, &number, house_number);
        if let Some(number) = typed {
            form.change("Huisnummer", |dossier| {
                in_address(|address, number| address.number = number)(dossier, number);
            });
        }
    });
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("letter"), "Huisletter", Width::Short),
            &address.letter,
            in_address(|address, text| address.letter = text),
        );
        form.text_ui(
            ui,
            (place.field("addition"), "Toevoeging", Width::Short),
            &address.addition,
            in_address(|address, text| address.addition = text),
        );
        let designations: Vec<_> = std::iter::once(Choice::new(None, "geen"))
            .chain(Designation::ALL.map(|d| Choice::new(Some(d), d.label())))
            .collect();
        form.list_ui(
            ui,
            (place.field("designation"), "Aanduiding", Width::Middle),
            (Some(&address.designation), "geen"),
            &designations,
            in_address(|address, value| address.designation = value),
        );
    });
    form.row_ui(ui, |form, ui| {
        let at = place.field("postcode");
        let postcode = address
            .postcode
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        let field = Field::new(at, "Postcode")
            .width(Width::Short)
            .hint("2311 AB");
        let typed = form.field_ui(ui, at, field, &postcode, |text| {
            if text.trim().is_empty() {
                return Ok(None);
            }
            Postcode::parse(text)
                .map(Some)
                .map_err(|error| Rejected::new(capital(&error.to_string())))
        });
        if let Some(postcode) = typed {
            form.change("Postcode", |dossier| {
                in_address(|address, postcode| address.postcode = postcode)(dossier, postcode);
            });
        }
        form.text_ui(
            ui,
            (place.field("place"), "Woonplaats", Width::Name),
            &address.place,
            in_address(|address, text| address.place = text),
        );
    });
    neighbourhood_ui(ui, form);
    wlz_ui(ui, form);
}

/// The days of an indication under the Wlz; without a first day there is none.
fn wlz_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let place = Place::of_path("client.wlz");
    let wlz = form.dossier.client.wlz;
    form.row_ui(ui, |form, ui| {
        form.date_ui(
            ui,
            (place.field("from"), "Wlz-indicatie vanaf", "geen"),
            wlz.map(|wlz| wlz.from),
            |dossier, from| {
                let to = wlz.and_then(|wlz| wlz.to);
                dossier.client.wlz = from.map(|from| Wlz { from, to });
            },
        );
        if wlz.is_some() {
            form.date_ui(
                ui,
                (place.field("to"), "Wlz-indicatie tot en met", "open einde"),
                wlz.and_then(|wlz| wlz.to),
                |dossier, to| {
                    if let Some(wlz) = &mut dossier.client.wlz {
                        wlz.to = to;
                    }
                },
            );
        }
    });
}

fn house_number(text: &str) -> Result<u32, Rejected> {
    match text.trim() {
        "" => Ok(0),
        digits => digits
            .parse()
            .ok()
            .filter(|number| (1..=99_999).contains(number))
            .ok_or_else(|| Rejected::new("Vul een huisnummer in van 1 tot en met 99999.")),
    }
}

fn neighbourhood_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let place = Place::of_path("client.neighbourhood");
    let dossier = form.dossier;
    let chosen = &dossier.client.neighbourhood;
    let catalogues = &form.library.catalogues;
    let known = catalogues
        .municipality(&dossier.municipality)
        .map_or(&[][..], |file| file.neighbourhoods.as_slice());
    if known.is_empty() {
        form.text_ui(
            ui,
            (place, "Wijk", Width::Name),
            chosen.as_deref().unwrap_or_default(),
            |dossier, text| dossier.client.neighbourhood = filled(text),
        );
        return;
    }
    let mut choices = vec![Choice::new(None, "niet bekend")];
    choices.extend(
        known
            .iter()
            .map(|name| Choice::new(Some(name.clone()), name)),
    );
    if let Some(name) = chosen.as_ref().filter(|name| !known.contains(name)) {
        choices.push(Choice::new(Some(name.clone()), name));
    }
    form.list_ui(
        ui,
        (place, "Wijk", Width::Name),
        (Some(chosen), "niet bekend"),
        &choices,
        |dossier, value| dossier.client.neighbourhood = value,
    );
}

fn municipality_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let dossier = form.dossier;
    let choices: Vec<_> = form
        .library
        .catalogues
        .municipalities()
        .map(|file| Choice::new(file.code.clone(), &file.name))
        .collect();
    form.list_ui(
        ui,
        (Place::root().field("municipality"), "Gemeente", Width::Name),
        (Some(&dossier.municipality), &dossier.municipality),
        &choices,
        |dossier, code| {
            dossier.municipality = code;
            dossier.client.neighbourhood = None;
        },
    );
}
