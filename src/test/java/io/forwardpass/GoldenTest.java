package io.forwardpass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.forwardpass.graph.Graph;
import io.forwardpass.graph.GraphBuilder;
import io.forwardpass.keras.ModelFiles;
import io.forwardpass.keras.array.NpyArray;
import io.forwardpass.keras.container.NpzFile;
import io.forwardpass.network.InputRows;
import io.forwardpass.network.Network;
import io.forwardpass.network.Predictor;
import io.forwardpass.reference.Cases;
import io.forwardpass.reference.ReferenceNetwork;
import io.forwardpass.reference.Verification;
import io.forwardpass.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Real Keras models and what Keras itself answers for them. */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  /** Folders of cases; the samples, in more formats, are one of their own. */
  static final List<String> PARTS = List.of("layers", "sequences", "normalization", "preprocessing", "operations", "convolution",
      "attention", "recurrent", "masks", "keras2");
  private static final double TOLERANCE = 1e-5;
  private static final Configuration HADOOP = new Configuration();

  static Graph load(Path model, Optional<Path> architecture) throws IOException {
    return GraphBuilder
        .build(ModelFiles.read(model.toUri().toString(), architecture.map(path -> path.toUri().toString()), Optional.empty(), 3, HADOOP));
  }

  static Cases cases(Path file) throws IOException {
    NpzFile npz = ModelFiles.readNpz(file.toUri().toString(), HADOOP);
    List<InputRows> inputs = new ArrayList<>();
    List<float[]> outputs = new ArrayList<>();
    List<double[]> truths = new ArrayList<>();
    for (int i = 0; npz.has("x" + i); i++) {
      inputs.add(rows(npz.array("x" + i)));
    }
    for (int i = 0; npz.has("y" + i); i++) {
      outputs.add(npz.array("y" + i).floats());
    }
    for (int i = 0; npz.has("t" + i); i++) {
      truths.add(npz.array("t" + i).doubles());
    }
    return new Cases(npz.array("x0").shape()[0], inputs, outputs, truths);
  }

  private static InputRows rows(NpyArray array) {
    return array.isText() ? InputRows.texts(array.texts()) : array.isWhole() ? InputRows.wholeNumbers(array.longs())
        : InputRows.numbers(array.floats());
  }

  static List<Path> folders(String part) throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN.resolve(part))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> everyFormatOfEverySampleGivesKerasAnswers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : folders("samples")) {
      for (String file : List.of("model.keras", "model.h5", "keras2.keras", "keras2.h5")) {
        tests.add(verified(folder, file, Optional.empty()));
      }
      for (String json : List.of("model.json", "keras2.json")) {
        for (String file : List.of("get_weights.npz", "weights_npy", "weights_csv")) {
          tests.add(verified(folder, file, Optional.of(folder.resolve(json))));
        }
      }
      tests.add(verified(folder, "model.weights.h5", Optional.of(folder.resolve("model.json"))));
      tests.add(verified(folder, "keras2_weights.h5", Optional.of(folder.resolve("keras2.json"))));
    }
    assertEquals(4 * 12, tests.size());
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyCaseMadeOfKnownLayersGivesKerasAnswers() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path model : models()) {
      if (refusal(model).isEmpty()) {
        tests.add(verified(model.getParent(), model.getFileName().toString(), Optional.empty()));
      }
    }
    return tests;
  }

  /** Whatever stops being refused, or begins to be, is seen here: the list changes with it. */
  @Test
  void theCasesThatAreRefusedAreThoseOnTheList() throws IOException {
    List<String> refused = new ArrayList<>();
    for (Path model : models()) {
      refusal(model).ifPresent(why -> refused.add(GOLDEN.relativize(model) + ": " + why));
    }
    Files.write(Path.of("target/golden-refused.txt"), refused);
    assertEquals(Files.readAllLines(GOLDEN.resolve("refused.txt")), refused);
  }

  private static List<Path> models() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String part : PARTS) {
      for (Path folder : folders(part)) {
        Stream.of("model.keras", "model.h5").map(folder::resolve).filter(Files::exists).forEach(models::add);
      }
    }
    return models;
  }

  /** Why a model is refused, in one line; empty where it is not. */
  private static Optional<String> refusal(Path model) throws IOException {
    try {
      load(model, Optional.empty());
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.getMessage().replaceFirst("^Cannot use model \\S+: ", "").replace("\n", ""));
    }
  }

  private static DynamicTest verified(Path folder, String file, Optional<Path> architecture) {
    String name = folder.getFileName() + "/" + file + architecture.map(json -> " with " + json.getFileName()).orElse("");
    return DynamicTest.dynamicTest(name, () -> {
      Graph graph = load(folder.resolve(file), architecture);
      Cases cases = cases(folder.resolve("cases.npz"));
      assertEquals(List.of(), Verification.verify(graph, cases, TOLERANCE).differences());
      assertReferenceIsNearKeras(graph, cases);
    });
  }

  private static void assertReferenceIsNearKeras(Graph graph, Cases cases) {
    List<double[]> reference = new ReferenceNetwork(graph).predictRows(cases.inputs(), cases.rows());
    for (int o = 0; o < reference.size(); o++) {
      float[] keras = cases.outputs().get(o);
      for (int i = 0; i < keras.length; i++) {
        double allowed = Float.isFinite(keras[i]) ? TOLERANCE + TOLERANCE * Math.abs(keras[i]) : Double.MIN_VALUE;
        assertEquals(keras[i], reference.get(o)[i], allowed, "number " + i + " of output " + o);
      }
    }
  }

  @Test
  void aNetworkPredictsTheSameBitsAfterJavasAndKryosSerializers() throws Exception {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ClassTag<Network> tag = ClassTag$.MODULE$.apply(Network.class);
    for (Path model : models()) {
      if (refusal(model).isEmpty()) {
        Network network = load(model, Optional.empty()).compile();
        Cases cases = cases(model.resolveSibling("cases.npz"));
        float[][] expected = predict(network, cases);
        assertSameBits(expected, predict(throughJava(network), cases), model + " through Java");
        ByteBuffer bytes = kryo.serialize(network, tag);
        Network copy = kryo.deserialize(bytes, tag);
        assertSameBits(expected, predict(copy, cases), model + " through Kryo");
      }
    }
  }

  private static float[][] predict(Network network, Cases cases) {
    return new Predictor(network, 64).predict(cases.inputs(), cases.rows());
  }

  private static Network throughJava(Network network) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Network) in.readObject();
    }
  }

  private static void assertSameBits(float[][] expected, float[][] actual, String message) {
    for (int o = 0; o < expected.length; o++) {
      assertArrayEquals(bits(expected[o]), bits(actual[o]), message);
    }
  }

  private static int[] bits(float[] floats) {
    int[] bits = new int[floats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(floats[i]); // all NaNs are one
    }
    return bits;
  }
}
