package io.forwardpass.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes an ONNX file for ONNX Runtime to run: the messages of onnx.proto that a chain of layers needs, field by field.
 */
final class OnnxModel {
  private static final int FLOAT = 1;

  private final Message graph = new Message();
  private int values;
  private String last;

  OnnxModel(int... inputShape) {
    last = "x";
    graph.bytes(11, tensorType("x", inputShape));
  }

  OnnxModel dense(float[] kernel, float[] bias, int inputs, int outputs, boolean relu) {
    initializer("w" + values, kernel, inputs, outputs);
    initializer("b" + values, bias, outputs);
    node("Gemm", new String[] {last, "w" + values, "b" + values}, 1);
    return relu ? node("Relu", new String[] {last}, 1) : this;
  }

  /** Keras' LSTM over the whole sequence, whose last output it hands on. */
  OnnxModel lstm(float[] kernel, float[] recurrent, float[] bias, int features, int units) {
    node("Transpose", new String[] {last}, 1, ints("perm", 1, 0, 2));
    initializer("w" + values, gatesFirst(kernel, features, units), 1, 4 * units, features);
    initializer("r" + values, gatesFirst(recurrent, units, units), 1, 4 * units, units);
    float[] both = new float[8 * units]; // ONNX has a bias for either kernel
    System.arraycopy(gatesFirst(bias, 1, units), 0, both, 0, 4 * units);
    initializer("b" + values, both, 1, 8 * units);
    Message size = new Message().text(1, "hidden_size").number(3, units).number(20, 2);
    node("LSTM", new String[] {last, "w" + values, "r" + values, "b" + values}, 2, size);
    return node("Squeeze", new String[] {last}, 1, ints("axes", 0));
  }

  byte[] bytes(int outputs) {
    graph.text(2, "network").bytes(12, tensorType(last, outputs));
    return new Message().number(1, 6).bytes(7, graph).bytes(8, new Message().text(1, "").number(2, 11)).bytes();
  }

  String output() {
    return last;
  }

  /** From (inputs, 4 units) in the order i, f, c, o to (4 units, inputs) in the order i, o, f, c. */
  private static float[] gatesFirst(float[] kernel, int inputs, int units) {
    int[] order = {0, 3, 1, 2};
    float[] turned = new float[kernel.length];
    for (int gate = 0; gate < 4; gate++) {
      for (int u = 0; u < units; u++) {
        for (int k = 0; k < inputs; k++) {
          turned[(gate * units + u) * inputs + k] = kernel[k * 4 * units + order[gate] * units + u];
        }
      }
    }
    return turned;
  }

  /** @param outputs how many the node has; the chain goes on with the last of them */
  private OnnxModel node(String type, String[] inputs, int outputs, Message... attributes) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    String output = "y" + values++;
    for (int i = 1; i < outputs; i++) {
      node.text(2, "");
    }
    node.text(2, output).text(4, type);
    for (Message attribute : attributes) {
      node.bytes(5, attribute);
    }
    graph.bytes(1, node);
    last = output;
    return this;
  }

  private void initializer(String name, float[] numbers, int... shape) {
    Message tensor = new Message();
    for (int size : shape) {
      tensor.number(1, size);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    graph.bytes(5, tensor.number(2, FLOAT).text(8, name).raw(9, raw.array()));
  }

  private static Message ints(String name, long... numbers) {
    Message attribute = new Message().text(1, name);
    for (long number : numbers) {
      attribute.number(8, number);
    }
    return attribute.number(20, 7);
  }

  /** With a batch axis of any size in front. */
  private static Message tensorType(String name, int... shape) {
    Message sizes = new Message().bytes(1, new Message().text(2, "rows"));
    for (int size : shape) {
      sizes.bytes(1, new Message().number(1, size));
    }
    return new Message().text(1, name).bytes(2, new Message().bytes(1, new Message().number(1, FLOAT).bytes(2, sizes)));
  }

  /** A message of Protocol Buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, Message value) {
      return raw(field, value.bytes());
    }

    Message raw(int field, byte[] value) {
      varint(field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      while ((value & ~0x7fL) != 0) {
        out.write((int) ((value & 0x7f) | 0x80));
        value >>>= 7;
      }
      out.write((int) value);
    }
  }
}
