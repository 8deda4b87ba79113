package dev.weir.routing;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What routing may know of one request. Everything but the name asked for is read when a policy asks for it. Immutable; not
 * to be kept, for it holds the request.
 */
public final class RequestFacts {
  /** Bytes of JSON a token is taken to be: near enough to choose a model by, and known without a tokenizer. */
  private static final int BYTES_A_TOKEN = 4;

  private static final long MOST_TOKENS = 1_000_000_000;

  /** Tokens of answer that a request is taken to want when it does not say. */
  private static final long USUAL_ANSWER = 512;

  private static final List<String> ANSWER_LIMITS =
      List.of("max_completion_tokens", "max_tokens", "max_output_tokens");

  private final ModelRequest request;
  private final Headers headers;
  private final Optional<ApiRoute> route;
  private final List<String> flagged;
  private final long randomness;

  /** Looks a header's value up by its name; null when it is not there. */
  @FunctionalInterface
  public interface Headers {
    @Nullable
    String value(String name);
  }

  /** Facts with what is drawn for each request. */
  public RequestFacts(
      ModelRequest request, Headers headers, Optional<ApiRoute> route, List<String> flagged) {
    this(request, headers, route, flagged, ThreadLocalRandom.current().nextLong());
  }

  /**
   * @param route the tenant's own path that the request came in by, if it did
   * @param flagged ids of the guardrails that flagged the request
   * @param randomness the same facts with the same 64 bits give the same plan
   */
  RequestFacts(
      ModelRequest request,
      Headers headers,
      Optional<ApiRoute> route,
      List<String> flagged,
      long randomness) {
    this.request = request;
    this.headers = headers;
    this.route = route;
    this.flagged = flagged;
    this.randomness = randomness;
  }

  Optional<ApiRoute> route() {
    return route;
  }

  /** The model's name that is looked up: the route's where it names one, else the client's. */
  String asked() {
    return route.flatMap(ApiRoute::model).orElseGet(request::model);
  }

  long randomness() {
    return randomness;
  }

  List<String> flagged() {
    return flagged;
  }

  @Nullable
  String header(String name) {
    return headers.value(name);
  }

  /** A tag of the request's {@code metadata}; null when it has none of this name. */
  @Nullable
  String metadata(String tag) {
    var metadata = request.document().find("metadata");
    return metadata == null ? null : text(metadata.find(tag));
  }

  /** Whom the request says it is for; null when it does not. */
  @Nullable
  String user() {
    var user = text(request.document().find("user"));
    if (user == null) {
      user = text(request.document().find("safety_identifier"));
    }
    return user == null ? metadata("user_id") : user;
  }

  /** Tokens of the request, estimated. */
  long tokens() {
    return request.document().document().length / BYTES_A_TOKEN + 1L;
  }

  /** Tokens of the answer that the request allows or is taken to want. */
  long answerTokens() {
    for (var name : ANSWER_LIMITS) {
      var limit = request.document().find(name);
      if (limit != null && limit.asLong().orElse(0) > 0) {
        return Math.min(limit.asLong().getAsLong(), MOST_TOKENS);
      }
    }
    return USUAL_ANSWER;
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    return value == null || !value.is(JsonValue.Type.STRING) || value.isEmptyString()
        ? null
        : value.asString();
  }
}
