package io.forwardpass.spark.task;

import io.forwardpass.windows.WindowRules;
import java.io.Serializable;

/** How rows become windows. */
public final class Windowing implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SeriesOrder order;
  private final WindowInputs inputs;
  private final WindowRules rules;
  private final boolean dropsShort;
  private final Partitioning partitioning;

  /** @param dropsShort whether rows with too little history are left out rather than kept without a prediction */
  public Windowing(SeriesOrder order, WindowInputs inputs, WindowRules rules, boolean dropsShort, Partitioning partitioning) {
    this.order = order;
    this.inputs = inputs;
    this.rules = rules;
    this.dropsShort = dropsShort;
    this.partitioning = partitioning;
  }

  public SeriesOrder order() {
    return order;
  }

  public WindowInputs inputs() {
    return inputs;
  }

  public WindowRules rules() {
    return rules;
  }

  public boolean dropsShort() {
    return dropsShort;
  }

  public Partitioning partitioning() {
    return partitioning;
  }
}
