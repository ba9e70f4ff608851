package io.forwardpass.keras.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.forwardpass.refusal.Refusal;
import java.io.IOException;

/** JSON as Python's {@code json} writes it, with NaN and Infinity. */
public final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private JsonText() {}

  /** @param what the file or the part of it, for the refusal */
  public static JsonNode parse(String what, byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      // json.dump(model.to_json()) encodes twice
      return tree != null && tree.isTextual() ? MAPPER.readTree(tree.textValue()) : tree;
    } catch (JsonProcessingException notJson) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot read " + what + ": it is not JSON (" + notJson.getOriginalMessage() + ", line "
          + (notJson.getLocation() == null ? 1 : notJson.getLocation().getLineNr()) + "). Write it with model.to_json().", notJson);
    } catch (IOException notText) {
      throw new Refusal(Refusal.Kind.MODEL, "Cannot read " + what + ": it is not text in UTF-8 (" + notText.getMessage()
          + "). Write it with model.to_json().", notText);
    }
  }

  /** The tree, if it is a model's: an object with its class and its config. */
  public static JsonNode model(String what, JsonNode tree) {
    if (tree == null || !tree.path("class_name").isTextual() || !tree.has("config")) {
      throw Refusal.model("Cannot read " + what + ": it is JSON, and not a model's architecture, which has class_name and config."
          + " Write it with model.to_json().");
    }
    return tree;
  }
}
