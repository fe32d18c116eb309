//! The process edge: run the command, and turn its outcome into an exit status.

use std::process::ExitCode;

// With that of the system, memory in small pieces takes a quarter of a run of lint.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pmctl::cli::run()
}
