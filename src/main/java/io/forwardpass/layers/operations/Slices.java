package io.forwardpass.layers.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.forwardpass.layers.LayerConfig;
import io.forwardpass.layers.View;
import io.forwardpass.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** What stands between the brackets of {@code x[:, -1, ::2]}: numbers, slices, new axes, and dots for all axes not named. */
final class Slices {
  private final LayerConfig config;
  private final List<JsonNode> parts = new ArrayList<>();

  Slices(JsonNode key, LayerConfig config) {
    this.config = config;
    (key.isArray() ? key : List.of(key)).forEach(parts::add);
  }

  View view(Shape shape) {
    List<JsonNode> all = spelledOut(shape.rank() + 1);
    if (!isWhole(all.get(0))) {
      throw config.refusal("takes a part of the batch: its result would depend on what other rows there are."
          + " Let the first index be a colon.");
    }
    View view = View.of(shape);
    int axis = 0; // of the view so far
    for (JsonNode part : all.subList(1, all.size())) {
      if (part.isNull()) {
        view = view.insert(axis++);
      } else if (part.isInt()) {
        int size = view.shape().size(axis);
        int place = part.intValue() < 0 ? part.intValue() + size : part.intValue();
        if (place < 0 || place >= size) {
          throw config.refusal("takes place " + part + " of an axis of size " + size + " of its input " + shape + ".");
        }
        view = view.at(axis, place);
      } else {
        view = view.take(axis, places(part, view.shape().size(axis)));
        axis++;
      }
    }
    return view;
  }

  /** A part for every axis and new axis: dots, or what is missing at the end, stand for whole axes. */
  private List<JsonNode> spelledOut(int axes) {
    int named = (int) parts.stream().filter(part -> !part.isNull() && !isDots(part)).count();
    JsonNode whole = JsonNodeFactory.instance.objectNode();
    List<JsonNode> all = new ArrayList<>();
    boolean dots = false;
    for (JsonNode part : parts) {
      if (isDots(part)) {
        dots = true;
        for (int i = named; i < axes; i++) {
          all.add(whole);
        }
      } else {
        all.add(part);
      }
    }
    for (int i = named; !dots && i < axes; i++) {
      all.add(whole);
    }
    if (named > axes) {
      throw config.refusal("has " + named + " indices for an input of " + axes + " axes.");
    }
    return all;
  }

  private static boolean isDots(JsonNode part) {
    return part.path("class_name").asText().equals("__ellipsis__");
  }

  private boolean isWhole(JsonNode part) {
    if (!part.isObject()) {
      return false;
    }
    JsonNode slice = slice(part);
    return slice.path("start").asInt(0) == 0 && !slice.path("stop").isNumber() && slice.path("step").asInt(1) == 1;
  }

  private JsonNode slice(JsonNode part) {
    JsonNode slice = part.path("class_name").asText().equals("__slice__") ? part.path("config") : part;
    for (String bound : List.of("start", "stop", "step")) {
      JsonNode value = slice.path(bound);
      if (!part.isObject() || (!value.isMissingNode() && !value.isNull() && !value.isInt())) {
        throw config.refusal("takes the part " + part + " of its input. Only whole numbers and slices of them are supported.");
      }
    }
    return slice;
  }

  /** As Python counts them. */
  private int[] places(JsonNode part, int size) {
    JsonNode slice = slice(part);
    int step = slice.path("step").asInt(1);
    int start = slice.path("start").isInt() ? bound(slice.path("start").intValue(), size, step) : step > 0 ? 0 : size - 1;
    int stop = slice.path("stop").isInt() ? bound(slice.path("stop").intValue(), size, step) : step > 0 ? size : -1;
    List<Integer> places = new ArrayList<>();
    for (int place = start; step > 0 ? place < stop : place > stop; place += step) {
      places.add(place);
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int bound(int given, int size, int step) {
    int counted = given < 0 ? given + size : given;
    return step > 0 ? Math.max(0, Math.min(size, counted)) : Math.max(-1, Math.min(size - 1, counted));
  }

  /** A list of pairs. */
  static int[][] pairs(JsonNode value, LayerConfig config) {
    int[][] pairs = new int[value.size()][2];
    for (int i = 0; i < pairs.length; i++) {
      for (int side = 0; side < 2; side++) {
        if (!value.path(i).path(side).isInt()) {
          throw config.refusal("pads by " + value + ". Only a pair of whole numbers for every axis is supported.");
        }
        pairs[i][side] = value.path(i).path(side).intValue();
      }
    }
    return pairs;
  }
}
