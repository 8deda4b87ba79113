package dev.weir.snapshot;

import dev.weir.protocol.InvalidDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What the documents of one kind were compiled to, in their order. Immutable.
 *
 * <p>A document that did not change is not compiled again. One that does not compile leaves in force what its last version was
 * compiled to; where there is no last version, it is missing.
 */
public final class Compiled<D extends Document, T> {
  private final Map<String, One<D, T>> byId;
  private final List<T> all;

  private record One<D, T>(D document, T value) {}

  private Compiled(Map<String, One<D, T>> byId) {
    this.byId = byId;
    this.all = byId.values().stream().map(One::value).toList();
  }

  /** No documents. */
  public static <D extends Document, T> Compiled<D, T> none() {
    return new Compiled<>(Map.of());
  }

  /**
   * Compiles these documents; what is not among them is gone.
   *
   * @param compile throws {@link InvalidDocument} or {@link IllegalArgumentException} for a document that is wrong
   * @param failures is told of such a document, and why
   */
  public Compiled<D, T> with(
      List<D> documents, Function<D, T> compile, BiConsumer<Document, String> failures) {
    var next = new LinkedHashMap<String, One<D, T>>();
    for (var document : documents) {
      var held = byId.get(document.id());
      if (held != null && held.document().equals(document)) {
        next.put(document.id(), held);
        continue;
      }
      try {
        next.put(document.id(), new One<>(document, compile.apply(document)));
      } catch (InvalidDocument | IllegalArgumentException wrong) {
        failures.accept(document, reason(wrong));
        if (held != null) {
          next.put(document.id(), held);
        }
      }
    }
    return new Compiled<>(next);
  }

  private static String reason(RuntimeException wrong) {
    return wrong instanceof InvalidDocument invalid
        ? invalid.path() + ": " + invalid.getMessage()
        : String.valueOf(wrong.getMessage());
  }

  /** What the document of this id was compiled to; empty when there is none, or it never compiled. */
  public Optional<T> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(One::value);
  }

  /** All, in the order of their documents. */
  public List<T> all() {
    return all;
  }
}
