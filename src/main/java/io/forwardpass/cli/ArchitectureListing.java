package io.forwardpass.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The layers of a model that cannot be built, as its file names them. */
final class ArchitectureListing {
  private ArchitectureListing() {}

  static TextTable of(JsonNode model) {
    return add(model, "", new TextTable().row("layer", "class"));
  }

  private static TextTable add(JsonNode model, String prefix, TextTable table) {
    JsonNode config = model.path("config");
    // Keras 2.2.2 and older write a Sequential's config as the bare list
    for (JsonNode layer : config.isArray() ? config : config.path("layers")) {
      String name = prefix + layer.path("config").path("name").asText(layer.path("name").asText());
      table.row(name, layer.path("class_name").asText());
      add(layer, name + "/", table);
    }
    return table;
  }
}
