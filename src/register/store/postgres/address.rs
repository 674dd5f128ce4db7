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

/// What an address asks for, and the file with certificates that it names.
pub(super) fn config_of(address: &str) -> Result<(Config, Option<String>), Failure> {
    let (address, certificates) = certificates_of(address);
    let config = address.parse().map_err(|_| {
        Failure::new(
            Kind::Refused,
            "dit adres van een server is niet te lezen",
            "Schrijf het zo: postgres://gebruiker@server/database.",
        )
    })?;
    Ok((config, certificates))
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
