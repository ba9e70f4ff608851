package io.forwardpass.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages for developers name is there. */
class PagesTest {
  private static final Path MAIN = Path.of("src/main/java/io/forwardpass");
  private static final Path TESTS = Path.of("src/test/java/io/forwardpass");

  /** A class by its path below the root package, as in {@code spark/io/FileOutput}. */
  private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z][A-Za-z0-9]+)(?:\\.java)?`");

  /** A folder or a file of the project, as in {@code conf/reference.conf}. */
  private static final Pattern FILE = Pattern.compile("`((?:src|conf|jobs|\\.ci)/[A-Za-z0-9_./-]+)`");

  @Test
  void everyClassThatAPageNamesByItsPathIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Path page : pages()) {
      for (Matcher found = CLASS.matcher(Files.readString(page)); found.find(); named++) {
        String file = found.group(1) + ".java";
        if (!Files.exists(MAIN.resolve(file)) && !Files.exists(TESTS.resolve(file))) {
          missing.add(page.getFileName() + ": " + found.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(named > 40, "only " + named + " found: the pattern no longer fits the pages");
  }

  @Test
  void everyFileThatAPageNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      for (Matcher found = FILE.matcher(Files.readString(page)); found.find();) {
        if (!Files.exists(Path.of(found.group(1)))) {
          missing.add(page.getFileName() + ": " + found.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    try (Stream<Path> site = Files.list(Path.of("src/site/markdown"))) {
      site.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
