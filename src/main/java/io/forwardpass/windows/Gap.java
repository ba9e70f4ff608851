package io.forwardpass.windows;

/** What becomes of a window where two neighbouring rows of a series are not one step apart. */
public enum Gap {
  /** The row after the gap starts anew, as if its series began there. */
  RESTART,
  /** Rows are neighbours whatever the time between them. */
  IGNORE,
  /** The run stops. */
  ERROR,
  /** The row before the gap is repeated for the steps that are missing; where they are too many, the row after starts anew. */
  FILL
}
