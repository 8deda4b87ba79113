package dev.weir.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key's answer as bytes, for the shared cache. Stateless. */
final class KeyAnswerCodec {
  /** Of this form of the bytes; another is not read. */
  private static final int FORM = 1;

  private KeyAnswerCodec() {}

  /** Bytes and what they were made at. */
  record Dated(KeyAnswer answer, Instant at) {}

  static byte[] write(KeyAnswer answer, Instant at) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(at.toEpochMilli());
      out.writeLong(answer.version());
      out.writeBoolean(answer.found().isPresent());
      if (answer.found().isPresent()) {
        write(answer.found().get(), out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(KeyRecord record, DataOutputStream out) throws IOException {
    var principal = record.principal();
    out.writeByte(principal.levels().size());
    for (var level : principal.levels()) {
      out.writeUTF(level.kind().name());
      out.writeUTF(level.id());
      write(level.guardrailProfile(), out);
      write(level.routingPolicy(), out);
    }
    instant(principal.expiresAt(), out);
    texts(principal.allowedModels(), out);
    texts(principal.allowedAddresses(), out);
    out.writeBoolean(record.active());
    bytes(record.hash(), out);
    bytes(record.previousHash().orElse(new byte[0]), out);
    instant(record.previousUntil(), out);
  }

  /** Reads what {@link #write} made; empty for bytes of another form. */
  static Optional<Dated> read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORM) {
        return Optional.empty();
      }
      var at = Instant.ofEpochMilli(in.readLong());
      var version = in.readLong();
      var found = in.readBoolean() ? Optional.of(record(in, version)) : Optional.<KeyRecord>empty();
      return Optional.of(new Dated(new KeyAnswer(version, found), at));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static KeyRecord record(DataInputStream in, long version) throws IOException {
    var levels = new ArrayList<Level>();
    for (var left = in.readByte(); left > 0; left--) {
      levels.add(new Level(Level.Kind.valueOf(in.readUTF()), in.readUTF(), text(in), text(in)));
    }
    var principal = new Principal(version, levels, instant(in), texts(in), texts(in));
    var active = in.readBoolean();
    var hash = bytes(in);
    var previous = Optional.of(bytes(in)).filter(some -> some.length > 0);
    return new KeyRecord(principal, active, hash, previous, instant(in));
  }

  private static void write(Optional<String> text, DataOutputStream out) throws IOException {
    out.writeUTF(text.orElse(""));
  }

  private static Optional<String> text(DataInputStream in) throws IOException {
    return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
  }

  private static void texts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeShort(texts.size());
    for (var text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    var texts = new ArrayList<String>();
    for (var left = in.readShort(); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static void instant(Optional<Instant> instant, DataOutputStream out) throws IOException {
    out.writeLong(instant.map(Instant::getEpochSecond).orElse(Long.MIN_VALUE));
    out.writeInt(instant.map(Instant::getNano).orElse(0));
  }

  private static Optional<Instant> instant(DataInputStream in) throws IOException {
    var seconds = in.readLong();
    var nanos = in.readInt();
    return seconds == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds, nanos));
  }

  private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    var bytes = new byte[in.readByte()];
    in.readFully(bytes);
    return bytes;
  }
}
