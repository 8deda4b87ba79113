package dev.weir.protocol.openai;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error that a refusing upstream tells of, in OpenAI's shape or near it. Immutable.
 *
 * <p>Nothing in it goes to a client as it stands: {@link #reason} and {@link #param} are words of our own lists.
 *
 * @param code the vendor's word for it; empty when it has none
 * @param type its kind; empty when it has none
 * @param message the vendor's sentence, or what the body begins with
 * @param path the request field it names; empty when it names none
 */
public record UpstreamError(String code, String type, String message, String path) {
  private static final int MOST_MESSAGE = 300;

  /** Long unbroken words: what keys look like, and no log may hold one. */
  private static final Pattern KEY_LIKE =
      Pattern.compile("\\b(?:sk|pk|gsk|xai|key)-[\\w*-]+|[A-Za-z0-9_+/*-]{24,}");

  /** The codes that tell a client what to change. Source: OpenAI API reference, "Error codes" (read 2026-11-24). */
  private static final Set<String> REASONS = Set.of(
      "context_length_exceeded",
      "string_above_max_length",
      "array_above_max_length",
      "integer_above_max_value",
      "integer_below_min_value",
      "decimal_above_max_value",
      "decimal_below_min_value",
      "model_not_found",
      "unsupported_parameter",
      "unsupported_value",
      "unknown_parameter",
      "missing_required_parameter",
      "invalid_type",
      "invalid_value",
      "invalid_function_parameters",
      "invalid_json_schema",
      "invalid_image_format",
      "invalid_image_url",
      "image_too_large",
      "content_filter",
      "content_policy_violation");

  /** A field of a request, with indexes and members: {@code messages[2].content}. */
  private static final Pattern FIELD = Pattern.compile(
      "(?:messages|model|input|instructions|prompt|suffix|text|reasoning|max_output_tokens|tools|tool_choice|response_format|temperature|top_p|n|stop|seed"
          + "|max_tokens|max_completion_tokens|reasoning_effort|logprobs|top_logprobs|dimensions"
          + "|encoding_format|stream|stream_options|logit_bias|modalities|parallel_tool_calls)"
          + "(?:\\[[0-9]{1,5}]|\\.[a-z_]{1,24}){0,6}");

  /** Reads a refusal's body, whatever it is. */
  public static UpstreamError read(byte[] body) {
    try {
      return of(JsonObject.read(body, 0, body.length));
    } catch (GatewayException notJson) {
      return new UpstreamError("", "", new String(body, StandardCharsets.UTF_8), "");
    }
  }

  private static UpstreamError of(JsonObject document) {
    var error = RequestFields.present(document.find("error"));
    if (error == null) {
      return new UpstreamError(
          word(document.find("code")),
          word(document.find("type")),
          word(document.find("message")) + word(document.find("detail")),
          word(document.find("param")));
    }
    return error.is(JsonValue.Type.OBJECT)
        ? new UpstreamError(
            word(error.find("code")),
            word(error.find("type")),
            word(error.find("message")),
            word(error.find("param")))
        : new UpstreamError("", "", word(error), "");
  }

  private static String word(@Nullable JsonValue value) {
    return value != null && value.is(JsonValue.Type.STRING) ? value.asString() : "";
  }

  /** Why the request was refused, in a word that a client may read; empty when the vendor's is none we know. */
  public Optional<String> reason() {
    return Optional.of(code.toLowerCase(Locale.ROOT)).filter(REASONS::contains);
  }

  /** The request's field at fault; empty when none is named, or none that we know. */
  public Optional<String> param() {
    return Optional.of(path).filter(text -> FIELD.matcher(text).matches());
  }

  /** All of it, short, without what looks like a key. */
  public String forTheLog() {
    return masked(String.join(" ", code, type, message).strip(), MOST_MESSAGE);
  }

  /** The beginning of an upstream's text, without what looks like a key. */
  static String masked(String text, int most) {
    // masked before it is cut: half a key no longer looks like one
    var safe = KEY_LIKE.matcher(text).replaceAll("[…]");
    return safe.length() > most ? safe.substring(0, most) : safe;
  }
}
