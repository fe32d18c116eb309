//! A name for a text that never changes.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The first half of the SHA-256 of `text`, 32 hexadecimal digits: the same on every machine and in
/// every version.
pub fn stable_hash(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash[..16].iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_that_of_sha_256() {
        assert_eq!(super::stable_hash("abc"), "ba7816bf8f01cfea414140de5dae2223");
    }
}
