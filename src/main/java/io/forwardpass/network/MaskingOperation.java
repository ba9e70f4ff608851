package io.forwardpass.network;

/** An operation that masks the steps at which every feature has one value. */
public interface MaskingOperation extends Operation {
  float maskValue();
}
