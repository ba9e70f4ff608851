package io.forwardpass.windows;

/** What is put before the first row of a series, so that its first rows have windows too. */
public enum Padding {
  NONE, VALUE, REPEAT_FIRST
}
