package io.forwardpass.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which packages use which, by the classes that do, and the cycles in that; a sub-package is a package like any other. */
final class PackageGraph {
  private PackageGraph() {}

  /** By package below a root, the packages below it that its classes use, and for each the pairs of classes. */
  static SortedMap<String, SortedMap<String, SortedSet<String>>> of(JavaClasses classes, String root) {
    SortedMap<String, SortedMap<String, SortedSet<String>>> uses = new TreeMap<>();
    for (JavaClass each : classes) {
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String from = each.getPackageName();
        String to = target.getPackageName();
        if (isBelow(from, root) && isBelow(to, root) && !from.equals(to)) {
          uses.computeIfAbsent(below(from, root), name -> new TreeMap<>()).computeIfAbsent(below(to, root), name -> new TreeSet<>())
              .add(each.getSimpleName() + " -> " + target.getSimpleName());
        }
      }
    }
    return uses;
  }

  private static boolean isBelow(String name, String root) {
    return name.equals(root) || name.startsWith(root + ".");
  }

  private static String below(String name, String root) {
    return name.equals(root) ? "" : name.substring(root.length() + 1);
  }

  /** Each shortest way from a package back to itself, written from the first of its packages in alphabetical order. */
  static List<String> cycles(SortedMap<String, SortedMap<String, SortedSet<String>>> uses) {
    SortedSet<String> cycles = new TreeSet<>();
    for (String start : uses.keySet()) {
      List<String> way = wayBack(uses, start);
      if (!way.isEmpty() && start.equals(Collections.min(way))) {
        cycles.add(String.join(" -> ", way) + " -> " + start);
      }
    }
    return List.copyOf(cycles);
  }

  private static List<String> wayBack(SortedMap<String, SortedMap<String, SortedSet<String>>> uses, String start) {
    SortedMap<String, String> reachedFrom = new TreeMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      String at = next.remove();
      for (String to : uses.getOrDefault(at, Collections.emptySortedMap()).keySet()) {
        if (to.equals(start)) {
          List<String> way = new ArrayList<>(List.of(at));
          while (!way.get(0).equals(start)) {
            way.add(0, reachedFrom.get(way.get(0)));
          }
          return way;
        }
        if (reachedFrom.putIfAbsent(to, at) == null) {
          next.add(to);
        }
      }
    }
    return List.of();
  }
}
