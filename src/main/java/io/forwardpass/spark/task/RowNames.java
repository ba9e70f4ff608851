package io.forwardpass.spark.task;

import io.forwardpass.refusal.Refusal;
import io.forwardpass.spark.feature.InvalidRows;
import java.util.StringJoiner;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** Names single rows in messages: by the job's key columns, else by the file they stand in. */
public final class RowNames {
  private final Scoring scoring;
  private final int[] key; // of the scoring's columns
  private final int[] ordinals; // of the key columns in the child's rows
  private final DataType[] types;

  /** @param key the needed columns that name a row */
  public RowNames(TaskPlan plan, int[] key) {
    scoring = plan.scoring();
    this.key = key;
    ordinals = new int[key.length];
    types = new DataType[key.length];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = plan.ordinals()[key[i]];
      types[i] = plan.type(key[i]);
    }
  }

  /** What stops a run whose policy is {@code error}. */
  public Refusal refusal(long reason, InternalRow row) {
    return new Refusal(Refusal.Kind.INVALID_ROWS, "Cannot score the table: " + scoring.describe(reason) + " in " + name(row)
        + ". Mend the row, or set invalid-rows.policy to keep or skip"
        + (isNaN(reason) ? ", or invalid-rows.nan to pass." : "."));
  }

  private static boolean isNaN(long reason) {
    return InvalidRows.kind(reason) == InvalidRows.NAN || InvalidRows.kind(reason) == InvalidRows.NAN_ELEMENT;
  }

  public String name(InternalRow row) {
    if (ordinals.length == 0) {
      String file = InputFileBlockHolder.getInputFilePath().toString();
      return file.isEmpty() ? "a row (name its columns in input.key)" : "a row of " + file + " (name its columns in input.key)";
    }
    StringJoiner text = new StringJoiner(", ", "the row with ", "");
    for (int i = 0; i < ordinals.length; i++) {
      Object value = row.isNullAt(ordinals[i]) ? null : row.get(ordinals[i], types[i]);
      text.add(scoring.columns()[key[i]] + " = " + CatalystTypeConverters.convertToScala(value, types[i]));
    }
    return text.toString();
  }
}
