package dev.weir.guardrail.custom;

import dev.weir.guardrail.CustomGuardrail;
import dev.weir.guardrail.Detector;
import dev.weir.network.AddressRule;
import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import dev.weir.provider.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An operator's own service: {@code {"url":"https://…","headers":{…}}}. It gets the texts and answers how sure it is of each,
 * see {@link Webhook}; the rule's {@code timeout_ms} bounds a call. Safe for many threads.
 */
public final class WebhookGuardrail implements CustomGuardrail {
  private static final int MOST_HEADERS = 10;
  private static final Set<String> OURS = Set.of(
      "host",
      "content-length",
      "content-type",
      "transfer-encoding",
      "connection",
      "te",
      "upgrade",
      "expect",
      "trailer");

  private final Reach reach;
  private final WebhookTransport transport;

  /**
   * @param reach where services may lie; only where that is anywhere also by plain http
   */
  public WebhookGuardrail(Reach reach, WebhookTransport transport) {
    this.reach = reach;
    this.transport = transport;
  }

  @Override
  public String id() {
    return "webhook";
  }

  @Override
  public Detector compile(JsonValue config, String path) {
    var fields = RuleConfig.of(config, path, Set.of("url", "headers"));
    return new Webhook(transport, url(fields), headers(fields));
  }

  private URI url(RuleConfig fields) {
    try {
      var url = new URI(fields.text("url"));
      if (url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
        refuseAddress(url, fields.at("url"));
        return url;
      }
    } catch (URISyntaxException mistake) {
      // told below, with what was expected
    }
    throw new InvalidDocument(
        fields.at("url"), "Expected an https URL with a host, without user and fragment.");
  }

  /** The early answer; the address that a name leads to is looked at when a connection is made. */
  private void refuseAddress(URI url, String path) {
    var scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("https") && !(scheme.equals("http") && reach == Reach.ANYWHERE)) {
      throw new InvalidDocument(path, "Expected an https URL.");
    }
    var why = reach == Reach.PUBLIC ? AddressRule.refusal(url) : Optional.<String>empty();
    if (why.isPresent()) {
      throw new InvalidDocument(
          path,
          "This is " + why.get() + ": refused unless providers.allow_private_networks is set in the"
              + " configuration.");
    }
  }

  private static Map<String, String> headers(RuleConfig fields) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    var given = fields.find("headers");
    if (given == null) {
      return headers;
    }
    if (!given.is(JsonValue.Type.OBJECT)) {
      throw new InvalidDocument(fields.at("headers"), "Expected an object of strings.");
    }
    for (var member : given.members()) {
      var where = fields.at("headers") + "." + member.name();
      if (!member.value().is(JsonValue.Type.STRING) || !value(member.value().asString())) {
        throw new InvalidDocument(where, "Expected a string of printable ASCII.");
      }
      if (!name(member.name())
          || OURS.contains(member.name().toLowerCase(Locale.ROOT))
          || headers.size() == MOST_HEADERS) {
        throw new InvalidDocument(
            where,
            "Expected a header's name, none that the gateway sets itself, at most " + MOST_HEADERS
                + " of them.");
      }
      headers.put(member.name(), member.value().asString());
    }
    return Map.copyOf(headers);
  }

  private static boolean name(String name) {
    return !name.isEmpty()
        && name.length() <= 64
        && name.chars()
            .allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  private static boolean value(String value) {
    return value.length() <= 1024 && value.chars().allMatch(c -> c >= ' ' && c < 127);
  }
}
