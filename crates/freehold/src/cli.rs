//! The command line: what can be asked, in one place. Each command's work is in `commands/`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::settings::Overrides;

/// Serverless you own: AWS Lambda functions on your own machines.
#[derive(Debug, Parser)]
#[command(name = "freehold", version, max_term_width = 110, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Print JSON instead of text
    #[arg(long, global = true)]
    pub json: bool,
}

const EXAMPLES: &str = "Examples:
  freehold demo                          see a function deployed, called and billed
  freehold serve --data-dir ./data       run the platform
  eval \"$(freehold env)\"                 point the AWS CLI and SDKs of this shell at it
  freehold deploy ./hello --url          deploy a directory as a function with a public URL
  freehold invoke hello --payload '{\"name\":\"Ada\"}'
  freehold logs hello --follow";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the platform until it is told to stop
    Serve(Box<Serve>),
    /// Start on a scratch directory, deploy the sample function, call it and show what happened
    Demo(Demo),
    /// Print what a shell needs to reach the platform: eval "$(freehold env)"
    Env(Connection),
    /// Deploy a directory (or a zip file) as a function; updates it when it exists
    Deploy(Deploy),
    /// Call a function and print its answer
    Invoke(Invoke),
    /// Print a function's log
    Logs(Logs),
    /// Make container images available to functions on this host
    Image(Image),
    /// List the runtimes found on this host
    Runtimes,
    /// Sum up what invocations cost
    Cost(Cost),
    /// Say what this host can do, and how to fix what it can't
    Doctor,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub settings: Overrides,
    /// Settings file; refused when it has unknown keys
    #[arg(long, env = "FREEHOLD_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// What isolation may lack without root (see `freehold serve --help`). Default: nothing
    #[arg(long, env = "FREEHOLD_ACCEPT", value_delimiter = ',', value_name = "WEAKNESS")]
    pub accept: Option<Vec<warden::Weakness>>,
    /// Stop after the tour instead of serving until Ctrl-C
    #[arg(long)]
    pub exit: bool,
    /// Address to listen on. Default: 127.0.0.1:4566, or a free port when that is taken
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<std::net::SocketAddr>,
}

/// How a command finds the platform: flags, else AWS's own variables, else what `serve` left in the data directory.
#[derive(Clone, Debug, Default, Args)]
pub struct Connection {
    /// URL of the platform
    #[arg(long, env = "AWS_ENDPOINT_URL", value_name = "URL")]
    pub endpoint: Option<String>,
    /// Data directory of a platform on this machine, to take the endpoint and the root key from
    #[arg(long, env = "FREEHOLD_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Region
    #[arg(long, env = "AWS_REGION", value_name = "NAME")]
    pub region: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  freehold deploy ./hello
  freehold deploy ./hello --runtime python3.12 --handler app.main --memory 256 --timeout 10 --env STAGE=prod --url")]
pub struct Deploy {
    /// A directory, or a zip file
    pub path: PathBuf,
    /// Name of the function. Default: the directory's name
    #[arg(long)]
    pub name: Option<String>,
    /// Runtime. Default: found from the files (bootstrap, package.json or *.mjs/*.js, *.py) and the newest on this host
    #[arg(long)]
    pub runtime: Option<String>,
    /// Handler. Default: lambda_function.lambda_handler, app.handler or index.handler, whichever file exists
    #[arg(long)]
    pub handler: Option<String>,
    /// Memory in MB, 128 to 10240
    #[arg(long, value_name = "MB")]
    pub memory: Option<u32>,
    /// Time-out in seconds, 1 to 900
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u32>,
    /// Environment variable; may be repeated
    #[arg(long = "env", value_name = "NAME=VALUE")]
    pub environment: Vec<String>,
    /// Execution role. Default: a role `freehold-deploy` that may write logs, made when absent
    #[arg(long, value_name = "ARN")]
    pub role: Option<String>,
    /// Give it a public function URL
    #[arg(long)]
    pub url: bool,
    #[command(flatten)]
    pub connection: Connection,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 the function answered, 1 it could not be called, 2 it failed.")]
pub struct Invoke {
    /// Name or ARN, with :version or :alias if wanted
    pub function: String,
    /// JSON, @FILE, or - for standard input
    #[arg(long, short, default_value = "{}")]
    pub payload: String,
    /// Queue it and return at once
    #[arg(long = "async")]
    pub asynchronous: bool,
    /// Print the last 4 KB of its log as well
    #[arg(long)]
    pub tail: bool,
    #[command(flatten)]
    pub connection: Connection,
}

#[derive(Debug, Args)]
pub struct Logs {
    /// Name of the function
    pub function: String,
    /// Go on printing as lines arrive
    #[arg(long, short)]
    pub follow: bool,
    /// How far back: 30s, 10m, 2h, 1d
    #[arg(long, default_value = "10m", value_parser = duration)]
    pub since: std::time::Duration,
    /// Only lines that match this CloudWatch Logs filter pattern
    #[arg(long, value_name = "PATTERN")]
    pub filter: Option<String>,
    #[command(flatten)]
    pub connection: Connection,
}

#[derive(Debug, Args)]
pub struct Image {
    #[command(subcommand)]
    pub command: ImageCommand,
}

#[derive(Debug, Subcommand)]
pub enum ImageCommand {
    /// Copy an image into the image directory of this host, where functions find it as localhost/NAME
    #[command(after_help = "Examples:
  docker save orders:v1 -o orders.tar && freehold image import orders.tar --name orders:v1
  freehold image import ./oci-layout --name shop/orders:v1
  aws lambda create-function --package-type Image --code ImageUri=localhost/orders:v1 ...")]
    Import(ImageImport),
}

#[derive(Debug, Args)]
pub struct ImageImport {
    /// An OCI image layout (directory), or an archive as `docker save` and `podman save` write it
    pub path: PathBuf,
    /// Name of the image: repository:tag
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Data directory of the platform. Default: as for `serve`
    #[arg(long, env = "FREEHOLD_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Image directory of the platform. Default: local-images in the data directory
    #[arg(long, env = "FREEHOLD_IMAGES_DIR", value_name = "DIR")]
    pub images_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Cost {
    /// How far back: 30s, 10m, 2h, 1d
    #[arg(long, default_value = "30d", value_parser = duration)]
    pub since: std::time::Duration,
    /// Only this function
    #[arg(long)]
    pub function: Option<String>,
    /// List the receipts, newest last
    #[arg(long)]
    pub receipts: bool,
    #[command(flatten)]
    pub connection: Connection,
}

fn duration(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || format!("{text:?} is not a duration such as 30s, 10m, 2h or 1d");
    let split = text.len().checked_sub(1).filter(|at| text.is_char_boundary(*at)).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(split);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    Ok(std::time::Duration::from_secs(u64::from(number) * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn durations() {
        assert_eq!(duration("90s").unwrap().as_secs(), 90);
        assert_eq!(duration("2d").unwrap().as_secs(), 172_800);
        for bad in ["", "s", "5", "5w", "-1s", "1.5h", "5ü"] {
            assert!(duration(bad).is_err(), "{bad:?}");
        }
    }
}
