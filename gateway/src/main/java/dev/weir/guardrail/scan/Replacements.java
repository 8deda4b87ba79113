package dev.weir.guardrail.scan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in one request and its answer where something was taken out. The same text gets the same name throughout.
 * Not thread-safe: one request, whose steps happen one after the other.
 */
public final class Replacements {
  private static final int KEPT = 4;

  private final byte[] tenantKey;
  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> reversible = new LinkedHashMap<>();

  /**
   * @param tenantKey what hashes of this tenant's texts are keyed with
   */
  public Replacements(byte[] tenantKey) {
    this.tenantKey = tenantKey.clone();
  }

  /** What takes the place of a find. */
  public String of(Hit hit, String value) {
    var label = label(hit.finding().guardrail());
    return switch (hit.clause().rule().handling().redaction()) {
      case TYPE -> named(label, value);
      case PLACEHOLDER -> {
        var name = named(label, value);
        reversible.put(name, value);
        yield name;
      }
      case LAST4 -> last4(value);
      case HASH -> "[" + label + ":" + hash(value) + "]";
    };
  }

  /** The names that are to be turned back in the answer, with what they stand for. */
  public Map<String, String> reversible() {
    return Collections.unmodifiableMap(reversible);
  }

  /** {@code EMAIL} for {@code pii.email}, {@code SECRET} for all secrets. */
  private static String label(String guardrail) {
    if (guardrail.startsWith("secrets")) {
      return "SECRET";
    }
    return guardrail.substring(guardrail.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
  }

  private String named(String label, String value) {
    return names.computeIfAbsent(
        label + '\0' + value,
        _ -> "[" + label + "_" + counters.merge(label, 1, Integer::sum) + "]");
  }

  private static String last4(String value) {
    int letters = (int) value.chars().filter(Character::isLetterOrDigit).count();
    // of a short value the last four would be half of it
    int keep = letters >= 3 * KEPT ? KEPT : 0;
    var masked = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        masked.append(letters-- > keep ? '*' : c);
      } else if (c < 0x80) {
        masked.append(c);
      } else {
        masked.append('*');
      }
    }
    return masked.toString();
  }

  private String hash(String value) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(tenantKey, "HmacSHA256"));
      var full = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(full, 0, 6);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
