//! Words around figures and names, as Dutch writes them.

/// The text with a capital in front: `per week` becomes `Per week`. What is no letter stays (`'t Wolkje`).
///
/// ```
/// assert_eq!(maatwerk::quantity::dutch::capital("één regel"), "Één regel");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Words in a row: `a, b en c`.
///
/// ```
/// let words = ["a", "b", "c"].map(str::to_owned);
/// assert_eq!(maatwerk::quantity::dutch::listed(&words), "a, b en c");
/// ```
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} en {last}", others.join(", ")),
    }
}

/// A number with its noun: `1 fout`, `3 fouten`.
///
/// ```
/// assert_eq!(maatwerk::quantity::dutch::counted(1, "fout", "fouten"), "1 fout");
/// ```
pub fn counted(number: usize, one: &str, more: &str) -> String {
    let word = if number == 1 { one } else { more };
    format!("{number} {word}")
}
