package io.forwardpass.spark.binding;

import io.forwardpass.network.InputType;
import io.forwardpass.network.KeyInput;
import io.forwardpass.refusal.Problems;
import io.forwardpass.spark.feature.Feature;
import io.forwardpass.spark.feature.KeyArrayFeature;
import io.forwardpass.spark.feature.NumberType;
import io.forwardpass.spark.feature.TextFeature;
import io.forwardpass.spark.feature.WholeNumberFeature;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** Makes features of the columns whose values a model input takes as keys. */
final class KeyBinding {
  private final KeyInput keys;
  private final String input;
  private final NeededColumns needed;
  private final Predicate<String> isScaled;
  private final Problems problems;

  /**
   * @param input the model input's name
   * @param isScaled whether the job scales a column
   */
  KeyBinding(KeyInput keys, String input, NeededColumns needed, Predicate<String> isScaled, Problems problems) {
    this.keys = keys;
    this.input = input;
    this.needed = needed;
    this.isScaled = isScaled;
    this.problems = problems;
  }

  /** A column of one key a row; empty where it cannot be, which is then a problem. */
  Optional<Feature> single(Attribute column, int element) {
    if (!fits(column, column.dataType())) {
      return Optional.empty();
    }
    return Optional.of(isText() ? new TextFeature(needed.index(column), element, keys.encoding())
        : new WholeNumberFeature(needed.index(column), element, NumberType.of(column.dataType()).orElseThrow(),
            FeatureBinding.decimal(column.dataType()), keys.encoding()));
  }

  /**
   * A column of arrays of all keys of a row.
   *
   * @param section of the job file
   */
  List<Feature> array(Attribute column, int count, String section) {
    if (!(column.dataType() instanceof ArrayType array)) {
      problems.add("column " + column.name() + " is of type " + column.dataType().simpleString() + ", but " + section
          + ".column has to be an array of " + count + (isText() ? " texts" : " whole numbers") + ". Name columns of single ones in "
          + section
          + ".columns.");
      return List.of();
    }
    if (!fits(column, array.elementType())) {
      return List.of();
    }
    NumberType type = isText() ? null : NumberType.of(array.elementType()).orElseThrow();
    return List.of(new KeyArrayFeature(needed.index(column), count, type, FeatureBinding.decimal(array.elementType()), keys.encoding()));
  }

  private boolean isText() {
    return keys.type() == InputType.TEXTS;
  }

  /** Whether values of this type can be the input's keys, and stay as they are. */
  private boolean fits(Attribute column, DataType type) {
    if (!(isText() ? type instanceof StringType : NumberType.of(type).isPresent())) {
      problems.add("column " + column.name() + " is of type " + column.dataType().simpleString() + ", but the model's input " + input
          + " takes "
          + (isText() ? "texts. Name a string column, or read it as one by input.schema."
              : "whole numbers. Name a column of whole numbers, or read it as one by input.schema."));
      return false;
    }
    if (isScaled.test(column.name())) {
      problems.add("features.scaling names " + column.name() + ", which the model looks up as it is. Remove it there.");
      return false;
    }
    return true;
  }
}
