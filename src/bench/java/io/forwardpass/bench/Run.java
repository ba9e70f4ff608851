package io.forwardpass.bench;

/** What one run took: seconds on the clock, and seconds of processor time in its tasks. */
record Run(double seconds, double cpu) {}
