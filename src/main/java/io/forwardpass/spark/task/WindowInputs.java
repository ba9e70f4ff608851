package io.forwardpass.spark.task;

import java.io.Serializable;

/** What each model input takes of a window. */
public final class WindowInputs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] steps;
  private final int[] widths;
  private final boolean[] windowed;

  public WindowInputs(int[] steps, int[] widths, boolean[] windowed) {
    this.steps = steps;
    this.widths = widths;
    this.windowed = windowed;
  }

  /** By input: how many of a window's last rows it takes. */
  public int[] steps() {
    return steps;
  }

  /** By input: numbers a row. */
  public int[] widths() {
    return widths;
  }

  /** Whether an input takes a sequence; the others take a window's last row. */
  public boolean isWindowed(int input) {
    return windowed[input];
  }
}
