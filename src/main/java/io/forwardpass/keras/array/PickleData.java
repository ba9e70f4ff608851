package io.forwardpass.keras.array;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Takes a pickle apart into data: numbers, texts, bytes, lists and maps. Nothing in it is evaluated: where Python would
 * import a class or call a function, there is a {@link Name} or a {@link Made} that says so, and no more.
 */
final class PickleData {
  private static final Object MARK = new Object();

  /** Something that Python would import. */
  record Name(String module, String name) {}

  /** Something that Python would make by calling what has that name, and the state it would be given then. */
  static final class Made {
    private final Object maker;
    private final Object arguments;
    private Object state;

    private Made(Object maker, Object arguments) {
      this.maker = maker;
      this.arguments = arguments;
    }

    Object maker() {
      return maker;
    }

    List<?> arguments() {
      return arguments instanceof List<?> list ? list : List.of();
    }

    Object state() {
      return state;
    }
  }

  /** A part of pickle's language that NumPy and Keras have no use for, or an end in the middle. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    private NotUnderstood(String message) {
      super(message);
    }
  }

  private final ByteBuffer bytes;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleData(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  static Object parse(ByteBuffer bytes) throws NotUnderstood {
    try {
      return new PickleData(bytes.slice()).run();
    } catch (BufferUnderflowException | NoSuchElementException | ClassCastException cut) {
      throw new NotUnderstood("it is damaged or truncated");
    }
  }

  private Object run() throws NotUnderstood {
    for (int code = bytes.get(); code != '.'; code = bytes.get()) {
      if (!value(code & 0xff) && !collection(code & 0xff) && !object(code & 0xff)) {
        throw new NotUnderstood(String.format("it has the instruction 0x%02x", code & 0xff));
      }
    }
    return pop();
  }

  private boolean value(int code) throws NotUnderstood {
    switch (code) {
      case 0x80 -> bytes.get(); // the protocol's version
      case 0x95 -> bytes.getLong(); // a frame's length
      case 'N' -> push(Nothing.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) bytes.getInt());
      case 'K' -> push((long) (bytes.get() & 0xff));
      case 'M' -> push((long) (bytes.getShort() & 0xffff));
      case 'G' -> push(bytes.order(ByteOrder.BIG_ENDIAN).getDouble());
      case 0x8c -> push(text(bytes.get() & 0xff));
      case 'X' -> push(text(bytes.getInt()));
      case 'C' -> push(take(bytes.get() & 0xff));
      case 'B' -> push(take(bytes.getInt()));
      case 0x8e -> push(take(bytes.getLong()));
      default -> {
        return false;
      }
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    return true;
  }

  private boolean collection(int code) {
    switch (code) {
      case '(' -> push(MARK);
      case ']', ')', 0x8f -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case 0x85 -> push(last(1));
      case 0x86 -> push(last(2));
      case 0x87 -> push(last(3));
      case 't' -> push(marked());
      case 'a' -> addAll(last(1));
      case 'e', 0x90 -> addAll(marked());
      case 's' -> putAll(last(2));
      case 'u' -> putAll(marked());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int code) {
    switch (code) {
      case 'c' -> push(new Name(line(), line()));
      case 0x93 -> {
        List<Object> name = last(2);
        push(new Name((String) name.get(0), (String) name.get(1)));
      }
      case 'R', 0x81 -> {
        List<Object> call = last(2);
        push(new Made(call.get(0), call.get(1)));
      }
      case 'b' -> {
        Object state = pop();
        ((Made) stack.getFirst()).state = state;
      }
      case 0x94 -> memo.put(memo.size(), stack.getFirst());
      case 'q' -> memo.put(bytes.get() & 0xff, stack.getFirst());
      case 'r' -> memo.put(bytes.getInt(), stack.getFirst());
      case 'h' -> push(remembered(bytes.get() & 0xff));
      case 'j' -> push(remembered(bytes.getInt()));
      case '0' -> pop();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Stands for None, which a deque would not take as null. */
  private enum Nothing { NONE }

  private void push(Object value) {
    stack.push(value);
  }

  private Object pop() {
    return stack.pop();
  }

  private Object remembered(int key) {
    if (!memo.containsKey(key)) {
      throw new NoSuchElementException();
    }
    return memo.get(key);
  }

  private List<Object> last(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, pop());
    }
    return values;
  }

  private List<Object> marked() {
    List<Object> values = new ArrayList<>();
    for (Object value = pop(); value != MARK; value = pop()) {
      values.add(value);
    }
    Collections.reverse(values);
    return values;
  }

  @SuppressWarnings("unchecked")
  private void addAll(List<Object> values) {
    ((List<Object>) stack.getFirst()).addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void putAll(List<Object> pairs) {
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      ((Map<Object, Object>) stack.getFirst()).put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private String text(int length) throws NotUnderstood {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  private byte[] take(long length) throws NotUnderstood {
    if (length < 0 || length > bytes.remaining()) {
      throw new NotUnderstood("it is damaged or truncated");
    }
    byte[] taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int next = bytes.get(); next != '\n'; next = bytes.get()) {
      line.append((char) (next & 0xff));
    }
    return line.toString();
  }
}
