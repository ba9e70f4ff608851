package io.forwardpass.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call hands to a layer, by position and by keyword. Masks that it names travel by themselves. */
public final class CallArguments {
  private final List<Argument> positions;
  private final Map<String, Argument> keywords;

  public CallArguments(List<Argument> positions, Map<String, Argument> keywords) {
    this.positions = List.copyOf(positions);
    this.keywords = Map.copyOf(keywords);
  }

  public List<Argument> positions() {
    return positions;
  }

  public Map<String, Argument> keywords() {
    return keywords;
  }

  /** An argument that may stand in its position or be named; empty where it does neither or is null. */
  public Optional<Argument> argument(int position, String name) {
    Argument found = position >= 0 && position < positions.size() ? positions.get(position) : keywords.get(name);
    return Optional.ofNullable(found).filter(argument -> !(argument instanceof Argument.Constant constant && constant.value().isNull()));
  }
}
