package dev.weir.guardrail.learned;

import dev.weir.guardrail.match.Keywords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What words and phrases show by themselves, or a few of them together, whatever the learned sums say: an order to leave the
 * instructions aside, the props of known jailbreaks, slurs, threats, an insult that is addressed. Few and sure. Immutable.
 */
public final class Evidence {
  /** The kinds of phrases in the file; those of a language count together with their own language only. */
  private enum Kind {
    DROP,
    EARLIER,
    ORDERS,
    SHOW,
    HIDDEN,
    PERSONA,
    WEAK,
    YOU,
    INSULT,
    SWEAR,
    SLUR,
    DESPAIR,
    THREAT,
    EXPLICIT
  }

  private static final String FILE = "phrases.txt";
  private static final int LANGUAGES = 32;
  private static final int SENTENCE = 70;
  private static final int ADDRESS = 25;
  private static final int HANDFUL = 3;
  private static final int PAGE = 800;

  private static final double SURE = 0.95;
  private static final double LIKELY = 0.8;
  private static final double PLAIN = 0.7;

  private static final Evidence SHIPPED = new Evidence(read());

  private final Phrases latin;
  private final Phrases others;

  /** A phrase: what it is, and the number of its language, 0 for any. */
  private record Phrase(String text, Kind kind, int language) {}

  private record Phrases(List<Phrase> all, Keywords keywords) {
    static Phrases of(List<Phrase> all) {
      return new Phrases(
          List.copyOf(all),
          Keywords.of(
              all.stream().map(Phrase::text).toList(),
              Keywords.Letters.FOLDED,
              Keywords.Bounds.WORD));
    }
  }

  private Evidence(List<Phrase> phrases) {
    latin = Phrases.of(phrases.stream().filter(phrase -> isLatin(phrase.text())).toList());
    others =
        Phrases.of(phrases.stream().filter(phrase -> !isLatin(phrase.text())).toList());
  }

  /** Of this build's own phrases. */
  public static Evidence shipped() {
    return SHIPPED;
  }

  /** What a text shows: for each head a score, 0 for nothing, and where. Not thread-safe: one text. */
  public static final class Shown {
    private final String text;
    private final double[] scores = new double[Head.COUNT];
    private final int[] starts = new int[Head.COUNT];
    private final int[] ends = new int[Head.COUNT];
    private final int[][] last = new int[Kind.values().length][];
    private final int[] weak = new int[HANDFUL];
    private final int[] weakAt = new int[HANDFUL];

    private Shown(String text) {
      this.text = text;
      Arrays.fill(weak, -1);
    }

    public double score(Head head) {
      return scores[head.ordinal()];
    }

    public int start(Head head) {
      return starts[head.ordinal()];
    }

    public int end(Head head) {
      return ends[head.ordinal()];
    }

    private void at(Phrase phrase, int number, int start, int end) {
      switch (phrase.kind()) {
        case DROP, EARLIER, ORDERS -> {
          remember(phrase, start, end);
          together(phrase.language(), Kind.DROP, Kind.EARLIER, Kind.ORDERS);
        }
        case SHOW, HIDDEN -> {
          remember(phrase, start, end);
          together(phrase.language(), Kind.SHOW, Kind.HIDDEN);
        }
        case PERSONA -> shows(Head.INJECTION, SURE, start, end);
        case WEAK -> weak(number, start, end);
        case YOU -> remember(phrase, start, end);
        case INSULT -> {
          int you = last(Kind.YOU, phrase.language(), 0);
          if (you > 0
              && start - last(Kind.YOU, phrase.language(), 1) <= ADDRESS
              && unbroken(you - 1, end)) {
            shows(Head.HARASSMENT, LIKELY, you - 1, end);
          }
        }
        case SWEAR -> shows(Head.PROFANITY, PLAIN, start, end);
        case SLUR -> shows(Head.HATE, LIKELY, start, end);
        case DESPAIR -> shows(Head.SELF_HARM, LIKELY, start, end);
        case THREAT -> shows(Head.VIOLENCE, LIKELY, start, end);
        case EXPLICIT -> shows(Head.SEXUAL, LIKELY, start, end);
      }
    }

    private void shows(Head head, double score, int start, int end) {
      int at = head.ordinal();
      if (score > scores[at]) {
        scores[at] = score;
        starts[at] = start;
        ends[at] = end;
      }
    }

    /** Starts are kept one higher, so that 0 says never. */
    private void remember(Phrase phrase, int start, int end) {
      int kind = phrase.kind().ordinal();
      if (last[kind] == null) {
        last[kind] = new int[2 * LANGUAGES];
      }
      last[kind][2 * phrase.language()] = start + 1;
      last[kind][2 * phrase.language() + 1] = end;
    }

    private int last(Kind kind, int language, int which) {
      var places = last[kind.ordinal()];
      return places == null ? 0 : places[2 * language + which];
    }

    /** An attack when the last of each kind stand in one sentence, in whatever order. */
    private void together(int language, Kind... kinds) {
      int from = Integer.MAX_VALUE;
      int to = 0;
      for (var kind : kinds) {
        int start = last(kind, language, 0);
        if (start == 0) {
          return;
        }
        from = Math.min(from, start - 1);
        to = Math.max(to, last(kind, language, 1));
      }
      if (to - from <= SENTENCE && unbroken(from, to)) {
        shows(Head.INJECTION, SURE, from, to);
      }
    }

    private boolean unbroken(int from, int to) {
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c == '.' || c == '!' || c == '?' || c == '\n' || c == '。' || c == '！' || c == '？') {
          return false;
        }
      }
      return true;
    }

    /** A handful of different ones on one page. */
    private void weak(int number, int start, int end) {
      int oldest = 0;
      for (int i = 0; i < HANDFUL; i++) {
        if (weak[i] == number) {
          weakAt[i] = start;
          return;
        }
        oldest = weakAt[i] < weakAt[oldest] || weak[i] < 0 ? i : oldest;
      }
      weak[oldest] = number;
      weakAt[oldest] = start;
      int first = Arrays.stream(weakAt).min().orElse(0);
      if (Arrays.stream(weak).allMatch(one -> one >= 0) && end - first <= PAGE) {
        shows(Head.INJECTION, PLAIN, first, end);
      }
    }
  }

  /** Reads a normalised text; offsets are those of it. */
  public Shown of(String text) {
    var shown = new Shown(text);
    scan(latin, text, shown);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x370) {
        scan(others, text, shown);
        break;
      }
    }
    return shown;
  }

  private static void scan(Phrases phrases, String text, Shown shown) {
    phrases
        .keywords()
        .scan(
            text,
            0,
            text.length(),
            (number, start, end) -> shown.at(phrases.all().get(number), number, start, end));
  }

  private static boolean isLatin(String text) {
    return text.chars().noneMatch(c -> (c >= 0x370 && c < 0x1E00) || (c > 0x2E80 && c < 0xD800));
  }

  private static List<Phrase> read() {
    try (var in = Evidence.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the phrases of the guardrails are missing in this build");
      }
      var phrases = new ArrayList<Phrase>();
      Map<String, Integer> languages = new LinkedHashMap<>();
      for (var line :
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        int colon = line.indexOf(": ");
        if (colon > 0 && !line.startsWith("#")) {
          var name = line.substring(0, colon).split("\\.", 2);
          var kind = Kind.valueOf(name[0].toUpperCase(Locale.ROOT));
          int language =
              name.length == 1 ? 0 : languages.computeIfAbsent(name[1], _ -> languages.size() + 1);
          for (var text : line.substring(colon + 2).split("\\|", -1)) {
            phrases.add(new Phrase(text, kind, language));
            if (text.indexOf('\'') >= 0) {
              phrases.add(new Phrase(text.replace('\'', '’'), kind, language));
            }
          }
        }
      }
      return phrases;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
