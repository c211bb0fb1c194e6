//! LIKE: `%` stands for any text, `_` for one letter, a backslash before either for the letter itself.

/// One piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Letter(char),
    One,
    Any,
}

/// A pattern, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Piece>);

impl Pattern {
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            pieces.push(match letter {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Letter(letters.next().unwrap_or('\\')),
                other => Piece::Letter(other),
            });
        }
        Self(pieces)
    }

    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut at, mut piece) = (0, 0);
        // Where to take up again: after the last `%`, one letter further each time.
        let mut again: Option<(usize, usize)> = None;
        while at < letters.len() {
            let here = match (self.0.get(piece), letters.get(at)) {
                (Some(Piece::Any), _) => {
                    again = Some((piece + 1, at));
                    piece += 1;
                    continue;
                }
                (Some(Piece::One), Some(_)) => true,
                (Some(Piece::Letter(wanted)), Some(letter)) => wanted == letter,
                _ => false,
            };
            if here {
                at += 1;
                piece += 1;
            } else if let Some((from, start)) = again {
                (piece, at) = (from, start + 1);
                again = Some((from, start + 1));
            } else {
                return false;
            }
        }
        self.0.get(piece..).unwrap_or_default().iter().all(|piece| *piece == Piece::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let matches = |pattern: &str, text: &str| Pattern::new(pattern).matches(text);
        assert!(matches("%gebied", "natuurgebied") && matches("natuur%", "natuurgebied"));
        assert!(matches("%a%b%", "xxaxxbxx") && !matches("%a%b%", "xxbxxa"));
        assert!(matches("_at", "kat") && !matches("_at", "at"));
        assert!(matches("100\\%", "100%") && !matches("100\\%", "100x"));
        assert!(matches("", "") && !matches("", "a") && matches("%", ""));
        assert!(matches("caf_", "café"));
    }
}
