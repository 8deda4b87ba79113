package dev.weir.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.ModelRequest;

/**
 * Tokens of a request whose provider never said how many they were: a token for four bytes of the document, which is what English
 * has; pictures and files in it are left out. Stateless.
 */
final class TokenEstimate {
  private static final int BYTES_A_TOKEN = 4;
  private static final byte[] ATTACHED = ";base64,".getBytes(US_ASCII);

  private TokenEstimate() {}

  static long input(ModelRequest request) {
    var document = request.document().document();
    var text = 0L;
    for (var i = 0; i < document.length; i++) {
      if (document[i] == ';' && attached(document, i)) {
        while (i < document.length && document[i] != '"') {
          i++;
        }
      }
      text++;
    }
    return (text + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
  }

  private static boolean attached(byte[] document, int from) {
    if (from + ATTACHED.length > document.length) {
      return false;
    }
    for (var i = 0; i < ATTACHED.length; i++) {
      if (document[from + i] != ATTACHED[i]) {
        return false;
      }
    }
    return true;
  }
}
