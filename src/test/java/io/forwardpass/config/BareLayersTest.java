package io.forwardpass.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.testing.JobTexts;
import org.junit.jupiter.api.Test;

/** Layers that a job file spells out become the config that Keras itself would write. */
class BareLayersTest {
  private static String json(String model) {
    return JobTexts.parse(JobTexts.with("model { path = w.npz, " + model + " }", "model.")).model().bareLayers().orElseThrow();
  }

  @Test
  void becomesASequentialModelWithKerasNames() {
    assertEquals("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"sequential\",\"layers\":["
        + "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,4],\"dtype\":\"float32\",\"name\":\"input_layer\"}},"
        + "{\"class_name\":\"Dense\",\"config\":{\"name\":\"dense\",\"activation\":\"relu\",\"units\":20}},"
        + "{\"class_name\":\"BatchNormalization\",\"config\":{\"name\":\"batch_normalization\",\"epsilon\":0.01}},"
        + "{\"class_name\":\"Dense\",\"config\":{\"name\":\"dense_1\",\"units\":1}}]}}",
        json("input-shape = [4], layers = [{type: Dense, activation: relu, units: 20}, {type: BatchNormalization, epsilon: 0.01}, "
            + "{type: Dense, units: 1}]"));
  }

  @Test
  void takesOptionsInKebabCaseOpenDimensionsAndOwnNames() {
    assertEquals("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"sequential\",\"layers\":["
        + "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,null,3],\"dtype\":\"float32\",\"name\":\"input_layer\"}},"
        + "{\"class_name\":\"LSTM\",\"config\":{\"name\":\"memory\",\"return_sequences\":true}}]}}",
        json("input-shape = [null, 3], layers = [{type: LSTM, name: memory, return-sequences: true}]"));
  }

  @Test
  void turnsALayerInsideALayerIntoOneToo() {
    assertEquals("{\"class_name\":\"Sequential\",\"config\":{\"name\":\"sequential\",\"layers\":["
        + "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,4,3],\"dtype\":\"float32\",\"name\":\"input_layer\"}},"
        + "{\"class_name\":\"Bidirectional\",\"config\":{\"name\":\"bidirectional\",\"layer\":"
        + "{\"class_name\":\"LSTM\",\"config\":{\"name\":\"lstm\",\"units\":3}}}}]}}",
        json("input-shape = [4, 3], layers = [{type: Bidirectional, layer: {type: LSTM, units: 3}}]"));
  }
}
