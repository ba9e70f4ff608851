package io.forwardpass.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The data flows one way: which package may use which is written down here and nowhere else, and is read off the compiled classes. */
class PackageRulesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/forwardpass");

  private static final int MOST_FILES = 20;

  /** For each package (the root is empty), the other packages of this project that it may use; a star stands for all below. */
  private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
      Map.entry("", Set.of("sql", "model", "spark", "config", "network", "refusal")), Map.entry("refusal", Set.of()),
      Map.entry("math", Set.of()), Map.entry("math.normalization", Set.of("math")), Map.entry("math.tensor", Set.of("math")),
      Map.entry("network", Set.of()), Map.entry("windows", Set.of("network")),
      Map.entry("config", Set.of("keras.weights", "network", "refusal")), Map.entry("keras.array", Set.of("refusal")),
      Map.entry("keras.container", Set.of("keras.array", "refusal")),
      Map.entry("keras.weights", Set.of("keras.array", "keras.container", "refusal")), Map.entry("keras", Set.of("keras.*", "refusal")),
      Map.entry("layers", Set.of("keras", "keras.weights", "math", "math.*", "network", "refusal")),
      Map.entry("layers.*", Set.of("layers", "layers.contraction", "keras", "keras.weights", "math", "math.*", "network", "refusal")),
      Map.entry("graph", Set.of("layers", "layers.*", "keras", "keras.weights", "network", "refusal")),
      Map.entry("reference", Set.of("graph", "layers", "layers.*", "math.tensor", "network", "refusal")),
      Map.entry("spark.interop", Set.of()), Map.entry("spark.feature", Set.of("spark.interop", "config", "math", "network")),
      Map.entry("spark.prediction", Set.of("config", "network")), Map.entry("spark.io", Set.of("spark.interop", "config", "refusal")),
      Map.entry("spark.task", Set.of("spark.feature", "spark.interop", "spark.prediction", "config", "network", "windows", "refusal")),
      Map.entry("spark.window",
          Set.of("spark.feature", "spark.interop", "spark.prediction", "spark.task", "config", "network", "windows", "refusal")),
      Map.entry("spark.plan", Set.of("spark.interop", "spark.prediction", "spark.task", "spark.window", "config", "network", "windows")),
      Map.entry("spark.binding",
          Set.of("spark.feature", "spark.interop", "spark.io", "spark.prediction", "spark.task", "config", "network", "windows",
              "refusal")),
      Map.entry("spark.append.parquet", Set.of("refusal")),
      Map.entry("spark.append", Set.of("spark.append.parquet", "model", "config", "refusal")),
      Map.entry("spark", Set.of("spark.*", "model", "config", "network", "windows", "refusal")),
      Map.entry("sql.call", Set.of("spark.*", "model", "config", "network", "refusal")),
      Map.entry("sql.extraction", Set.of("sql.call", "spark.*")),
      Map.entry("sql", Set.of("sql.*", "spark", "spark.*", "model", "config", "network", "refusal")),
      Map.entry("model", Set.of("config", "graph", "keras", "network", "refusal")), Map.entry("cli",
          Set.of("", "config", "graph", "keras", "keras.array", "keras.container", "layers", "network", "reference", "spark", "refusal")));

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes = new ClassFileImporter().importPath(Path.of("target/classes"));
  }

  @Test
  void packagesUseOnlyWhatLiesBeforeThemInTheDataFlow() {
    List<String> broken = new ArrayList<>();
    PackageGraph.of(classes, "io.forwardpass").forEach((from, targets) -> targets.forEach((to, examples) -> {
      if (mayUse(from).stream().noneMatch(allowed -> covers(allowed, to))) {
        broken.add(from + " -> " + to + ": " + examples.first());
      }
    }));
    assertEquals(List.of(), broken);
  }

  @Test
  void noPackageIsPartOfACycle() {
    assertEquals(List.of(), PackageGraph.cycles(PackageGraph.of(classes, "io.forwardpass")));
  }

  /** The test of the test: classes that were put in by hand, a cycle of two packages and one through a sub-package. */
  @Test
  void cyclesPutInByHandAreFound() {
    String fixtures = "io.forwardpass.architecture.fixtures";
    JavaClasses planted = new ClassFileImporter().importPackages(fixtures);
    assertEquals(List.of("above -> above.below -> above", "left -> right -> left"),
        PackageGraph.cycles(PackageGraph.of(planted, fixtures)));
  }

  @Test
  void sparkIsUsedOnlyBySparkAndTheWaysIn() {
    noClasses().that().resideOutsideOfPackages("io.forwardpass.spark..", "io.forwardpass.sql..", "io.forwardpass.cli..", "io.forwardpass")
        .should().dependOnClassesThat().resideInAPackage("org.apache.spark..").check(classes);
  }

  @Test
  void filesAreReadOnlyByThoseWhoKnowFiles() {
    noClasses().that().resideInAnyPackage("io.forwardpass.graph..", "io.forwardpass.layers..", "io.forwardpass.network..",
        "io.forwardpass.math..", "io.forwardpass.reference..", "io.forwardpass.windows..").should().dependOnClassesThat()
        .resideInAnyPackage("org.apache.hadoop..", "java.nio.file..").check(classes);
  }

  @Test
  void everyPackageHasItsRuleItsPageAndNoMoreFilesThanOneCanOverlook() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          long count = files.filter(file -> file.toString().endsWith(".java")).count();
          String name = SOURCES.relativize(folder).toString().replace('/', '.');
          if (count > MOST_FILES) {
            broken.add(name + " has " + count + " files");
          }
          if (count > 0 && !Files.exists(folder.resolve("package-info.java"))) {
            broken.add(name + " has no package-info.java");
          }
          if (count > 0 && mayUse(name) == null) {
            broken.add(name + " has no rule");
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static Set<String> mayUse(String name) {
    Set<String> own = MAY_USE.get(name);
    return own != null ? own : MAY_USE.get(name.replaceFirst("\\.[^.]+$", ".*"));
  }

  private static boolean covers(String rule, String name) {
    return rule.endsWith(".*") ? name.startsWith(rule.substring(0, rule.length() - 1)) : rule.equals(name);
  }
}
