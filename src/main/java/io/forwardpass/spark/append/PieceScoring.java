package io.forwardpass.spark.append;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;

/** How the features of pieces are read and scored. */
final class PieceScoring implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader;
  private final FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> scoring;
  private final int firstAdded;

  PieceScoring(Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader,
      FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> scoring, int firstAdded) {
    this.reader = reader;
    this.scoring = scoring;
    this.firstAdded = firstAdded;
  }

  BatchSource source() {
    return new BatchSource(reader);
  }

  Iterator<ColumnarBatch> scored(BatchSource features) throws Exception {
    return scoring.call(features);
  }

  /** The place of the first prediction among the columns of a scored batch: the features stand before it. */
  int firstAdded() {
    return firstAdded;
  }
}
