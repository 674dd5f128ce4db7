//! Servers that nobody vouches for: each fault of a certificate in words of its own, with what to ask.

use crate::server::{AUTHORITY, Server, authority as signer, not_checked, of_localhost};
use maatwerk::register::{Address, Kind, Register};
use rcgen::{CertificateParams, date_time_ymd};

#[test]
fn each_fault_of_the_certificate_of_a_server_is_told_with_what_to_ask_the_administrator() {
    let Some(mut server) = Server::start() else {
        not_checked(
            "certificates that will not do: no PostgreSQL of the distribution is installed.",
        );
        return;
    };
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let authority = signer("Een andere CA");
    let assert_told = |part: &str, asks: &str| {
        let failure = Register::open(&address).expect_err("refused");
        assert_eq!(failure.kind, Kind::Insecure, "{failure}");
        let problem = failure.problem;
        assert!(problem.message.contains(part), "{part}: {problem}");
        assert!(problem.hint.contains(asks), "{asks}: {problem}");
    };
    // Signed by somebody else than the address names, also where that has the same name.
    for name in ["Een derde CA", AUTHORITY] {
        server.vouched_by(&signer(name));
        assert_told(
            "ondertekend door iemand die deze computer niet kent",
            "sslrootcert=",
        );
    }
    server.shows_itself(&authority);
    assert_told(
        "een certificaat dat zichzelf ondertekent",
        "door een CA is ondertekend",
    );
    let mut over = of_localhost();
    (over.not_before, over.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
    server.shows(over, &authority);
    assert_told("is verlopen", "Vraag de beheerder om een nieuw certificaat");
    let mut later = of_localhost();
    (later.not_before, later.not_after) = (date_time_ymd(2999, 1, 1), date_time_ymd(3000, 1, 1));
    server.shows(later, &authority);
    assert_told("geldt nog niet", "de datum van deze computer");
    let names = vec!["db.anders.nl".to_owned()];
    server.shows(
        CertificateParams::new(names).expect("parameters"),
        &authority,
    );
    assert_told(
        "voor een andere naam dan er in het adres staat",
        "Controleer de naam",
    );
    server.shows(of_localhost(), &authority);
    let failure = Register::open(&address).expect_err("nothing there yet");
    assert_eq!(failure.kind, Kind::Missing);
}
