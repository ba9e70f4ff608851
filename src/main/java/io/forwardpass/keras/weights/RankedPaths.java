package io.forwardpass.keras.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Object paths with their numbers made ranks. Keras 2.12 and 2.13 count a layer with weights twice ({@code dense},
 * {@code dense_2}, {@code dense_4}), so that there the numbers tell the order and nothing else.
 */
final class RankedPaths {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(?:_(\\d+))?");

  private RankedPaths() {}

  /** @return for every path the one that stands for it, in which members of lists are {@code dense#0}, {@code dense#1} */
  static Map<String, String> of(Collection<String> paths) {
    Map<String, TreeSet<Integer>> siblings = new HashMap<>();
    for (String path : paths) {
      for (Member member : members(path)) {
        siblings.computeIfAbsent(member.family, family -> new TreeSet<>()).add(member.number);
      }
    }
    Map<String, String> ranked = new LinkedHashMap<>();
    for (String path : paths) {
      String[] parts = path.split("/");
      for (Member member : members(path)) {
        parts[member.at] = member.base + "#" + siblings.get(member.family).headSet(member.number).size();
      }
      ranked.put(path, String.join("/", parts));
    }
    return ranked;
  }

  /** A part of a path that follows {@code layers}; its family are the members of that list of the same class. */
  private record Member(int at, String family, String base, int number) {}

  private static List<Member> members(String path) {
    String[] parts = path.split("/");
    List<Member> members = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher name = NUMBERED.matcher(parts[i]);
      if (parts[i - 1].equals("layers") && name.matches()) {
        String list = String.join("/", List.of(parts).subList(0, i));
        members.add(new Member(i, list + "/" + name.group(1), name.group(1), name.group(2) == null ? 0 : Integer.parseInt(name.group(2))));
      }
    }
    return members;
  }
}
