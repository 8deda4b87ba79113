package dev.weir.telemetry.otlp;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.weir.protocol.Operation;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;
import java.util.Map;

/**
 * The names that OpenTelemetry gives to what the gateway tells (semantic conventions 1.42 and those of generative AI, status
 * development, read 2026-11-25), in one place because they still change. Stateless.
 */
final class GenAi {
  static final AttributeKey<String> SERVICE_NAME = stringKey("service.name");
  static final AttributeKey<String> METHOD = stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = stringKey("http.route");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");
  static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");

  static final AttributeKey<String> REQUEST_ID = stringKey("weir.request_id");
  static final AttributeKey<String> TENANT = stringKey("weir.tenant_id");
  static final AttributeKey<String> TEAM = stringKey("weir.team_id");
  static final AttributeKey<String> KEY = stringKey("weir.api_key_id");
  static final AttributeKey<String> KEY_CACHE = stringKey("weir.api_key_cache");
  static final AttributeKey<String> ASKED = stringKey("weir.model.asked");
  static final AttributeKey<String> OUTCOME = stringKey("weir.attempt.outcome");
  static final AttributeKey<String> GUARDRAILS = stringKey("weir.guardrails");
  static final AttributeKey<Double> COST = doubleKey("weir.cost_usd");

  static final String TOKENS = "gen_ai.client.token.usage";
  static final String DURATION = "gen_ai.client.operation.duration";
  static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

  /** Well-known providers whose name there is not the one they usually have here. */
  private static final Map<String, String> PROVIDERS = Map.of(
      "gemini", "gcp.gemini",
      "vertex", "gcp.vertex_ai",
      "azure", "azure.ai.openai",
      "bedrock", "aws.bedrock",
      "mistral", "mistral_ai",
      "moonshot", "moonshot_ai",
      "xai", "x_ai");

  private GenAi() {}

  static String provider(String name) {
    return PROVIDERS.getOrDefault(name, name);
  }

  /** A conversation is {@code chat} in whichever protocol. */
  static String operation(Operation operation) {
    return switch (operation.name()) {
      case "CHAT_COMPLETIONS", "MESSAGES", "RESPONSES" -> "chat";
      case "COMPLETIONS" -> "text_completion";
      default -> operation.name().toLowerCase(Locale.ROOT);
    };
  }
}
