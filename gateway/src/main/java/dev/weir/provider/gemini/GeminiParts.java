package dev.weir.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.conversation.Media;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of turns. Not thread-safe: one request. */
final class GeminiParts {
  /** What Google takes for a signature where another provider's model made the call. */
  private static final String FOREIGN = "skip_thought_signature_validator";

  private static final Map<String, String> TYPES = Map.of(
      "png", "image/png",
      "jpg", "image/jpeg",
      "jpeg", "image/jpeg",
      "webp", "image/webp",
      "gif", "image/gif",
      "pdf", "application/pdf",
      "mp3", "audio/mpeg",
      "wav", "audio/wav",
      "mp4", "video/mp4",
      "txt", "text/plain");

  private final JsonWriter json;
  private final GeminiTranslator.Surface surface;
  private final boolean lenient;

  /**
   * @param lenient whether the model takes a call without a signature
   */
  GeminiParts(JsonWriter json, GeminiTranslator.Surface surface, boolean lenient) {
    this.json = json;
    this.surface = surface;
    this.lenient = lenient;
  }

  /** Whether anything of a turn can be sent: an empty content is refused. */
  static boolean says(Turn turn) {
    return turn.parts().stream().anyMatch(part -> switch (part) {
      case Part.Text text -> !text.text().isEmpty();
      case Part.Reasoning _, Part.SealedReasoning _ -> false;
      default -> true;
    });
  }

  void write(Turn turn) {
    if (turn.role() == Role.ASSISTANT) {
      model(turn);
    } else {
      turn.parts().forEach(part -> part(part, Optional.empty()));
    }
  }

  /** A turn of the model's, each signature with the part it belongs to: the first call, else the last text. */
  private void model(Turn turn) {
    var signatures = signatures(turn);
    var parts = turn.parts();
    var firstCall = -1;
    var lastText = -1;
    for (var i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.ToolCall && firstCall < 0) {
        firstCall = i;
      } else if (parts.get(i) instanceof Part.Text text && !text.text().isEmpty()) {
        lastText = i;
      }
    }
    var forCall =
        firstCall < 0 ? Optional.<String>empty() : forCall(parts.get(firstCall), signatures);
    var forText = lastText < 0 ? Optional.<String>empty() : polled(signatures);
    signatures.forEach(rest -> signed("", Optional.of(rest)));
    for (var i = 0; i < parts.size(); i++) {
      if (i == firstCall && parts.get(i) instanceof Part.ToolCall call) {
        call(call, forCall);
      } else {
        part(parts.get(i), i == lastText ? forText : Optional.empty());
      }
    }
  }

  private Optional<String> forCall(Part first, Deque<String> signatures) {
    var own = first instanceof Part.ToolCall call ? call.signature() : Optional.<String>empty();
    var known = own.or(() -> polled(signatures));
    return lenient ? known : known.or(() -> Optional.of(FOREIGN));
  }

  private static Optional<String> polled(Deque<String> signatures) {
    return Optional.ofNullable(signatures.pollLast());
  }

  /** Those that came beside thoughts, without those that calls bring themselves. */
  private static Deque<String> signatures(Turn turn) {
    var own = new HashSet<String>();
    var beside = new ArrayDeque<String>();
    for (var part : turn.parts()) {
      switch (part) {
        case Part.ToolCall call -> call.signature().ifPresent(own::add);
        case Part.Reasoning thought ->
          thought.signature().filter(text -> !text.isBlank()).ifPresent(beside::add);
        default -> {}
      }
    }
    beside.removeIf(own::contains);
    return beside;
  }

  private void part(Part part, Optional<String> signature) {
    switch (part) {
      case Part.Text text -> {
        if (!text.text().isEmpty()) {
          signed(text.text(), signature);
        }
      }
      case Part.Refusal refusal -> signed(refusal.text(), signature);
      case Part.Image image -> media(image.media());
      case Part.Document document -> media(document.media());
      case Part.Audio audio -> media(audio.media());
      case Part.ToolCall call -> call(call, call.signature());
      case Part.ToolResult result -> result(result);
      case Part.Reasoning _, Part.SealedReasoning _ -> {}
    }
  }

  private void signed(String text, Optional<String> signature) {
    json.object().name("text").value(text);
    signature.ifPresent(value -> json.name("thoughtSignature").value(value));
    json.endObject();
  }

  private void call(Part.ToolCall call, Optional<String> signature) {
    json.object().name("functionCall").object();
    id(call.id());
    json.name("name").value(call.name()).name("args").raw(arguments(call)).endObject();
    signature.ifPresent(value -> json.name("thoughtSignature").value(value));
    json.endObject();
  }

  private void id(String id) {
    if (surface == GeminiTranslator.Surface.GEMINI_API) {
      json.name("id").value(id);
    }
  }

  private static byte[] arguments(Part.ToolCall call) {
    if (call.arguments().isBlank()) {
      return new byte[] {'{', '}'};
    }
    var arguments = call.arguments().getBytes(UTF_8);
    if (!object(arguments)) {
      throw unsayable("The arguments of the call of " + call.name()
          + " must be a JSON object: the provider of this model takes nothing else.");
    }
    return arguments;
  }

  private static boolean object(byte[] text) {
    try {
      var _ = JsonObject.read(text);
      return true;
    } catch (GatewayException _) {
      return false;
    }
  }

  private void result(Part.ToolResult result) {
    json.object().name("functionResponse").object();
    id(result.callId());
    json.name("name").value(result.toolName().isEmpty() ? result.callId() : result.toolName());
    json.name("response");
    var text = new StringBuilder();
    result.content().forEach(part -> {
      if (part instanceof Part.Text said) {
        text.append(said.text());
      }
    });
    var bytes = text.toString().getBytes(UTF_8);
    if (result.outcome() == Part.Outcome.FAILURE) {
      json.object().name("error").value(text.toString()).endObject();
    } else if (object(bytes)) {
      json.raw(bytes);
    } else {
      json.object().name("output").value(text.toString()).endObject();
    }
    json.endObject().endObject();
    // what is no text follows it
    result.content().stream()
        .filter(part -> !(part instanceof Part.Text))
        .forEach(part -> part(part, Optional.empty()));
  }

  private void media(Media media) {
    json.object();
    switch (media) {
      case Media.Inline(var type, var base64) ->
        json.name("inlineData")
            .object()
            .name("mimeType")
            .value(type)
            .name("data")
            .value(base64)
            .endObject();
      case Media.Address(var url) -> file(url);
      case Media.Uploaded(var id) -> file(id);
    }
    json.endObject();
  }

  /** An address that Google fetches, or the URI that its file API gave out. */
  private void file(String uri) {
    if (!uri.contains("://")) {
      throw unsayable("A file must be named by its URI: the provider of this model has no ids.");
    }
    json.name("fileData").object();
    type(uri).ifPresent(type -> json.name("mimeType").value(type));
    json.name("fileUri").value(uri).endObject();
  }

  private static Optional<String> type(String uri) {
    var path = uri.replaceFirst("[?#].*$", "");
    return Optional.ofNullable(
        TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
  }

  private static GatewayException unsayable(String message) {
    return GatewayException.of(ErrorCode.INVALID_VALUE, message).param("messages");
  }
}
