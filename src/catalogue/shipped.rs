//! The catalogues and municipalities inside the program.

/// A file with its text.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        &[$(SourceFile {
            name: $path,
            text: include_str!(concat!("../../assets/catalogues/", $path)),
        }),*]
    };
}

/// The files inside the program, municipalities and catalogues.
pub fn shipped_files() -> &'static [SourceFile<'static>] {
    shipped!(
        "gemeente-leiden.ron",
        "gemeente-oegstgeest.ron",
        "gemeente-someren.ron",
        "gemeente-ermelo.ron",
        "gemeente-harderwijk.ron",
        "gemeente-zeewolde.ron",
        "leiden-2015.ron",
        "leiden-2018.ron",
        "oegstgeest-2023.ron",
        "someren-2023.ron",
        "someren-2024.ron",
        "meerinzicht-2023.ron",
    )
}
