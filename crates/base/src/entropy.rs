//! The seam for randomness.

/// A source of random bytes. Production uses [`SystemEntropy`]; simulation substitutes a seeded one.
pub trait Entropy: Send + Sync {
    /// Fills `buffer` with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A uniformly random `u64`.
    fn u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_ne_bytes(bytes)
    }

    /// `len` characters drawn uniformly from `alphabet` (ASCII, at most 256 characters).
    fn token(&self, len: usize, alphabet: &[u8]) -> String {
        // Rejection keeps the draw uniform when the alphabet's size does not divide 256.
        let limit = 256 - 256 % alphabet.len();
        let mut text = String::with_capacity(len);
        while text.len() < len {
            let mut bytes = [0; 64];
            self.fill(&mut bytes);
            let usable = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < limit);
            text.extend(
                usable.take(len - text.len()).map(|byte| char::from(alphabet[byte % alphabet.len()])),
            );
        }
        text
    }
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the seam that everyone else must use")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer)
            .expect("the operating system's random generator answers on every supported kernel");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_use_only_the_alphabet() {
        let token = SystemEntropy.token(1000, b"abc");
        assert_eq!(token.len(), 1000);
        assert!(token.bytes().all(|byte| b"abc".contains(&byte)));
        assert!(b"abc".iter().all(|byte| token.as_bytes().contains(byte)));
    }
}
