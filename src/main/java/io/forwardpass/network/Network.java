package io.forwardpass.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model compiled to a flat list of steps over planned buffers: immutable, serializable, shared by every task.
 *
 * <p>Fill the {@linkplain Workspace#input inputs}, call {@link #forward}, read the {@linkplain Workspace#output outputs}.
 */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  final Step[] steps;
  final Shape[] shapes; // of every value
  final int[] buffers; // the buffer each value lies in
  final int[] bufferElements; // the size of each buffer, in numbers a row
  final int[] inputs; // value numbers
  final int[] outputs;
  private final String[] inputNames;
  private final String[] outputNames;
  private final int[] modelInputs; // by input: the model input it takes
  private final KeyInput[] keyInputs; // by input: null where it takes numbers

  Network(Step[] steps, Shape[] shapes, int[] buffers, int[] bufferElements, int[] inputs, int[] outputs,
      String[] inputNames, String[] outputNames, int[] modelInputs, KeyInput[] keyInputs) {
    this.steps = steps;
    this.shapes = shapes;
    this.buffers = buffers;
    this.bufferElements = bufferElements;
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputNames = inputNames;
    this.outputNames = outputNames;
    this.modelInputs = modelInputs;
    this.keyInputs = keyInputs;
  }

  /** Scratch state for one thread, for batches of at most {@code capacity} rows, a multiple of {@link Block#LANES}. */
  public Workspace workspace(int capacity) {
    return new Workspace(this, capacity);
  }

  /** Computes the outputs of the workspace's first {@code rows} rows from its inputs. Allocates nothing. */
  public void forward(Workspace workspace, int rows) {
    int lanes = Block.lanes(rows);
    for (int i = 0; i < steps.length; i++) {
      RowWindows windows = workspace.stepWindows[i];
      if (windows == null) {
        steps[i].operation.forward(workspace.stepInputs[i], workspace.stepOutputs[i], workspace.scratch, lanes);
      } else {
        ((RowOperation) steps[i].operation).forward(windows, workspace.stepOutputs[i], workspace.scratch, lanes);
      }
    }
  }

  /** What can be computed once per row where windows share rows: operations that read nothing but an input of steps. */
  public List<RowPart> rowParts() {
    List<RowPart> parts = new ArrayList<>();
    for (int s = 0; s < steps.length; s++) {
      int input = steps[s].inputs.length == 1 ? inputOf(steps[s].inputs[0]) : -1;
      if (input >= 0 && steps[s].operation instanceof RowOperation operation) {
        parts.add(new RowPart(s, input, operation));
      }
    }
    return parts;
  }

  /** Whether something else than its row parts reads an input, or it is an output itself. */
  public boolean readsWindows(int input) {
    List<Integer> parts = rowParts().stream().map(part -> part.step).toList();
    for (int s = 0; s < steps.length; s++) {
      if (!parts.contains(s) && Arrays.stream(steps[s].inputs).anyMatch(value -> buffers[value] == buffers[inputs[input]])) {
        return true;
      }
    }
    return Arrays.stream(outputs).anyMatch(value -> buffers[value] == buffers[inputs[input]]);
  }

  /** What every feature of a masked step of an input is, where an operation masks them; empty where there is none. */
  public Optional<Float> maskValue(int input) {
    return readers(input, MaskingOperation.class).map(MaskingOperation::maskValue).findFirst();
  }

  /** The operations that take an input for the numbers of something. */
  public List<IndexingOperation> indexing(int input) {
    return readers(input, IndexingOperation.class).toList();
  }

  private <O extends Operation> Stream<O> readers(int input, Class<O> kind) {
    return Arrays.stream(steps).filter(step -> kind.isInstance(step.operation) && buffers[step.inputs[0]] == buffers[inputs[input]])
        .map(step -> kind.cast(step.operation));
  }

  /** The input that a value is, under the input's own shape; -1 for other values. Inputs keep their buffers to themselves. */
  private int inputOf(int value) {
    for (int i = 0; i < inputs.length; i++) {
      if (buffers[value] == buffers[inputs[i]] && shapes[value].equals(shapes[inputs[i]])) {
        return i;
      }
    }
    return -1;
  }

  /** The keys that an input takes instead of numbers; empty where it takes numbers. */
  public Optional<KeyInput> keyInput(int input) {
    return Optional.ofNullable(keyInputs[input]);
  }

  /** The number of the model input that an input takes: where a model looks one up in several ways, several inputs take it. */
  public int modelInput(int input) {
    return modelInputs[input];
  }

  /** The shape of a row as it is given: of an input of keys, of the keys rather than of what stands for them. */
  public Shape givenShape(int input) {
    return keyInputs[input] == null || keyInputs[input].encoding().width() == 1 ? inputShape(input) : inputShape(input).withoutLast();
  }

  public int inputs() {
    return inputs.length;
  }

  public int outputs() {
    return outputs.length;
  }

  public Shape inputShape(int input) {
    return shapes[inputs[input]];
  }

  public Shape outputShape(int output) {
    return shapes[outputs[output]];
  }

  public String inputName(int input) {
    return inputNames[input];
  }

  public String outputName(int output) {
    return outputNames[output];
  }
}
