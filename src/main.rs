//! The process edge: run the command, and turn its outcome into an exit status.

use std::process::ExitCode;

// A third of a run was spent on asking the system for memory in small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pmctl::cli::run()
}
