//! The address of a server: what it asks for, how it is shown, and the certificates that it names.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tokio_postgres::Config;

use crate::register::failure::{Failure, Kind};

/// The server and database of an address, without user and password.
pub(in super::super) fn shown(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    format!("server {rest}")
}

/// The address without `sslrootcert`, and the file that this names.
fn certificates_of(address: &str) -> (String, Option<String>) {
    let Some((base, settings)) = address.split_once('?') else {
        return (address.to_owned(), None);
    };
    let mut file = None;
    let mut others = Vec::new();
    for setting in settings.split('&') {
        match setting.strip_prefix("sslrootcert=") {
            Some(path) => file = Some(unescaped(path)),
            None => others.push(setting),
        }
    }
    let address = if others.is_empty() {
        base.to_owned()
    } else {
        format!("{base}?{}", others.join("&"))
    };
    (address, file)
}

/// A part of an address with its `%20` and the like taken out.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What may stand behind the question mark of an address, beside `sslrootcert`.
const SETTINGS: [&str; 8] = [
    "connect_timeout",
    "tcp_user_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "application_name",
    "options",
];

/// What an address asks for, and the file with certificates that it names.
pub(super) fn config_of(address: &str) -> Result<(Config, Option<String>), Failure> {
    let wrong = |message: String| {
        Failure::new(
            Kind::Refused,
            message,
            "Schrijf het zo: postgres://gebruiker@server/database.",
        )
    };
    let (address, certificates) = certificates_of(address);
    let settings = address.split_once('?').map_or("", |(_, settings)| settings);
    let names = settings.split('&').filter(|setting| !setting.is_empty());
    let mut names = names.map(|setting| setting.split('=').next().unwrap_or_default());
    if let Some(name) = names.find(|name| !SETTINGS.contains(name)) {
        let why = match name {
            "sslmode" => "de lijn naar een server is altijd beveiligd",
            _ => "dit kent het programma niet",
        };
        return Err(wrong(format!(
            "«{name}» hoort niet in het adres van een server: {why}"
        )));
    }
    let config: Config = address
        .parse()
        .map_err(|_| wrong("dit adres van een server is niet te lezen".to_owned()))?;
    let missing = [
        (config.get_hosts().is_empty(), "de server"),
        (config.get_dbname().is_none(), "de database"),
    ];
    match missing.iter().find(|(is_missing, _)| *is_missing) {
        Some((_, what)) => Err(wrong(format!(
            "in dit adres van een server ontbreekt {what}"
        ))),
        None => Ok((config, certificates)),
    }
}

/// Whether an address can be read.
pub(in super::super) fn check(address: &str) -> Result<(), Failure> {
    config_of(address).map(drop)
}

/// The certificates that vouch for a server: those in the file, else those of this computer.
pub(super) fn trusted(file: Option<&str>) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(file) => {
            let unread = || {
                Failure::new(
                    Kind::Insecure,
                    "het bestand met certificaten (sslrootcert) is niet te lezen",
                    "Kijk of het bestaat en certificaten in PEM-vorm bevat.",
                )
            };
            for certificate in CertificateDer::pem_file_iter(file).map_err(|_| unread())? {
                let certificate = certificate.map_err(|_| unread())?;
                roots.add(certificate).map_err(|_| unread())?;
            }
        }
        None => {
            // A certificate of the system that cannot be read vouches for nobody; the others still do.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(Failure::new(
            Kind::Insecure,
            "er zijn geen certificaten om de server mee te controleren",
            "Zet sslrootcert=BESTAND in het adres; de beheerder van de server heeft dat bestand.",
        ));
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_user_and_password() {
        assert_eq!(
            shown("postgres://jan:geheim@db.gemeente.nl:5432/wmo?sslrootcert=x"),
            "server db.gemeente.nl:5432/wmo"
        );
        assert_eq!(shown("postgresql://db/wmo"), "server db/wmo");
    }

    #[test]
    fn what_an_address_lacks_or_holds_too_much_is_named() {
        for (address, told) in [
            ("postgres://", "ontbreekt de server"),
            ("postgres:///wmo", "ontbreekt de server"),
            ("postgres://jan@db", "ontbreekt de database"),
            (
                "postgres://jan@db/wmo?sslmode=disable",
                "«sslmode» hoort niet",
            ),
            ("postgres://jan@db/wmo?foo=bar", "«foo» hoort niet"),
            ("postgres://jan@db:x/wmo", "niet te lezen"),
        ] {
            let failure = check(address).unwrap_err();
            assert!(failure.problem.message.contains(told), "{failure:?}");
        }
        let whole = "postgres://jan@db/wmo?sslrootcert=ca.pem&connect_timeout=3";
        assert_eq!(check(whole), Ok(()));
    }

    #[test]
    fn the_file_with_certificates_is_taken_out_of_the_address() {
        assert_eq!(
            certificates_of(
                "postgres://db/wmo?sslrootcert=%2Fetc%2Fmijn%20ca.pem&connect_timeout=3"
            ),
            (
                "postgres://db/wmo?connect_timeout=3".to_owned(),
                Some("/etc/mijn ca.pem".to_owned())
            )
        );
        assert_eq!(
            certificates_of("postgres://db/wmo?sslrootcert=ca.pem"),
            ("postgres://db/wmo".to_owned(), Some("ca.pem".to_owned()))
        );
        assert_eq!(
            certificates_of("postgres://db/wmo"),
            ("postgres://db/wmo".to_owned(), None)
        );
    }
}
