package dev.weir.protocol.json;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The checks that requests share: a field that is read has the type it must have, or the client is told which has not. */
public final class RequestFields {
  /** The longest model name that is looked up, in characters: what the longest of vendors' resource names take. */
  static final int MAX_MODEL = 2048;

  private RequestFields() {}

  public static String model(JsonObject document) {
    var value = required(document, "model");
    if (!value.is(JsonValue.Type.STRING)) {
      throw wrongType("model", "a string", value);
    }
    if (value.isEmptyString()) {
      throw invalid("model", "'model' must not be empty.");
    }
    if (value.end() - value.start() > 6 * MAX_MODEL) {
      throw invalid("model", "'model' is too long.");
    }
    return value.asString();
  }

  public static JsonValue required(JsonObject document, String name) {
    var value = document.find(name);
    if (value == null) {
      throw invalid(name, "'" + name + "' is missing.");
    }
    return value;
  }

  /** A member that is there and not null. */
  public static @Nullable JsonValue present(@Nullable JsonValue value) {
    return value == null || value.isNull() ? null : value;
  }

  public static boolean flag(@Nullable JsonValue value, String path) {
    var present = present(value);
    if (present == null) {
      return false;
    }
    if (!present.is(JsonValue.Type.BOOLEAN)) {
      throw wrongType(path, "a boolean", present);
    }
    return present.asBoolean();
  }

  /** An integer of 1 and above, small enough to count with; the default when it is absent or null. */
  public static int positive(JsonObject document, String name, int byDefault) {
    var value = present(document.find(name));
    if (value == null) {
      return byDefault;
    }
    if (!value.is(JsonValue.Type.NUMBER)) {
      throw wrongType(name, "an integer", value);
    }
    OptionalLong number = value.asLong();
    if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Integer.MAX_VALUE) {
      throw invalid(name, "'" + name + "' must be an integer of at least 1.");
    }
    return (int) number.getAsLong();
  }

  public static GatewayException wrongType(String path, String expected, JsonValue got) {
    var type = got.type().name().toLowerCase(Locale.ROOT);
    return invalid(path, "'" + path + "' must be " + expected + ", not of type " + type + ".");
  }

  public static GatewayException invalid(String path, String message) {
    return GatewayException.of(ErrorCode.INVALID_VALUE, message).param(path);
  }
}
