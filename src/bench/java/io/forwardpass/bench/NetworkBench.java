package io.forwardpass.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.forwardpass.network.Network;
import io.forwardpass.network.Workspace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a row (a window in W3 and W4) of the network alone, on one thread, 8192 rows a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class NetworkBench {
  private static final int ROWS = 8192;
  private static final int BLOCK = 256;

  @Param
  public BenchModel model;

  private Network network;
  private Workspace workspace;
  private float[] columns; // (elements, rows), as tables have them
  private float[] predictions;
  private OrtSession session;
  private Map<String, OnnxTensor> tensors;

  @Setup
  public void prepare() throws OrtException {
    network = model.network();
    workspace = network.workspace(BLOCK);
    columns = new float[model.elements() * ROWS];
    predictions = new float[ROWS];
    Random random = new Random(2);
    FloatBuffer rows = ByteBuffer.allocateDirect(4 * columns.length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int row = 0; row < ROWS; row++) {
      for (int e = 0; e < model.elements(); e++) {
        columns[e * ROWS + row] = (float) random.nextGaussian();
        rows.put(columns[e * ROWS + row]);
      }
    }
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = OrtEnvironment.getEnvironment().createSession(model.onnx(), options);
    tensors = Map.of("x", OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), rows.rewind(), model.inputShape(ROWS)));
    check();
  }

  /** Both have to predict the same before either is worth measuring. */
  private void check() throws OrtException {
    float[] ours = forwardpass();
    try (OrtSession.Result result = session.run(tensors)) {
      FloatBuffer theirs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int row = 0; row < ROWS; row++) {
        float expected = theirs.get(row);
        if (!(Math.abs(ours[row] - expected) <= 1e-5 + 1e-5 * Math.abs(expected))) {
          throw new IllegalStateException(model + ", row " + row + ": ONNX Runtime predicts " + expected + ", we " + ours[row]);
        }
      }
    }
  }

  @TearDown
  public void close() throws OrtException {
    tensors.get("x").close();
    session.close();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] forwardpass() {
    float[] input = workspace.input(0).data();
    for (int row = 0; row < ROWS; row += BLOCK) {
      for (int e = 0; e < model.elements(); e++) {
        System.arraycopy(columns, e * ROWS + row, input, e * BLOCK, BLOCK);
      }
      network.forward(workspace, BLOCK);
      System.arraycopy(workspace.output(0).data(), 0, predictions, row, BLOCK);
    }
    return predictions;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = 1, jvmArgsAppend = "-Dforwardpass.kernels=scalar")
  public float[] scalar() {
    return forwardpass();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float onnxRuntime() throws OrtException {
    try (OrtSession.Result result = session.run(tensors)) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
    }
  }
}
