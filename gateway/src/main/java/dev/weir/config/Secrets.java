package dev.weir.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must stay secret: the pepper of keys, the key that encrypts credentials, the embedded server's password. Immutable.
 *
 * <p>Environment variables win over {@code secrets.env}, which only {@code up} writes. A variable {@code NAME_FILE} names a file
 * that holds the secret {@code NAME}.
 *
 * @param previousEncryptionKey the one that is being replaced; empty outside a rotation
 */
public record Secrets(
    String pepper,
    String encryptionKey,
    Optional<String> previousEncryptionKey,
    String postgresPassword) {
  private static final String PEPPER = "WEIR_KEY_PEPPER";
  private static final String ENCRYPTION = "WEIR_ENCRYPTION_KEY";
  private static final String PREVIOUS = "WEIR_ENCRYPTION_KEY_PREVIOUS";
  private static final String POSTGRES = "WEIR_POSTGRES_PASSWORD";
  private static final int SHORTEST = 32;

  /** Reads {@code secrets.env} of a data folder, and makes what is missing. */
  public static Secrets forQuickstart(Path dataDir, Map<String, String> environment)
      throws IOException {
    var file = dataDir.resolve("secrets.env");
    var stored = read(file);
    var complete = new LinkedHashMap<>(stored);
    for (var name : new String[] {PEPPER, ENCRYPTION, POSTGRES}) {
      complete.computeIfAbsent(name, _ -> random());
    }
    if (!complete.equals(stored)) {
      var text = new StringBuilder("# secrets of this Weir: keep them, and keep them secret\n");
      complete.forEach(
          (name, value) -> text.append(name).append('=').append(value).append('\n'));
      writePrivate(file, text.toString());
    }
    for (var name : new String[] {PEPPER, ENCRYPTION, PREVIOUS, POSTGRES}) {
      given(environment, name).ifPresent(value -> complete.put(name, value));
    }
    return checked(complete);
  }

  /**
   * Takes the secrets of a production start from the environment.
   *
   * @throws ConfigFailure naming the one that is missing or weak
   */
  public static Secrets forProduction(Map<String, String> environment) {
    var found = new LinkedHashMap<String, String>();
    for (var name : new String[] {PEPPER, ENCRYPTION}) {
      found.put(
          name,
          given(environment, name)
              .orElseThrow(
                  () -> new ConfigFailure(name + " is not set.\nMake one: openssl rand -hex 32")));
    }
    given(environment, PREVIOUS).ifPresent(value -> found.put(PREVIOUS, value));
    found.put(POSTGRES, "");
    return checked(found);
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    var value = environment.getOrDefault(name, "");
    if (!value.isBlank()) {
      return Optional.of(value);
    }
    var file = environment.getOrDefault(name + "_FILE", "");
    if (file.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException failure) {
      throw new ConfigFailure(name + "_FILE cannot be read: " + failure.getMessage());
    }
  }

  private static Secrets checked(Map<String, String> values) {
    for (var name : new String[] {PEPPER, ENCRYPTION, PREVIOUS}) {
      var value = values.getOrDefault(name, "");
      if (name.equals(PREVIOUS) && value.isEmpty()) {
        continue;
      }
      if (value.length() < SHORTEST || value.chars().distinct().count() < 8) {
        throw new ConfigFailure(name
            + " is too weak: 32 characters or more, at random.\nMake one: openssl rand -hex 32");
      }
    }
    return new Secrets(
        values.getOrDefault(PEPPER, ""),
        values.getOrDefault(ENCRYPTION, ""),
        Optional.ofNullable(values.get(PREVIOUS)),
        values.getOrDefault(POSTGRES, ""));
  }

  private static Map<String, String> read(Path file) throws IOException {
    var found = new LinkedHashMap<String, String>();
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        var equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          found.put(
              line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    }
    return found;
  }

  private static String random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Writes a file that only its owner may read, whole or not at all. */
  public static void writePrivate(Path file, String text) throws IOException {
    var folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    var partial = Files.createTempFile(
        folder,
        ".weir",
        null,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(partial, text, StandardCharsets.UTF_8);
    Files.move(
        partial,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  public byte[] pepperBytes() {
    return pepper.getBytes(StandardCharsets.UTF_8);
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Secrets[…]";
  }
}
