//! What goes wrong in the two databases, in Dutch. Never with values: statements, codes and types at most.

use std::error::Error;
use std::io;

use rusqlite::ffi::ErrorCode;
use rustls::CertificateError;
use tokio_postgres::error::SqlState;

use crate::register::failure::{Failure, Kind};

/// An error of SQLite in Dutch.
pub(super) fn of_file(error: &rusqlite::Error) -> Failure {
    let (kind, message, hint) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
            Kind::Busy,
            "een ander programma houdt het register bezet",
            "Sluit dat programma, of probeer het zo nog eens.",
        ),
        Some(ErrorCode::ReadOnly) => (
            Kind::ReadOnly,
            "het register is tegen schrijven beveiligd",
            "Haal de beveiliging van het bestand, of vraag de beheerder.",
        ),
        Some(ErrorCode::DiskFull) => (
            Kind::Full,
            "de schijf is vol: er is niets gewijzigd",
            "Maak ruimte vrij en sla opnieuw op.",
        ),
        Some(ErrorCode::NotADatabase) => (
            Kind::Foreign,
            "dit bestand is geen register van maatwerk",
            "Kies een ander bestand.",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::TypeMismatch) => {
            return Failure::damaged("het register");
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => (
            Kind::Denied,
            "dit bestand is niet te openen",
            "Vraag de beheerder om toegang.",
        ),
        Some(ErrorCode::SystemIoFailure) => (
            Kind::Failed,
            "de schijf meldt een fout: er is niets gewijzigd",
            "Sla opnieuw op. Blijft het, zet dan een reservekopie op een andere schijf en waarschuw de beheerder.",
        ),
        _ => {
            // Statements and codes only: values are never in these messages.
            return Failure::internal(&format!("het register geeft een fout: {error}"));
        }
    };
    Failure::new(kind, message, hint)
}

/// What stands in the way of reading a file or a folder, in Dutch; `what` names it, as in "dit bestand".
pub(super) fn of_disk(what: &str, error: &io::Error) -> Failure {
    // What Windows calls a file that another program keeps to itself, or a part of it.
    const KEPT: [i32; 2] = [32, 33];
    let is_kept = cfg!(windows)
        && error
            .raw_os_error()
            .is_some_and(|code| KEPT.contains(&code));
    let (kind, message, hint) = match error.kind() {
        io::ErrorKind::PermissionDenied => (
            Kind::Denied,
            format!("u mag {what} niet lezen"),
            "Vraag de beheerder om toegang, of kies een andere plaats.",
        ),
        io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock => kept(what),
        _ if is_kept => kept(what),
        _ => (
            Kind::Failed,
            format!("{what} is niet te lezen: de schijf meldt een fout"),
            "Probeer het opnieuw. Blijft het, waarschuw dan de beheerder.",
        ),
    };
    Failure::new(kind, message, hint)
}

fn kept(what: &str) -> (Kind, String, &'static str) {
    (
        Kind::Busy,
        format!("een ander programma houdt {what} bezet"),
        "Sluit dat programma, of probeer het zo nog eens.",
    )
}

/// The line to the server is gone.
pub(super) fn lost() -> Failure {
    Failure::new(
        Kind::Unreachable,
        "de verbinding met de server is weggevallen",
        "Uw werk blijft bewaard op deze computer. Probeer het opnieuw als de server er weer is.",
    )
}

/// The server says nothing any more.
pub(super) fn silent() -> Failure {
    Failure::new(
        Kind::Unreachable,
        "de server antwoordt niet meer",
        "Uw werk blijft bewaard op deze computer. Probeer het straks opnieuw, of vraag de beheerder.",
    )
}

/// There is no way to the server.
pub(super) fn unreachable() -> Failure {
    Failure::new(
        Kind::Unreachable,
        "de server is niet te bereiken",
        "Uw werk blijft bewaard op deze computer. Controleer het netwerk of vraag de beheerder.",
    )
}

/// An error of the server or the line, in Dutch.
pub(super) fn of_server(error: &tokio_postgres::Error) -> Failure {
    let Some(told) = error.as_db_error() else {
        let mut why = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            if let Some(fault) = in_certificate(inner) {
                return unvouched(fault);
            }
            why = format!("{why} {inner}");
            cause = inner.source();
        }
        if why.contains("does not support TLS") {
            return Failure::new(
                Kind::Insecure,
                "de server biedt geen beveiligde verbinding (TLS)",
                "Vraag de beheerder om TLS aan te zetten; zonder TLS gaat er niets over de lijn.",
            );
        }
        let deaf = [
            "error connecting to server",
            "timed out",
            "performing TLS handshake",
        ];
        return if deaf.iter().any(|text| why.contains(text)) {
            unreachable()
        } else if error.is_closed() || why.contains("communicating with the server") {
            lost()
        } else {
            // Types and places only: values are never in these messages.
            Failure::internal(&format!(
                "de server geeft een antwoord dat niet past: {error}"
            ))
        };
    };
    of_code(told.code())
}

/// What is wrong with the certificate of a server, if that is what went wrong.
fn in_certificate<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a CertificateError> {
    // The error of the line holds that of its protection.
    let held = cause.downcast_ref::<io::Error>()?.get_ref()?;
    match held.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(fault) => Some(fault),
        _ => None,
    }
}

/// Nobody vouches for the server, in Dutch.
fn unvouched(fault: &CertificateError) -> Failure {
    use CertificateError as Fault;
    let (message, hint) = match fault {
        // A signature that does not fit is of somebody of the same name, such as a CA before it got another key.
        Fault::UnknownIssuer | Fault::BadSignature => (
            "het certificaat van de server is ondertekend door iemand die deze computer niet kent",
            "Vraag de beheerder om het certificaat van wie het ondertekende (de CA), en zet dat bestand in het adres: sslrootcert=BESTAND.",
        ),
        // By rustls named only in words.
        Fault::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => (
            "de server gebruikt een certificaat dat zichzelf ondertekent, en daar staat niemand voor in",
            "Vraag de beheerder om een certificaat voor de server dat door een CA is ondertekend, en om het certificaat van die CA voor sslrootcert=BESTAND in het adres.",
        ),
        Fault::Expired | Fault::ExpiredContext { .. } => (
            "het certificaat van de server is verlopen",
            "Vraag de beheerder om een nieuw certificaat. Kijk ook of de datum van deze computer klopt.",
        ),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => (
            "het certificaat van de server geldt nog niet",
            "Kijk of de datum van deze computer klopt. Klopt die, vraag de beheerder dan vanaf wanneer het certificaat geldt.",
        ),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => (
            "het certificaat van de server is voor een andere naam dan er in het adres staat",
            "Controleer de naam van de server in het adres, of vraag de beheerder om een certificaat voor die naam.",
        ),
        _ => (
            "het certificaat van de server deugt niet",
            "Vraag de beheerder om het certificaat van de server na te kijken.",
        ),
    };
    Failure::new(Kind::Insecure, message, hint)
}

/// What the server says with a code, in Dutch.
fn of_code(code: &SqlState) -> Failure {
    let class = code.code().get(..2).unwrap_or_default();
    let (kind, message, hint) = match class {
        _ if *code == SqlState::DISK_FULL => (
            Kind::Full,
            "de schijf van de server is vol: er is niets gewijzigd",
            "Uw werk blijft bewaard op deze computer. Waarschuw de beheerder.",
        ),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => (
            Kind::ReadOnly,
            "op deze server kan alleen worden gelezen",
            "Vraag de beheerder naar de server waarop geschreven wordt.",
        ),
        _ if *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::QUERY_CANCELED => (
            Kind::Busy,
            "een ander programma houdt het register bezet",
            "Probeer het zo nog eens.",
        ),
        _ if *code == SqlState::INSUFFICIENT_PRIVILEGE => (
            Kind::Denied,
            "deze gebruiker van de server mag dit niet",
            "Vraag de beheerder om rechten op het schema maatwerk.",
        ),
        _ if *code == SqlState::INVALID_CATALOG_NAME => (
            Kind::Nowhere,
            "deze database bestaat niet op de server",
            "Controleer het adres, of vraag de beheerder de database te maken.",
        ),
        "28" => (
            Kind::Denied,
            "de server laat deze gebruiker niet toe",
            "Controleer de gebruiker en het wachtwoord in het adres.",
        ),
        "XX" | "58" => return Failure::damaged("de database op de server"),
        "53" => (
            Kind::Busy,
            "de server heeft het te druk",
            "Probeer het zo nog eens, of waarschuw de beheerder.",
        ),
        "08" | "57" => return lost(),
        _ => {
            return Failure::internal(&format!("de server geeft een fout ({})", code.code()));
        }
    };
    Failure::new(kind, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two whole sentences: what is wrong, and what to do.
    fn assert_told(failure: &Failure, kind: Kind, part: &str) {
        let problem = &failure.problem;
        assert_eq!(failure.kind, kind, "{problem}");
        assert!(problem.message.contains(part), "{part}: {problem}");
        assert!(problem.hint.ends_with('.'), "{problem}");
    }

    #[test]
    fn what_a_server_refuses_with_is_told_with_what_to_do() {
        for (code, kind, part) in [
            ("53100", Kind::Full, "de schijf van de server is vol"),
            ("25006", Kind::ReadOnly, "kan alleen worden gelezen"),
            ("55P03", Kind::Busy, "houdt het register bezet"),
            ("57014", Kind::Busy, "houdt het register bezet"),
            ("42501", Kind::Denied, "mag dit niet"),
            ("3D000", Kind::Nowhere, "bestaat niet op de server"),
            ("28P01", Kind::Denied, "laat deze gebruiker niet toe"),
            ("28000", Kind::Denied, "laat deze gebruiker niet toe"),
            ("XX001", Kind::Damaged, "is beschadigd"),
            ("58030", Kind::Damaged, "is beschadigd"),
            ("53300", Kind::Busy, "heeft het te druk"),
            ("57P01", Kind::Unreachable, "weggevallen"),
            ("57P03", Kind::Unreachable, "weggevallen"),
            ("08006", Kind::Unreachable, "weggevallen"),
            ("22012", Kind::Failed, "een fout (22012)"),
        ] {
            assert_told(&of_code(&SqlState::from_code(code)), kind, part);
        }
    }

    #[test]
    fn what_a_disk_refuses_with_is_told_as_that_and_never_as_another_file() {
        for (kind, told, part) in [
            (
                io::ErrorKind::PermissionDenied,
                Kind::Denied,
                "u mag dit bestand niet lezen",
            ),
            (
                io::ErrorKind::ResourceBusy,
                Kind::Busy,
                "houdt dit bestand bezet",
            ),
            (
                io::ErrorKind::WouldBlock,
                Kind::Busy,
                "houdt dit bestand bezet",
            ),
            (
                io::ErrorKind::Other,
                Kind::Failed,
                "de schijf meldt een fout",
            ),
        ] {
            assert_told(&of_disk("dit bestand", &kind.into()), told, part);
        }
    }

    #[test]
    fn a_certificate_that_nobody_vouches_for_is_told_by_its_fault() {
        use CertificateError as Fault;
        let unused = Fault::Other(rustls::OtherError(std::sync::Arc::new(io::Error::other(
            "x",
        ))));
        for (fault, part) in [
            (Fault::UnknownIssuer, "die deze computer niet kent"),
            (Fault::Expired, "is verlopen"),
            (Fault::NotValidYet, "geldt nog niet"),
            (Fault::NotValidForName, "voor een andere naam"),
            (Fault::BadSignature, "die deze computer niet kent"),
            (Fault::Revoked, "deugt niet"),
            (unused, "deugt niet"),
        ] {
            assert_told(&unvouched(&fault), Kind::Insecure, part);
        }
    }

    #[test]
    fn what_a_file_refuses_with_is_told_with_what_to_do() {
        for (code, kind, part) in [
            (
                ErrorCode::DatabaseBusy,
                Kind::Busy,
                "houdt het register bezet",
            ),
            (
                ErrorCode::DatabaseLocked,
                Kind::Busy,
                "houdt het register bezet",
            ),
            (
                ErrorCode::ReadOnly,
                Kind::ReadOnly,
                "tegen schrijven beveiligd",
            ),
            (ErrorCode::DiskFull, Kind::Full, "de schijf is vol"),
            (ErrorCode::NotADatabase, Kind::Foreign, "geen register"),
            (ErrorCode::DatabaseCorrupt, Kind::Damaged, "is beschadigd"),
            (ErrorCode::CannotOpen, Kind::Denied, "niet te openen"),
            (ErrorCode::PermissionDenied, Kind::Denied, "niet te openen"),
            (
                ErrorCode::SystemIoFailure,
                Kind::Failed,
                "de schijf meldt een fout",
            ),
            (ErrorCode::OutOfMemory, Kind::Failed, "geeft een fout"),
        ] {
            let error = rusqlite::ffi::Error {
                code,
                extended_code: 0,
            };
            let error = rusqlite::Error::SqliteFailure(error, None);
            assert_told(&of_file(&error), kind, part);
        }
    }
}
