package io.forwardpass.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are read from a real HDFS, by full path and by one without a scheme. */
class HdfsTest {
  @TempDir
  private static Path disk;
  private static MiniDFSCluster cluster;
  private static Configuration hadoop;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hadoop = new Configuration(false);
    hadoop.addResource(configuration);
    hadoop.set("fs.defaultFS", cluster.getURI().toString());
    FileSystem files = cluster.getFileSystem();
    org.apache.hadoop.fs.Path models = new org.apache.hadoop.fs.Path("/models");
    files.mkdirs(models);
    for (String file : new String[] {"model.keras", "model.h5", "weights_csv", "model.json"}) {
      files.copyFromLocalFile(new org.apache.hadoop.fs.Path(Models.GOLDEN.resolve("samples/mlp").resolve(file).toUri()), models);
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Test
  void readsAnArchiveByItsFullPath() throws IOException {
    SavedModel model = ModelFiles.read(cluster.getURI() + "/models/model.keras", Optional.empty(), Optional.empty(), 3, hadoop);
    assertEquals("Keras 3 archive (.keras)", model.format());
    assertEquals(cluster.getURI() + "/models/model.keras", model.source());
  }

  @Test
  void takesAPathWithoutASchemeToBeOnTheDefaultFileSystem() throws IOException {
    SavedModel model = ModelFiles.read("/models/model.h5", Optional.empty(), Optional.empty(), 3, hadoop);
    assertEquals(cluster.getURI() + "/models/model.h5", model.source());
    assertEquals("Keras 3 whole-model HDF5", model.format());
  }

  @Test
  void readsAFolderWithAnArchitectureBesideIt() throws IOException {
    SavedModel model = ModelFiles.read("/models/weights_csv", Optional.of("/models/model.json"), Optional.empty(), 3, hadoop);
    assertEquals("folder of arrays (.csv) with architecture JSON", model.format());
  }

  @Test
  void namesTheFullPathAndTheFileSystemOfAMissingModel() {
    String message = Models.refusal(() -> ModelFiles.read("/models/none.keras", Optional.empty(), Optional.empty(), 3, hadoop));
    assertEquals("Cannot read model /models/none.keras: there is no file or folder " + cluster.getURI() + "/models/none.keras. Give the"
        + " path of an existing one; without a scheme it is looked for on fs.defaultFS, here " + cluster.getURI() + ".", message);
    assertTrue(cluster.getURI().toString().startsWith("hdfs://"));
  }
}
