package io.forwardpass.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.forwardpass.network.Shape;
import io.forwardpass.testing.LayerCase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationFormulasTest {
  private static final double[] X = {-4.0, -1.25, -0.3, 0.0, 0.7, 5.5};

  /** Expected numbers from keras 3.15.1 in float64; gelu's from its formula, as Keras divides by the square root of 2 in float32. */
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"linear; -4.0, -1.25, -0.3, 0.0, 0.7, 5.5", "relu; 0.0, 0.0, 0.0, 0.0, 0.7, 5.5",
      "relu6; 0.0, 0.0, 0.0, 0.0, 0.7, 5.5",
      "sigmoid; 0.01798620996209156, 0.22270013882530884, 0.425557483188341, 0.5, 0.6681877721681662, 0.9959298622841039",
      "hard_sigmoid; 0.0, 0.2916666666666667, 0.45, 0.5, 0.6166666666666667, 1.0",
      "tanh; -0.9993292997390671, -0.8482836399575129, -0.29131261245159085, 0.0, 0.6043677771171636, 0.9999665971563038",
      "hard_tanh; -1.0, -1.0, -0.3, 0.0, 0.7, 1.0",
      "softmax; 7.363031730482654e-05, 0.0011517719491153716, 0.002978147854156656, 0.004020079111196935, 0.008095445194418337, 0.9836809255738078",
      "log_softmax; -9.516453697142621, -6.766453697142621, -5.816453697142621, -5.516453697142621, -4.816453697142621, -0.016453697142621553",
      "softplus; 0.01814992791780974, 0.25192908134537284, 0.5543552444685271, 0.6931471805599453, 1.103186048885458, 5.50407844327057",
      "softsign; -0.8, -0.5555555555555556, -0.23076923076923075, 0.0, 0.4117647058823529, 0.8461538461538461",
      "elu; -0.9816843611112658, -0.7134952031398099, -0.2591817793182821, 0.0, 0.7, 5.5",
      "selu; -1.7258986281898947, -1.254395446337865, -0.4556673153791221, 0.0, 0.7354906911488363, 5.778855430455143",
      "celu; -0.981684361111266, -0.7134952031398099, -0.2591817793182821, 0.0, 0.7, 5.5",
      "gelu; -0.00012668496733247986, -0.1320622170835691, -0.1146265733433142, 0.0, 0.5306254434438489, 5.499999895557407",
      "silu; -0.07194483984836623, -0.27837517353163604, -0.1276672449565023, 0.0, 0.46773144051771626, 5.477614242562571",
      "hard_silu; -0.0, -0.36458333333333337, -0.135, 0.0, 0.43166666666666664, 5.5",
      "mish; -0.07259174079202536, -0.3084139611415276, -0.1511331771383346, 0.0, 0.5611483776438518, 5.499817776787424",
      "exponential; 0.018315638888734182, 0.2865047968601901, 0.7408182206817179, 1.0, 2.0137527074704766, 244.69193226422038",
      "leaky_relu; -0.800000011920929, -0.2500000037252903, -0.06000000089406967, 0.0, 0.7, 5.5",
      "log_sigmoid; -4.0181499279178094, -1.501929081345373, -0.8543552444685272, -0.6931471805599453, -0.4031860488854579, -0.0040784432705707205",
      "tanh_shrink; -3.0006707002609327, -0.4017163600424871, -0.008687387548409142, 0.0, 0.09563222288283635, 4.500033402843696",
      "soft_shrink; -3.5, -0.75, 0.0, 0.0, 0.19999999999999996, 5.0", "hard_shrink; -4.0, -1.25, 0.0, 0.0, 0.7, 5.5",
      "squareplus; 0.2360679774997898, 0.5542476415070754, 0.8611874208078342, 1.0, 1.4094810050208544, 5.676174977679906",
      "sparse_plus; 0.0, 0.0, 0.12249999999999998, 0.25, 0.7224999999999999, 5.5", "sparse_sigmoid; 0.0, 0.0, 0.35, 0.5, 0.85, 1.0",
      "sparsemax; 0.0, 0.0, 0.0, 0.0, 0.0, 1.0"})
  void areKerasOwn(String name, String expected) {
    double[] numbers = Arrays.stream(expected.split(",")).mapToDouble(Double::parseDouble).toArray();
    double[] y = LayerCase.keras3("Activation", "{activation: '" + name + "'}").reference(Shape.of(6), X);
    // Keras keeps the slope of leaky_relu in float32
    assertArrayEquals(numbers, y, name.equals("leaky_relu") ? 2e-8 : 1e-13);
    assertArrayEquals(y, LayerCase.keras3("Dense", "{units: 6, activation: '" + name + "'}").weights(identity(), new float[6])
        .reference(Shape.of(6), X));
  }

  @Test
  void hardSigmoidOfKeras2HasAnotherSlope() {
    double[] y = LayerCase.keras2("Activation", "{activation: 'hard_sigmoid'}").reference(Shape.of(6), X);
    assertArrayEquals(new double[] {0, 0.25, 0.44, 0.5, 0.64, 1}, y, 1e-15);
  }

  private static float[] identity() {
    float[] kernel = new float[36];
    for (int i = 0; i < 6; i++) {
      kernel[7 * i] = 1;
    }
    return kernel;
  }
}
