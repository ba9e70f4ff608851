package io.forwardpass.spark.task;

import java.io.Serializable;

/** Whether a task has whole series or a range of series and time. */
public final class Partitioning implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean isRange;
  private final String text;

  /** @param text what summary and plan say of it, with the reason where the job left it open */
  public Partitioning(boolean isRange, String text) {
    this.isRange = isRange;
    this.text = text;
  }

  public boolean isRange() {
    return isRange;
  }

  @Override
  public String toString() {
    return text;
  }
}
