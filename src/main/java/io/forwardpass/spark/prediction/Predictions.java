package io.forwardpass.spark.prediction;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that scoring adds to a table: predictions, then the reason for a missing one, then whether the row stays. */
public final class Predictions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The reason why a row has no prediction. */
  public static final String ERROR = "prediction_error";
  /** Only between the operator and the filter above it. */
  public static final String KEPT = "forwardpass_kept";

  private final Prediction[] columns;
  private final boolean nullable;
  private final boolean withError;
  private final boolean withKept;

  public Predictions(Prediction[] columns, boolean nullable, boolean withError, boolean withKept) {
    this.columns = columns;
    this.nullable = nullable;
    this.withError = withError;
    this.withKept = withKept;
  }

  /** Where the reason stands; meaningful where there is one. */
  int errorColumn() {
    return columns.length;
  }

  public boolean readInputs() {
    return Arrays.stream(columns).anyMatch(Prediction::readsInputs);
  }

  int keptColumn() {
    return columns.length + (withError ? 1 : 0);
  }

  public StructType schema() {
    StructField[] fields = new StructField[keptColumn() + (withKept ? 1 : 0)];
    for (int i = 0; i < columns.length; i++) {
      boolean mayBeNull = nullable || columns[i].type().equals(DataTypes.StringType); // a label of NaN
      fields[i] = new StructField(columns[i].name(), columns[i].type(), mayBeNull, Metadata.empty());
    }
    if (withError) {
      fields[errorColumn()] = new StructField(ERROR, DataTypes.StringType, true, Metadata.empty());
    }
    if (withKept) {
      fields[keptColumn()] = new StructField(KEPT, DataTypes.BooleanType, false, Metadata.empty());
    }
    return new StructType(fields);
  }

  WritableColumnVector[] vectors(int rows) {
    StructField[] fields = schema().fields();
    WritableColumnVector[] vectors = new WritableColumnVector[fields.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new OnHeapColumnVector(rows, fields[i].dataType());
    }
    return vectors;
  }

  public Prediction[] columns() {
    return columns;
  }

  public boolean nullable() {
    return nullable;
  }

  public boolean withError() {
    return withError;
  }

  public boolean withKept() {
    return withKept;
  }
}
