//! The service-level report and its renderers, over the played sample centre.

mod sample;
