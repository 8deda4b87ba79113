package dev.weir.provider.local;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.Reply;
import dev.weir.protocol.openai.EmbeddingsAnswer;
import dev.weir.protocol.openai.EmbeddingsRequest;
import dev.weir.provider.LocalProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings by a model in this process: {@code weir-minilm-l6}, in OpenAI's shape. Safe for many threads.
 *
 * <p>The model is loaded by the first request, which takes about half a second longer.
 */
public final class LocalEmbeddings implements LocalProvider {
  private static final String MODEL = "weir-minilm-l6";

  private final Executor background;
  private final AtomicReference<@Nullable CompletableFuture<MiniLm>> model =
      new AtomicReference<>();

  /** Loads the model on this executor, once. */
  public LocalEmbeddings(Executor background) {
    this.background = background;
  }

  // most gateways never embed: until then the model takes neither memory nor the start's time
  private MiniLm model() {
    var own = new CompletableFuture<MiniLm>();
    var first = model.compareAndExchange(null, own);
    if (first == null) {
      var _ = own.completeAsync(MiniLm::load, background);
    }
    return (first == null ? own : first).join();
  }

  @Override
  public String name() {
    return "weir";
  }

  @Override
  public List<String> models() {
    return List.of(MODEL);
  }

  @Override
  public Reply answer(Operation operation, String name, byte[] body) {
    if (operation != Operation.EMBEDDINGS) {
      throw GatewayException.of(
              ErrorCode.UPSTREAM_INVALID_REQUEST, MODEL + " makes embeddings: POST /v1/embeddings.")
          .param("model");
    }
    var request = EmbeddingsRequest.read(body);
    var texts = texts(request);
    var dimensions = request.dimensions().orElse(MiniLm.DIMENSIONS);
    if (dimensions > MiniLm.DIMENSIONS) {
      throw invalid("dimensions", MODEL + " has 1 to " + MiniLm.DIMENSIONS + " dimensions.");
    }
    try {
      return embed(texts, dimensions, request.encoding());
    } catch (InterruptedException left) {
      throw new CancellationException("the client left");
    }
  }

  private static List<String> texts(EmbeddingsRequest request) {
    return switch (request.input()) {
      case EmbeddingsRequest.Input.Texts texts -> texts.texts();
      case EmbeddingsRequest.Input.Tokens _ ->
        throw invalid("input", MODEL + " takes text: token numbers belong to another tokenizer.");
    };
  }

  private Reply embed(List<String> texts, int dimensions, EmbeddingsRequest.Encoding encoding)
      throws InterruptedException {
    var loaded = model();
    var tokenized = new ArrayList<List<Integer>>();
    var total = 0L;
    for (var i = 0; i < texts.size(); i++) {
      var tokens = loaded.tokens(texts.get(i));
      if (tokens.size() > MiniLm.MOST_TOKENS) {
        throw invalid(
            "input",
            "Input " + i + " has " + tokens.size() + " tokens; " + MODEL + " reads at most "
                + MiniLm.MOST_TOKENS + ".");
      }
      total += tokens.size();
      tokenized.add(tokens);
    }
    var vectors = new ArrayList<float[]>();
    for (var tokens : tokenized) {
      vectors.add(MiniLm.unit(loaded.embed(tokens), dimensions));
    }
    var answer = new EmbeddingsAnswer(MODEL, vectors, total);
    return new Reply.Whole(200, "application/json", List.of(), answer.json(encoding));
  }

  private static GatewayException invalid(String param, String message) {
    return GatewayException.of(ErrorCode.INVALID_VALUE, message).param(param);
  }
}
