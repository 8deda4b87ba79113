package dev.weir.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonSplice;
import java.time.Instant;
import java.util.Set;

/** OpenAI's protocol as a vendor takes it who departs from it in these points. Immutable. */
record VendorTranslator(Set<Quirk> quirks) implements Translator {
  private static final byte[] MAX_TOKENS = "max_tokens".getBytes(US_ASCII);

  VendorTranslator {
    quirks = Set.copyOf(quirks);
  }

  @Override
  public boolean has(Operation operation) {
    return OpenAiTranslator.INSTANCE.has(operation);
  }

  @Override
  public ProviderCall pass(ModelRequest request, String model) {
    return with(OpenAiTranslator.INSTANCE.pass(request, model));
  }

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    return with(OpenAiTranslator.INSTANCE.translate(request, model, at));
  }

  private ProviderCall with(ProviderCall call) {
    return new ProviderCall(
        call.operation(), call.path(), call.headers(), body(call.body()), call.reader());
  }

  private byte[] body(byte[] body) {
    var document = JsonObject.read(body);
    var splice = JsonSplice.of(body);
    if (quirks.contains(Quirk.NO_STREAM_OPTIONS)) {
      var at = document.indexOf("stream_options");
      if (at >= 0) {
        splice.removeMember(document, at);
      }
    }
    if (quirks.contains(Quirk.NO_MAX_COMPLETION_TOKENS)) {
      var at = document.indexOf("max_completion_tokens");
      // both: the vendor refuses the one anyway, and says so
      if (at >= 0 && document.indexOf("max_tokens") < 0) {
        var member = document.member(at);
        splice.replace(member.nameStart(), member.nameEnd(), MAX_TOKENS);
      }
    }
    return splice.apply();
  }

  @Override
  public Presentation present(Credential credential) {
    return OpenAiTranslator.INSTANCE.present(credential);
  }
}
