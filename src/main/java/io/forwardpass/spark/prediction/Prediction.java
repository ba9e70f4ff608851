package io.forwardpass.spark.prediction;

import io.forwardpass.network.Block;
import io.forwardpass.network.Workspace;
import java.io.Serializable;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;

/** One output column and how it is made from the network's outputs. */
public abstract class Prediction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final DataType type;

  Prediction(String name, DataType type) {
    this.name = name;
    this.type = type;
  }

  /** Writes rows {@code from} to {@code from + count} of the workspace as rows {@code to} and on of the column. */
  abstract void write(Workspace workspace, int from, int count, WritableColumnVector column, int to);

  /** Whether it looks at what the network was given, too. */
  boolean readsInputs() {
    return false;
  }

  static int at(Block block, int element, int row) {
    return element * block.capacity() + row;
  }

  public String name() {
    return name;
  }

  public DataType type() {
    return type;
  }
}
