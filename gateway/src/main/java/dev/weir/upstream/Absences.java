package dev.weir.upstream;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.openai.UpstreamError;
import dev.weir.provider.ProviderCall;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What providers turned out not to have of their own protocol, each for ten minutes: most servers that are compatible with
 * OpenAI's chat completions know nothing of responses. Safe for many threads.
 */
final class Absences {
  private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(10);

  /** Until when, as {@link System#nanoTime()}. */
  private final Map<Place, Long> known = new ConcurrentHashMap<>();

  private record Place(String host, int port, String path, Operation operation) {
    static Place of(Endpoint endpoint, Operation operation) {
      return new Place(endpoint.host(), endpoint.port(), endpoint.path(), operation);
    }
  }

  /** The request as the provider takes it, by what is known of it. */
  ProviderCall call(Endpoint endpoint, ModelRequest request, String model, Instant now) {
    return request instanceof ConversationRequest conversation
            && optional(request.operation())
            && known(Place.of(endpoint, request.operation()))
        ? endpoint.translator().translate(conversation, model, now)
        : endpoint.translator().call(request, model, now);
  }

  /** Whether a refused request may be put in other words to the same provider. */
  boolean otherwise(ModelRequest request, ProviderCall refused) {
    return request instanceof ConversationRequest
        && optional(request.operation())
        && refused.operation() == request.operation();
  }

  void learn(Endpoint endpoint, Operation operation) {
    known.put(Place.of(endpoint, operation), System.nanoTime() + REMEMBERED);
  }

  private boolean known(Place place) {
    var until = known.get(place);
    return until != null && until - System.nanoTime() > 0;
  }

  private static boolean optional(Operation operation) {
    return operation == Operation.RESPONSES || operation == Operation.COMPLETIONS;
  }

  /** Whether a refusal means that there is nothing at the path; a model that is not there is something else. */
  static boolean told(int status, UpstreamError error) {
    return (status == 404 || status == 405 || status == 501)
        && !error.forTheLog().toLowerCase(Locale.ROOT).contains("model");
  }
}
