package io.forwardpass.refusal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Suggests the name somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /** The candidate within a third of the name's length in edits, and at least one, ignoring case; the nearest of them. */
  public static Optional<String> to(String name, Collection<String> candidates) {
    String best = null;
    int least = Math.max(1, name.length() / 3) + 1;
    for (String candidate : candidates) {
      int distance = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters were added, left out, replaced, or swapped with their neighbour. */
  private static int edits(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        least[i][j] = Math.min(replaced, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
