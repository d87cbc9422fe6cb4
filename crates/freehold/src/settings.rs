//! Configuration: flags over `FREEHOLD_*` variables over `freehold.toml` over defaults; parsed once; unknown keys
//! are refused, so that a misspelt setting never silently means its default.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::{AccountId, Region};
use serde::Deserialize;

/// How functions are kept apart from the host and from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Isolation {
    /// Namespaces; started by an ordinary user, rootless. Where the host can't, functions don't run and `freehold doctor`
    /// says what to do.
    #[default]
    Auto,
    /// Linux namespaces, cgroups and seccomp; needs root.
    Namespaces,
    /// The same in a user namespace, without root; what the user may not enforce must be accepted (`accept`).
    Rootless,
    /// As namespaces, and gVisor (`runsc`) in it; needs root, refuses to start where that is not installed or does not work.
    Gvisor,
}

impl Isolation {
    /// What it comes to for this user, if it was left open.
    fn decided(self) -> Isolation {
        match self {
            Isolation::Auto if as_root() => Isolation::Namespaces,
            Isolation::Auto => Isolation::Rootless,
            decided => decided,
        }
    }

    /// By the name that `/health` and receipts give.
    pub fn mode(self) -> &'static str {
        match self {
            Isolation::Auto | Isolation::Namespaces => "namespaces",
            Isolation::Rootless => "rootless",
            Isolation::Gvisor => "gvisor",
        }
    }

    pub fn of_warden(self) -> warden::Isolation {
        match self {
            Isolation::Auto | Isolation::Namespaces => warden::Isolation::Namespaces,
            Isolation::Rootless => warden::Isolation::Rootless,
            Isolation::Gvisor => warden::Isolation::Gvisor,
        }
    }
}

/// Whether idle environments are frozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Freeze {
    #[default]
    Auto,
    Off,
}

/// What may be set; every field optional, so that sources can be laid over each other.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, clap::Args)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Overrides {
    /// Directory that holds all state. Default: /var/lib/freehold for root, else ~/.local/share/freehold
    #[arg(long, env = "FREEHOLD_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Address to listen on. Default: 127.0.0.1:4566
    #[arg(long, env = "FREEHOLD_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// Isolation of functions. Default: auto
    #[arg(long, env = "FREEHOLD_ISOLATION", value_enum)]
    pub isolation: Option<Isolation>,
    /// What isolation may lack without root; the server does not start when anything else is lacking: shared-uid,
    /// no-memory-limit, no-cpu-limit, no-process-limit, no-freezing, no-cpu-time. Default: nothing
    #[arg(long, env = "FREEHOLD_ACCEPT", value_delimiter = ',', value_name = "WEAKNESS")]
    pub accept: Option<Vec<warden::Weakness>>,
    /// Account id of the root key, twelve digits. Default: 000000000000
    #[arg(long, env = "FREEHOLD_ACCOUNT", value_name = "ID")]
    pub account: Option<AccountId>,
    /// Region for requests that name none. Default: us-east-1
    #[arg(long, env = "FREEHOLD_REGION", value_name = "NAME", value_parser = region)]
    pub region: Option<Region>,
    /// Concurrent executions per account and region. Default: 1000, as on AWS; more environments cost memory
    #[arg(long, env = "FREEHOLD_CONCURRENCY_LIMIT", value_name = "N")]
    pub concurrency_limit: Option<u32>,
    /// Requests per second that may begin for each concurrent execution allowed; 0: any number. Default: 10, as on AWS
    #[arg(long, env = "FREEHOLD_REQUEST_RATE", value_name = "N")]
    pub request_rate: Option<u32>,
    /// New execution environments that one function may have in ten seconds; 0: any number. Default: 1000, as on AWS
    #[arg(long, env = "FREEHOLD_SCALING_RATE", value_name = "N")]
    pub scaling_rate: Option<u32>,
    /// Memory that all execution environments together may use, in MiB. Default: three quarters of the host's
    #[arg(long, env = "FREEHOLD_MEMORY_TOTAL_MIB", value_name = "MIB")]
    pub memory_total_mib: Option<u64>,
    /// Memory of the host that stays available beside them, in MiB. Default: a sixteenth of the host's, at least 256
    #[arg(long, env = "FREEHOLD_MEMORY_RESERVE_MIB", value_name = "MIB")]
    pub memory_reserve_mib: Option<u64>,
    /// Milliseconds that an invocation waits for memory before it is throttled. Default: 2000
    #[arg(long, env = "FREEHOLD_MEMORY_WAIT_MS", value_name = "MS")]
    pub memory_wait_ms: Option<u64>,
    /// Whether idle execution environments are frozen. Default: auto, right after each answer, or after a short idle
    /// time where the kernel makes freezing dear
    #[arg(long, env = "FREEHOLD_FREEZE", value_enum)]
    pub freeze: Option<Freeze>,
    /// Seconds after which an idle execution environment is discarded. Default: 14400; whatever it is, idle ones make
    /// room for new ones
    #[arg(long, env = "FREEHOLD_IDLE_TIMEOUT_S", value_name = "SECONDS")]
    pub idle_timeout_s: Option<u64>,
    /// Python execution environments that are forked from one interpreter before a fresh one takes its place. They share
    /// its address layout and hash seed; 1: no two share them, for about 100 ms of processor time each. Default: 1000
    #[arg(long, env = "FREEHOLD_ZYGOTE_COPIES_MAX", value_name = "N")]
    pub zygote_copies_max: Option<u32>,
    /// Whom the server becomes when started as root: a name, a number, or root to stay root. Default: freehold if there
    /// is such a user, else user id 199999
    #[arg(long, env = "FREEHOLD_USER", value_name = "USER")]
    pub user: Option<String>,
    /// Directory with images of this host that functions can use (see `freehold image import`). Default: local-images
    /// in the data directory
    #[arg(long, env = "FREEHOLD_IMAGES_DIR", value_name = "DIR")]
    pub images_dir: Option<PathBuf>,
    /// File with users and passwords of image registries, in the form of Docker's config.json. Default: none; read at
    /// every pull
    #[arg(long, env = "FREEHOLD_REGISTRY_CREDENTIALS", value_name = "FILE")]
    pub registry_credentials: Option<PathBuf>,
    /// Certificate authorities (PEM) that image registries may be certified by, beside the host's. Default: none
    #[arg(long, env = "FREEHOLD_REGISTRY_AUTHORITIES", value_name = "FILE")]
    pub registry_authorities: Option<PathBuf>,
    /// Registry that speaks plain HTTP, as HOST:PORT; may be repeated. Whoever is on the way can read and refuse, but
    /// not change, what is pulled by digest. Default: those on loopback addresses only
    #[arg(
        long = "registry-plain",
        env = "FREEHOLD_REGISTRY_PLAIN",
        value_name = "HOST:PORT",
        value_delimiter = ','
    )]
    pub registry_plain: Option<Vec<String>>,
    /// What functions reach: auto (the Internet if this host can offer it), internet (refuse to start otherwise), or
    /// none. Exceptions by function: [[egress-rule]] in the settings file. Default: auto
    #[arg(long, env = "FREEHOLD_EGRESS", value_enum, value_name = "POLICY")]
    pub egress: Option<Egress>,
    /// Opens destinations that are closed to functions (private networks, this host): 10.1.0.0/16, 192.168.1.7:5432
    #[arg(long, env = "FREEHOLD_EGRESS_OPEN", value_delimiter = ',', value_name = "CIDR[:PORT]")]
    pub egress_open: Option<Vec<warden::Destination>>,
    /// Closes public destinations to functions
    #[arg(long, env = "FREEHOLD_EGRESS_CLOSE", value_delimiter = ',', value_name = "CIDR[:PORT]")]
    pub egress_close: Option<Vec<warden::Destination>>,
    /// Resolvers for functions' name lookups. Default: the host's, from /etc/resolv.conf
    #[arg(long, env = "FREEHOLD_EGRESS_RESOLVERS", value_delimiter = ',', value_name = "ADDR:PORT")]
    pub egress_resolvers: Option<Vec<SocketAddr>>,
    /// Exceptions from `egress`, the first match counts; in the settings file only.
    #[arg(skip)]
    pub egress_rule: Option<Vec<EgressRule>>,
    /// Root access key id; made on first start unless given here
    #[arg(long, env = "FREEHOLD_ROOT_ACCESS_KEY_ID", hide_env_values = true, value_name = "ID")]
    pub root_access_key_id: Option<String>,
    /// Root secret access key; made on first start unless given here
    #[arg(skip)]
    pub root_secret_access_key: Option<String>,
}

/// Whether functions reach the Internet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Egress {
    /// The Internet, as on AWS, if this host can offer it; otherwise nothing, which is said at the start.
    #[default]
    Auto,
    /// The Internet; where the host can't offer it, the server does not start.
    Internet,
    /// Nothing but this server.
    None,
}

/// What particular functions reach.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EgressRule {
    /// A name, or `ACCOUNT/REGION/NAME`; `*` stands for any characters.
    pub functions: String,
    pub egress: warden::Egress,
}

fn region(text: &str) -> Result<Region, String> {
    let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || !text.bytes().all(valid) {
        return Err("a region is lower-case letters, digits and hyphens".into());
    }
    Ok(Region::new(text))
}

/// The settings in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub data_dir: PathBuf,
    pub listen: SocketAddr,
    /// Whether functions are isolated without root's rights: decided by whoever started the server, not by whom it becomes.
    pub isolation: Isolation,
    pub accept: Vec<warden::Weakness>,
    pub account: AccountId,
    pub region: Region,
    pub concurrency_limit: u32,
    /// `None`: any number.
    pub request_rate: Option<u32>,
    pub scaling_rate: Option<u32>,
    pub memory_total_mib: Option<u64>,
    pub memory_reserve_mib: Option<u64>,
    pub memory_wait_ms: u64,
    pub freeze: Freeze,
    pub idle_timeout_s: u64,
    pub zygote_copies_max: u32,
    pub user: Option<String>,
    pub images_dir: PathBuf,
    pub registry: image::RegistryOptions,
    pub egress: Egress,
    pub egress_open: Vec<warden::Destination>,
    pub egress_close: Vec<warden::Destination>,
    pub egress_resolvers: Vec<SocketAddr>,
    pub egress_rules: Vec<EgressRule>,
    pub root_key: Option<(String, String)>,
}

#[derive(Debug, thiserror::Error, PartialEq)]
pub enum SettingsError {
    #[error("{path}: {problem}")]
    File { path: String, problem: String },
    #[error(
        "the environment sets {0}, which is no setting of Freehold (see `freehold serve --help`); unset it or correct its name"
    )]
    UnknownVariable(String),
    #[error("a root access key needs both FREEHOLD_ROOT_ACCESS_KEY_ID and FREEHOLD_ROOT_SECRET_ACCESS_KEY")]
    HalfARootKey,
    #[error("{0} must be at least 1")]
    Zero(&'static str),
    #[error("isolation = \"rootless\" is for ordinary users: start as one, or leave it at \"auto\"")]
    RootlessAsRoot,
    #[error(
        "`accept` is for isolation without root, which lacks something; as root nothing needs to be accepted"
    )]
    AcceptAsRoot,
}

/// The variable that carries the root secret; never a flag, since flags show in the process list.
const ROOT_SECRET: &str = "FREEHOLD_ROOT_SECRET_ACCESS_KEY";

/// Variables that are read elsewhere than by [`Overrides`].
const OTHER_VARIABLES: &[&str] = &[ROOT_SECRET, "FREEHOLD_CONFIG", "FREEHOLD_LOG"];

/// Where images of this host are.
pub fn images_dir(given: Option<PathBuf>, data_dir: Option<&Path>) -> PathBuf {
    given.unwrap_or_else(|| data_dir.map_or_else(default_data_dir, Path::to_owned).join("local-images"))
}

impl Settings {
    pub fn is_rootless(&self) -> bool {
        self.isolation == Isolation::Rootless
    }

    /// Lays `flags` (which already hold the variables) over the file's settings over the defaults.
    pub fn resolve(
        flags: Overrides,
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Settings, SettingsError> {
        let known = known_variables();
        let mut root_secret = None;
        for (name, value) in variables {
            if name == ROOT_SECRET {
                root_secret = Some(value);
            } else if name.starts_with("FREEHOLD_")
                && !name.starts_with("FREEHOLD_TEST_")
                && !known.contains(&name)
            {
                return Err(SettingsError::UnknownVariable(name));
            }
        }
        let file = file.map(read_file).transpose()?.unwrap_or_default();
        let id = flags.root_access_key_id.or(file.root_access_key_id);
        let root_key = match (id, root_secret.or(file.root_secret_access_key)) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            _ => return Err(SettingsError::HalfARootKey),
        };
        let data_dir = flags.data_dir.or(file.data_dir).unwrap_or_else(default_data_dir);
        let settings = Settings {
            images_dir: images_dir(flags.images_dir.or(file.images_dir), Some(&data_dir)),
            registry: image::RegistryOptions {
                credentials: flags.registry_credentials.or(file.registry_credentials),
                authorities: flags.registry_authorities.or(file.registry_authorities),
                plain: flags.registry_plain.or(file.registry_plain).unwrap_or_default(),
            },
            data_dir,
            listen: flags.listen.or(file.listen).unwrap_or_else(default_listen),
            isolation: flags.isolation.or(file.isolation).unwrap_or_default().decided(),
            accept: flags.accept.or(file.accept).unwrap_or_default(),
            account: flags.account.or(file.account).unwrap_or(AccountId::DEFAULT),
            region: flags.region.or(file.region).unwrap_or_else(|| Region::new("us-east-1")),
            concurrency_limit: flags.concurrency_limit.or(file.concurrency_limit).unwrap_or(1000),
            request_rate: Some(flags.request_rate.or(file.request_rate).unwrap_or(10)).filter(|n| *n > 0),
            scaling_rate: Some(flags.scaling_rate.or(file.scaling_rate).unwrap_or(1000)).filter(|n| *n > 0),
            memory_total_mib: flags.memory_total_mib.or(file.memory_total_mib),
            user: flags.user.or(file.user),
            egress: flags.egress.or(file.egress).unwrap_or_default(),
            egress_open: flags.egress_open.or(file.egress_open).unwrap_or_default(),
            egress_close: flags.egress_close.or(file.egress_close).unwrap_or_default(),
            egress_resolvers: flags.egress_resolvers.or(file.egress_resolvers).unwrap_or_default(),
            egress_rules: flags.egress_rule.or(file.egress_rule).unwrap_or_default(),
            memory_reserve_mib: flags.memory_reserve_mib.or(file.memory_reserve_mib),
            memory_wait_ms: flags.memory_wait_ms.or(file.memory_wait_ms).unwrap_or(2000),
            freeze: flags.freeze.or(file.freeze).unwrap_or_default(),
            idle_timeout_s: flags.idle_timeout_s.or(file.idle_timeout_s).unwrap_or(14_400),
            zygote_copies_max: flags.zygote_copies_max.or(file.zygote_copies_max).unwrap_or(1000),
            root_key,
        };
        if as_root() && settings.is_rootless() {
            return Err(SettingsError::RootlessAsRoot);
        }
        if !settings.accept.is_empty() && !settings.is_rootless() {
            return Err(SettingsError::AcceptAsRoot);
        }
        if settings.concurrency_limit == 0 {
            return Err(SettingsError::Zero("concurrency-limit"));
        }
        if settings.memory_total_mib == Some(0) {
            return Err(SettingsError::Zero("memory-total-mib"));
        }
        if settings.zygote_copies_max == 0 {
            return Err(SettingsError::Zero("zygote-copies-max"));
        }
        Ok(settings)
    }
}

/// Whether this process is root's (still).
pub fn as_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// `127.0.0.1:4566`, the port that local-cloud tools default to.
pub fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 4566))
}

/// `/var/lib/freehold` for root, else below the user's data directory.
pub fn default_data_dir() -> PathBuf {
    let for_user = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let for_user = for_user.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    match for_user {
        Some(data) if !as_root() => data.join("freehold"),
        _ => PathBuf::from("/var/lib/freehold"),
    }
}

fn read_file(path: &Path) -> Result<Overrides, SettingsError> {
    let failed = |problem: String| SettingsError::File { path: path.display().to_string(), problem };
    let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    toml::from_str(&text).map_err(|error| failed(error.to_string()))
}

fn known_variables() -> Vec<String> {
    use clap::Args;
    let command = Overrides::augment_args(clap::Command::new("settings"));
    let named = command.get_arguments().filter_map(|argument| argument.get_env());
    let named = named.map(|name| name.to_string_lossy().into_owned());
    named.chain(OTHER_VARIABLES.iter().map(|name| (*name).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(flags: Overrides, file: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("freehold.toml");
        std::fs::write(&path, file).unwrap();
        let variables = variables.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        Settings::resolve(flags, Some(&path), variables)
    }

    #[test]
    fn flags_win_over_the_file() {
        let flags = Overrides { concurrency_limit: Some(7), ..Overrides::default() };
        let settings =
            resolve(flags, "concurrency-limit = 5\nscaling-rate = 0\nlisten = '127.0.0.1:9'\n", &[]).unwrap();
        assert_eq!(settings.concurrency_limit, 7);
        assert_eq!(settings.listen.port(), 9);
        assert_eq!(settings.idle_timeout_s, 14_400);
        assert_eq!((settings.request_rate, settings.scaling_rate), (Some(10), None));
    }

    #[test]
    fn unknown_names_are_refused() {
        let misspelt = resolve(Overrides::default(), "concurency-limit = 5\n", &[]).unwrap_err();
        assert!(misspelt.to_string().contains("concurency-limit"), "{misspelt}");
        let variable = resolve(Overrides::default(), "", &[("FREEHOLD_LISTN", "x")]);
        assert_eq!(variable, Err(SettingsError::UnknownVariable("FREEHOLD_LISTN".into())));
        assert!(resolve(Overrides::default(), "", &[("FREEHOLD_LISTEN", "x"), ("PATH", "/bin")]).is_ok());
    }

    #[test]
    fn weaknesses_are_accepted_by_name_only() {
        let wrong = resolve(Overrides::default(), "accept = ['everything']\n", &[]).unwrap_err();
        assert!(wrong.to_string().contains("everything"), "{wrong}");
        let settings = resolve(Overrides::default(), "accept = ['shared-uid', 'no-cpu-limit']\n", &[]);
        if as_root() {
            assert_eq!(settings, Err(SettingsError::AcceptAsRoot));
            let rootless = resolve(Overrides::default(), "isolation = 'rootless'\n", &[]);
            assert_eq!(rootless, Err(SettingsError::RootlessAsRoot));
        } else {
            assert_eq!(settings.unwrap().accept, [warden::Weakness::SharedUid, warden::Weakness::NoCpuLimit]);
        }
    }

    #[test]
    fn egress_is_read_from_the_file() {
        let file = "egress = 'none'\negress-open = ['10.0.0.0/8:5432']\n\
                    [[egress-rule]]\nfunctions = 'hook-*'\negress = 'internet'\n";
        let settings = resolve(Overrides::default(), file, &[]).unwrap();
        assert_eq!(settings.egress, Egress::None);
        assert_eq!(settings.egress_open, ["10.0.0.0/8:5432".parse().unwrap()]);
        assert_eq!(settings.egress_rules[0].egress, warden::Egress::Internet);
        for wrong in ["egress = 'some'", "egress-open = ['10.0.0.1/8']", "[[egress-rule]]\nfunctions = 'a'"] {
            assert!(resolve(Overrides::default(), wrong, &[]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn impossible_values_are_refused() {
        let half = resolve(Overrides::default(), "", &[(ROOT_SECRET, "s")]);
        assert_eq!(half, Err(SettingsError::HalfARootKey));
        let zero = resolve(Overrides::default(), "concurrency-limit = 0\n", &[]);
        assert_eq!(zero, Err(SettingsError::Zero("concurrency-limit")));
        assert!(resolve(Overrides::default(), "account = '123'\n", &[]).is_err());
    }
}
