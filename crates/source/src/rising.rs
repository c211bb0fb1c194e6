//! The longest rising series in a row.

/// The places of the items that make the longest series in which the value rises, in order. Of several series as
/// long, the one with the lowest values; of equal values the last.
pub(crate) fn longest_rising<T, V: Ord>(items: &[T], value: impl Fn(&T) -> V) -> Vec<usize> {
    // tails[k]: place of the item with the lowest value that ends a series of k + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let own = value(item);
        let length = tails.partition_point(|tail| items.get(*tail).is_some_and(|tail| value(tail) < own));
        previous.push(length.checked_sub(1).and_then(|k| tails.get(k)).copied());
        match tails.get_mut(length) {
            Some(tail) => *tail = place,
            None => tails.push(place),
        }
    }
    let mut series = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(place) = next {
        series.push(place);
        next = previous.get(place).copied().flatten();
    }
    series.reverse();
    series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_longest() {
        let of = |items: &[u32]| longest_rising(items, |n| *n);
        assert_eq!(of(&[7, 3, 8, 9]), [1, 2, 3]);
        assert_eq!(of(&[1, 90, 2, 3, 3, 4]), [0, 2, 4, 5]);
        assert_eq!(of(&[]), Vec::<usize>::new());
    }
}
