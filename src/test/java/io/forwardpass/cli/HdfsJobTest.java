package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import io.forwardpass.testing.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole job on a real HDFS: its file, the model, the table and the predictions. */
class HdfsJobTest {
  @TempDir
  private static java.nio.file.Path disk;
  private static MiniDFSCluster cluster;
  private static FileSystem files;

  @BeforeAll
  static void start() throws IOException {
    Sessions.shared();
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    files = cluster.getFileSystem();
    files.copyFromLocalFile(new Path("src/test/resources/golden/samples/mlp/model.keras"), new Path("/data/model.keras"));
    files.copyFromLocalFile(new Path("src/test/resources/golden/samples/mlp/table.parquet"), new Path("/data/table.parquet"));
    try (FSDataOutputStream job = files.create(new Path("/data/job.conf"))) {
      String root = cluster.getURI() + "/data";
      job.write(("model.path = \"" + root + "/model.keras\"\ninput.path = \"" + root + "/table.parquet\"\n"
          + "features.columns = [x1, x2, x3, x4]\noutput.path = \"" + root + "/predictions\"\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Test
  void readsAndWritesOnAFileSystemThatIsNotLocal() throws IOException {
    Ran ran = Ran.forwardpass("score", cluster.getURI() + "/data/job.conf");
    assertEquals("", ran.err());
    assertEquals(0, ran.exitCode());
    assertTrue(ran.out().contains("scored          2,000"), ran.out());
    assertTrue(files.exists(new Path("/data/predictions/_SUCCESS")));
    for (FileStatus beside : files.listStatus(new Path("/data"))) {
      assertTrue(!beside.getPath().getName().startsWith("_") && !beside.getPath().getName().startsWith("."),
          "left behind: " + beside.getPath());
    }
    Ran again = Ran.forwardpass("score", cluster.getURI() + "/data/job.conf");
    assertEquals(4, again.exitCode());
    assertTrue(
        again.err().startsWith("Cannot score " + cluster.getURI() + "/data/table.parquet: ") && again.err().contains("/data/predictions"),
        again.err());
  }

  @Test
  void refusesAFileInPlaceOfAFolder() {
    String root = cluster.getURI() + "/data";
    String file = root + "/model.keras";
    for (String mode : new String[] {"error", "overwrite", "append"}) {
      String[] words = {"score", root + "/job.conf", "--set", "output.mode=" + mode, "--set", "output.path=\"" + file + "\""};
      assertEquals(new Ran(4, "", "Cannot score " + root + "/table.parquet: the output path " + file + " is not a folder, and predictions "
          + "are written to a folder. Choose another output.path.\n"), Ran.forwardpass(words));
      words[5] = "output.path=\"" + file + "/deep/out\"";
      assertEquals(new Ran(4, "", "Cannot score " + root + "/table.parquet: the output path " + file + "/deep/out lies below " + file
          + ", which is not a folder, and predictions are written to a folder. Choose another output.path.\n"), Ran.forwardpass(words));
    }
  }

  @Test
  void overwritesATableAndNothingElse() throws IOException {
    String root = cluster.getURI() + "/data";
    try (FSDataOutputStream document = files.create(new Path("/data/parted/day=1/thesis.txt"))) {
      document.write("chapter one".getBytes(StandardCharsets.UTF_8));
    }
    String[] overwrite = {"score", root + "/job.conf", "--set", "output.mode=overwrite", "--set", "output.path=\"" + root + "\""};
    Ran ran = Ran.forwardpass(overwrite);
    String holds = "  - output.mode is overwrite, but the output " + root + " holds ";
    assertTrue(ran.err().contains(holds + "the model " + root + "/model.keras. Choose another output.path.\n"), ran.err());
    assertTrue(ran.err().contains(holds + "the job file " + root + "/job.conf. Choose another output.path.\n"), ran.err());
    assertTrue(ran.err().contains("the input " + root + "/table.parquet lies inside the output " + root + ". "), ran.err());
    assertEquals(4, ran.exitCode());
    overwrite[5] = "output.path=\"" + root + "/parted\"";
    assertTrue(Ran.forwardpass(overwrite).err().endsWith("holds day=1/thesis.txt, which no table writer made and overwriting would delete. "
        + "Move it elsewhere, or choose another output.path.\n"));
    assertTrue(files.delete(new Path("/data/parted/day=1/thesis.txt"), false));
    for (int times = 0; times < 2; times++) {
      assertEquals("", Ran.forwardpass(overwrite).err());
      assertTrue(files.exists(new Path("/data/parted/_SUCCESS")) && !files.exists(new Path("/data/parted/day=1")));
    }
    assertTrue(files.delete(new Path("/data/parted"), true));
  }
}
