package dev.weir.provider.local;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * all-MiniLM-L6-v2, quantised: sentences to 384 numbers of length one. Safe for many threads; as many run at once as there are
 * cores, the others wait.
 */
final class MiniLm {
  static final int DIMENSIONS = 384;

  /** More tokens than this the model was not trained on. */
  static final int MOST_TOKENS = 256;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPiece tokenizer;
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPiece tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /** Loads model and vocabulary from the class path; takes about half a second. */
  static MiniLm load() {
    // the model's bytes live outside the heap, and only until they are read
    try (var options = new OrtSession.SessionOptions();
        var memory = Arena.ofConfined()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      var environment = OrtEnvironment.getEnvironment();
      var session = environment.createSession(model(memory), options);
      return new MiniLm(environment, session, new WordPiece(vocabulary()));
    } catch (OrtException failure) {
      throw new IllegalStateException("the embedding model does not load", failure);
    }
  }

  private static ByteBuffer model(Arena memory) {
    try {
      var file = resource("/all-minilm-l6-v2-q.onnx").openConnection();
      var bytes = memory.allocate(file.getContentLengthLong()).asByteBuffer();
      try (var in = Channels.newChannel(file.getInputStream())) {
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
      }
      return bytes.flip();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<String, Integer> vocabulary() {
    JsonNode tokenizer;
    try (var in = resource("/all-minilm-l6-v2-q-tokenizer.json").openStream()) {
      tokenizer = JsonMapper.shared().readTree(in);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var vocabulary = new HashMap<String, Integer>();
    for (var entry : tokenizer.at("/model/vocab").properties()) {
      vocabulary.put(entry.getKey(), entry.getValue().asInt());
    }
    return vocabulary;
  }

  private static URL resource(String name) {
    var found = MiniLm.class.getResource(name);
    if (found == null) {
      throw new IllegalStateException("the build lacks " + name);
    }
    return found;
  }

  /** The tokens of a text, the two that frame it included. */
  List<Integer> tokens(String text) {
    return tokenizer.encode(text);
  }

  /** The sentence's vector: the mean of its tokens', of any length; {@link #unit} scales it. */
  float[] embed(List<Integer> tokens) throws InterruptedException {
    cores.acquire();
    try {
      return run(tokens);
    } catch (OrtException failure) {
      throw new IllegalStateException("the embedding model failed", failure);
    } finally {
      cores.release();
    }
  }

  private float[] run(List<Integer> tokens) throws OrtException {
    var length = tokens.size();
    var ids = new long[length];
    var mask = new long[length];
    for (var i = 0; i < length; i++) {
      ids[i] = tokens.get(i);
      mask[i] = 1;
    }
    try (var idTensor = tensor(ids);
        var maskTensor = tensor(mask);
        var typeTensor = tensor(new long[length]);
        var result = session.run(Map.of(
            "input_ids", idTensor, "attention_mask", maskTensor, "token_type_ids", typeTensor))) {
      var states = ((float[][][]) result.get(0).getValue())[0];
      return mean(states);
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[] mean(float[][] states) {
    var mean = new float[DIMENSIONS];
    for (var state : states) {
      for (var i = 0; i < DIMENSIONS; i++) {
        mean[i] += state[i] / states.length;
      }
    }
    return mean;
  }

  /** The first numbers of a vector, scaled to length one. */
  static float[] unit(float[] vector, int dimensions) {
    var sum = 0.0;
    for (var i = 0; i < dimensions; i++) {
      sum += (double) vector[i] * vector[i];
    }
    var length = (float) Math.sqrt(sum);
    var scaled = new float[dimensions];
    for (var i = 0; i < dimensions; i++) {
      scaled[i] = length == 0 ? 0 : vector[i] / length;
    }
    return scaled;
  }
}
