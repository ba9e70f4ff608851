package io.forwardpass.refusal;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one thing, so that it is said at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Adds one problem: a whole sentence or two, why and what to do, without "Cannot …:" in front. */
  public void add(String problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<String> all() {
    return List.copyOf(found);
  }

  /** Throws one refusal that names every problem; does nothing where there is none. */
  public void throwIfAny(Refusal.Kind kind, String cannot) {
    if (found.size() == 1) {
      throw new Refusal(kind, "Cannot " + cannot + ": " + found.get(0));
    }
    if (!found.isEmpty()) {
      throw new Refusal(kind, "Cannot " + cannot + ": " + found.size() + " problems.\n  - " + String.join("\n  - ", found));
    }
  }
}
