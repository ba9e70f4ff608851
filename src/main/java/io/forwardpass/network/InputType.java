package io.forwardpass.network;

/** What a model input takes, as its Keras dtype says. */
public enum InputType {
  /** Floats. */
  NUMBERS,
  /** Whole numbers: as floats where layers compute with them, as keys of up to 64 bits where layers look them up or hash them. */
  WHOLE_NUMBERS,
  /** Texts, which are keys always. */
  TEXTS;

  /** @param dtype Keras' name: {@code float32}, {@code int64}, {@code string} */
  public static InputType ofDtype(String dtype) {
    return dtype.equals("string") ? TEXTS : dtype.matches("u?int(8|16|32|64)") ? WHOLE_NUMBERS : NUMBERS;
  }
}
