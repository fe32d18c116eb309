//! The threads of a run.

use rayon::{ThreadPool, ThreadPoolBuilder};

/// What the main thread has on most systems, in bytes.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// More threads than that only wait for each other.
const MOST: usize = 256;

/// Runs `act` on as many threads as there are processors, or as `RAYON_NUM_THREADS` asks for: on fewer where the system does
/// not grant them, at least on the one that calls.
pub(super) fn with_threads<T: Send>(act: impl FnOnce() -> T + Send) -> T {
    let mut count = rayon_threads().min(MOST);
    while count > 1 {
        match pool(count) {
            Some(pool) => return pool.install(act),
            None => count /= 2,
        }
    }
    // The calling thread alone: nothing has to be granted.
    let alone = ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    let _ = alone.build_global();
    act()
}

fn rayon_threads() -> usize {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|count| count.parse().ok());
    let asked = asked.filter(|count| *count > 0);
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
}

fn pool(count: usize) -> Option<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(count).stack_size(STACK_BYTES).build().ok()
}
