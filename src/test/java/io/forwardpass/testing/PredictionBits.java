package io.forwardpass.testing;

import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;

/** Prints, for each model named, a checksum of the bits of its predictions for the same rows; run in a JVM of its own. */
public final class PredictionBits {
  private static final int ROWS = 999;

  private PredictionBits() {}

  public static void main(String[] models) throws Exception {
    for (String model : models) {
      Network network = GraphBuilder.build(ModelFiles.read(model, Optional.empty(), Optional.empty(), 3, new Configuration())).compile();
      Random random = new Random(7);
      float[][] inputs = new float[network.inputs()][];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = new float[ROWS * network.inputShape(i).elements()];
        for (int at = 0; at < inputs[i].length; at++) {
          inputs[i][at] = (float) random.nextGaussian();
        }
      }
      CRC32 bits = new CRC32();
      Predictor predictor = new Predictor(network, 64);
      for (int again = 0; again < 20; again++) { // compiled code has to give the bits that interpreted code gave
        for (float[] output : predictor.predict(inputs, ROWS)) {
          for (float value : output) {
            int raw = Float.floatToIntBits(value);
            bits.update(raw);
            bits.update(raw >> 8);
            bits.update(raw >> 16);
            bits.update(raw >> 24);
          }
        }
      }
      System.out.println(model + " " + bits.getValue());
    }
  }
}
