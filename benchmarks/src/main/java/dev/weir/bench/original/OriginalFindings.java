package dev.weir.bench.original;

import dev.weir.bench.report.Results;
import java.util.List;

/**
 * The whole of such a run as it is kept. Immutable.
 *
 * @param at ISO 8601, UTC
 * @param commit of the sources, or empty
 * @param tenants each with a department, a team, ten keys, and a guardrail profile on every level
 */
public record OriginalFindings(
    String at,
    String commit,
    Results.Machine machine,
    int tenants,
    int keys,
    List<Passage> passages) {
  /** As SVG. */
  public String picture() {
    return OriginalPicture.of(this);
  }
}
