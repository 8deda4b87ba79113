package dev.weir.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a distributed trace (W3C Trace Context, 2021-11-23). Immutable.
 *
 * @param spanId the request's own span, or its caller's where it was just read
 * @param parentSpanId 0: the trace begins here
 * @param flags the lowest bit: whether it is sampled
 * @param state {@code tracestate} as it came; may be empty
 */
public record TraceContext(
    long traceHigh, long traceLow, long spanId, long parentSpanId, int flags, String state) {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 55;
  private static final int MOST_STATE = 512;

  /** The caller's, from its headers; empty when there is none or it is not valid (§3.2.2). */
  public static Optional<TraceContext> read(@Nullable String parent, @Nullable String state) {
    if (parent == null || parent.length() < LENGTH || !hasForm(parent)) {
      return Optional.empty();
    }
    var high = HexFormat.fromHexDigitsToLong(parent, 3, 19);
    var low = HexFormat.fromHexDigitsToLong(parent, 19, 35);
    var span = HexFormat.fromHexDigitsToLong(parent, 36, 52);
    if ((high | low) == 0 || span == 0) {
      return Optional.empty();
    }
    var flags = HexFormat.fromHexDigits(parent, 53, 55) & 1;
    return Optional.of(new TraceContext(high, low, span, 0, flags, kept(state)));
  }

  private static boolean hasForm(String text) {
    for (var i = 0; i < LENGTH; i++) {
      var c = text.charAt(i);
      var dash = i == 2 || i == 35 || i == 52;
      if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    var version = text.substring(0, 2);
    // later versions may say more, behind another dash
    return !version.equals("ff")
        && (text.length() == LENGTH || (!version.equals("00") && text.charAt(LENGTH) == '-'));
  }

  private static String kept(@Nullable String state) {
    return state == null
            || state.length() > MOST_STATE
            || !state.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? ""
        : state;
  }

  /** A trace that begins here, sampled at this rate by its id. */
  public static TraceContext root(double rate) {
    var random = ThreadLocalRandom.current();
    var low = random.nextLong();
    var sampled = (low >>> 1) < rate * Long.MAX_VALUE ? 1 : 0;
    return new TraceContext(random.nextLong(), low, id(random.nextLong()), 0, sampled, "");
  }

  /** A span of the gateway under this one. */
  public TraceContext child() {
    var fresh = id(ThreadLocalRandom.current().nextLong());
    return new TraceContext(traceHigh, traceLow, fresh, spanId, flags, state);
  }

  public boolean sampled() {
    return (flags & 1) == 1;
  }

  public String traceId() {
    return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
  }

  /** The id of the numbered part of this span; always the same for a number. */
  public long part(int number) {
    // the finaliser of SplitMix64, which has no two inputs of one output
    var mixed = spanId + number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return id(mixed ^ (mixed >>> 31));
  }

  private static long id(long number) {
    return number == 0 ? 1 : number;
  }

  /** A span's id as it is written. */
  public static String hex(long spanId) {
    return HEX.toHexDigits(spanId);
  }

  /** The {@code traceparent} for whoever is called from this span. */
  public String parent(long from) {
    return "00-" + traceId() + "-" + hex(from) + (sampled() ? "-01" : "-00");
  }
}
