package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class SparkSameBitsTest {
  private final SparkSession session = Sessions.shared();

  @TempDir
  Path folder;

  private static Map<Long, Integer> bits(ScoreJob job) throws Exception {
    Map<Long, Integer> bits = new TreeMap<>();
    for (Row row : job.scored().collectAsList()) {
      Float prediction = row.getAs("prediction");
      bits.put(row.<Long>getAs("id"), prediction == null ? 0x7fffffff : Float.floatToRawIntBits(prediction));
    }
    return bits;
  }

  private List<Path> tables() {
    List<Path> tables = new ArrayList<>();
    for (int files : List.of(1, 40)) {
      Path table = folder.resolve("files" + files);
      session.range(0, 4000, 1, files).selectExpr("id", "id % 5 as series", "hash(id) as t", "cast(sin(id) as float) x1", "cos(id) x2",
          "id x3").write().parquet(table.toString());
      tables.add(table);
    }
    return tables;
  }

  @Test
  void whateverFilesBlocksOrPath() throws Exception {
    Network single = Networks.of(Shape.of(3), Shape.of(1));
    Network sequence = Networks.of(Shape.of(5, 3), Shape.of(1));
    Map<Long, Integer> rows = null;
    Map<Long, Integer> windows = null;
    for (Path table : tables()) {
      for (int blockRows : List.of(64, 512)) {
        for (String filter : List.of("", "id >= 0")) {
          JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3");
          jobs.blockRows = blockRows;
          jobs.filter = Optional.of(filter).filter(f -> !f.isEmpty());
          Map<Long, Integer> bits = bits(jobs.job(single));
          assertEquals(4000, bits.size());
          rows = rows == null ? bits : rows;
          assertEquals(rows, bits);
        }
        JobBuilder jobs = JobBuilder.from(table).features("x1", "x2", "x3").windows(List.of("series"), "t");
        jobs.blockRows = blockRows;
        Map<Long, Integer> bits = bits(jobs.job(sequence));
        assertEquals(4000, bits.size());
        windows = windows == null ? bits : windows;
        assertEquals(windows, bits);
      }
    }
  }

  @Test
  void throughJavasAndKryosSerializer() {
    Network network = Networks.of(Shape.of(5, 3), Shape.of(2));
    float[] x = new float[15];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    SparkConf conf = session.sparkContext().getConf();
    for (Serializer serializer : List.of(new JavaSerializer(conf), new KryoSerializer(conf))) {
      ClassTag<Network> tag = ClassTag$.MODULE$.apply(Network.class);
      SerializerInstance instance = serializer.newInstance();
      Network copy = instance.deserialize(instance.serialize(network, tag), tag);
      assertArrayEquals(Networks.answer(network, 0, x), Networks.answer(copy, 0, x));
    }
  }
}
