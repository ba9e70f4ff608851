package io.forwardpass.math;

/** Picks the kernels once. */
final class KernelProvider {
  static final Kernels BEST = new ScalarKernels();
  static final ActivationKernels ACTIVATIONS = new ScalarActivations();

  private KernelProvider() {}
}
