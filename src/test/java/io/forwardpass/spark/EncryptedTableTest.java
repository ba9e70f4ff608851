package io.forwardpass.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.config.JobConfig.WriteMethod;
import io.forwardpass.network.Network;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import io.forwardpass.testing.JobBuilder;
import io.forwardpass.testing.Networks;
import io.forwardpass.testing.Sessions;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.keytools.KmsClient;
import org.apache.parquet.crypto.keytools.PropertiesDrivenCryptoFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Parquet's own encryption wrote are never carried over: Spark reads and writes their rows. */
class EncryptedTableTest {
  private static final SparkSession SESSION = Sessions.shared();
  private static final Map<String, String> SETTINGS = Map.of("parquet.crypto.factory.class", PropertiesDrivenCryptoFactory.class.getName(),
      "parquet.encryption.kms.client.class", OpenKeys.class.getName());

  @TempDir
  Path folder;

  /** Wraps keys in nothing but text. */
  public static final class OpenKeys implements KmsClient {
    @Override
    public void initialize(Configuration configuration, String instance, String url, String token) {}

    @Override
    public String wrapKey(byte[] key, String masterKey) {
      return masterKey + ":" + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public byte[] unwrapKey(String wrapped, String masterKey) {
      return Base64.getDecoder().decode(wrapped.substring(masterKey.length() + 1));
    }
  }

  @BeforeAll
  static void haveKeys() {
    SETTINGS.forEach(SESSION.conf()::set);
  }

  @AfterAll
  static void leaveTheSessionAsItWas() {
    SETTINGS.keySet().forEach(SESSION.conf()::unset);
  }

  /** A feature and a column that is merely kept are encrypted, or all; the footer is, or is signed only. */
  @ParameterizedTest
  @ValueSource(strings = {"encrypted footer", "plain footer", "encrypted footer, kept column alone", "plain footer, kept column alone"})
  void writesRowsAndNothingIsLost(String kind) throws Exception {
    Path table = folder.resolve("table");
    Dataset<Row> rows = SESSION.range(0, 1000, 1, 2).selectExpr("id", "concat('r', id) as secret", "cast(sin(id) as float) as x1",
        "cast(cos(id) as float) as x2");
    rows.write().option("parquet.encryption.column.keys", kind.contains("alone") ? "k1: secret" : "k1: secret, x1")
        .option("parquet.encryption.footer.key", "k0").option("parquet.encryption.plaintext.footer", kind.startsWith("plain"))
        .parquet(table.toString());
    Network network = Networks.of(Shape.of(2), Shape.of(1));
    JobBuilder jobs = JobBuilder.from(table).to(folder.resolve("out")).features("x1", "x2");
    Summary summary = jobs.job(network).run();
    assertTrue(summary.way().matches("rows, because part-.*\\.parquet is encrypted"), summary.way());
    assertEquals(1000, summary.rows().scored());
    Dataset<Row> written = SESSION.read().parquet(folder.resolve("out").toString());
    assertEquals(rows.orderBy("id").collectAsList(), written.drop("prediction").orderBy("id").collectAsList());
    assertEquals(0, written.where("prediction is null").count());
    jobs.write = WriteMethod.APPEND;
    String refused = assertThrows(Refusal.class, () -> jobs.to(folder.resolve("other")).job(network).check()).getMessage();
    assertTrue(refused.contains("output.write is append, but part-")
        && refused.endsWith(".parquet is encrypted. Set output.write to auto or rows."), refused);
  }
}
