package io.forwardpass.keras.container;

import io.forwardpass.keras.array.NumericType;
import io.forwardpass.keras.array.StoredArray;
import io.forwardpass.refusal.FailureText;
import io.forwardpass.refusal.Refusal;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FixedPoint;
import java.lang.reflect.Array;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An HDF5 file in memory; whatever jhdf makes of a damaged one becomes a refusal. */
public final class Hdf5File implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private final String source;
  private final HdfFile file;

  public Hdf5File(String source, byte[] bytes) {
    this.source = source;
    refuseTruncated(bytes);
    this.file = guarded(() -> HdfFile.fromBytes(bytes));
  }

  public static boolean isHdf5(byte[] bytes) {
    return start(bytes) >= 0;
  }

  /** The signature stands at the start, or behind a user block of 512 bytes or a doubling of them; -1 if nowhere. */
  private static int start(byte[] bytes) {
    for (int at = 0; at + SIGNATURE.length <= bytes.length && at <= 1 << 20; at = at == 0 ? 512 : at * 2) {
      if (Arrays.equals(bytes, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
        return at;
      }
    }
    return -1;
  }

  /** The superblock knows how long the file is: a missing end may be one that jhdf does not come across. */
  private void refuseTruncated(byte[] bytes) {
    int at = start(bytes);
    if (bytes.length < at + 48) {
      throw damaged("it ends after " + bytes.length + " bytes", null);
    }
    boolean early = bytes[at + 8] < 2;
    if (bytes[at + (early ? 13 : 9)] == Long.BYTES) { // which every file of Keras has as the width of its addresses
      long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at + (early ? 40 : 28));
      if (length > bytes.length) {
        throw damaged("it should have " + length + " bytes and has " + bytes.length, null);
      }
    }
  }

  public Group root() {
    return file;
  }

  public Optional<Group> group(String name) {
    return group(file, name);
  }

  public Optional<Group> group(Group parent, String name) {
    return guarded(() -> parent.getChildren().get(name) instanceof Group group ? Optional.of(group) : Optional.empty());
  }

  public List<Node> children(Group group) {
    return guarded(() -> new ArrayList<>(group.getChildren().values()));
  }

  /** One text, such as {@code model_config}. */
  public Optional<String> text(Group group, String attribute) {
    List<String> texts = rawTexts(group, attribute);
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(0));
  }

  public boolean hasTexts(Group group, String attribute) {
    return hasAttribute(group, attribute) || hasAttribute(group, attribute + 0);
  }

  /** A list of texts; Keras parts one of over 64 kB into {@code layer_names0}, {@code layer_names1}, … */
  public List<String> texts(Group group, String attribute) {
    if (hasAttribute(group, attribute)) {
      return rawTexts(group, attribute);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; hasAttribute(group, attribute + i); i++) {
      texts.addAll(rawTexts(group, attribute + i));
    }
    return texts;
  }

  private boolean hasAttribute(Group group, String attribute) {
    return guarded(() -> group.getAttributes().containsKey(attribute));
  }

  /** Of fixed or of variable length; for no names at all Keras writes an empty array of float64. */
  private List<String> rawTexts(Group group, String attribute) {
    return guarded(() -> {
      Attribute found = group.getAttributes().get(attribute);
      Object data = found == null ? null : found.getData();
      if (data instanceof String text) {
        return List.of(text);
      }
      return data instanceof String[] texts ? List.of(texts) : List.of();
    });
  }

  /** The data set at a path below a group, whose parts may hold any character but the slash. */
  public Optional<Dataset> dataset(Group group, String path) {
    return guarded(() -> {
      Node node = group;
      for (String part : path.split("/")) {
        node = part.isEmpty() ? node : node instanceof Group parent ? parent.getChildren().get(part) : null;
      }
      return node instanceof Dataset dataset ? Optional.of(dataset) : Optional.empty();
    });
  }

  public StoredArray array(String name, Dataset dataset) {
    return guarded(() -> {
      int[] shape = dataset.getDimensions() == null ? new int[0] : dataset.getDimensions();
      String dtype = dtype(dataset);
      if (!NumericType.isWeight(dtype)) {
        return StoredArray.unreadable(name, dtype, shape);
      }
      int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      return StoredArray.of(name, dtype, shape, elements == 0 ? new float[0] : floats(dataset.getDataFlat()));
    });
  }

  private static String dtype(Dataset dataset) {
    // Keras marks what HDF5 has no type for
    Attribute marked = dataset.getAttributes().get("dtype");
    if (marked != null && marked.getData() instanceof String text) {
      return text;
    }
    int bits = 8 * dataset.getDataType().getSize();
    return switch (dataset.getDataType().getDataClass()) {
      case 0 -> (isUnsigned(dataset) ? "uint" : "int") + bits;
      case 1 -> "float" + bits;
      case 8 -> "bool";
      default -> dataset.getDataType().getClass().getSimpleName();
    };
  }

  private static boolean isUnsigned(Dataset dataset) {
    return dataset.getDataType() instanceof FixedPoint fixed && !fixed.isSigned();
  }

  private static float[] floats(Object data) {
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof double[] doubles) {
      float[] floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
      return floats;
    }
    if (data instanceof int[] || data instanceof long[]) {
      return wholeNumbers(data);
    }
    return new float[] {((Number) data).floatValue()};
  }

  private static float[] wholeNumbers(Object data) {
    float[] floats = new float[Array.getLength(data)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Array.getLong(data, i);
    }
    return floats;
  }

  /**
   * jhdf answers damaged bytes with its own exception, or, where an offset leads astray, with the JDK's for a bad
   * index or state, as thousands of damaged files showed; nothing else is caught.
   */
  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Refusal refused) {
      throw refused;
    } catch (HdfException | IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException | IllegalStateException
        | NegativeArraySizeException | ArithmeticException damage) {
      Throwable cause = FailureText.deepest(damage);
      throw isOpaque(cause) ? opaque(damage) : damaged(FailureText.firstLine(cause), damage);
    }
  }

  /** jhdf fails on an opaque type without a tag, and as damaged bytes it would send the user the wrong way. */
  private static boolean isOpaque(Throwable failure) {
    return Arrays.stream(failure.getStackTrace()).anyMatch(frame -> frame.getClassName().endsWith(".OpaqueDataType"));
  }

  private Refusal opaque(Throwable cause) {
    return new Refusal(Refusal.Kind.MODEL, "Cannot read " + source + ": it holds arrays of an opaque HDF5 type, as which Keras stores"
        + " bfloat16, and float16, float32 and float64 are read. Save the model with dtype float32.", cause);
  }

  private Refusal damaged(String why, Throwable cause) {
    return new Refusal(Refusal.Kind.MODEL, "Cannot read " + source + ": it is a damaged or truncated HDF5 file (" + why
        + "). Copy the file again, in full.", cause);
  }

  @Override
  public void close() {
    file.close();
  }
}
