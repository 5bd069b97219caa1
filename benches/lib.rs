//! Benchmarks of floorwalker.
