package io.forwardpass.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.forwardpass.math.Kernels;
import io.forwardpass.math.Matrix;
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
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a row of one dense layer, 256 rows a call, beside netlib's sgemm in Java and in OpenBLAS. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
public class DenseBench {
  private static final int ROWS = 256;

  @Param({"4x20", "33x64", "64x32", "128x128", "256x256", "512x512", "1024x1024", "4096x256"})
  public String size;

  private int inputs;
  private int outputs;
  private float[] x;
  private float[] kernel;
  private Matrix matrix;
  private float[] bias;
  private float[] y;
  private BLAS java;
  private BLAS openBlas;

  @Setup
  public void prepare() {
    inputs = Integer.parseInt(size.substring(0, size.indexOf('x')));
    outputs = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    x = numbers(inputs * ROWS);
    kernel = numbers(inputs * outputs);
    bias = numbers(outputs);
    matrix = Matrix.of(kernel, bias, inputs, outputs);
    y = new float[outputs * ROWS];
    java = JavaBLAS.getInstance();
    float[] ours = forwardpass().clone();
    compare(ours, withBias(java), "Java BLAS");
  }

  private static float[] numbers(int length) {
    Random random = new Random(length);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private void compare(float[] ours, float[] theirs, String name) {
    for (int i = 0; i < ours.length; i++) {
      if (!(Math.abs(ours[i] - theirs[i]) <= 1e-3 * Math.sqrt(inputs) + 1e-4 * Math.abs(theirs[i]))) {
        throw new IllegalStateException(size + ", number " + i + ": " + name + " says " + theirs[i] + ", we " + ours[i]);
      }
    }
  }

  private float[] withBias(BLAS blas) {
    float[] z = multiply(blas).clone();
    for (int i = 0; i < z.length; i++) {
      z[i] += bias[i / ROWS];
    }
    return z;
  }

  /** The same product, columns being our rows innermost: y (rows, outputs) = x (rows, inputs) times the kernel. */
  private float[] multiply(BLAS blas) {
    blas.sgemm("N", "T", ROWS, outputs, inputs, 1f, x, ROWS, kernel, outputs, 0f, y, ROWS);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] forwardpass() {
    Kernels.best().dense(x, 0, matrix, y, 0, ROWS, ROWS);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = 1, jvmArgsAppend = "-Dforwardpass.kernels=scalar")
  public float[] scalar() {
    return forwardpass();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] netlibJava() {
    return multiply(java);
  }

  /** Needs libopenblas; its threads are held to one by OPENBLAS_NUM_THREADS, which the runner sets. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] openBlas() {
    if (openBlas == null) {
      openBlas = NativeBLAS.getInstance();
    }
    return multiply(openBlas);
  }
}
