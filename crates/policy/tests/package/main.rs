//! Packages from the outside: what loading says about good and bad ones.

#[cfg(test)]
mod checks;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod klein;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod schema;
