package io.forwardpass;

import io.forwardpass.config.JobConfig;
import io.forwardpass.config.JobConfig.InvalidPolicy;
import io.forwardpass.config.Scaling;
import io.forwardpass.network.IndexingOperation;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.network.Shape;
import io.forwardpass.refusal.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Predicts rows that are arrays, with a job's scaling and its policy for invalid rows; for any number of threads. */
final class RowPredictor {
  private static final int BLOCK_ROWS = 64;

  private final Network network;
  private final JobConfig job;
  private final String[][] names; // by input and element
  private final Scaling[][] scaling; // null for none
  private final ConcurrentLinkedQueue<Predictor> free = new ConcurrentLinkedQueue<>();

  RowPredictor(Network network, JobConfig job) {
    this.network = network;
    this.job = job;
    names = new String[network.inputs()][];
    scaling = new Scaling[network.inputs()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = names(i);
      scaling[i] = Arrays.stream(names[i]).map(name -> scaling(job, name)).toArray(Scaling[]::new);
    }
  }

  Network network() {
    return network;
  }

  /** One name per number of a row; over steps they repeat. */
  private String[] names(int input) {
    String name = network.inputName(input);
    JobConfig.FeatureInput from = job.features().inputs().stream()
        .filter(in -> in.modelInput().isEmpty() || in.modelInput().get().equals(name)).findFirst()
        .orElseThrow(() -> Refusal.command("Cannot predict: the features of the model's input " + name
            + " are not named, but those of others are."
            + " Name them, or none."));
    int elements = network.inputShape(input).elements();
    List<String> columns = from.column().map(List::of).orElse(from.columns());
    if (from.column().isEmpty() && (columns.isEmpty() || elements % columns.size() != 0)) {
      throw Refusal.command("Cannot predict: the model's input " + name + " takes " + elements + " numbers, but " + columns.size()
          + " features are named: " + String.join(", ", columns) + ". Name one per feature, in the order of training.");
    }
    String[] all = new String[elements];
    for (int e = 0; e < elements; e++) {
      all[e] = columns.get(e % columns.size());
    }
    return all;
  }

  private static Scaling scaling(JobConfig job, String name) {
    return job.features().scaling().entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue).findFirst().orElse(null);
  }

  /** By input, then row; returns by output, then row. */
  float[][][] predict(float[][][] rows) {
    int count = rows[0].length;
    boolean[] invalid = new boolean[count];
    float[][] inputs = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      inputs[i] = scaled(i, rows[i], count, invalid);
    }
    Predictor predictor = free.poll();
    if (predictor == null) {
      predictor = new Predictor(network, BLOCK_ROWS);
    }
    float[][] flat = predictor.predict(inputs, count);
    free.add(predictor);
    float[][][] outputs = new float[flat.length][][];
    for (int o = 0; o < outputs.length; o++) {
      outputs[o] = rows(flat[o], network.outputShape(o), invalid);
    }
    return outputs;
  }

  private float[] scaled(int input, float[][] rows, int count, boolean[] invalid) {
    if (rows.length != count) {
      throw Refusal.table("Cannot predict: the model's inputs have " + count + " and " + rows.length + " rows. Give as many of each.");
    }
    int elements = names[input].length;
    float[] flat = new float[Math.multiplyExact(count, elements)];
    for (int r = 0; r < count; r++) {
      if (rows[r].length != elements) {
        throw Refusal.table("Cannot predict: the model's input " + network.inputName(input) + " takes " + elements + " numbers, "
            + network.inputShape(input) + ", but row " + r + " has " + rows[r].length
            + ". Give one per feature, in the order of training.");
      }
      for (int e = 0; e < elements; e++) {
        Scaling scale = scaling[input][e];
        float value = scale == null ? rows[r][e] : (float) scale.apply(rows[r][e]);
        flat[r * elements + e] = value;
        if (Float.isNaN(value) && job.invalidRows().nanIsInvalid()) {
          invalid(r, names[input][e] + " is NaN", invalid);
        }
      }
    }
    checkIndices(input, flat, invalid);
    return flat;
  }

  /** Numbers that the model looks up. */
  private void checkIndices(int input, float[] flat, boolean[] invalid) {
    for (IndexingOperation operation : network.indexing(input)) {
      for (int at = 0; at < flat.length; at++) {
        int index = (int) flat[at]; // as the model truncates it
        if (index < operation.least() || index >= operation.end()) {
          int elements = names[input].length;
          invalid(at / elements, names[input][at % elements] + " is " + index + ", and the model knows " + operation.least() + " to "
              + (operation.end() - 1), invalid);
          flat[at] = operation.least();
        }
      }
    }
  }

  private void invalid(int row, String why, boolean[] invalid) {
    if (job.invalidRows().policy() == InvalidPolicy.ERROR) {
      throw new Refusal(Refusal.Kind.INVALID_ROWS, "Cannot predict: " + why + " in row " + row
          + ". Mend the row, or have invalid rows kept, which get NaN: invalidRows(KEEP).");
    }
    invalid[row] = true;
  }

  private float[][] rows(float[] flat, Shape shape, boolean[] invalid) {
    int elements = shape.elements();
    Scaling inverse = job.output().predictions().inverseScaling().orElse(null);
    float[][] rows = new float[invalid.length][elements];
    for (int r = 0; r < rows.length; r++) {
      for (int e = 0; e < elements; e++) {
        float value = flat[r * elements + e];
        rows[r][e] = invalid[r] ? Float.NaN : inverse == null ? value : (float) inverse.invert(value);
      }
    }
    return rows;
  }
}
