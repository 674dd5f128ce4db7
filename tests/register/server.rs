//! A real PostgreSQL server for tests, made, started, stopped and removed by a shell that ends when the test ends; and a
//! disk that fails. Where the computer lacks what they need, the tests say that they checked nothing; in CI they fail.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::thread;

pub use super::unchecked::not_checked;

/// Follows orders on its input; when that closes, takes the server and its files away.
const KEEPER: &str = r#"
cd "$DIR" || exit 1
export LC_ALL=C
"$BIN/initdb" -D "$DIR/data" -U postgres -A trust -E UTF8 --no-sync >"$DIR/initdb.log" 2>&1 || { echo broken; exit 1; }
while read -r order; do
    case "$order" in
        with*) surroundings=${order#with} ;;
        start*) env $surroundings "$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/server.log" -w -o "-p $PORT -k $DIR -h 127.0.0.1 ${order#start}" start >/dev/null 2>&1 ;;
        stop*) "$BIN/pg_ctl" -D "$DIR/data" -w -m ${order#stop} stop >/dev/null 2>&1 ;;
        sql*) "$BIN/psql" -q -h "$DIR" -p "$PORT" -U postgres -d postgres -c "${order#sql}" >/dev/null 2>&1 ;;
    esac && echo done || echo broken
done
"$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1
cd /
rm -rf "$DIR"
"#;

/// A server with a certificate of its own.
pub struct Server {
    pub folder: PathBuf,
    pub port: u16,
    _keeper: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The folder of the newest PostgreSQL that the distribution installed.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder)
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Who signs the certificate of a server at first.
pub const AUTHORITY: &str = "De CA van de proef";

/// Somebody of this name who signs certificates.
pub fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority
        .distinguished_name
        .push(DnType::CommonName, name.to_owned());
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("key");
    CertifiedIssuer::self_signed(authority, key).expect("authority")
}

/// What a certificate of this computer says.
pub fn of_localhost() -> CertificateParams {
    CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters")
}

/// Writes this certificate, signed by this authority, with its key as those of a server.
fn certify(folder: &Path, own: CertificateParams, authority: &CertifiedIssuer<'static, KeyPair>) {
    let key = KeyPair::generate().expect("key");
    let own = own.signed_by(&key, authority).expect("signed");
    fs::write(folder.join("server.crt"), own.pem()).expect("written");
    fs::write(folder.join("server.key"), key.serialize_pem()).expect("written");
}

impl Server {
    /// Makes and starts a server; nothing if the distribution's PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let mut server = Self::make()?;
        assert!(server.begin(true), "{}", server.log());
        Some(server)
    }

    /// Makes a server that does not run yet.
    pub fn make() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new()
            .prefix("maatwerk-server-")
            .tempdir();
        let folder = folder.expect("folder").keep();
        let authority = authority(AUTHORITY);
        fs::write(folder.join("ca.pem"), authority.pem()).expect("written");
        certify(&folder, of_localhost(), &authority);
        let root = fs::metadata("/proc/self")
            .is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0);
        let mut shell = if root {
            // PostgreSQL refuses to run as root.
            let given = Command::new("chown")
                .args(["-R", "postgres"])
                .arg(&folder)
                .status();
            assert!(given.expect("chown runs").success());
            let mut shell = Command::new("setpriv");
            shell.args([
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                "sh",
            ]);
            shell
        } else {
            Command::new("sh")
        };
        let closed = Command::new("chmod")
            .arg("600")
            .arg(folder.join("server.key"))
            .status();
        assert!(closed.expect("chmod runs").success());
        let port = free_port();
        let mut keeper = shell
            .args(["-c", KEEPER])
            .env("DIR", &folder)
            .env("BIN", &programs)
            .env("PORT", port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        Some(Self {
            orders: keeper.stdin.take().expect("input"),
            answers: BufReader::new(keeper.stdout.take().expect("output")),
            folder,
            port,
            _keeper: keeper,
        })
    }

    fn order(&mut self, order: &str) -> bool {
        writeln!(self.orders, "{order}").expect("the keeper listens");
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .expect("the keeper answers");
        answer.trim() == "done"
    }

    /// Starts it, with or without TLS, and with what else is asked of it.
    pub fn begin_with(&mut self, tls: bool, more: &str) -> bool {
        let tls = if tls {
            let folder = self.folder.display();
            format!(
                "-c ssl=on -c ssl_cert_file={folder}/server.crt -c ssl_key_file={folder}/server.key"
            )
        } else {
            "-c ssl=off".to_owned()
        };
        self.order(&format!("start {tls} {more}"))
    }

    pub fn begin(&mut self, tls: bool) -> bool {
        self.begin_with(tls, "")
    }

    /// Has it show this certificate, signed by this authority, who becomes the one that its address names.
    pub fn shows(&mut self, own: CertificateParams, authority: &CertifiedIssuer<'static, KeyPair>) {
        certify(&self.folder, own, authority);
        self.vouched_by(authority);
    }

    /// Has it show the certificate of an authority itself.
    pub fn shows_itself(&mut self, authority: &CertifiedIssuer<'static, KeyPair>) {
        fs::write(self.folder.join("server.crt"), authority.pem()).expect("written");
        let key = authority.key().serialize_pem();
        fs::write(self.folder.join("server.key"), key).expect("written");
        self.vouched_by(authority);
    }

    /// Its address names this authority from now on; it shows what it has from its next start on, which is now.
    pub fn vouched_by(&mut self, authority: &CertifiedIssuer<'static, KeyPair>) {
        fs::write(self.folder.join("ca.pem"), authority.pem()).expect("written");
        assert!(
            self.order("stop fast") && self.begin(true),
            "{}",
            self.log()
        );
    }

    /// Stops it at once, as a crash would.
    pub fn stop(&mut self) {
        assert!(self.order("stop immediate"));
    }

    /// Has its disk be full, from its next start on, while the file is there that this answers. `shim` makes calls fail.
    pub fn can_be_full(&mut self, shim: &Path) -> PathBuf {
        self.can_have_no_room(shim, "/base/")
    }

    /// The same for files with this in their name alone.
    pub fn can_have_no_room(&mut self, shim: &Path, files: &str) -> PathBuf {
        let full = self.folder.join("full");
        let (shim, when) = (shim.display(), full.display());
        assert!(self.order(&format!(
            "with LD_PRELOAD={shim} FAIL_KIND=full FAIL_FIRST=1 FAIL_TIMES=1000000 FAIL_PATH={files} FAIL_WHEN={when}"
        )));
        full
    }

    pub fn sql(&mut self, statement: &str) -> bool {
        self.order(&format!("sql {statement}"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }

    /// The address of a database on it.
    pub fn address(&self, database: &str) -> String {
        format!(
            "postgres://postgres@localhost:{}/{database}?sslrootcert={}/ca.pem",
            self.port,
            self.folder.display()
        )
    }
}

/// A box on the way to a server that can stop passing anything on, while the line still seems to be there.
pub struct Way {
    pub port: u16,
    gate: Arc<Gate>,
}

/// Whether it passes on, and what came before it since it does not.
#[derive(Default)]
struct Gate {
    is_cut: Mutex<bool>,
    mended: Condvar,
    held: Mutex<Option<Sender<()>>>,
}

impl Gate {
    /// Waits while it is cut; says first that something waits.
    fn pass(&self) {
        let mut is_cut = self.is_cut.lock().expect("whole");
        if *is_cut && let Some(held) = self.held.lock().expect("whole").as_ref() {
            // Nobody may be waiting for it.
            let _ = held.send(());
        }
        while *is_cut {
            is_cut = self.mended.wait(is_cut).expect("whole");
        }
    }
}

impl Way {
    /// To the server at this port.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let gate = Arc::<Gate>::default();
        let at_door = Arc::clone(&gate);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let gate = Arc::clone(&at_door);
                thread::spawn(move || {
                    gate.pass();
                    let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                        return;
                    };
                    for (from, to) in [(&client, &server), (&server, &client)] {
                        let (from, to) = (from.try_clone(), to.try_clone());
                        let (from, to) = (from.expect("a line"), to.expect("a line"));
                        let gate = Arc::clone(&gate);
                        thread::spawn(move || carry(from, to, &gate));
                    }
                });
            }
        });
        Self { port, gate }
    }

    /// Passes nothing on any more; what comes after that is told to who waits for what this answers.
    pub fn cut(&self) -> Receiver<()> {
        let (sender, held) = channel();
        *self.gate.held.lock().expect("whole") = Some(sender);
        *self.gate.is_cut.lock().expect("whole") = true;
        held
    }

    /// Passes on again, also what was held back.
    pub fn mend(&self) {
        *self.gate.is_cut.lock().expect("whole") = false;
        self.gate.mended.notify_all();
    }

    /// The address of a server with this way to it, that is given up after so many seconds of silence.
    pub fn address(&self, server: &Server, seconds: u8) -> String {
        let (own, way) = (format!(":{}/", server.port), format!(":{}/", self.port));
        let address = server.address("postgres").replace(&own, &way);
        format!("{address}&connect_timeout={seconds}&tcp_user_timeout={seconds}")
    }
}

/// Carries what comes in at one end to the other.
fn carry(mut from: TcpStream, mut to: TcpStream, gate: &Gate) {
    let mut room = [0; 16 * 1024];
    while let Ok(count) = from.read(&mut room) {
        gate.pass();
        if count == 0 || to.write_all(&room[..count]).is_err() {
            break;
        }
    }
    // The other side may be gone.
    let _ = to.shutdown(std::net::Shutdown::Both);
}

/// The server that all tests of this program share, each in a database of its own.
fn shared() -> Option<&'static Mutex<Server>> {
    static SERVER: OnceLock<Option<Mutex<Server>>> = OnceLock::new();
    SERVER
        .get_or_init(|| Server::start().map(Mutex::new))
        .as_ref()
}

/// The address of a fresh database on the shared server; nothing, and a line that says so, without a server.
pub fn fresh_database() -> Option<String> {
    let Some(server) = shared() else {
        not_checked("the register on PostgreSQL: no server of the distribution is installed.");
        return None;
    };
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("proef{number}");
    let mut server = server
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    assert!(
        server.sql(&format!("CREATE DATABASE {name}")),
        "{}",
        server.log()
    );
    Some(server.address(&name))
}

/// The library that makes calls fail, in a folder that every user can read; nothing without a C compiler.
pub fn shim() -> Option<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::tempdir().expect("folder");
    let mut mode = fs::metadata(folder.path()).expect("there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(folder.path(), mode).expect("set");
    let shim = folder.path().join("fail.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/register/fail.c");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&shim, &source])
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some((folder, shim));
    }
    not_checked("failing disks: there is no C compiler.");
    None
}
