package dev.weir.guardrail.custom;

import dev.weir.guardrail.Detector;
import dev.weir.guardrail.Finding;
import dev.weir.guardrail.NormalizedText;
import dev.weir.protocol.Deadline;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an operator's service about a text. Safe for many threads.
 *
 * <p>Sends {@code {"text":"…"}} and expects 200 with {@code {"score":0.0 to 1.0}}, and perhaps
 * {@code "findings":[{"start":0,"end":4,"score":1.0}]} in UTF-16 units. After five failures in a row it is not asked for ten
 * seconds; then one call tries again. Not asking, no answer in time, and an answer that is none of these are failures.
 */
final class Webhook implements Detector {
  private static final String ID = "webhook";
  private static final int FAILURES_TO_OPEN = 5;
  private static final long OPEN = Duration.ofSeconds(10).toNanos();
  private static final int MOST_FINDINGS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final WebhookTransport transport;
  private final URI url;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong nextTry = new AtomicLong(System.nanoTime());

  Webhook(WebhookTransport transport, URI url, Map<String, String> headers, Duration timeout) {
    this.transport = transport;
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
  }

  /** The service could not be asked, or what it said was no answer. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String why) {
      super(why, null, false, false);
    }
  }

  @Override
  public Set<String> guardrails() {
    return Set.of(ID);
  }

  @Override
  public Reading reading() {
    return Reading.WHOLE;
  }

  @Override
  public Set<NormalizedText.View> views() {
    return Set.of();
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    if (text.view() != NormalizedText.View.PLAIN) {
      return;
    }
    admit();
    try {
      report(ask(text.original(), deadline), text.original().length(), found);
      failures.set(0);
    } catch (Failed | DeadlinePassed failure) {
      failures.incrementAndGet();
      nextTry.set(System.nanoTime() + OPEN);
      throw failure;
    }
  }

  /** Lets a call through, or none while the service rests; the first behind the rest tries for all. */
  private void admit() {
    if (failures.get() < FAILURES_TO_OPEN) {
      return;
    }
    long next = nextTry.get();
    long now = System.nanoTime();
    if (now - next < 0 || !nextTry.compareAndSet(next, now + OPEN)) {
      throw new Failed("the webhook failed " + FAILURES_TO_OPEN + " times and rests");
    }
  }

  private JsonNode ask(String text, Deadline deadline) {
    var own = Deadline.in(timeout);
    var until = own.at() - deadline.at() < 0 ? own : deadline;
    if (until.passed()) {
      throw new DeadlinePassed();
    }
    var body = JSON.writeValueAsString(JSON.createObjectNode().put("text", text))
        .getBytes(StandardCharsets.UTF_8);
    try {
      var answer = transport.post(url, headers, body, until);
      if (answer.status() != 200) {
        throw new Failed("the webhook answered " + answer.status());
      }
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw until.passed() ? new DeadlinePassed() : new Failed("the webhook could not be asked");
    } catch (JacksonException noJson) {
      throw new Failed("the webhook's answer is no JSON");
    }
  }

  private static void report(JsonNode answer, int length, Consumer<Finding> found) {
    double score = score(answer);
    var findings = answer.get("findings");
    if (findings == null || findings.isEmpty()) {
      found.accept(new Finding(ID, 0, length, score));
      return;
    }
    if (findings.size() > MOST_FINDINGS) {
      throw new Failed("the webhook found too much");
    }
    for (var each : findings) {
      int start = each.path("start").asInt(-1);
      int end = each.path("end").asInt(-1);
      if (start < 0 || end <= start || end > length) {
        throw new Failed("the webhook's finding lies outside of the text");
      }
      found.accept(new Finding(ID, start, end, each.has("score") ? score(each) : score));
    }
  }

  private static double score(JsonNode node) {
    double score = node.path("score").isNumber() ? node.path("score").asDouble(-1) : -1;
    if (!(score >= 0 && score <= 1)) {
      throw new Failed("the webhook's answer has no score from 0 to 1");
    }
    return score;
  }
}
