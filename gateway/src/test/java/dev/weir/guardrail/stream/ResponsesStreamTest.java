package dev.weir.guardrail.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.guardrail.Direction;
import dev.weir.guardrail.engine.Recorder;
import dev.weir.guardrail.scan.Replacements;
import dev.weir.protocol.sse.SseEvent;
import dev.weir.telemetry.GuardrailTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of the other protocols whose events bring texts whole: what they repeat is what was said. */
class ResponsesStreamTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REDACT =
      "[{\"guardrail\":\"pii\",\"action\":\"redact\"},{\"guardrail\":\"secrets\",\"action\":\"block\"}]";
  private static final String TEXT = "Write to john.doe@example.com or 4111 1111 1111 1111";
  private static final String REDACTED = "Write to [EMAIL_1] or [CARD_1]";

  private static StreamChecks checks(String rules) {
    var trace = new GuardrailTrace();
    return new StreamChecks(
        StreamSplitsTest.chain(rules),
        new Replacements(new byte[] {1}),
        trace,
        new Recorder(trace, Direction.OUTPUT),
        Duration.ofSeconds(20));
  }

  private static List<JsonNode> through(AnswerStream stream, List<String> events) {
    var out = new ArrayList<JsonNode>();
    for (var event : events) {
      stream.event(
          SseEvent.write(event.getBytes(StandardCharsets.UTF_8)),
          frame -> out.add(JSON.readTree(SseEvent.read(frame).data())));
      if (stream.stop().isPresent()) {
        break;
      }
    }
    return out;
  }

  /** A response that says a text in these pieces, and calls a tool with it. */
  private static List<String> response(List<String> pieces, String text) {
    var events = new ArrayList<String>();
    events.add(
        "{'type':'response.created','sequence_number':0,'response':{'id':'r','object':'response','status':'in_progress','instructions':'mail a@x.com','output':[]}}");
    events.add(
        "{'type':'response.output_item.added','sequence_number':1,'output_index':0,'item':{'id':'m','type':'message','content':[]}}");
    int number = 2;
    for (var piece : pieces) {
      events.add(
          "{'type':'response.output_text.delta','sequence_number':%d,'item_id':'m','output_index':0,'content_index':0,'delta':'%s','logprobs':[{'token':'%s'}]}"
              .formatted(number++, piece, piece));
    }
    for (var event : List.of(
        "{'type':'response.output_text.done','sequence_number':%d,'item_id':'m','output_index':0,'content_index':0,'text':'%s','logprobs':[]}",
        "{'type':'response.output_item.done','sequence_number':%d,'output_index':0,'item':{'id':'m','type':'message','content':[{'type':'output_text','text':'%s','logprobs':[{'token':'x'}]}]}}",
        "{'type':'response.function_call_arguments.delta','sequence_number':%d,'item_id':'f','output_index':1,'delta':'{\\\"to\\\":\\\"%s\\\"}'}",
        "{'type':'response.function_call_arguments.done','sequence_number':%d,'item_id':'f','output_index':1,'arguments':'{\\\"to\\\":\\\"%s\\\"}'}",
        "{'type':'response.completed','sequence_number':%d,'response':{'id':'r','object':'response','status':'completed','instructions':'mail a@x.com','output':[{'id':'m','type':'message','content':[{'type':'output_text','text':'%s'}]}]}}")) {
      events.add(event.formatted(number++, text));
    }
    return events.stream().map(event -> event.replace('\'', '"')).toList();
  }

  private static String said(List<JsonNode> events, String kind) {
    var said = new StringBuilder();
    for (var event : events) {
      if (event.path("type").asString("").equals(kind + ".delta")) {
        said.append(event.path("delta").asString(""));
      }
    }
    return said.toString();
  }

  @Test
  void deltas_and_what_repeats_them_say_the_redaction_of_the_whole_however_it_is_cut() {
    var random = new Random(51);
    for (int round = 0; round < 200; round++) {
      var pieces = new ArrayList<String>();
      for (int at = 0; at < TEXT.length(); ) {
        int next = Math.min(TEXT.length(), at + 1 + random.nextInt(1 + round % 20));
        pieces.add(TEXT.substring(at, next));
        at = next;
      }
      var events = through(new ResponsesStream(checks(REDACT)), response(pieces, TEXT));
      assertThat(said(events, "response.output_text")).isEqualTo(REDACTED);
      assertThat(said(events, "response.function_call_arguments"))
          .isEqualTo("{\"to\":\"" + REDACTED + "\"}");
      var all = events.toString();
      assertThat(all).doesNotContain("john").doesNotContain("4111").doesNotContain("token");
      assertThat(events.getLast().at("/response/output/0/content/0/text").asString())
          .isEqualTo(REDACTED);
      assertThat(events.getLast().at("/response/instructions").asString())
          .isEqualTo("mail a@x.com");
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
      }
    }
  }

  @Test
  void a_block_ends_a_response_as_incomplete_with_what_was_said_before() {
    var text = "the key is sk-abcdefghijklmnopqrstuvwx and more of it follows here, long enough";
    for (var pieces : List.of(List.of(text), List.of(text.substring(0, 20), text.substring(20)))) {
      var stream = new ResponsesStream(checks(REDACT));
      var events = through(stream, response(pieces, text));
      assertThat(stream.stop()).isPresent();
      var last = events.getLast();
      assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
      assertThat(last.at("/response/id").asString()).isEqualTo("r");
      assertThat(last.at("/response/status").asString()).isEqualTo("incomplete");
      assertThat(last.at("/response/incomplete_details/reason").asString())
          .isEqualTo("content_filter");
      assertThat(last.at("/response/output/0/content/0/text").asString()).isEqualTo("the key is ");
      assertThat(events.toString()).doesNotContain("sk-abc");
      assertThat(last.path("sequence_number").asInt()).isEqualTo(events.size() - 1);
    }
  }

  @Test
  void a_text_that_never_came_in_deltas_is_looked_at_where_it_stands() {
    var item =
        "{\"type\":\"response.output_item.done\",\"sequence_number\":0,\"output_index\":0,\"item\":{\"type\":\"web_search_call\",\"action\":{\"query\":\"mail a@x.com\"}}}";
    assertThat(through(new ResponsesStream(checks(REDACT)), List.of(item)).toString())
        .contains("mail [EMAIL_1]");
  }

  @Test
  void what_events_of_a_message_bring_whole_is_looked_at() {
    var results =
        "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"t\",\"content\":[{\"type\":\"web_search_result\",\"title\":\"mail a@x.com\"}]}}";
    var cited =
        "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"cited_text\":\"of a@x.com\"}}}";
    assertThat(
            through(new MessagesStream(checks(REDACT)), List.of(results, cited)).toString())
        .contains("mail [EMAIL_1]", "of [EMAIL_1]");
    var key = results.replace("a@x.com", "sk-abcdefghijklmnopqrstuvwx");
    assertThat(through(new MessagesStream(checks(REDACT)), List.of(key)).toString())
        .contains("refusal", "message_stop")
        .doesNotContain("sk-abc", "content_block_stop");
  }

  @Test
  void what_stands_beside_the_choices_of_a_chunk_is_looked_at() {
    var chunk =
        "{\"id\":\"c\",\"citations\":[\"https://x.com/a@x.com\"],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi \"}}]}";
    assertThat(through(new ChatStream(checks(REDACT)), List.of(chunk)).toString())
        .doesNotContain("a@x.com");
  }

  @Test
  void a_block_in_one_choice_lets_nothing_of_another_in_the_same_chunk_out() {
    var chunk =
        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"sk-abcdefghijklmnopqrstuvwx and more of it follows here, long enough, you see\"}},{\"index\":1,\"delta\":{\"content\":\"mail a@x.com now\"}}]}";
    var stream = new ChatStream(checks(REDACT));
    var out = new StringBuilder();
    stream.event(
        SseEvent.write(chunk.getBytes(StandardCharsets.UTF_8)),
        frame -> out.append(new String(frame, StandardCharsets.UTF_8)));
    assertThat(out.toString()).contains("content_filter").doesNotContain("a@x.com", "sk-abc");
  }
}
