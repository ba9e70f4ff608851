package io.forwardpass.sql.call;

import io.forwardpass.refusal.Nearest;
import io.forwardpass.refusal.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a call gives for a row with a null or NaN feature: null, an error that stops the query, or null with the reason beside it. */
public enum OnInvalid {
  NULL, ERROR, REPORT;

  public static OnInvalid of(String text) {
    for (OnInvalid choice : values()) {
      if (choice.spelt().equals(text)) {
        return choice;
      }
    }
    List<String> all = Stream.of(values()).map(OnInvalid::spelt).toList();
    throw Refusal.table("Cannot call " + ForwardpassCall.NAME + ": on_invalid should be 'null', 'error' or 'report', not '" + text + "'."
        + Nearest.to(text, all).map(near -> " Did you mean '" + near + "'?").orElse(""));
  }

  private String spelt() {
    return name().toLowerCase(Locale.ROOT);
  }
}
