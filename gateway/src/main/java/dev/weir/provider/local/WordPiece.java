package dev.weir.provider.local;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BERT's uncased tokenizer: cleaned, lower case, without accents, split at spaces and punctuation, then the longest pieces
 * the vocabulary has. Source: google-research/bert, {@code tokenization.py} (read 2026-11-24). Immutable.
 */
final class WordPiece {
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;

  WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.unknown = id("[UNK]");
  }

  private int id(String token) {
    var id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalStateException("the vocabulary lacks " + token);
    }
    return id;
  }

  /** The ids of a text, [CLS] and [SEP] around them. */
  List<Integer> encode(String text) {
    var ids = new ArrayList<Integer>();
    ids.add(id("[CLS]"));
    for (var word : words(text)) {
      pieces(word, ids);
    }
    ids.add(id("[SEP]"));
    return ids;
  }

  private void pieces(String word, List<Integer> ids) {
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      ids.add(unknown);
      return;
    }
    var found = new ArrayList<Integer>();
    var start = 0;
    while (start < word.length()) {
      var end = word.length();
      Integer piece = null;
      while (end > start && piece == null) {
        var text = word.substring(start, end);
        piece = vocabulary.get(start == 0 ? text : "##" + text);
        end = piece == null ? end - 1 : end;
      }
      if (piece == null) {
        ids.add(unknown);
        return;
      }
      found.add(piece);
      start = end;
    }
    ids.addAll(found);
  }

  /** The words before they are cut into pieces. */
  static List<String> words(String text) {
    var plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    plain.codePoints().forEach(c -> {
      if (c == 0
          || c == 0xFFFD
          || Character.getType(c) == Character.NON_SPACING_MARK
          || control(c)) {
        return;
      }
      var alone = punctuation(c) || ideograph(c);
      if (alone || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        finish(word, words);
      }
      if (alone) {
        words.add(Character.toString(c));
      } else if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        word.appendCodePoint(c);
      }
    });
    finish(word, words);
    return words;
  }

  private static void finish(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean control(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    var type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT;
  }

  private static boolean punctuation(int c) {
    if ((c >= 33 && c <= 47)
        || (c >= 58 && c <= 64)
        || (c >= 91 && c <= 96)
        || (c >= 123 && c <= 126)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION -> true;
      default -> false;
    };
  }

  private static boolean ideograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
