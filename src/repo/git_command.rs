//! Runs `git` itself for the little that pmctl does not do on its own. It asks no questions, runs no hook and no monitor of
//! files, and ends in time.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long git may take.
const LIMIT: Duration = Duration::from_mins(1);

/// Settings that keep git from running other programs and from asking.
const SETTINGS: [&str; 6] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "credential.interactive=false",
    "fetch.negotiationAlgorithm=noop",
];

/// Why a call of git has no output.
#[derive(Debug, thiserror::Error)]
pub enum GitCommandError {
    /// It cannot be started.
    #[error("`git` cannot be run: {0}")]
    Start(std::io::Error),
    /// There is no thread for its input or its output.
    #[error("there is no thread to run `git` with")]
    Thread,
    /// It had to be stopped.
    #[error("`git {name}` did not end within {seconds} seconds")]
    Late {
        /// What git was called for.
        name: String,
        /// How long it might take.
        seconds: u64,
    },
    /// It failed.
    #[error("`git {name}` failed: {message}")]
    Failed {
        /// What git was called for.
        name: String,
        /// The last line of what it says.
        message: String,
    },
}

/// A call of git in a work tree.
pub(super) struct GitCommand {
    work_tree: PathBuf,
    limit: Duration,
}

impl GitCommand {
    /// A call in `work_tree`.
    pub(super) fn new(work_tree: &Path) -> Self {
        Self { work_tree: work_tree.to_owned(), limit: LIMIT }
    }

    /// What git prints when it is called with `args` and `input`.
    ///
    /// # Errors
    ///
    /// Fails where git is not there, does not end in time or does not succeed; the message says so.
    pub(super) fn run(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, GitCommandError> {
        let name = args.first().copied().unwrap_or_default();
        let mut command = self.command(args);
        let mut child = command.spawn().map_err(GitCommandError::Start)?;
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        // On threads of their own: a pipe that is full or open stops the thread that waits for it.
        let write = std::thread::Builder::new().spawn({
            let input = input.to_vec();
            move || stdin.map(|mut stdin| stdin.write_all(&input))
        });
        let output = std::thread::Builder::new().spawn(move || read(stdout));
        let errors = std::thread::Builder::new().spawn(move || read(stderr));
        let status = self.wait(&mut child);
        let (Ok(_), Ok(output), Ok(errors)) = (write, output, errors) else {
            return Err(GitCommandError::Thread);
        };
        let Some(status) = status else {
            let (name, seconds) = (name.to_owned(), self.limit.as_secs());
            return Err(GitCommandError::Late { name, seconds });
        };
        let output = output.join().unwrap_or_default();
        if status {
            return Ok(output);
        }
        let errors = errors.join().unwrap_or_default();
        let errors = String::from_utf8_lossy(&errors);
        let last = errors.lines().map(str::trim).rfind(|line| !line.is_empty());
        let message = last.unwrap_or("no message").to_owned();
        Err(GitCommandError::Failed { name: name.to_owned(), message })
    }

    #[expect(clippy::disallowed_methods, reason = "this is who starts git")]
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            // Variables such as `GIT_DIR` are those of a hook that runs pmctl, in another repository maybe.
            let is_place =
                ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"]
                    .iter()
                    .any(|place| name == *place);
            if is_place || name.as_encoded_bytes().starts_with(b"GIT_OBJECT_DIRECTORY") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(&self.work_tree)
            .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
            .args(args)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("SSH_ASKPASS_REQUIRE", "never")
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if std::env::var_os("GIT_SSH").is_none() {
            command.env("GIT_SSH_COMMAND", self.ssh());
        }
        if std::env::var_os("GIT_ASKPASS").is_none() {
            command.env("GIT_ASKPASS", "true").env("SSH_ASKPASS", "true");
        }
        // The programs that git starts end with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    /// The program that git calls for ssh, as configured, and never prompts.
    fn ssh(&self) -> String {
        let configured = || {
            let repository = git2::Repository::discover(&self.work_tree).ok()?;
            repository.config().ok()?.get_string("core.sshCommand").ok()
        };
        let ssh = std::env::var("GIT_SSH_COMMAND").ok().or_else(configured);
        format!("{} -oBatchMode=yes", ssh.as_deref().unwrap_or("ssh"))
    }

    /// Whether it succeeded; nothing if it had to be stopped.
    #[expect(clippy::disallowed_methods, reason = "a git that hangs is stopped")]
    fn wait(&self, child: &mut Child) -> Option<bool> {
        let start = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Some(status.success()),
                Ok(None) if start.elapsed() < self.limit => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Ok(None) | Err(_) => {
                    stop(child);
                    return None;
                }
            }
        }
    }
}

/// Stops git and what it has started.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn read(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_hangs_is_stopped_with_all_that_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let limit = Duration::from_secs(1);
        let git = GitCommand { work_tree: folder.path().to_owned(), limit };
        let alias = "alias.hang=!touch started; (sleep 3; touch late) & sleep 60";
        let begin = Instant::now();
        let error = git.run(&["-c", alias, "hang"], b"").expect_err("it hangs").to_string();
        assert!(error.contains("did not end within 1 seconds"), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(20));
        assert!(folder.path().join("started").exists());
        std::thread::sleep(Duration::from_secs(4));
        assert!(!folder.path().join("late").exists(), "a program that git started goes on");
    }
}
