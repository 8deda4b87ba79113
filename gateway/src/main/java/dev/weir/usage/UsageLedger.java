package dev.weir.usage;

import dev.weir.identity.Principal;
import dev.weir.telemetry.RequestTrace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each tenant used since this process started: requests and tokens as the upstreams reported them.
 *
 * <p>Safe for many threads. Held in memory only; nothing is charged by it.
 */
public final class UsageLedger {
  private final Map<String, UsageTotals> totals = new ConcurrentHashMap<>();

  /** Opens the entry of one request; closing it settles, also when the client has left. */
  public Entry open(Principal caller, RequestTrace trace) {
    return new Entry(totals.computeIfAbsent(caller.tenantId(), _ -> new UsageTotals()), trace);
  }

  /** The totals of a tenant, zero when it never called. */
  public UsageTotals of(String tenantId) {
    return totals.getOrDefault(tenantId, new UsageTotals());
  }

  /** One request's line, settled once. */
  public static final class Entry implements AutoCloseable {
    private final UsageTotals totals;
    private final RequestTrace trace;

    private Entry(UsageTotals totals, RequestTrace trace) {
      this.totals = totals;
      this.trace = trace;
    }

    @Override
    public void close() {
      totals.add(trace.tokensIn, trace.tokensOut);
    }
  }
}
