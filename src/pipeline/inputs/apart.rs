//! Threads that read much and then are gone. What the allocator holds free for a thread is no other's as
//! long as that thread lives; and what it read is mostly let go by another.

use rayon::ThreadPoolBuilder;

/// Does `work` on threads of its own.
pub(super) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(work),
        Err(_) => work(),
    }
}
