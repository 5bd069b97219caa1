//! Complaints: random commands against a model, laws, policies, figures.

mod desk;
mod laws;
mod logs;
mod model;
mod model_run;
mod policies;
mod procedures;
mod schema;
mod tamper;
