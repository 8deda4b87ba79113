package dev.weir.it;

import dev.weir.fake.FakeUpstream;

/** What a provider of OpenAI's Responses API answers with one item of output. */
final class ResponsesAnswers {
  private ResponsesAnswers() {}

  static String whole(String item) {
    return FakeUpstream.json(200, response("completed", item));
  }

  /** The item's text in one delta, or in two where a mark cuts it; then everything that repeats it. */
  static FakeUpstream.Behaviour stream(String item) {
    boolean call = item.contains("function_call");
    boolean thought = item.contains("summary");
    var kind =
        call ? "function_call_arguments" : thought ? "reasoning_summary_text" : "output_text";
    var member = call ? "\"arguments\":\"" : "\"text\":\"";
    int start = item.indexOf(member) + member.length();
    int end = call ? item.lastIndexOf("\"}") : item.indexOf('"', start);
    var text = item.substring(start, end);
    var clean = text.replace("\u0001", "");
    var place = ",\"item_id\":\"i\",\"output_index\":0,"
        + (thought ? "\"summary_index\":0," : call ? "" : "\"content_index\":0,");
    var whole = item.replace("\u0001", "");
    return (_, socket) -> {
      FakeUpstream.write(socket, FakeUpstream.streamHead());
      int number = 0;
      FakeUpstream.write(
          socket,
          event(number++, "response.created", ",\"response\":" + response("in_progress", "")));
      FakeUpstream.write(
          socket,
          event(
              number++,
              "response.output_item.added",
              ",\"output_index\":0,\"item\":" + whole.replace(clean, "")));
      for (var piece : text.split("\u0001", -1)) {
        FakeUpstream.write(
            socket,
            event(number++, "response." + kind + ".delta", place + "\"delta\":\"" + piece + "\""));
      }
      FakeUpstream.write(
          socket, event(number++, "response." + kind + ".done", place + member + clean + "\""));
      FakeUpstream.write(
          socket,
          event(number++, "response.output_item.done", ",\"output_index\":0,\"item\":" + whole));
      FakeUpstream.write(
          socket,
          event(number, "response.completed", ",\"response\":" + response("completed", whole)));
      socket.shutdownOutput();
    };
  }

  private static String response(String status, String item) {
    return "{\"id\":\"r\",\"object\":\"response\",\"created_at\":1,\"status\":\"" + status
        + "\",\"output\":[" + item
        + "],\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}";
  }

  private static String event(int number, String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number
        + members + "}\n\n";
  }
}
