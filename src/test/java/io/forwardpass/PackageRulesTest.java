package io.forwardpass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The data flows one way: who may import what is written down here and nowhere else. */
class PackageRulesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/forwardpass");

  /** For each package, the packages of this project that it may import. */
  private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
      "math", Set.of(),
      "network", Set.of(),
      "windows", Set.of(),
      "keras", Set.of(),
      "config", Set.of(),
      "layers", Set.of("keras", "math", "network"),
      "reference", Set.of("keras", "layers", "network"),
      "spark", Set.of("config", "math", "network", "windows"),
      "cli", Set.of("config", "keras", "layers", "network", "reference", "spark"));

  @Test
  void packagesImportOnlyWhatLiesBeforeThemInTheDataFlow() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, Set<String>> rule : MAY_IMPORT.entrySet()) {
      for (String line : imports(rule.getKey())) {
        String imported = line.replaceFirst("^.*?import (static )?", "");
        if (imported.matches("io\\.forwardpass\\.[a-z]+\\..*")) {
          String target = imported.split("\\.")[2];
          if (!target.equals(rule.getKey()) && !rule.getValue().contains(target)) {
            broken.add(line);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void sparkIsImportedOnlyBySparkAndTheCommandLine() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String part : MAY_IMPORT.keySet()) {
      if (!part.equals("spark") && !part.equals("cli")) {
        imports(part).stream().filter(line -> line.contains("org.apache.spark")).forEach(broken::add);
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void filesAreReadOnlyByThoseWhoKnowFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String part : List.of("layers", "network", "math", "reference", "windows")) {
      imports(part).stream().filter(line -> line.contains("org.apache.hadoop") || line.contains("java.nio.file") || line.contains("java.io.File"))
          .forEach(broken::add);
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPackageHasItsRule() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        assertTrue(MAY_IMPORT.containsKey(folder.getFileName().toString()), "no rule for package " + folder);
      }
    }
  }

  private static List<String> imports(String part) throws IOException {
    List<String> found = new ArrayList<>();
    if (!Files.isDirectory(SOURCES.resolve(part))) {
      return found;
    }
    try (Stream<Path> files = Files.walk(SOURCES.resolve(part))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Files.readAllLines(file).stream().filter(line -> line.startsWith("import ")).forEach(line -> found.add(file.getFileName() + ": " + line.replace(";", "")));
      }
    }
    return found;
  }
}
