package dev.weir.cli;

import java.util.List;

/** A command cannot do its work: what is wrong in a sentence, and lines that say what to do. For the operator. */
final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailure(String what, String... cure) {
    super(cure.length == 0 ? what : what + "\n" + String.join("\n", List.of(cure)));
  }
}
