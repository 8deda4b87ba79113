package dev.weir.guardrail.custom;

import dev.weir.guardrail.Finding;
import dev.weir.guardrail.RemoteDetector;
import dev.weir.protocol.Deadline;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an operator's service about texts, in the words of docs/guardrails.md, "Webhooks". Safe for many threads.
 *
 * <p>After five failures in a row it is not asked for ten seconds; then one call tries again. Not asking, no answer in time,
 * and an answer that is none are failures.
 */
final class Webhook implements RemoteDetector {
  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final String ID = "webhook";
  private static final int FAILURES_TO_OPEN = 5;
  private static final long OPEN = Duration.ofSeconds(10).toNanos();
  private static final int MOST_FINDINGS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final WebhookTransport transport;
  private final URI url;
  private final Map<String, String> headers;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong nextTry = new AtomicLong(System.nanoTime());

  Webhook(WebhookTransport transport, URI url, Map<String, String> headers) {
    this.transport = transport;
    this.url = url;
    this.headers = Map.copyOf(headers);
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
  public void ask(List<Text> texts, Deadline deadline, ObjIntConsumer<Finding> found) {
    admit();
    try {
      report(answer(texts, deadline), texts, found);
      failures.set(0);
    } catch (Failed | DeadlinePassed failure) {
      nextTry.set(System.nanoTime() + OPEN);
      if (failures.incrementAndGet() == FAILURES_TO_OPEN) {
        LOG.warn(
            "the webhook at {} failed {} times in a row and rests for ten seconds: {}",
            url.getHost(),
            FAILURES_TO_OPEN,
            failure.getMessage());
      }
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

  private JsonNode answer(List<Text> texts, Deadline deadline) {
    if (deadline.passed()) {
      throw new DeadlinePassed();
    }
    try {
      var answer = transport.post(url, headers, question(texts), deadline);
      if (answer.status() != 200) {
        throw new Failed("it answered " + answer.status());
      }
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw deadline.passed() ? new DeadlinePassed() : new Failed("it could not be asked");
    } catch (JacksonException noJson) {
      throw new Failed("its answer is no JSON, or more than 64 KiB");
    }
  }

  private static byte[] question(List<Text> texts) {
    var question = JSON.createObjectNode();
    question.put("direction", word(texts.getFirst().direction()));
    var list = question.putArray("texts");
    texts.forEach(text -> list.addObject().put("text", text.text()).put("role", word(text.role())));
    return JSON.writeValueAsString(question).getBytes(StandardCharsets.UTF_8);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void report(JsonNode answer, List<Text> texts, ObjIntConsumer<Finding> found) {
    var results = answer.path("results");
    if (!results.isArray() || results.size() != texts.size()) {
      throw new Failed("its answer has not one result for each text");
    }
    for (int i = 0; i < texts.size(); i++) {
      int place = i;
      result(results.get(i), texts.get(i).text(), finding -> found.accept(finding, place));
    }
  }

  private static void result(JsonNode result, String text, Consumer<Finding> found) {
    double score = score(result);
    var findings = result.path("findings");
    if (findings.isEmpty()) {
      found.accept(new Finding(ID, 0, text.length(), score));
      return;
    }
    if (findings.size() > MOST_FINDINGS) {
      throw new Failed("it found too much");
    }
    for (var each : findings) {
      int start = offset(each.path("start"), text);
      int end = offset(each.path("end"), text);
      if (end <= start) {
        throw new Failed("a finding of it is empty");
      }
      found.accept(new Finding(ID, start, end, each.has("score") ? score(each) : score));
    }
  }

  /** The UTF-16 offset of an offset in code points. */
  private static int offset(JsonNode codePoints, String text) {
    try {
      return text.offsetByCodePoints(0, codePoints.asInt(Integer.MAX_VALUE));
    } catch (IndexOutOfBoundsException outside) {
      throw new Failed("a finding of it lies outside of the text");
    }
  }

  private static double score(JsonNode node) {
    double score = node.path("score").isNumber() ? node.path("score").asDouble(-1) : -1;
    if (!(score >= 0 && score <= 1)) {
      throw new Failed("its answer has no score from 0 to 1");
    }
    return score;
  }
}
