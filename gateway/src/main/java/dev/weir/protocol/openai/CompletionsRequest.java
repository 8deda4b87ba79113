package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.DocumentRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.AnswerEncoder;
import dev.weir.protocol.conversation.Conversation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.conversation.OutputFormat;
import dev.weir.protocol.conversation.Part;
import dev.weir.protocol.conversation.Role;
import dev.weir.protocol.conversation.ToolChoice;
import dev.weir.protocol.conversation.Turn;
import dev.weir.protocol.json.JsonFields;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonValue;
import dev.weir.protocol.json.RequestFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request to {@code /v1/completions}, the prompts of old: the client's document, checked where the gateway reads it,
 * untouched where it does not. Source: OpenAI API reference, "Create completion" (read 2026-11-25).
 */
public final class CompletionsRequest extends DocumentRequest implements ConversationRequest {
  /** What a chat cannot do to a prompt: dropping it would be a silent change. */
  private static final List<String> UNTRANSLATABLE = List.of("suffix", "logprobs", "logit_bias");

  private final boolean usageAsked;
  private final int choices;

  private CompletionsRequest(JsonObject document, List<Map.Entry<String, String>> headers) {
    super(document, headers);
    var prompt = RequestFields.required(document, "prompt");
    if (!prompt.is(JsonValue.Type.STRING) && !prompt.is(JsonValue.Type.ARRAY)) {
      throw RequestFields.wrongType("prompt", "a string, or an array of strings or tokens", prompt);
    }
    if (prompt.is(JsonValue.Type.ARRAY) && prompt.isEmpty()) {
      throw RequestFields.invalid("prompt", "'prompt' must not be empty.");
    }
    var _ = stream();
    usageAsked = StreamUsage.asked(document);
    choices = prompts(prompt) * Math.min(RequestFields.positive(document, "n", 1), 1024);
  }

  /** A request without headers. */
  public static CompletionsRequest read(byte[] body) {
    return read(body, List.of());
  }

  /**
   * Reads and checks a request.
   *
   * @throws dev.weir.protocol.GatewayException INVALID_JSON for what is no strict JSON, INVALID_VALUE naming the field
   *     for what is no such request
   */
  public static CompletionsRequest read(byte[] body, List<Map.Entry<String, String>> headers) {
    return new CompletionsRequest(JsonObject.read(body), headers);
  }

  /** How many prompts there are: an array of numbers is one, in tokens. */
  private static int prompts(JsonValue prompt) {
    if (prompt.is(JsonValue.Type.STRING)) {
      return 1;
    }
    int count = 0;
    for (var element : prompt.elements()) {
      if (element.is(JsonValue.Type.NUMBER)) {
        return 1;
      }
      count++;
    }
    return count;
  }

  @Override
  public Operation operation() {
    return Operation.COMPLETIONS;
  }

  @Override
  public CompletionsRequest with(byte[] changed) {
    return read(changed, headers());
  }

  @Override
  public byte[] bodyFor(String upstreamModel) {
    var splice = edit(upstreamModel);
    if (stream() && !usageAsked) {
      StreamUsage.ask(document(), splice);
    }
    return splice.apply();
  }

  @Override
  public AnswerReader reader() {
    return new ChatAnswerReader(choices, usageAsked);
  }

  /** The prompt as what a user says: where a provider has chats only, its model answers the text and does not continue it. */
  @Override
  public Conversation conversation() {
    var fields = fields();
    for (var name : UNTRANSLATABLE) {
      if (fields.value(name).filter(value -> !value.isEmpty()).isPresent()) {
        throw fields.wrong(name, "is not supported by the provider of this model");
      }
    }
    if (fields.flag("echo").orElse(false)) {
      throw fields.wrong("echo", "is not supported by the provider of this model");
    }
    if (fields.integer("best_of").orElse(1L) > 1) {
      throw fields.wrong("best_of", "must be 1 for the provider of this model");
    }
    return new Conversation(
        model(),
        List.of(Turn.of(Role.USER, new Part.Text(onePrompt(fields)))),
        List.of(),
        new ToolChoice.Auto(),
        new OutputFormat.PlainText(),
        ChatConversation.settings(fields),
        stream() ? Conversation.Delivery.STREAM : Conversation.Delivery.WHOLE);
  }

  private static String onePrompt(JsonFields fields) {
    var prompt = fields.value("prompt").orElseThrow(() -> fields.missing("prompt"));
    if (prompt.is(JsonValue.Type.STRING)) {
      return prompt.asString();
    }
    var all = fields.list("prompt");
    if (all.size() != 1 || !all.getFirst().is(JsonValue.Type.STRING)) {
      throw fields.wrong("prompt", "must be one text for the provider of this model");
    }
    return all.getFirst().asString();
  }

  @Override
  public AnswerEncoder encoder(Instant at) {
    return new CompletionsAnswerEncoder(model(), at.getEpochSecond(), usageAsked);
  }
}
