package dev.weir.protocol;

import dev.weir.protocol.json.JsonMember;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import java.util.Set;

/**
 * About how many tokens a text or a prompt has for the models of today, without any model's vocabulary: a word of letters up
 * to six long is one, longer ones one more for each four letters, digits go by three, a sign is one, and so is a character of
 * a script without spaces. Stateless.
 */
public final class TokenEstimate {
  /** What an image of usual size is taken for. Source: Anthropic, "Vision" (read 2026-11-25). */
  private static final long IMAGE = 1_600;

  /** What marks the turns of a conversation. */
  private static final long MESSAGE = 4;

  /** Bytes in base64 that one token of a file's text is taken for. */
  private static final int FILE_BYTES = 16;

  private static final Set<String> NO_TEXT =
      Set.of("model", "role", "type", "media_type", "signature", "cache_control");

  private TokenEstimate() {}

  /** The tokens of a request's prompt: all its texts, tools with the names in their schemas, images and files. */
  public static long of(JsonObject request) {
    long tokens = 0;
    for (int i = 0; i < request.size(); i++) {
      tokens += member(request.member(i));
    }
    return tokens;
  }

  private static long member(JsonMember member) {
    var name = member.name();
    if (NO_TEXT.contains(name)) {
      return 0;
    }
    var schema = name.equals("tools") ? Names.COUNT : Names.PASS;
    return of(member.value(), schema) + (name.equals("messages") ? MESSAGE * size(member) : 0);
  }

  /** Whether members' names are read by the model too. */
  private enum Names {
    COUNT,
    PASS
  }

  private static int size(JsonMember member) {
    int size = 0;
    if (member.value().is(JsonValue.Type.ARRAY)) {
      for (var _ : member.value().elements()) {
        size++;
      }
    }
    return size;
  }

  private static long of(JsonValue value, Names names) {
    return switch (value.type()) {
      case STRING -> of(value.asString());
      case NUMBER, BOOLEAN -> names == Names.COUNT ? 1 : 0;
      case NULL -> 0;
      case ARRAY -> {
        long tokens = 0;
        for (var element : value.elements()) {
          tokens += of(element, names);
        }
        yield tokens;
      }
      case OBJECT -> object(value, names);
    };
  }

  private static long object(JsonValue object, Names names) {
    var type = object.find("type");
    var kind = type != null && type.is(JsonValue.Type.STRING) ? type.asString() : "";
    if (kind.equals("image")) {
      return IMAGE;
    }
    long tokens = 0;
    for (var member : object.members()) {
      var name = member.name();
      if (kind.equals("base64") && name.equals("data")) {
        tokens += (member.valueEnd() - member.valueStart()) / FILE_BYTES;
      } else if (names == Names.COUNT) {
        tokens += of(name) + of(member.value(), names);
      } else if (!NO_TEXT.contains(name)) {
        // what a model wrote into a call is read with its names
        tokens += of(member.value(), name.equals("input") ? Names.COUNT : names);
      }
    }
    return tokens;
  }

  /** The tokens of one text. */
  public static long of(String text) {
    long tokens = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int from = i;
      if (letter(c)) {
        while (i < text.length() && letter(text.charAt(i))) {
          i++;
        }
        tokens += 1 + Math.max(0, i - from - 3) / 4;
      } else if (Character.isDigit(c)) {
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
          i++;
        }
        tokens += (i - from + 2) / 3;
      } else {
        tokens += Character.isWhitespace(c) || Character.isLowSurrogate(c) ? 0 : 1;
        i++;
      }
    }
    return tokens;
  }

  private static boolean letter(char c) {
    return c < 0x3000 && Character.isLetter(c);
  }
}
