//! The process edge: run the command, and turn its outcome into an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    pmctl::cli::run()
}
