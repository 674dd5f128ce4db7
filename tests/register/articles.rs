//! Data with which a decision of Leiden can become definitive: those of the program name no article of its regulation yet.

use maatwerk::budget::Library;
use maatwerk::catalogue::{SourceFile, shipped_files};

/// The program's own data, with an article at each product of Leiden.
pub fn library_with_articles() -> Library {
    const NEXT: &str = "            own_contribution:";
    let article = format!("            articles: [\"artikel 3 van de verordening\"],\n{NEXT}");
    let texts: Vec<(&str, String)> = shipped_files()
        .iter()
        .map(|file| match file.name.starts_with("leiden") {
            true => (file.name, file.text.replace(NEXT, &article)),
            false => (file.name, file.text.to_owned()),
        })
        .collect();
    let files: Vec<SourceFile<'_>> = texts
        .iter()
        .map(|(name, text)| SourceFile { name, text })
        .collect();
    Library::of(&files).expect("the program's own data")
}
