package dev.weir.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.provider.PathSegment;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 for services that escape paths twice: all but S3. Immutable; safe for many threads.
 *
 * @param scope region and service: {@code us-east-1/bedrock}
 */
record SigV4(String accessKeyId, String secretAccessKey, String scope) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The time of a request as {@code x-amz-date} says it. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /**
   * The value of the authorization header.
   *
   * @param target path and query as they go on the wire
   * @param headers those that are signed, names in lower case; {@code host} and {@code x-amz-date} among them
   */
  String authorization(
      String method, String target, SortedMap<String, String> headers, byte[] body) {
    var time = String.valueOf(headers.get("x-amz-date"));
    var day = time.substring(0, 8);
    var names = String.join(";", headers.keySet());
    var canonical = String.join(
        "\n",
        method,
        path(target),
        query(target),
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + trimmed(header.getValue()) + "\n")
            .collect(Collectors.joining()),
        names,
        hex(sha256(body)));
    var credential = day + "/" + scope + "/aws4_request";
    var toSign = String.join("\n", ALGORITHM, time, credential, hex(sha256(bytes(canonical))));
    return ALGORITHM + " Credential=" + accessKeyId + "/" + credential + ", SignedHeaders=" + names
        + ", Signature=" + hex(hmac(key(day), toSign));
  }

  private byte[] key(String day) {
    var key = hmac(bytes("AWS4" + secretAccessKey), day);
    for (var part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return hmac(key, "aws4_request");
  }

  private static String path(String target) {
    var path = target.split("\\?", 2)[0];
    return Arrays.stream(path.split("/", -1))
        .map(segment -> segment.isEmpty() ? "" : PathSegment.of(segment))
        .collect(Collectors.joining("/"));
  }

  private static String query(String target) {
    var query = target.split("\\?", 2);
    return query.length == 1
        ? ""
        : Arrays.stream(query[1].split("&", -1))
            .map(pair -> pair.contains("=") ? pair : pair + "=")
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String trimmed(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
    }
  }

  /** Without the secret: this text ends up in logs. */
  @Override
  public String toString() {
    return "SigV4[" + accessKeyId + ", " + scope + "]";
  }
}
