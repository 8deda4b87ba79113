package dev.weir.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.fake.FakeUpstream;
import dev.weir.protocol.EventSink;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Reply;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.Reach;
import dev.weir.provider.RemoteProvider;
import dev.weir.routing.AttemptRules;
import dev.weir.routing.RoutePlan;
import dev.weir.routing.Target;
import dev.weir.telemetry.RequestTrace;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The way to providers without a gateway before it: an upstream on its own event loops, and what it answers. */
final class UpstreamKit implements AutoCloseable {
  static final String CHUNK =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}\n\n";
  static final String STOP =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  static final String DONE = "data: [DONE]\n\n";
  static final Timeouts QUICK = new Timeouts(
      Duration.ofSeconds(1),
      Duration.ofMillis(700),
      Duration.ofMillis(700),
      Duration.ofSeconds(20));

  /** No further attempt at a target that failed. */
  static final AttemptRules ONCE = rules(0, Optional.empty());

  final Targets targets;
  final Vertx vertx;
  private final Upstream upstream;
  private final OutboundCalls calls;

  /** What a client would have got. */
  record Outcome(String body, Optional<GatewayException> failure, RequestTrace trace) {
    boolean served() {
      return failure.isEmpty();
    }

    GatewayException why() {
      return failure.orElseThrow();
    }
  }

  UpstreamKit() {
    this(UpstreamSettings.of(QUICK));
  }

  UpstreamKit(UpstreamSettings settings) {
    this(settings, Names.options());
  }

  /** Names are resolved so. */
  UpstreamKit(UpstreamSettings settings, AddressResolverOptions names) {
    vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setAddressResolverOptions(names));
    targets = new Targets(settings.mostPerTarget());
    calls = new OutboundCalls(vertx, settings.timeouts());
    var credentials = new CredentialHeaders(calls, Clock.systemUTC());
    upstream = new Upstream(vertx, settings, targets, credentials, Clock.systemUTC());
  }

  static AttemptRules rules(int retries, Optional<AttemptRules.Hedge> hedge) {
    return new AttemptRules(
        retries,
        Optional.empty(),
        Optional.empty(),
        hedge,
        Set.of(AttemptRules.Refusal.CONTEXT_LENGTH, AttemptRules.Refusal.CONTENT_FILTER));
  }

  static Target target(FakeUpstream fake, String provider, String model, String... keys) {
    var credentials =
        java.util.Arrays.stream(keys).map(key -> new Credential(key, key)).toList();
    return new Target(
        new RemoteProvider(
            provider,
            fake.url(),
            credentials,
            List.of(),
            Reach.ANYWHERE,
            OpenAiTranslator.INSTANCE),
        model);
  }

  static RoutePlan plan(AttemptRules rules, Target... targets) {
    return new RoutePlan(List.of(targets), rules);
  }

  static String completion(String content) {
    return FakeUpstream.json(
        200,
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
            + content
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}");
  }

  /** A whole answer is asked for. */
  Outcome ask(RoutePlan plan) {
    return send(plan, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  /** A stream is asked for. */
  Outcome stream(RoutePlan plan) {
    return send(
        plan,
        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  /** The same, with nothing kept of what comes. */
  Outcome flood(RoutePlan plan) {
    return send(
        plan,
        "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        _ -> {});
  }

  private Outcome send(RoutePlan plan, String body) {
    var text = new ByteArrayOutputStream();
    var outcome = send(plan, body, text::writeBytes);
    return outcome.body().isEmpty()
        ? new Outcome(text.toString(UTF_8), outcome.failure(), outcome.trace())
        : outcome;
  }

  private Outcome send(RoutePlan plan, String body, Consumer<byte[]> events) {
    var trace = new RequestTrace("r", System.nanoTime());
    try (var reply = upstream.send(plan, ChatRequest.read(body.getBytes(UTF_8)), trace)) {
      return switch (reply) {
        case Reply.Whole whole ->
          new Outcome(new String(whole.body(), UTF_8), Optional.empty(), trace);
        case Reply.Streamed streamed -> drain(streamed, trace, events);
      };
    } catch (GatewayException failure) {
      return new Outcome("", Optional.of(failure), trace);
    }
  }

  private static Outcome drain(
      Reply.Streamed streamed, RequestTrace trace, Consumer<byte[]> events) {
    var over = new CompletableFuture<Optional<GatewayException>>();
    streamed.events().start(new EventSink() {
      @Override
      public void event(byte[] frame) {
        events.accept(frame);
      }

      @Override
      public void end() {
        over.complete(Optional.empty());
      }

      @Override
      public void fail(GatewayException failure) {
        over.complete(Optional.of(failure));
      }
    });
    return new Outcome("", over.join(), trace);
  }

  @Override
  public void close() {
    upstream.close();
    calls.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
