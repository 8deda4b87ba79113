package dev.weir.guardrail.stream;

import static dev.weir.guardrail.stream.GatheredText.need;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.guardrail.Direction;
import dev.weir.guardrail.SimpleDetectors;
import dev.weir.guardrail.engine.Guardrails;
import dev.weir.guardrail.engine.Recorder;
import dev.weir.guardrail.engine.RequestGuard;
import dev.weir.guardrail.profile.BuiltInProfiles;
import dev.weir.guardrail.profile.GuardrailChain;
import dev.weir.guardrail.profile.GuardrailProfile;
import dev.weir.guardrail.profile.Naming;
import dev.weir.guardrail.profile.ProfileBook;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.guardrail.stream.TextStream.Way;
import dev.weir.protocol.Reply;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.protocol.openai.ChatRequest;
import dev.weir.telemetry.GuardrailTrace;
import dev.weir.telemetry.RequestTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a text is cut into pieces, what goes on is the redaction of the whole. */
class StreamSplitsTest {
  private static final String REDACT =
      "[{\"guardrail\":\"pii\",\"action\":\"redact\"},{\"guardrail\":\"pii.person\",\"action\":\"redact\"},"
          + "{\"guardrail\":\"secrets\",\"action\":\"redact\"},{\"guardrail\":\"keywords\",\"action\":\"redact\",\"config\":{\"words\":[\"project falcon\",\"falcon\"]}}]";
  private static final GuardrailChain CHAIN = chain(REDACT);

  static GuardrailChain chain(String rules) {
    var detectors = SimpleDetectors.all();
    var profile = GuardrailProfile.read("p", "p", 1, rules, detectors);
    return ProfileBook.of(List.of(profile), new BuiltInProfiles(detectors), Optional.empty())
        .chain(List.of(new Naming("key", "p")), Optional.empty());
  }

  private static final List<String> PIECES = List.of(
      "Hello, ",
      "write to ",
      "john.doe@example.com",
      "müller@x.de",
      " or ",
      "4111 1111 1111 1111",
      "4111-1111-1111-1112",
      "+49 30 1234 5678",
      " the project falcon ",
      "falcon",
      "projects",
      "Mr John Smith",
      "Mr Big",
      " said. ",
      "\n",
      "12",
      "@",
      "In 1999 there were 3 of them. ",
      "sk-abcdefghijklmnopqrstuvwx",
      "日本語のテキスト",
      "😀",
      "e\u0301",
      "\u200b",
      "-----BEGIN KEY-----\nabc\ndef\n-----END KEY-----",
      "-----BEGIN KEY-----",
      "jo\u200bhn@x.com",
      "john%40x.com",
      "am9obkBleGFtcGxlLmNvbQ==",
      "[",
      "]",
      ", ",
      ". ",
      "A",
      "Das Haus");

  @Test
  void every_cut_in_two_gives_the_redaction_of_the_whole() {
    for (var text : List.of(
        "Write to john.doe@example.com or call +49 30 1234 5678 now.",
        "Card 4111 1111 1111 1111, Mr John Smith; the project falcon 😀 is on.",
        "-----BEGIN KEY-----\nabc\n-----END KEY----- and sk-abcdefghijklmnopqrstuvwx done")) {
      var whole = whole(text);
      assertThat(whole).isNotEqualTo(text);
      for (int i = 0; i <= text.length(); i++) {
        for (int j = i; j <= text.length(); j++) {
          var cut = pieces(
              List.of(text.substring(0, i), text.substring(i, j), text.substring(j)),
              Channel.Writing.TEXT);
          if (!cut.equals(whole)) {
            assertThat(cut).as("cut at %s and %s", i, j).isEqualTo(whole);
          }
        }
      }
    }
  }

  @Test
  void random_texts_cut_at_random_give_the_redaction_of_the_whole() {
    var random = new Random(42);
    for (int round = 0; round < 1500; round++) {
      var text = randomText(random);
      var whole = whole(text);
      assertThat(pieces(cut(text, random, 1 + random.nextInt(12)), Channel.Writing.TEXT))
          .as("round %s: %s", round, text)
          .isEqualTo(whole);
      assertThat(pieces(cut(text, random, 1), Channel.Writing.TEXT))
          .as("round %s, by characters: %s", round, text)
          .isEqualTo(whole);
    }
  }

  @Test
  void arguments_of_tools_stay_json_and_are_redacted_as_a_whole() {
    var random = new Random(43);
    for (int round = 0; round < 1000; round++) {
      var text = randomText(random);
      var json = new String(
          new JsonWriter()
              .object()
              .name("to")
              .value(text)
              .name("n")
              .value(4111111111111111L)
              .endObject()
              .bytes(),
          StandardCharsets.UTF_8);
      if (random.nextBoolean()) {
        json = json.replace("o", "\\u006f").replace("@", "\\u0040");
      }
      var out = pieces(cut(json, random, 1 + random.nextInt(9)), Channel.Writing.JSON);
      var read = JsonObject.read(out.getBytes(StandardCharsets.UTF_8));
      assertThat(out).as(json).isEqualTo(pieces(List.of(json), Channel.Writing.JSON));
      assertThat(read.size()).isEqualTo(2);
      assertThat(out).doesNotContain("4111111111111111").containsPattern("\\[(CARD|SECRET)_");
    }
  }

  @Test
  void prose_flows_word_by_word() {
    var channel =
        channel(chain("[{\"guardrail\":\"pii\",\"action\":\"redact\"}]"), Channel.Writing.TEXT);
    var text = "this is how an answer reads when nothing in it is looked for and it flows ";
    int longest = 0;
    int sent = 0;
    for (int i = 0; i < text.length(); i++) {
      sent += channel.push(text.substring(i, i + 1)).length();
      longest = Math.max(longest, i + 1 - sent);
    }
    assertThat(longest).isLessThanOrEqualTo(16);
  }

  @Test
  void what_never_ends_is_held_no_longer_than_its_bound() {
    var channel = channel(
        chain("[{\"guardrail\":\"pii.card\",\"action\":\"redact\"}]"), Channel.Writing.TEXT);
    int sent = 0;
    for (int i = 0; i < 4000; i++) {
      sent += channel.push("a1b2c3d4e5f6").length();
    }
    assertThat(48_000 - sent).isLessThan(TextStream.MOST_HELD + 1024);
    var block =
        channel(chain("[{\"guardrail\":\"secrets\",\"action\":\"redact\"}]"), Channel.Writing.TEXT);
    var out = new StringBuilder(block.push("-----BEGIN KEY-----\n"));
    for (int i = 0; i < 2000; i++) {
      out.append(block.push("line of a key\n"));
    }
    out.append(block.end());
    assertThat(out.toString()).startsWith("[SECRET_1]");
    assertThat(out.length()).isLessThan(28_000 - 15_000);
  }

  @Test
  void a_block_lets_nothing_of_the_find_out() {
    var chain = chain("[{\"guardrail\":\"secrets\",\"action\":\"block\"}]");
    var random = new Random(44);
    for (int round = 0; round < 500; round++) {
      var channel = channel(chain, Channel.Writing.TEXT);
      var out = new StringBuilder();
      for (var piece :
          cut("the key is sk-abcdefghijklmnopqrstuvwx and more text follows after it", random, 7)) {
        out.append(channel.push(piece));
      }
      out.append(channel.end());
      assertThat(out.toString()).isEqualTo("the key is ");
      assertThat(channel.stop()).isPresent();
    }
  }

  @Test
  void a_judgement_of_the_whole_stops_a_stream_at_the_same_place_however_it_is_cut() {
    var chain = chain("[{\"guardrail\":\"toxicity\",\"action\":\"block\"}]");
    var text = "All is well here. ".repeat(20) + "You are vermin. " + "And on it goes. ".repeat(40);
    var random = new Random(45);
    var expected = "";
    for (int round = 0; round < 200; round++) {
      var channel = channel(chain, Channel.Writing.TEXT);
      var out = new StringBuilder();
      for (var piece : cut(text, random, 1 + random.nextInt(300))) {
        out.append(channel.push(piece));
      }
      out.append(channel.end());
      assertThat(channel.stop()).isPresent();
      expected = round == 0 ? out.toString() : expected;
      assertThat(out.toString()).isEqualTo(expected);
      assertThat(out.length()).isLessThan(text.indexOf("vermin") + 300);
    }
  }

  @Test
  void placeholders_are_turned_back_across_any_cut() {
    var random = new Random(46);
    for (int round = 0; round < 500; round++) {
      var guard = Guardrails.standalone()
          .on(
              chain(
                  "[{\"guardrail\":\"pii\",\"action\":\"redact\",\"redaction\":\"placeholder\"}]"),
              new RequestTrace("r", 0));
      var _ = guard.input(ChatRequest.read(
          "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a@x.com b@x.com\"}]}"
              .getBytes(StandardCharsets.UTF_8)));
      var out = streamed(guard, cut("see [EMAIL_1], [EMAIL_3] [[EMAIL_2]] and [EMA", random, 3));
      assertThat(out).isEqualTo("see a@x.com, [EMAIL_3] [b@x.com] and [EMA");
    }
  }

  /** The text that a client puts together from a guarded stream of these pieces. */
  static String streamed(RequestGuard guard, List<String> pieces) {
    var source = new ListedEvents(pieces);
    var sink = new GatheredText();
    ((Reply.Streamed) guard.output(new Reply.Streamed(List.of(), source)))
        .events()
        .start(sink);
    return sink.content();
  }

  private static Channel channel(GuardrailChain chain, Channel.Writing writing) {
    var trace = new GuardrailTrace();
    var checks = new StreamChecks(
        chain,
        new Replacements(new byte[] {1}),
        trace,
        new Recorder(trace, Direction.OUTPUT),
        Duration.ofSeconds(20));
    return new Channel(checks, "/c", writing, Way.SPOKEN);
  }

  private static String whole(String text) {
    var guard = Guardrails.standalone().on(CHAIN, new RequestTrace("r", 0));
    var _ = guard.input(
        ChatRequest.read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            .getBytes(StandardCharsets.UTF_8)));
    var json = new JsonWriter()
        .object()
        .name("choices")
        .array()
        .object()
        .name("message")
        .object();
    json.name("content").value(text).endObject().endObject().endArray().endObject();
    var reply = guard.output(new Reply.Whole(200, "application/json", List.of(), json.bytes()));
    var choices = need(JsonObject.read(((Reply.Whole) reply).body()).find("choices"));
    var message = need(choices.elements().iterator().next().find("message"));
    return need(message.find("content")).asString();
  }

  private static String pieces(List<String> pieces, Channel.Writing writing) {
    var channel = channel(CHAIN, writing);
    var out = new StringBuilder();
    for (var piece : pieces) {
      out.append(channel.push(piece));
    }
    return out.append(channel.end()).toString();
  }

  private static List<String> cut(String text, Random random, int most) {
    var pieces = new ArrayList<String>();
    int at = 0;
    while (at < text.length()) {
      int next = Math.min(text.length(), at + 1 + random.nextInt(most));
      pieces.add(text.substring(at, next));
      at = next;
    }
    return pieces;
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    int count = random.nextInt(14);
    for (int i = 0; i < count; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextBoolean()) {
        text.append(random.nextInt(5) == 0 ? "\n" : " ");
      }
    }
    return text.toString();
  }
}
