package dev.weir.fake;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model that works with a tool for many turns before it answers, behind each provider protocol at once. It thinks before each
 * call and, as providers do, wants its own thoughts back exactly as it signed them. Safe for many threads.
 */
public final class FakeAgentModel implements FakeUpstream.Behaviour {
  private static final JsonMapper JSON = new JsonMapper();

  private final int turns;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** @param turns how often it calls its tool */
  public FakeAgentModel(int turns) {
    this.turns = turns;
  }

  /** What came back otherwise than it was sent. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What it signs its thought of a turn with: characters that a careless escape would change. */
  private static String signature(int turn) {
    return "sig+/" + turn + "é\\\"==";
  }

  @Override
  public void answer(FakeUpstream.Request request, Socket socket) throws IOException {
    var body = JSON.readTree(request.body());
    var path = request.head().split(" ", 3)[1];
    var events = switch (path) {
      case "/v1/chat/completions" -> chat(body);
      case "/v1/messages" -> messages(body);
      case "/v1/responses" -> responses(body);
      default -> throw new IOException("nothing at " + path);
    };
    if (body.path("stream").asBoolean(false)) {
      var text = String.join("", events.streamed());
      FakeUpstream.write(
          socket,
          "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: "
              + text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n\r\n" + text);
    } else {
      FakeUpstream.write(socket, FakeUpstream.json(200, events.whole()));
    }
  }

  private record Answer(String whole, List<String> streamed) {}

  private void expect(String where, int turn, JsonNode got) {
    if (!got.asString("").equals(signature(turn))) {
      complaints.add(where + " turn " + turn + " came back as " + got);
    }
  }

  private Answer chat(JsonNode body) {
    int turn = 0;
    for (var message : body.path("messages")) {
      if (message.path("role").asString("").equals("assistant") && message.has("tool_calls")) {
        // clients of Anthropic's protocol have no place for the signature of a call
        var signature = message.at("/tool_calls/0/extra_content/google/thought_signature");
        if (!signature.isMissingNode()) {
          expect("chat", turn, signature);
        }
        turn++;
      }
    }
    var head = "{\"id\":\"chatcmpl-" + turn + "\",\"object\":\"chat.completion%s\",\"created\":1,"
        + "\"model\":\"m\",\"choices\":[{\"index\":0,\"%s\":%s,\"finish_reason\":%s}]%s}";
    var usage = ",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}";
    var message = turn < turns
        ? "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_"
            + turn
            + "\",\"type\":\"function\",\"function\":{\"name\":\"step\",\"arguments\":\"{\\\"n\\\":"
            + turn + "}\"},\"extra_content\":{\"google\":{\"thought_signature\":"
            + JSON.writeValueAsString(signature(turn)) + "}}}]}"
        : "{\"role\":\"assistant\",\"content\":\"done after " + turns + "\"}";
    var reason = turn < turns ? "\"tool_calls\"" : "\"stop\"";
    return new Answer(
        head.formatted("", "message", message, reason, usage),
        List.of(
            data(head.formatted(".chunk", "delta", message, "null", "")),
            data(head.formatted(".chunk", "delta", "{}", reason, "")),
            data("{\"id\":\"chatcmpl-" + turn + "\",\"choices\":[]" + usage + "}"),
            data("[DONE]")));
  }

  private Answer messages(JsonNode body) {
    int turn = 0;
    for (var message : body.path("messages")) {
      for (var block : message.path("content")) {
        switch (block.path("type").asString("")) {
          case "thinking" -> {
            expect("messages", turn, block.path("signature"));
            if (!block.path("thinking").asString("").equals("thought " + turn)) {
              complaints.add("thought " + turn + " came back as " + block);
            }
          }
          case "tool_use" -> {
            if (!message.at("/content/0/type").asString("").equals("thinking")) {
              complaints.add("no thought before the call of turn " + turn);
            }
            turn++;
          }
          default -> {}
        }
      }
    }
    var thinking = "{\"type\":\"thinking\",\"thinking\":\"thought " + turn + "\",\"signature\":"
        + JSON.writeValueAsString(signature(turn)) + "}";
    var call = "{\"type\":\"tool_use\",\"id\":\"toolu_" + turn
        + "\",\"name\":\"step\",\"input\":{\"n\":" + turn + "}}";
    var text = "{\"type\":\"text\",\"text\":\"done after " + turns + "\"}";
    var calls = turn < turns;
    var reason = calls ? "tool_use" : "end_turn";
    var message =
        "{\"id\":\"msg_" + turn + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
            + "\"m\",\"content\":%s,\"stop_reason\":%s,\"stop_sequence\":null,\"usage\":"
            + "{\"input_tokens\":1,\"output_tokens\":1}}";
    var events = new ArrayList<String>();
    events.add(named("message_start", "\"message\":" + message.formatted("[]", "null")));
    if (calls) {
      block(
          events,
          0,
          "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
          "{\"type\":\"thinking_delta\",\"thinking\":\"thought " + turn + "\"}",
          "{\"type\":\"signature_delta\",\"signature\":" + JSON.writeValueAsString(signature(turn))
              + "}");
      block(
          events,
          1,
          call.replace("{\"n\":" + turn + "}", "{}"),
          "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"n\\\"\"}",
          "{\"type\":\"input_json_delta\",\"partial_json\":\":" + turn + "}\"}");
    } else {
      block(
          events,
          0,
          "{\"type\":\"text\",\"text\":\"\"}",
          "{\"type\":\"text_delta\",\"text\":\"done after " + turns + "\"}");
    }
    events.add(named(
        "message_delta",
        "\"delta\":{\"stop_reason\":\"" + reason + "\",\"stop_sequence\":null},"
            + "\"usage\":{\"output_tokens\":1}"));
    events.add("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    return new Answer(
        message.formatted(
            calls ? "[" + thinking + "," + call + "]" : "[" + text + "]", "\"" + reason + "\""),
        events);
  }

  private static void block(List<String> events, int index, String start, String... deltas) {
    events.add(named("content_block_start", "\"index\":" + index + ",\"content_block\":" + start));
    for (var delta : deltas) {
      events.add(named("content_block_delta", "\"index\":" + index + ",\"delta\":" + delta));
    }
    events.add(named("content_block_stop", "\"index\":" + index));
  }

  private Answer responses(JsonNode body) {
    int turn = 0;
    for (var item : body.path("input")) {
      switch (item.path("type").asString("")) {
        case "reasoning" -> expect("responses", turn, item.path("encrypted_content"));
        case "function_call" -> turn++;
        default -> {}
      }
    }
    var thought = "{\"id\":\"rs_" + turn + "\",\"type\":\"reasoning\",\"summary\":[],"
        + "\"encrypted_content\":" + JSON.writeValueAsString(signature(turn)) + "}";
    var last = turn < turns
        ? "{\"id\":\"fc_" + turn
            + "\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":" + "\"call_"
            + turn + "\",\"name\":\"step\",\"arguments\":\"{\\\"n\\\":" + turn + "}\"}"
        : "{\"id\":\"msg_" + turn + "\",\"type\":\"message\",\"status\":\"completed\",\"role\":"
            + "\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"done after " + turns
            + "\",\"annotations\":[],\"logprobs\":[]}]}";
    var response =
        "{\"id\":\"resp_" + turn + "\",\"object\":\"response\",\"created_at\":1,\"status\":"
            + "\"%s\",\"model\":\"m\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,"
            + "\"metadata\":{},\"parallel_tool_calls\":true,\"temperature\":1,\"top_p\":1,\"tools\":[],"
            + "\"tool_choice\":\"auto\",\"output\":%s,\"usage\":{\"input_tokens\":1,"
            + "\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":1,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":2}}";
    var whole = response.formatted("completed", "[" + thought + "," + last + "]");
    var events = new ArrayList<String>();
    events.add(
        named("response.created", "\"response\":" + response.formatted("in_progress", "[]")));
    int index = 0;
    for (var item : List.of(thought, last)) {
      var place = "\"output_index\":" + index++ + ",\"item\":" + item;
      events.add(named("response.output_item.added", place));
      if (item.contains("output_text")) {
        events.add(named(
            "response.output_text.delta",
            "\"item_id\":\"msg_" + turn + "\",\"output_index\":1,\"content_index\":0,\"delta\":"
                + "\"done after " + turns + "\",\"logprobs\":[]"));
      }
      events.add(named("response.output_item.done", place));
    }
    events.add(named("response.completed", "\"response\":" + whole));
    return new Answer(whole, events);
  }

  private static String data(String json) {
    return "data: " + json + "\n\n";
  }

  private static String named(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":0," + members
        + "}\n\n";
  }
}
