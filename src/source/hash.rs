//! Names for texts, the same on every machine and in every version.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of `parts` one after another, in 64 hexadecimal digits.
pub fn sha256<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> String {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    hash.finalize().iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Returns the first half of the SHA-256 of `text`, 32 hexadecimal digits.
pub fn stable_hash(text: &str) -> String {
    let mut hash = sha256([text]);
    hash.truncate(32);
    hash
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_that_of_sha_256() {
        assert_eq!(super::stable_hash("abc"), "ba7816bf8f01cfea414140de5dae2223");
        let whole = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256(["a", "bc"]), whole);
    }
}
