//! What people do, played through the real programs.
