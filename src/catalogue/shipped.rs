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
    shipped!()
}
