//! Says what a computer without some tool could not check.

use std::io::Write as _;

/// Says on the terminal, past the capture of the test runner, that something was not checked; `.ci/test` gathers these
/// lines. In CI there is nothing that is not checked.
pub fn not_checked(what: &str) {
    let line = format!("\nNOT CHECKED: {what}\n");
    assert!(
        std::env::var_os("CI").is_none(),
        "in CI everything is checked: {what}"
    );
    let _ = std::io::stderr().write_all(line.as_bytes());
}
