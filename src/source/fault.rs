//! Points between the steps of every write, at which the tests end the process or make the step fail. Only builds
//! with debug assertions have them: a release build looks at no variable and has no way to fail here.

use std::io;

/// Passes the next point. Fails with the error that a test asks for at this point.
#[cfg(debug_assertions)]
pub(crate) fn point() -> io::Result<()> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// How many points the process has passed.
    static PASSED: AtomicUsize = AtomicUsize::new(0);

    let asked = |name: &str| std::env::var(name).ok()?.parse::<usize>().ok();
    let (ends, fails) = (asked("PMCTL_TEST_END_AT"), asked("PMCTL_TEST_FAIL_AT"));
    if ends.is_none() && fails.is_none() {
        return Ok(());
    }
    let here = Some(PASSED.fetch_add(1, Ordering::Relaxed) + 1);
    if ends == here {
        // Like a kill: nothing is unwound, no destructor runs.
        std::process::abort();
    }
    match fails == here {
        true => {
            let code = asked("PMCTL_TEST_FAIL_WITH").and_then(|code| i32::try_from(code).ok());
            Err(code.map_or_else(|| io::Error::other("a test"), io::Error::from_raw_os_error))
        }
        false => Ok(()),
    }
}

/// Passes the next point, of which a release build has none.
#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "a build for tests fails here")]
pub(crate) fn point() -> io::Result<()> {
    Ok(())
}
