package io.forwardpass.sql.call;

import io.forwardpass.spark.interop.ScalaLists;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult.TypeCheckSuccess$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A call of the SQL function: the model's prediction from these features. It can be evaluated row by row, so that it is right wherever
 * SQL puts it; where it can, the operator does it ({@code sql.extraction}).
 */
public final class ForwardpassCall extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;
  public static final String NAME = "forwardpass";

  private final transient CallSpec spec; // the driver's; tasks have what is bound
  private final PinnedModel model;
  private final Seq<Expression> features;
  private BoundCall bound;
  private transient RowScoring scoring;
  private transient Expression[] arguments; // in the order of the scoring's columns
  private transient GenericInternalRow row;

  public ForwardpassCall(CallSpec spec, Seq<Expression> features) {
    this(spec, spec.model(), features, null);
  }

  private ForwardpassCall(CallSpec spec, PinnedModel model, Seq<Expression> features, BoundCall bound) {
    this.spec = spec;
    this.model = model;
    this.features = features;
    this.bound = bound;
  }

  public CallSpec spec() {
    return spec;
  }

  /** Of types that the optimizer may have changed since the last time: each copy on the driver finds out for itself, in tasks they stay. */
  public BoundCall bound() {
    if (bound == null) {
      List<Expression> given = ScalaLists.list(features);
      bound = spec.bind(given).naming(given);
    }
    return bound;
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    dataType();
    return TypeCheckSuccess$.MODULE$;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  /** It keeps a workspace; Spark gives each thread a copy of its own. */
  @Override
  public boolean stateful() {
    return true;
  }

  /** Keeps Spark from doing it twice to save moving a row; releases before 4.2 do not ask. */
  @Override
  public boolean expensive() {
    return true;
  }

  @Override
  public boolean throwable() {
    return (spec != null && spec.onInvalid() == OnInvalid.ERROR) || super.throwable();
  }

  @Override
  public DataType dataType() {
    return (bound != null ? bound : spec.bind(ScalaLists.list(features))).type();
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public Seq<Expression> children() {
    return features;
  }

  @Override
  public Object eval(InternalRow input) {
    if (scoring == null) {
      prepare();
    }
    for (int i = 0; i < arguments.length; i++) {
      row.update(i, arguments[i].eval(input));
    }
    return scoring.value(row);
  }

  private void prepare() {
    int[] places = bound().places();
    List<Expression> all = ScalaLists.list(features);
    arguments = new Expression[places.length];
    for (int i = 0; i < places.length; i++) {
      arguments[i] = all.get(places[i]);
    }
    row = new GenericInternalRow(places.length);
    scoring = new RowScoring(bound, model.network());
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    bound();
    out.defaultWriteObject();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new ForwardpassCall(spec, model, children, spec == null ? bound : null);
  }

  @Override
  public String toString() {
    return NAME + "(" + model + ", " + features.mkString(", ") + ")";
  }

  @Override
  public String sql() {
    return NAME + "(" + model + ScalaLists.list(features).stream().map(feature -> ", " + feature.sql()).collect(Collectors.joining()) + ")";
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> model;
      case 1 -> features;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ForwardpassCall;
  }

  /** In tasks too, where Spark looks for calls that it could make once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ForwardpassCall call && model.equals(call.model) && features.equals(call.features)
        && ((spec != null && call.spec != null) ? spec.equals(call.spec) : Objects.equals(bound, call.bound));
  }

  @Override
  public int hashCode() {
    return model.hashCode() * 31 + features.hashCode();
  }
}
