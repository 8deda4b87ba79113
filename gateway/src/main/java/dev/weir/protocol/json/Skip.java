package dev.weir.protocol.json;

/** Finds where values end, in documents that are known to be valid. */
final class Skip {
  private Skip() {}

  /** The offset after the value that starts here. */
  static int value(byte[] in, int start, int end) {
    return switch (in[start]) {
      case '"' -> string(in, start);
      case '{', '[' -> container(in, start);
      default -> scalar(in, start, end);
    };
  }

  /** The offset after the closing quote of the string that starts here. */
  static int string(byte[] in, int start) {
    int at = start + 1;
    while (true) {
      at = Bytes.quoteOrBackslash(in, at, in.length);
      if (in[at] == '"') {
        return at + 1;
      }
      at += 2;
    }
  }

  private static int container(byte[] in, int start) {
    int open = 0;
    int at = start;
    while (true) {
      switch (in[at]) {
        case '{', '[' -> open++;
        case '}', ']' -> {
          if (--open == 0) {
            return at + 1;
          }
        }
        case '"' -> at = string(in, at) - 1;
        default -> {}
      }
      at++;
    }
  }

  private static int scalar(byte[] in, int start, int end) {
    int at = start;
    while (at < end && in[at] > ' ' && in[at] != ',' && in[at] != ']' && in[at] != '}') {
      at++;
    }
    return at;
  }
}
