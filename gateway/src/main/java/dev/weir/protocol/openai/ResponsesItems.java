package dev.weir.protocol.openai;

import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the items of {@code input} as turns: what the model said, thought and called in a row is one. One request, one thread.
 * Source: OpenAI API reference, "Create a model response", {@code input} (read 2026-11-25).
 */
final class ResponsesItems {
  private final List<Turn> turns = new ArrayList<>();

  /** The model's turn that is being gathered. */
  private final List<Part> assistant = new ArrayList<>();

  private final Map<String, String> toolNames = new HashMap<>();
  private Optional<String> callSignature = Optional.empty();

  private ResponsesItems() {}

  static List<Turn> read(JsonFields request) {
    var items = new ResponsesItems();
    request
        .text("instructions")
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> items.turns.add(Turn.of(Role.SYSTEM, new Part.Text(text))));
    var input = request.value("input").orElseThrow(() -> request.missing("input"));
    if (input.is(JsonValue.Type.STRING)) {
      items.turns.add(Turn.of(Role.USER, new Part.Text(input.asString())));
    } else {
      request.objects("input").forEach(items::item);
    }
    items.endAssistant();
    return items.turns;
  }

  private void item(JsonFields item) {
    switch (item.text("type").orElse("message")) {
      case "message" -> message(item);
      case "reasoning" -> reasoning(item);
      case "function_call" -> call(item);
      case "function_call_output" -> {
        endAssistant();
        var id = item.requiredText("call_id");
        turns.add(Turn.of(
            Role.TOOL,
            new Part.ToolResult(
                id,
                toolNames.getOrDefault(id, ""),
                content(item, "output"),
                Part.Outcome.SUCCESS)));
      }
      case "item_reference" ->
        throw item.wrong(
            "type",
            "must not be item_reference: the gateway keeps no items. Send the item itself, with"
                + " 'store' false");
      default ->
        throw item.wrong(
            "type",
            "must be message, reasoning, function_call or function_call_output: the provider of"
                + " this model knows no other");
    }
  }

  private void message(JsonFields item) {
    var content = content(item, "content");
    var role = switch (item.requiredText("role")) {
      case "system" -> Role.SYSTEM;
      case "developer" -> Role.DEVELOPER;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      default -> throw item.wrong("role", "must be one of user, assistant, system, developer");
    };
    if (role == Role.ASSISTANT) {
      assistant.addAll(content);
    } else {
      endAssistant();
      turns.add(new Turn(role, content, Optional.empty()));
    }
  }

  private void endAssistant() {
    if (!assistant.isEmpty()) {
      turns.add(new Turn(Role.ASSISTANT, assistant, Optional.empty()));
      assistant.clear();
    }
  }

  private void reasoning(JsonFields item) {
    var text = new StringBuilder();
    for (var list : List.of("summary", "content")) {
      item.objects(list).forEach(part -> text.append(part.text("text").orElse("")));
    }
    var carried = item.text("encrypted_content").flatMap(CarriedThought::read);
    if (carried.isEmpty()) {
      assistant.add(new Part.Reasoning(text.toString(), Optional.empty()));
      return;
    }
    var content = carried.get().content();
    switch (carried.get().kind()) {
      case SIGNATURE -> assistant.add(new Part.Reasoning(text.toString(), Optional.of(content)));
      case SEALED -> assistant.add(new Part.SealedReasoning(content));
      case CALL -> callSignature = Optional.of(content);
    }
  }

  private void call(JsonFields item) {
    var id = item.requiredText("call_id");
    var name = item.requiredText("name");
    toolNames.put(id, name);
    assistant.add(new Part.ToolCall(id, name, item.text("arguments").orElse(""), callSignature));
    callSignature = Optional.empty();
  }

  private static List<Part> content(JsonFields holder, String name) {
    return Part.read(holder, name, "parts", ResponsesItems::part);
  }

  private static Part part(JsonFields part) {
    return switch (part.requiredText("type")) {
      case "input_text", "output_text", "text" -> new Part.Text(part.requiredText("text"));
      case "refusal" -> new Part.Refusal(part.requiredText("refusal"));
      case "input_image" ->
        new Part.Image(
            uploaded(part).orElseGet(() -> DataUrl.media(part, "image_url")), part.text("detail"));
      case "input_file" ->
        new Part.Document(
            uploaded(part)
                .or(() -> part.text("file_url").map(Media.Address::new))
                .orElseGet(() -> DataUrl.media(part, "file_data")),
            part.text("filename"));
      case "input_audio" -> {
        var audio = part.requiredObject("input_audio");
        var format = audio.requiredText("format");
        yield new Part.Audio(
            new Media.Inline("audio/" + format, audio.requiredText("data")), format);
      }
      default ->
        throw part.wrong(
            "type",
            "must be one of input_text, input_image, input_file, input_audio, output_text, refusal");
    };
  }

  private static Optional<Media> uploaded(JsonFields part) {
    return part.text("file_id").map(Media.Uploaded::new);
  }
}
