package io.forwardpass.math;

/** Picks the kernels once: the Vector API where its module is resolved, otherwise plain Java. */
final class KernelProvider {
  /**
   * The system property that says {@code scalar} or {@code vector} instead of what is there, for tests and measurements. Anything else,
   * or {@code vector} without the module, ends in an IllegalStateException when the kernels are first used.
   */
  static final String PROPERTY = "forwardpass.kernels";

  static final Kernels BEST;
  static final ActivationKernels ACTIVATIONS;

  static {
    boolean vector = useVectors(System.getProperty(PROPERTY));
    // VectorKernels and its kin are linked in these branches only: without the module they cannot be
    BEST = vector ? new VectorKernels() : new ScalarKernels();
    ACTIVATIONS = vector ? new VectorActivations() : new ScalarActivations();
  }

  private KernelProvider() {}

  private static boolean useVectors(String wish) {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (wish == null) {
      return present;
    }
    return switch (wish) {
      case "scalar" -> false;
      case "vector" -> {
        if (!present) {
          throw new IllegalStateException(PROPERTY + " = vector needs java --add-modules=jdk.incubator.vector");
        }
        yield true;
      }
      default -> throw new IllegalStateException(PROPERTY + " is scalar or vector, not " + wish);
    };
  }
}
