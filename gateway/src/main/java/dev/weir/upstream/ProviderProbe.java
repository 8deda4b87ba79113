package dev.weir.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.protocol.GatewayException;
import dev.weir.protocol.Operation;
import dev.weir.protocol.json.JsonObject;
import dev.weir.protocol.json.JsonWriter;
import dev.weir.provider.Credential;
import dev.weir.provider.Presentation;
import dev.weir.provider.Probe;
import dev.weir.provider.RemoteProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries a provider out with each of its credentials: its list of models is asked for, or one token where it has no list. Safe
 * for many threads; parks the calling virtual thread.
 *
 * <p>What it tells is words of ours: nothing that the other side sent is passed on.
 */
public final class ProviderProbe {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final OutboundCalls calls;
  private final CredentialHeaders credentials;
  private final Clock clock;

  /** What was found. */
  public enum Outcome {
    OK("The provider answered as it should."),
    CREDENTIAL_REFUSED("The provider refuses this credential."),
    RATE_LIMITED("The provider knows the credential and wants fewer requests."),
    REFUSED("The provider refuses the request; is the base URL complete, up to /v1?"),
    REDIRECTED(
        "The provider answers with a redirect, which is never followed; give the final URL."),
    FAILED("The provider fails."),
    NOT_AS_AGREED("What answers does not speak the protocol; is the base URL right?"),
    UNREACHABLE(
        "No answer: the name, the port, the certificate or the provider itself is at fault."),
    ADDRESS_REFUSED("The address is not public, and private ones are not allowed here.");

    private final String sentence;

    Outcome(String sentence) {
      this.sentence = sentence;
    }

    /** For operators. */
    public String sentence() {
      return sentence;
    }
  }

  /**
   * One credential's finding.
   *
   * @param credential its id
   * @param status the HTTP status; 0 when there was none
   */
  public record Finding(String credential, Outcome outcome, int status, Duration took) {}

  public ProviderProbe(OutboundCalls calls, CredentialHeaders credentials, Clock clock) {
    this.calls = calls;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** One finding for each credential, in their order. */
  public List<Finding> probe(RemoteProvider provider) {
    return provider.credentials().stream()
        .map(credential -> probe(provider, credential))
        .toList();
  }

  private Finding probe(RemoteProvider provider, Credential credential) {
    var start = System.nanoTime();
    var status = 0;
    Outcome outcome;
    try {
      var model = provider.models().stream().findFirst();
      var probe = provider.translator().probe(model);
      var answer = calls.call(call(provider, credential, probe));
      if (answer.status() == 404 && probe.well() != 404 && model.isPresent()) {
        var path = Operation.CHAT_COMPLETIONS.path();
        probe = Probe.post(path, oneToken(model.get()), 200);
        answer = calls.call(call(provider, credential, probe));
      }
      status = answer.status();
      outcome = status == probe.well() && status != 200 ? Outcome.OK : outcome(answer);
    } catch (GatewayException noToken) {
      outcome = switch (noToken.code()) {
        case UPSTREAM_AUTH_ERROR -> Outcome.CREDENTIAL_REFUSED;
        case UPSTREAM_RATE_LIMITED -> Outcome.RATE_LIMITED;
        default -> Outcome.UNREACHABLE;
      };
    } catch (AddressRefused _) {
      outcome = Outcome.ADDRESS_REFUSED;
    } catch (IOException _) {
      outcome = Outcome.UNREACHABLE;
    }
    return new Finding(
        credential.id(), outcome, status, Duration.ofNanos(System.nanoTime() - start));
  }

  private OutboundCalls.Outbound call(RemoteProvider provider, Credential credential, Probe probe) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", "application/json");
    if (probe.body().length > 0) {
      headers.put("content-type", "application/json");
    }
    var endpoint = Endpoint.of(provider, credential);
    var draft = new Presentation.Draft(
        endpoint.hostHeader(), endpoint.path() + probe.path(), probe.body(), clock.instant());
    for (var header : credentials.of(endpoint.credential(), provider.reach(), draft)) {
      headers.put(header.getKey(), header.getValue());
    }
    var url = URI.create(provider.baseUrl() + probe.path());
    return new OutboundCalls.Outbound(
        probe.method(), url, headers, probe.body(), provider.reach(), LIMIT);
  }

  private static byte[] oneToken(String model) {
    var json = new JsonWriter().object();
    json.name("model").value(model).name("max_tokens").value(1L);
    json.name("messages").array().object();
    json.name("role").value("user").name("content").value("ping");
    return json.endObject().endArray().endObject().bytes();
  }

  private static Outcome outcome(OutboundCalls.Answer answer) {
    var status = answer.status();
    if (status == 200) {
      return isObject(answer.body()) ? Outcome.OK : Outcome.NOT_AS_AGREED;
    }
    return switch (status) {
      case 401, 402, 403 -> Outcome.CREDENTIAL_REFUSED;
      case 429 -> Outcome.RATE_LIMITED;
      default ->
        status >= 500
            ? Outcome.FAILED
            : status >= 400
                ? Outcome.REFUSED
                : status >= 300 ? Outcome.REDIRECTED : Outcome.NOT_AS_AGREED;
    };
  }

  // a long list is cut at 64 KiB and no longer a document; its beginning is enough
  private static boolean isObject(byte[] body) {
    try {
      var _ = JsonObject.read(body, 0, body.length);
      return true;
    } catch (GatewayException _) {
      return body.length >= OutboundCalls.MOST_BYTES
          && new String(body, 0, 64, UTF_8).strip().startsWith("{");
    }
  }
}
