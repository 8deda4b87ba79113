package dev.weir.train.names;

import dev.weir.guardrail.names.NameKind;
import java.util.List;
import java.util.Optional;

/**
 * A text in which the names are marked.
 *
 * @param source the folder, or the generator, that it comes from
 * @param language two letters
 */
record NamedText(String source, String language, String text, List<Span> spans) {
  /**
   * A marked part.
   *
   * @param kind empty where nobody knows what it is
   */
  record Span(Optional<NameKind> kind, int start, int end) {}

  NamedText {
    spans = List.copyOf(spans);
  }

  /** What the words between two offsets are part of; empty where nobody knows. */
  Optional<NameKind> kind(int start, int end) {
    for (var span : spans) {
      if (span.start() < end && start < span.end()) {
        return span.kind();
      }
    }
    return Optional.of(NameKind.OTHER);
  }
}
