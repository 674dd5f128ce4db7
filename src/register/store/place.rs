//! Whether a folder is on this computer: a database file on a network folder loses data, because locks and flushes are
//! not kept there.

use std::path::{Component, Path, Prefix};

use crate::register::failure::{Failure, Kind};

/// Kinds of file system that live elsewhere, as Linux names them.
const ELSEWHERE: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "davfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.smbnetfs",
    "fuse.ceph",
    "fuse.s3fs",
];

/// Refuses a folder that is not on this computer. `folder` exists.
pub(super) fn must_be_local(folder: &Path) -> Result<(), Failure> {
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let elsewhere = on_share(&real) || file_system(&mounts, &real).is_some_and(is_elsewhere);
    if !elsewhere {
        return Ok(());
    }
    Err(Failure::new(
        Kind::Refused,
        "een register kan niet in een netwerkmap staan: daar raken wijzigingen weg als twee programma's tegelijk schrijven",
        "Kies een map op deze computer. Voor een team is er het register op een PostgreSQL-server.",
    ))
}

fn is_elsewhere(kind: &str) -> bool {
    ELSEWHERE.contains(&kind)
}

/// A path of Windows that begins with the name of a server, which a letter of a network drive turns into as well.
fn on_share(path: &Path) -> bool {
    match path.components().next() {
        Some(Component::Prefix(prefix)) => {
            matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
        }
        _ => false,
    }
}

/// The kind of file system that holds a path, by the list of Linux (`/proc/self/mountinfo`).
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((mount, about)) = line.split_once(" - ") else {
            continue;
        };
        let Some(point) = mount.split(' ').nth(4) else {
            continue;
        };
        let point = plain(point);
        let length = Path::new(&point).components().count();
        // A later line lies over an earlier one at the same place.
        if path.starts_with(&point) && best.is_none_or(|(longest, _)| length >= longest) {
            best = about.split(' ').next().map(|kind| (length, kind));
        }
    }
    best.map(|(_, kind)| kind)
}

/// A mount point as written in the list, where a space is `\040`.
fn plain(written: &str) -> String {
    written
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /srv/wmo rw,relatime - nfs4 server:/wmo rw
41 40 254:1 / /srv/wmo/lokaal rw - ext4 /dev/vdb rw
42 22 0:36 / /mnt/team\\040schijf rw - cifs //server/team rw
43 22 0:37 / /over rw - ext4 /dev/vdc rw
44 22 0:38 / /over rw - fuse.sshfs jan@server: rw";

    #[test]
    fn the_nearest_mount_says_what_a_folder_is_on() {
        for (path, kind) in [
            ("/gebruikers/jan", "ext4"),
            ("/srv/wmo", "nfs4"),
            ("/srv/wmo/a/b", "nfs4"),
            ("/srv/wmo/lokaal/a", "ext4"),
            ("/srv/wmonet", "ext4"),
            ("/mnt/team schijf/x", "cifs"),
            ("/over/x", "fuse.sshfs"),
        ] {
            assert_eq!(file_system(MOUNTS, Path::new(path)), Some(kind), "{path}");
            assert_eq!(is_elsewhere(kind), kind != "ext4");
        }
        assert_eq!(file_system("", Path::new("/x")), None);
    }

    #[test]
    fn a_folder_of_this_computer_is_let_through() {
        assert!(must_be_local(&std::env::temp_dir()).is_ok());
    }
}
