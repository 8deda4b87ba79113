package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.AnswerEvent;
import dev.weir.protocol.json.JsonWriter;

/** A tool that the model asks for, as an item of type {@code function_call}. Not thread-safe. */
final class ResponseCall implements ResponseItem {
  private static final String ARGUMENTS = "response.function_call_arguments.";

  private final ResponseEvents events;
  private final String id;
  private final int index;
  private final AnswerEvent.ToolCallStarted call;
  private final StringBuilder arguments = new StringBuilder();

  ResponseCall(ResponseEvents events, String id, int index, AnswerEvent.ToolCallStarted call) {
    this.events = events;
    this.id = id;
    this.index = index;
    this.call = call;
    events.item("added", index, item("in_progress"));
  }

  void add(String json) {
    arguments.append(json);
    events.send(ARGUMENTS + "delta", event -> place(event).name("delta").value(json));
  }

  @Override
  public byte[] close(String status) {
    if (arguments.isEmpty()) {
      // clients parse the arguments
      add("{}");
    }
    events.send(
        ARGUMENTS + "done",
        event -> place(event)
            .name("name")
            .value(call.name())
            .name("arguments")
            .value(arguments.toString()));
    var item = item(status);
    events.item("done", index, item);
    return item;
  }

  private JsonWriter place(JsonWriter json) {
    return json.name("item_id").value(id).name("output_index").value(index);
  }

  private byte[] item(String status) {
    var json = new JsonWriter().object().name("id").value(id).name("type").value("function_call");
    json.name("status").value(status).name("arguments").value(arguments.toString());
    json.name("call_id").value(call.id()).name("name").value(call.name());
    return json.endObject().bytes();
  }
}
