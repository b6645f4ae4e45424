//! The dateline at the head of a body: `Kyiv, Ukraine, April 9 (AFP) -`.
