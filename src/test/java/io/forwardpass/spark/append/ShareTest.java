package io.forwardpass.spark.append;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a table is cut into tasks. */
class ShareTest {
  private static final long MB = 1 << 20;

  private static SourceFile file(String name, long... groupBytes) {
    long[] rows = Arrays.stream(groupBytes).map(bytes -> bytes / 100).toArray();
    long[] middles = new long[groupBytes.length];
    long at = 4;
    for (int g = 0; g < groupBytes.length; g++) {
      middles[g] = at + groupBytes[g] / 2;
      at += groupBytes[g];
    }
    ListedFile listed = new ListedFile("file:/t/" + name, Arrays.stream(groupBytes).sum(), 0, null, "");
    return new SourceFile(listed, new RowGroups(rows, middles, groupBytes));
  }

  private static List<Long> rows(List<Share> shares) {
    return shares.stream().map(share -> share.rows).toList();
  }

  @Test
  void sharesTheRowGroupsOfOneBigFileEvenly() {
    long[] groups = new long[16];
    Arrays.fill(groups, 100 * MB);
    List<Share> shares = Share.cut(List.of(file("big", groups)), 1000 * MB, 4 * MB, 2);
    assertEquals(List.of(8 * MB, 8 * MB), rows(shares));
    assertEquals(0, shares.get(0).pieces[0].firstGroup);
    assertEquals(8, shares.get(0).pieces[0].endGroup);
    assertEquals(16, Share.cut(List.of(file("big", groups)), 100 * MB, 4 * MB, 2).size());
  }

  @Test
  void mergesTinyFilesUntilTheyAreWorthATask() {
    List<SourceFile> files = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      files.add(file("tiny" + i, 20_000));
    }
    List<Share> shares = Share.cut(files, 128 * MB, 4 * MB, 2);
    assertEquals(158, shares.size()); // 5,000 times 4 MB and a little, in 128 MB each, to the next even number
    assertEquals(5000, shares.stream().mapToInt(share -> share.pieces.length).sum());
  }

  @Test
  void putsEveryRowGroupWithRowsIntoExactlyOneShareAndKeepsTheirOrder() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      List<SourceFile> files = new ArrayList<>();
      List<String> wanted = new ArrayList<>();
      for (int f = 0; f < 1 + random.nextInt(6); f++) {
        SourceFile file = file("f" + f, random.longs(random.nextInt(5), 100, 10_000).map(n -> random.nextInt(4) == 0 ? 0 : n).toArray());
        files.add(file);
        for (int g = 0; g < file.groups.count(); g++) {
          if (!file.groups.isEmpty(g)) {
            wanted.add(f + "." + g);
          }
        }
      }
      List<String> found = new ArrayList<>();
      for (Share share : Share.cut(files, 1 + random.nextInt(20_000), random.nextInt(3) * 1000L, 1 + random.nextInt(5))) {
        for (Piece piece : share.pieces) {
          for (int g = piece.firstGroup; g < piece.endGroup; g++) {
            if (!piece.file.groups.isEmpty(g)) {
              found.add(files.indexOf(piece.file) + "." + g);
              assertTrue(piece.start() <= piece.file.groups.middle(g) && piece.file.groups.middle(g) < piece.end());
            }
          }
        }
      }
      assertEquals(wanted, found);
    }
  }

  @Test
  void keepsOneFileOfATableWithoutRows() {
    List<Share> shares = Share.cut(List.of(file("a"), file("b", 0)), MB, MB, 2);
    assertEquals(List.of(0L), rows(shares));
    assertEquals(1, shares.get(0).pieces.length);
  }
}
