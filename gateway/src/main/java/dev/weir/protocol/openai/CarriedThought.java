package dev.weir.protocol.openai;

import java.util.Optional;

/**
 * What another provider needs to know its own thought again, carried through {@code encrypted_content} of a reasoning item,
 * which clients send back as they got it. Immutable.
 *
 * @param kind what it belongs to
 * @param content byte for byte as the provider gave it
 */
record CarriedThought(Kind kind, String content) {
  /** What was carried. */
  enum Kind {
    /** The signature of the thought that the item's summary tells. */
    SIGNATURE("weir.signature."),
    /** A thought that only the provider can read. */
    SEALED("weir.sealed."),
    /** The signature of the call that follows. */
    CALL("weir.call.");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }
  }

  /** What an item of ours carries; empty for one that another gateway or OpenAI itself encrypted. */
  static Optional<CarriedThought> read(String encrypted) {
    for (var kind : Kind.values()) {
      if (encrypted.startsWith(kind.mark)) {
        return Optional.of(new CarriedThought(kind, encrypted.substring(kind.mark.length())));
      }
    }
    return Optional.empty();
  }

  String written() {
    return kind.mark + content;
  }
}
