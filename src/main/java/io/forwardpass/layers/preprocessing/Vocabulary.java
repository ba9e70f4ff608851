package io.forwardpass.layers.preprocessing;

import com.fasterxml.jackson.databind.JsonNode;
import io.forwardpass.layers.LayerConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tokens of a lookup in the order of their indices, read as Keras' {@code IndexLookup.set_vocabulary} and {@code load_assets} do:
 * from the config, or from the archive's {@code vocabulary.txt}; the mask and the tokens for what is unknown may stand before them.
 */
final class Vocabulary {
  private final List<Object> tokens; // texts or longs
  private final boolean withSpecialTokens;

  private Vocabulary(List<Object> tokens, boolean withSpecialTokens) {
    this.tokens = tokens;
    this.withSpecialTokens = withSpecialTokens;
  }

  /** @param special what may stand before the tokens */
  static Vocabulary read(LayerConfig config, boolean texts, List<Object> special) {
    List<Object> given = given(config, texts);
    boolean found = given.size() >= special.size() && given.subList(0, special.size()).equals(special);
    List<Object> tokens = found ? given.subList(special.size(), given.size()) : given;
    Set<Object> seen = new HashSet<>();
    for (Object token : tokens) {
      if (!seen.add(token)) {
        throw config.refusal("has " + token + " twice in its vocabulary, which Keras refuses too. Keep one.");
      }
    }
    return new Vocabulary(List.copyOf(tokens), found);
  }

  private static List<Object> given(LayerConfig config, boolean texts) {
    JsonNode listed = config.json("vocabulary");
    String file = config.text("vocabulary.txt", null);
    List<Object> given = new ArrayList<>();
    if (listed.isArray()) {
      listed.forEach(token -> given.add(token(config, token, texts)));
    } else if (file != null) {
      lines(file).forEach(line -> given.add(texts ? line : whole(config, line)));
    } else {
      throw config.refusal("has no vocabulary: its config lists none, and the file brings no vocabulary.txt for it. Save the model as "
          + ".keras, "
          + "or give the layer its vocabulary.");
    }
    return given;
  }

  private static Object token(LayerConfig config, JsonNode token, boolean texts) {
    if (texts ? !token.isTextual() : !token.isIntegralNumber()) {
      throw config.refusal("has " + token + " in its vocabulary, and looks up " + (texts ? "texts" : "whole numbers")
          + ". Save it again with Keras.");
    }
    return texts ? token.textValue() : (Object) token.longValue();
  }

  private static Object whole(LayerConfig config, String line) {
    try {
      return Long.parseLong(line.strip());
    } catch (NumberFormatException e) {
      throw config.refusal("has " + line + " in its vocabulary.txt, and looks up whole numbers. Save it again with Keras.");
    }
  }

  /** As Python's {@code str.splitlines} has them, without empty ones at the end. */
  private static List<String> lines(String file) {
    List<String> lines = new ArrayList<>(List.of(file.split("\r\n|[\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029]", -1)));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  List<Object> tokens() {
    return tokens;
  }

  /** Whether the mask and the tokens for what is unknown stood before them: then weights of tokens have numbers for those too. */
  boolean withSpecialTokens() {
    return withSpecialTokens;
  }
}
