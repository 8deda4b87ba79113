package dev.weir.usage;

import java.util.concurrent.atomic.LongAdder;

/** Sums over settled requests. Safe for many threads. */
public final class UsageTotals {
  private final LongAdder requests = new LongAdder();
  private final LongAdder unreported = new LongAdder();
  private final LongAdder tokensIn = new LongAdder();
  private final LongAdder tokensOut = new LongAdder();

  /** Adds one request; negative counts mean that the upstream reported none. */
  void add(long in, long out) {
    requests.increment();
    if (in < 0 || out < 0) {
      unreported.increment();
      return;
    }
    tokensIn.add(in);
    tokensOut.add(out);
  }

  public long requests() {
    return requests.sum();
  }

  /** Requests whose upstream said nothing of tokens, failed ones among them. */
  public long unreported() {
    return unreported.sum();
  }

  public long tokensIn() {
    return tokensIn.sum();
  }

  public long tokensOut() {
    return tokensOut.sum();
  }
}
