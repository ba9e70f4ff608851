package io.forwardpass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.forwardpass.testing.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs/forwardpass starts, with a java and a spark-submit that only print what they were given. */
class LauncherTest {
  private static final String PRINT = "#!/bin/sh\necho \"$(basename \"$0\") in $PWD\"\nfor word in \"$@\"; do echo \"$word\"; done\n";

  @TempDir
  private Path folder;
  private Path root; // a project with a blank in its path
  private Path here; // where the user is
  private Path spark;

  @BeforeEach
  void layOutAProject() throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("my project"));
    here = Files.createDirectories(folder.toRealPath().resolve("else where"));
    Files.createDirectories(root.resolve("jobs"));
    Files.createDirectories(root.resolve("target"));
    Files.copy(Path.of("jobs/forwardpass"), root.resolve("jobs/forwardpass"));
    Files.writeString(root.resolve("target/forwardpass.jar"), "");
    spark = Files.createDirectories(folder.toRealPath().resolve("spark"));
    Files.createDirectories(spark.resolve("jars"));
    executable(spark.resolve("bin/spark-submit"), PRINT);
    executable(folder.resolve("jdk/bin/java"), PRINT);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    assertTrue(file.toFile().setExecutable(true));
  }

  private Ran launch(Map<String, String> environment, Path launcher, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(here.toFile())
        .redirectError(folder.resolve("stderr").toFile()).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeAll(List.of("SPARK_HOME", "HADOOP_CONF_DIR", "SPARK_SUBMIT_OPTS"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out, Files.readString(folder.resolve("stderr")));
  }

  private Ran withSpark(String... args) throws IOException, InterruptedException {
    return launch(Map.of("SPARK_HOME", spark.toString()), root.resolve("jobs/forwardpass"), args);
  }

  private String submitted(String... words) {
    return "spark-submit in " + here + "\n--conf\nspark.ui.showConsoleProgress=false\n" + String.join("\n", words) + "\n";
  }

  @Test
  void givesSparkSubmitItsOptionsAsTheyAreAndTheCommandToForwardpass() throws IOException, InterruptedException {
    assertEquals(
        new Ran(0,
            submitted("--master", "spark://h:7077", "-v", "--conf", "spark.a=b c", "--name=my job", "--supervise", "--properties-file",
                root + "/conf/spark-defaults.conf", "--load-spark-defaults", "--class", "io.forwardpass.Main",
                root + "/target/forwardpass.jar", "score", "my job.conf", "--set", "output.mode=append"),
            ""),
        withSpark("--master", "spark://h:7077", "-v", "--conf", "spark.a=b c", "--name=my job", "--supervise", "score", "my job.conf",
            "--set", "output.mode=append"));
  }

  @Test
  void leavesThePropertiesToTheUserWhoBringsAFile() throws IOException, InterruptedException {
    assertEquals(new Ran(0, submitted("--properties-file", "own.conf", "--class", "io.forwardpass.Main",
        root + "/target/forwardpass.jar", "--stacktrace", "score", "job.conf"), ""),
        withSpark("--properties-file", "own.conf", "--stacktrace", "score", "job.conf"));
  }

  @Test
  void findsItsOwnFilesThroughASymlink() throws IOException, InterruptedException {
    Files.createSymbolicLink(root.resolve("jobs/link"), Path.of("forwardpass"));
    Path link = Files.createSymbolicLink(here.resolve("fp"), root.resolve("jobs/link"));
    Ran ran = launch(Map.of("SPARK_HOME", spark.toString()), link, "score", "job.conf");
    assertTrue(ran.out().contains("\n" + root + "/target/forwardpass.jar\nscore\njob.conf\n"), ran.out() + ran.err());
  }

  @Test
  void runsInspectVerifyAndHelpInPlainJava() throws IOException, InterruptedException {
    for (String[] args : new String[][] {{"inspect", "m.keras"}, {"verify", "--all", "x"}, {"--help"}, {"score", "--help"}}) {
      Ran ran = withSpark(args);
      assertEquals(0, ran.exitCode(), ran.err());
      assertTrue(ran.out().startsWith("java in " + here + "\n"), ran.out());
      assertTrue(ran.out().endsWith("\n-cp\n" + root + "/target/forwardpass.jar:" + spark + "/jars/*\nio.forwardpass.Main\n"
          + String.join("\n", args) + "\n"), ran.out());
      assertFalse(ran.out().contains("--add-modules"), "the JVM would warn of an incubator module: " + ran.out());
    }
  }

  @Test
  void refusesWhatCannotBeStarted() throws IOException, InterruptedException {
    assertEquals(new Ran(2, "", "Cannot give --master to inspect: it starts no Spark. Leave the options before the command out.\n"),
        withSpark("--master", "local", "inspect", "m.keras"));
    assertEquals(new Ran(2, "", "Cannot read the command line: option --master has no value. Try jobs/forwardpass --help.\n"),
        withSpark("--master"));
    assertEquals(new Ran(2, "", "Cannot find Spark: SPARK_HOME is " + here + ", which has no folder jars. "
        + "Set it to a Spark release, or unset it.\n"),
        launch(Map.of("SPARK_HOME", here.toString()), root.resolve("jobs/forwardpass"), "score", "job.conf"));
    assertEquals(new Ran(1, "", "Cannot find Spark: SPARK_HOME is not set and there is no target/spark-*.classpath. Run mvn package.\n"),
        launch(Map.of(), root.resolve("jobs/forwardpass"), "score", "job.conf"));
  }

  @Test
  void startsTheDriverAsSparkClassDoesWhereThereIsNoSparkSubmit() throws IOException, InterruptedException {
    Path jar = Files.writeString(here.resolve("a.jar"), "");
    Files.writeString(root.resolve("target/spark-4.2.0.classpath"), jar + ":" + root.resolve("target/forwardpass.jar"));
    executable(folder.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '\\0\\n'\nprintf '%s\\0' /bin/sh -c "
        + "'echo \"$SPARK_HOME $SPARK_SCALA_VERSION\"; shift; for word in \"$@\"; do echo \"$word\"; done' sh \"$@\"\n");
    Ran ran = launch(Map.of(), root.resolve("jobs/forwardpass"), "score", "two words.conf");
    assertEquals("", ran.err());
    assertTrue(ran.out().startsWith(root + "/target/spark 2.13\n"), ran.out());
    assertTrue(ran.out().contains("\norg.apache.spark.launcher.Main\norg.apache.spark.deploy.SparkSubmit\n--conf\n"), ran.out());
    assertTrue(ran.out().endsWith("\nscore\ntwo words.conf\n"), ran.out());
    assertEquals(jar, Files.readSymbolicLink(root.resolve("target/spark/jars/a.jar")));
  }

  @Test
  void returnsTheExitCodeOfALauncherThatFails() throws IOException, InterruptedException {
    Files.delete(spark.resolve("bin/spark-submit"));
    executable(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho 'no such option' >&2\nprintf '\\0\\n'\nexit 7\n");
    assertEquals(new Ran(7, "", "no such option\n"), withSpark("--unknown", "x", "score", "job.conf"));
  }
}
