package dev.weir.provider.azure;

import dev.weir.protocol.ModelRequest;
import dev.weir.protocol.Operation;
import dev.weir.protocol.conversation.ConversationRequest;
import dev.weir.provider.Credential;
import dev.weir.provider.OpenAiTranslator;
import dev.weir.provider.PathSegment;
import dev.weir.provider.Presentation;
import dev.weir.provider.Probe;
import dev.weir.provider.ProviderCall;
import dev.weir.provider.Translator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's protocol where a deployment stands for a model. Immutable.
 *
 * @param version of the paths that hold the deployment; empty for {@code /openai/v1}
 * @param deployments by model; a model that is not in it is the name of its deployment
 */
record AzureTranslator(Optional<String> version, Map<String, String> deployments)
    implements Translator {
  AzureTranslator {
    deployments = Map.copyOf(deployments);
  }

  @Override
  public boolean has(Operation operation) {
    // the older paths have no responses below a deployment
    return OpenAiTranslator.INSTANCE.has(operation)
        && (version.isEmpty() || operation != Operation.RESPONSES);
  }

  @Override
  public ProviderCall pass(ModelRequest request, String model) {
    var deployment = deployment(model);
    return at(deployment, OpenAiTranslator.INSTANCE.pass(request, deployment));
  }

  @Override
  public ProviderCall translate(ConversationRequest request, String model, Instant at) {
    var deployment = deployment(model);
    return at(deployment, OpenAiTranslator.INSTANCE.translate(request, deployment, at));
  }

  private String deployment(String model) {
    return deployments.getOrDefault(model, model);
  }

  private ProviderCall at(String deployment, ProviderCall call) {
    return version
        .map(date -> new ProviderCall(
            call.operation(),
            "/deployments/" + PathSegment.of(deployment) + call.path() + "?api-version="
                + PathSegment.of(date),
            call.headers(),
            call.body(),
            call.reader()))
        .orElse(call);
  }

  @Override
  public Presentation present(Credential credential) {
    return Presentation.header("api-key", "", credential);
  }

  @Override
  public Probe probe(Optional<String> model) {
    return Probe.list("/models" + version.map(date -> "?api-version=" + date).orElse(""));
  }
}
