package io.forwardpass.network;

import java.io.Serializable;

/**
 * The forward pass of one layer over a block of rows: immutable, made once at load time, shared by all threads.
 *
 * <p>It travels in a broadcast through Java's and Kryo's serializers, so implementations are final classes whose
 * fields are primitives, primitive arrays, enums or other such classes; no lambdas, records or immutable lists.
 */
public interface Operation extends Serializable {
  /**
   * Computes the outputs from the inputs. Allocates nothing.
   *
   * @param inputs never the same buffer as an output, unless {@link #inPlace()}
   * @param scratch at least {@link #scratch(int)} numbers of any content
   * @param lanes how many rows to compute, a multiple of {@link Block#LANES}, at most the blocks' capacity
   */
  void forward(Block[] inputs, Block[] outputs, float[] scratch, int lanes);

  /** How many numbers of scratch it needs for blocks of this capacity. */
  default int scratch(int capacity) {
    return 0;
  }

  /** Whether its one output may lie in the buffer of its first input: element e of a row is read before it is written. */
  default boolean inPlace() {
    return false;
  }
}
