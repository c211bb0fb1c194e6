//! Goals and service levels: what they say about a measured value, and the sums of the source.

#[cfg(test)]
mod drenthe;
