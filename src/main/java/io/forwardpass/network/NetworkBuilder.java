package io.forwardpass.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes values and operations in the order in which they run, and plans the buffers: a value's is free after its last use. */
public final class NetworkBuilder {
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Integer> homes = new ArrayList<>(); // the value whose buffer a value shares; itself where it has its own
  private final List<Step> steps = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();
  private final List<String> inputNames = new ArrayList<>();
  private final List<Integer> modelInputs = new ArrayList<>();
  private final List<KeyInput> keyInputs = new ArrayList<>(); // null where an input takes numbers
  private final List<String> outputNames = new ArrayList<>();

  /** A new value; returns its number. */
  public int value(Shape shape) {
    shapes.add(shape);
    homes.add(homes.size());
    return homes.size() - 1;
  }

  /** Makes a value that nothing writes or reads yet the same numbers as another, under its own shape. */
  public void alias(int value, int as) {
    homes.set(as, homes.get(value));
  }

  public int input(String name, Shape shape) {
    return input(name, shape, inputs.size(), null);
  }

  /**
   * A network input that takes a model input as it is, or the codes of its keys: a model input may come in several ways.
   *
   * @param name the model input's
   * @param modelInput its number
   * @param keys null where the network takes its numbers
   */
  public int input(String name, Shape shape, int modelInput, KeyInput keys) {
    inputs.add(value(keys == null || keys.encoding().width() == 1 ? shape : shape.withLast(keys.encoding().width())));
    inputNames.add(name);
    modelInputs.add(modelInput);
    keyInputs.add(keys);
    return inputs.get(inputs.size() - 1);
  }

  public void output(String name, int value) {
    outputs.add(value);
    outputNames.add(name);
  }

  /** The next operation: reads values that are there, writes values that nothing wrote before. */
  public void step(Operation operation, int[] from, int[] to) {
    steps.add(new Step(operation, from.clone(), to.clone()));
  }

  public Network build() {
    int[] lastUse = lastUses();
    int[] buffers = new int[shapes.size()];
    Arrays.fill(buffers, -1);
    List<Integer> sizes = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int input : inputs) {
      buffers[input] = newBuffer(sizes, shapes.get(input).elements());
    }
    for (int s = 0; s < steps.size(); s++) {
      Step step = steps.get(s);
      for (int to : step.outputs) {
        buffers[to] = place(step, to, s, lastUse, buffers, sizes, free);
      }
      releaseAfter(s, step, lastUse, buffers, free);
    }
    for (int v = 0; v < buffers.length; v++) {
      buffers[v] = buffers[homes.get(v)];
    }
    return new Network(steps.toArray(new Step[0]), shapes.toArray(new Shape[0]), buffers, ints(sizes), ints(inputs), ints(outputs),
        inputNames.toArray(new String[0]), outputNames.toArray(new String[0]), ints(modelInputs), keyInputs.toArray(new KeyInput[0]));
  }

  private int place(Step step, int to, int s, int[] lastUse, int[] buffers, List<Integer> sizes, List<Integer> free) {
    int elements = shapes.get(to).elements();
    if (step.operation.inPlace() && step.outputs.length == 1) {
      int home = homes.get(step.inputs[0]);
      if (lastUse[home] == s && shapes.get(home).elements() >= elements && !inputs.contains(home)) {
        return buffers[home];
      }
    }
    int best = -1;
    for (int buffer : free) {
      if (best < 0 || Math.abs(sizes.get(buffer) - elements) < Math.abs(sizes.get(best) - elements)) {
        best = buffer;
      }
    }
    if (best < 0) {
      return newBuffer(sizes, elements);
    }
    free.remove(Integer.valueOf(best));
    sizes.set(best, Math.max(sizes.get(best), elements));
    return best;
  }

  private static int newBuffer(List<Integer> sizes, int elements) {
    sizes.add(elements);
    return sizes.size() - 1;
  }

  /** Inputs keep their buffers: whoever fills them may leave what does not change. */
  private void releaseAfter(int s, Step step, int[] lastUse, int[] buffers, List<Integer> free) {
    List<Integer> touched = new ArrayList<>();
    for (int value : step.inputs) {
      touched.add(homes.get(value));
    }
    for (int value : step.outputs) {
      touched.add(value);
    }
    for (int home : touched) {
      boolean handedOn = Arrays.stream(step.outputs).anyMatch(to -> to != home && buffers[to] == buffers[home]);
      if (lastUse[home] <= s && !inputs.contains(home) && !handedOn && !free.contains(buffers[home])) {
        free.add(buffers[home]);
      }
    }
  }

  /** By home value: the last step that reads it; the end for model outputs. */
  private int[] lastUses() {
    int[] last = new int[shapes.size()];
    Arrays.fill(last, -1);
    for (int s = 0; s < steps.size(); s++) {
      for (int from : steps.get(s).inputs) {
        last[homes.get(from)] = s;
      }
    }
    for (int output : outputs) {
      last[homes.get(output)] = Integer.MAX_VALUE;
    }
    return last;
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
