package dev.weir.guardrail.text;

import dev.weir.guardrail.Role;
import dev.weir.guardrail.text.TextPart.Writing;
import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the texts of a document: every string in it, at any depth, but for a short list of members that hold no text. What
 * a protocol adds tomorrow is looked at without a change here. Not thread-safe: one document.
 */
public final class DocumentTexts {
  /** Members whose strings are names of the protocol's own: no model reads them. */
  private static final Set<String> NO_TEXT = Set.of(
      "role",
      "type",
      "id",
      "object",
      "model",
      "tool_call_id",
      "tool_use_id",
      "call_id",
      "item_id",
      "previous_response_id",
      "service_tier",
      "system_fingerprint",
      "finish_reason",
      "stop_reason",
      "encoding_format",
      "reasoning_effort",
      "effort",
      "verbosity",
      "detail",
      "voice",
      "media_type",
      "mime_type",
      "signature",
      "encrypted_content",
      "status",
      "truncation",
      "obfuscation",
      "logprobs");

  /** Members that may hold a file's bytes in base64. */
  private static final Set<String> BYTES = Set.of(
      "data", "file_data", "url", "image_url", "b64_json", "image", "partial_image_b64", "result");

  /** Members whose objects are in words of the client's own: a name means nothing there. */
  private static final Set<String> FREE = Set.of(
      "input",
      "arguments",
      "args",
      "metadata",
      "parameters",
      "input_schema",
      "schema",
      "variables");

  /** What an answer of the Responses API says back of its request, which was looked at. */
  private static final Set<String> ECHO =
      Set.of("instructions", "tools", "tool_choice", "metadata", "prompt", "text", "reasoning");

  private static final Set<String> DOCUMENTS =
      Set.of("document", "search_result", "file", "input_file");

  /** From this length on a string without white space, where bytes may stand, is taken for bytes. */
  private static final int BYTES_FROM = 2048;

  private final List<TextPart> parts = new ArrayList<>();
  private final List<JsonValue> likelihoods = new ArrayList<>();
  private boolean opaque;

  /** How many objects of the client's own words are open. */
  private int free;

  private DocumentTexts() {}

  /** The texts of a request. */
  public static DocumentTexts of(ModelRequest request) {
    var texts = new DocumentTexts();
    texts.top(request.document(), Role.DEFINITION);
    return texts;
  }

  /** The texts of a whole answer. */
  public static DocumentTexts ofAnswer(JsonObject answer) {
    var texts = new DocumentTexts();
    texts.top(answer, Role.ASSISTANT);
    return texts;
  }

  /** The texts of a chat's chunk that stand beside its choices: citations, a search's results, an error. */
  public static DocumentTexts besideChoices(JsonObject chunk) {
    var texts = new DocumentTexts();
    for (int i = 0; i < chunk.size(); i++) {
      var member = chunk.member(i);
      if (!member.named("choices")) {
        texts.member(member, Role.ASSISTANT);
      }
    }
    return texts;
  }

  public List<TextPart> parts() {
    return parts;
  }

  /** What spells the texts out once more: the likelihoods of their tokens. */
  public List<JsonValue> likelihoods() {
    return likelihoods;
  }

  /** Whether there is something that only the model can read: tokens in place of a text. */
  public boolean opaque() {
    return opaque;
  }

  private void top(JsonObject document, Role role) {
    boolean echoes = isResponse(document.find("object"));
    for (int i = 0; i < document.size(); i++) {
      var member = document.member(i);
      if (echoes && ECHO.contains(member.name())) {
        continue;
      }
      member(member, role == Role.DEFINITION ? speaker(member) : role);
      if (member.named("input") || member.named("prompt")) {
        opaque |= holdsTokens(member.value());
      }
    }
  }

  /** Who speaks in a member of the request itself: prompts and instructions may stand outside of messages. */
  private static Role speaker(JsonMember member) {
    return switch (member.name()) {
      case "input", "prompt", "suffix" -> Role.USER;
      case "system", "instructions" -> Role.SYSTEM;
      default -> Role.DEFINITION;
    };
  }

  private static boolean holdsTokens(JsonValue value) {
    if (!value.is(JsonValue.Type.ARRAY)) {
      return false;
    }
    for (var element : value.elements()) {
      if (element.is(JsonValue.Type.NUMBER) || holdsTokens(element)) {
        return true;
      }
    }
    return false;
  }

  private void member(JsonMember member, Role role) {
    var value = member.value();
    switch (value.type()) {
      case STRING -> string(member, value, role);
      case OBJECT, ARRAY -> {
        if (member.named("logprobs") && free == 0) {
          if (!value.isEmpty()) {
            likelihoods.add(value);
          }
        } else {
          nested(member, value, role);
        }
      }
      default -> {}
    }
    name(member, role);
  }

  private void nested(JsonMember member, JsonValue value, Role role) {
    boolean opens = value.is(JsonValue.Type.OBJECT) && FREE.contains(member.name());
    free += opens ? 1 : 0;
    value(value, member.name(), role);
    free -= opens ? 1 : 0;
  }

  private static boolean isResponse(@Nullable JsonValue kind) {
    return kind != null && kind.is(JsonValue.Type.STRING) && kind.asString().equals("response");
  }

  private void string(JsonMember member, JsonValue value, Role role) {
    if (value.end() - value.start() <= 2) {
      return;
    }
    var name = member.name();
    boolean names = NO_TEXT.contains(name) || (BYTES.contains(name) && isBytes(value));
    if (names && free == 0) {
      return;
    }
    boolean inner = name.equals("arguments") || name.equals("partial_json");
    parts.add(new TextPart(value, name, role, inner ? Writing.JSON_IN_STRING : Writing.STRING));
  }

  /** Names are written by people only where they hold more than a name does. */
  private void name(JsonMember member, Role role) {
    byte[] in = member.document();
    boolean plain = member.nameEnd() - member.nameStart() <= 40;
    for (int i = member.nameStart(); i < member.nameEnd() && plain; i++) {
      byte c = in[i];
      plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '$';
    }
    if (!plain) {
      var literal = new JsonValue(in, member.nameStart() - 1, member.nameEnd() + 1);
      parts.add(new TextPart(literal, "", role, Writing.STRING));
    }
  }

  private void value(JsonValue value, String name, Role role) {
    switch (value.type()) {
      case STRING -> {
        if (!value.isEmptyString()) {
          parts.add(new TextPart(value, name, role, Writing.STRING));
        }
      }
      case ARRAY -> {
        for (var element : value.elements()) {
          value(element, name, role);
        }
      }
      case OBJECT -> {
        var speaker = speaker(value, role);
        boolean echoes = free == 0 && isResponse(value.find("object"));
        for (var member : value.members()) {
          if (!echoes || !ECHO.contains(member.name())) {
            member(member, speaker);
          }
        }
      }
      default -> {}
    }
  }

  private static Role speaker(JsonValue object, Role role) {
    var named = object.find("role");
    if (named != null && named.is(JsonValue.Type.STRING)) {
      return switch (named.asString()) {
        case "system", "developer" -> Role.SYSTEM;
        case "assistant", "model" -> Role.ASSISTANT;
        case "tool", "function" -> Role.TOOL;
        default -> Role.USER;
      };
    }
    var type = object.find("type");
    if (type == null || !type.is(JsonValue.Type.STRING)) {
      return role;
    }
    var kind = type.asString();
    if (role == Role.USER && DOCUMENTS.contains(kind)) {
      return Role.DOCUMENT;
    }
    return kind.equals("tool_result") || kind.equals("function_call_output") ? Role.TOOL : role;
  }

  private static boolean isBytes(JsonValue value) {
    byte[] in = value.document();
    if (value.end() - value.start() < BYTES_FROM) {
      return false;
    }
    for (int i = value.start() + 1; i < value.start() + BYTES_FROM - 1; i++) {
      if (in[i] <= ' ' || in[i] == '\\') {
        return false;
      }
    }
    return true;
  }
}
