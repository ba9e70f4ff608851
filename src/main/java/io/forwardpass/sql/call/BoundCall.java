package io.forwardpass.sql.call;

import io.forwardpass.spark.interop.CatalystNames;
import io.forwardpass.spark.interop.Invocations;
import io.forwardpass.spark.interop.ScalaLists;
import io.forwardpass.spark.prediction.Predictions;
import io.forwardpass.spark.task.Scoring;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** A call resolved against its features' types: how it is scored, and how its columns become the one value that a call has. */
public final class BoundCall implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Scoring scoring;
  private final int[] places; // by column of the scoring: its place among the call's features
  private final OnInvalid onInvalid;

  BoundCall(Scoring scoring, int[] places, OnInvalid onInvalid) {
    this.scoring = scoring;
    this.places = places;
    this.onInvalid = onInvalid;
  }

  public Scoring scoring() {
    return scoring;
  }

  /** With the features' own names for messages and plans. */
  BoundCall naming(List<Expression> features) {
    String[] shown = new String[places.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = CatalystNames.pretty(features.get(places[i]));
    }
    return new BoundCall(new Scoring(scoring.model(), shown, scoring.features(), scoring.blockRows(), scoring.invalidRows(), null,
        scoring.predictions()), places, onInvalid);
  }

  public int[] places() {
    return places;
  }

  OnInvalid onInvalid() {
    return onInvalid;
  }

  /** A number, an array, or a structure where there is more than one thing to say. */
  DataType type() {
    return isStruct() ? struct() : scoring.predictions().columns()[0].type();
  }

  boolean isStruct() {
    return scoring.predictions().columns().length > 1 || onInvalid == OnInvalid.REPORT;
  }

  private StructType struct() {
    List<StructField> fields = new ArrayList<>(List.of(scoring.predictions().schema().fields()));
    if (onInvalid != OnInvalid.REPORT) {
      fields.removeIf(field -> field.name().equals(Predictions.ERROR));
    }
    return new StructType(fields.stream().map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
        .toArray(StructField[]::new));
  }

  /** The columns that the operator adds for it. */
  public List<Attribute> columns() {
    List<Attribute> columns = new ArrayList<>();
    for (StructField field : scoring.predictions().schema().fields()) {
      columns.add(CatalystNames.attribute(field.name(), field.dataType(), true));
    }
    return columns;
  }

  /** The call's value from the columns that the operator has added, checked where the call stood and not before. */
  public Expression value(List<Attribute> columns) {
    int predictions = scoring.predictions().columns().length;
    Expression value = isStruct() ? struct(columns) : columns.get(0);
    if (onInvalid == OnInvalid.NULL && isStruct()) {
      value = new If(new IsNull(columns.get(0)), new Literal(null, type()), value);
    }
    if (onInvalid == OnInvalid.ERROR) {
      Expression model = new Literal(UTF8String.fromString(scoring.model()), DataTypes.StringType);
      Expression valid = Invocations.ofStatic(InvalidRow.class, DataTypes.BooleanType, "check",
          List.of(model, columns.get(predictions)));
      value = new If(valid, value, new Literal(null, type()));
    }
    return value;
  }

  private Expression struct(List<Attribute> columns) {
    List<Expression> parts = new ArrayList<>();
    for (StructField field : struct().fields()) {
      parts.add(new Literal(UTF8String.fromString(field.name()), DataTypes.StringType));
      parts.add(columns.stream().filter(column -> column.name().equals(field.name())).findFirst().orElseThrow());
    }
    return new CreateNamedStruct(ScalaLists.seq(parts));
  }

  @Override
  public boolean equals(Object object) {
    return this == object || (object instanceof BoundCall call && onInvalid == call.onInvalid && Arrays.equals(places, call.places)
        && scoring.equals(call.scoring));
  }

  @SuppressWarnings("EnumOrdinal") // the same in every JVM, which an enum's own hash is not
  @Override
  public int hashCode() {
    return scoring.hashCode() * 31 + onInvalid.ordinal();
  }
}
