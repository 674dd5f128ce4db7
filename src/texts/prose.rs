//! What a text says in any of its branches, line by line, so that its language can be checked before it is filled in.

/// What stands for a value that will be filled in: a word, so that a sentence keeps its length.
const VALUE: &str = "iets";

/// The words of a text with the number of their line, from 1. Signs and remarks are left out; what is parted by a branch
/// stands apart.
pub fn prose(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut line = 1_usize;
    let mut words = String::new();
    let mut rest = text;
    while let Some((at, letter)) = rest.char_indices().next() {
        let tag = TAGS.iter().find(|(begin, ..)| rest.starts_with(begin));
        if let Some((_, end, instead)) = tag {
            let (inside, after) = rest.split_once(end).unwrap_or((rest, ""));
            match instead {
                Some(instead) => words.push_str(instead),
                None => take(&mut words, line, &mut found),
            }
            let lines = inside.matches('\n').count();
            line = line.saturating_add(lines);
            rest = after;
            continue;
        }
        if letter == '\n' {
            take(&mut words, line, &mut found);
            line = line.saturating_add(1);
        } else {
            words.push(letter);
        }
        rest = rest
            .get(at.saturating_add(letter.len_utf8())..)
            .unwrap_or_default();
    }
    take(&mut words, line, &mut found);
    found
}

/// How a tag begins and ends, and what stands for it; nothing where the text may go on otherwise.
const TAGS: [(&str, &str, Option<&str>); 3] = [
    ("{{", "}}", Some(VALUE)),
    ("{%", "%}", None),
    ("{#", "#}", Some("")),
];

/// Closes a line.
fn take(words: &mut String, line: usize, found: &mut Vec<(usize, String)>) {
    let said = words.trim_start_matches(['#', ':', '-', '~', '|', '[', ']', '@', ' ']);
    let said = said.replace(['*', '|'], "");
    if !said.trim().is_empty() {
        found.push((line, said.trim().to_owned()));
    }
    words.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_read_in_every_branch_with_its_number() {
        let text = "{# een\nopmerking #}\n## Kop\n\nU krijgt {{ what }}{% if a %} nu{% else %} straks{% endif %}.\n| *a* | b";
        let expected = [
            (3, "Kop"),
            (5, "U krijgt iets"),
            (5, "nu"),
            (5, "straks"),
            (5, "."),
            (6, "a  b"),
        ];
        let found = prose(text);
        let found: Vec<_> = found
            .iter()
            .map(|(line, said)| (*line, said.as_str()))
            .collect();
        assert_eq!(found, expected);
        assert!(prose("{# niets #}\n{% if a %}{% endif %}").is_empty());
    }
}
