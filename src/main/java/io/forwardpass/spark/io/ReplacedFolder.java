package io.forwardpass.spark.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder that is to be overwritten: whether table writers made all that is in it, and nobody keeps a history of them there. */
public final class ReplacedFolder {
  private static final int NAMED = 5;
  /** Spark's part-00000-…, after a random mark where appending found the name taken, MapReduce's part-r-00000, and Hive's 000000_0. */
  private static final Pattern DATA = Pattern.compile("([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-)?(\\d{5}_0_)?"
      + "part-([mr]-)?\\d{5,}([-_.].*)?|\\d{6}_\\d+(_copy_\\d+)?(\\..*)?");
  private static final Pattern MARK = Pattern.compile("_SUCCESS|_metadata|_common_metadata|_(committed|started)_\\d+");
  private static final Pattern PARTITION = Pattern.compile("[^.=][^=]*=.*");
  /** What tasks write to, and leave when they break off. */
  private static final Pattern UNFINISHED = Pattern.compile("_temporary|_attempts|__magic.*|\\.hive-staging.*|\\.spark-staging.*");
  private static final Map<String, String> HISTORIES = Map.of("_delta_log", "a Delta table", ".hoodie", "a Hudi table",
      "_spark_metadata", "the output of a streaming query");

  private final FileSystem files;
  private final Path folder;

  public ReplacedFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Why it must not be deleted and what to do, in a sentence that begins with a verb; empty where it may.
   *
   * @param known what in it was objected to already
   */
  public Optional<String> objection(Collection<Path> known) throws IOException {
    List<FileStatus> entries = Arrays.asList(files.listStatus(folder));
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      String kept = entry.isDirectory() && isIceberg(entry.getPath()) ? "an Iceberg table" : HISTORIES.get(name);
      if (kept != null) {
        return Optional.of("is " + kept + ", as " + name + " shows, and overwriting would delete its history. "
            + "Write to it as a table of a catalog (output.table), or choose another output.path.");
      }
    }
    List<String> others = new ArrayList<>();
    boolean deep = false;
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (!(entry.isDirectory() ? isTablesFolder(name) : isTablesFile(name)) && !isKnown(entry.getPath(), known)) {
        others.add(name + (entry.isDirectory() ? "/" : ""));
      }
      deep |= entry.isDirectory() && PARTITION.matcher(name).matches();
    }
    if (others.isEmpty() && deep) {
      others = othersBelow(known);
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("holds " + listed(others) + ", which no table writer made and overwriting would delete. Move "
        + (others.size() == 1 ? "it" : "them") + " elsewhere, or choose another output.path.");
  }

  private boolean isIceberg(Path metadata) throws IOException {
    return metadata.getName().equals("metadata") && Arrays.stream(files.listStatus(metadata)).map(file -> file.getPath().getName())
        .anyMatch(name -> name.endsWith(".metadata.json") || name.startsWith("version-hint"));
  }

  /** In one listing, which object stores answer without asking for every folder. */
  private List<String> othersBelow(Collection<Path> known) throws IOException {
    List<String> others = new ArrayList<>();
    for (RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true); all.hasNext() && others.size() <= NAMED;) {
      Path file = all.next().getPath();
      String path = folder.toUri().relativize(file.toUri()).getPath();
      if (!isTables(path.split("/")) && !isKnown(file, known)) {
        others.add(path);
      }
    }
    return others;
  }

  private static boolean isTables(String[] path) {
    for (int i = 0; i < path.length - 1; i++) {
      if (UNFINISHED.matcher(path[i]).matches()) {
        return true;
      }
      if (!PARTITION.matcher(path[i]).matches()) {
        return false;
      }
    }
    return isTablesFile(path[path.length - 1]);
  }

  private static boolean isTablesFolder(String name) {
    return PARTITION.matcher(name).matches() || UNFINISHED.matcher(name).matches();
  }

  private static boolean isTablesFile(String name) {
    boolean checksum = name.startsWith(".") && name.endsWith(".crc");
    return DATA.matcher(name).matches() || MARK.matcher(name).matches() || (checksum && isTablesFile(name.substring(1, name.length() - 4)))
        || (name.endsWith("_$folder$") && isTablesFolder(name.substring(0, name.length() - "_$folder$".length())));
  }

  /** Whether it is, holds, or lies in something of that. */
  private static boolean isKnown(Path path, Collection<Path> known) {
    return known.stream().anyMatch(other -> Locations.isWithin(other, path) || Locations.isWithin(path, other));
  }

  /** {@code a, b and c}; {@code a, b, c, d, e and more}. */
  private static String listed(List<String> names) {
    List<String> sorted = names.stream().sorted().limit(NAMED).toList();
    if (names.size() > NAMED) {
      return String.join(", ", sorted) + " and more";
    }
    int last = sorted.size() - 1;
    return last == 0 ? sorted.get(0) : String.join(", ", sorted.subList(0, last)) + " and " + sorted.get(last);
  }
}
