package io.forwardpass.sql.call;

import io.forwardpass.network.Block;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.InvalidRows;
import io.forwardpass.spark.prediction.PredictionWriter;
import io.forwardpass.spark.task.Scoring;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;

/** Scores one row at a time, for one thread: the same readers, network and writers as the operator's, and so the same bits. */
final class RowScoring {
  private final BoundCall call;
  private final Scoring scoring;
  private final Network network;
  private final Workspace workspace;
  private final InvalidRows invalid;
  private final PredictionWriter writer;

  RowScoring(BoundCall call, Network network) {
    this.call = call;
    this.network = network;
    scoring = call.scoring();
    workspace = network.workspace(Block.LANES);
    invalid = new InvalidRows(Block.LANES, scoring.invalidRows().nanIsInvalid());
    writer = new PredictionWriter(scoring.predictions(), Block.LANES);
  }

  /** @param row the scoring's columns */
  Object value(InternalRow row) {
    invalid.clear();
    for (int i = 0; i < scoring.features().length; i++) {
      for (Feature feature : scoring.features()[i]) {
        feature.read(row, feature.column(), workspace.input(i).data(), Block.LANES, 0, invalid);
      }
    }
    writer.begin(1);
    if (invalid.any()) {
      String reason = scoring.describe(invalid.reason(0));
      if (call.onInvalid() == OnInvalid.ERROR) {
        throw InvalidRow.refusal(scoring.model(), reason);
      }
      if (call.onInvalid() == OnInvalid.NULL) {
        return null;
      }
      writer.writeNothing(0, reason, true);
    } else {
      network.forward(workspace, 1);
      writer.write(workspace, 0, 1, 0);
    }
    return call.isStruct() ? struct() : value(0);
  }

  private InternalRow struct() {
    int count = scoring.predictions().columns().length + (call.onInvalid() == OnInvalid.REPORT ? 1 : 0);
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(i);
    }
    return new GenericInternalRow(values);
  }

  /** A copy: the next row's will stand in the same place. */
  private Object value(int column) {
    WritableColumnVector vector = writer.vectors()[column];
    DataType type = vector.dataType();
    if (vector.isNullAt(0)) {
      return null;
    }
    return type instanceof FloatType ? vector.getFloat(0) : type instanceof StringType ? vector.getUTF8String(0).copy()
        : vector.getArray(0).copy();
  }
}
