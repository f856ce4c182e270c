//! The service's tests: each on a fresh database, over real HTTP.
