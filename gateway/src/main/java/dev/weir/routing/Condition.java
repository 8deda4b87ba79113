package dev.weir.routing;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be true of a request for a case to hold: every part that is given. Immutable.
 *
 * @param models names or patterns with a trailing {@code *}, of which the name asked for must be one; empty: any
 * @param headers for each header's name in lower case, what its value may be
 * @param metadata the same for the tags of the request's {@code metadata}
 * @param tokens how long the request may be, in estimated tokens
 * @param time when
 * @param guardrails ids or groups of guardrails, of which one must have flagged the request; empty: none asked for
 */
public record Condition(
    List<String> models,
    Map<String, List<String>> headers,
    Map<String, List<String>> metadata,
    Optional<Tokens> tokens,
    Optional<TimeWindow> time,
    List<String> guardrails) {
  public Condition {
    models = List.copyOf(models);
    headers = Map.copyOf(headers);
    metadata = Map.copyOf(metadata);
    guardrails = List.copyOf(guardrails);
  }

  /** From the least to the most, both included. */
  public record Tokens(long least, long most) {}

  boolean holds(RequestFacts facts, Clock clock) {
    return (models.isEmpty() || Names.anyMatches(models, facts.asked()))
        && tokensFit(facts)
        && time.map(window -> window.holds(clock.instant())).orElse(true)
        && headersFit(facts)
        && metadataFits(facts)
        && (guardrails.isEmpty() || flagged(facts));
  }

  private boolean tokensFit(RequestFacts facts) {
    if (tokens.isEmpty()) {
      return true;
    }
    var estimate = facts.tokens();
    return estimate >= tokens.get().least() && estimate <= tokens.get().most();
  }

  private boolean headersFit(RequestFacts facts) {
    for (var header : headers.entrySet()) {
      var value = facts.header(header.getKey());
      if (value == null || !Names.anyMatches(header.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean metadataFits(RequestFacts facts) {
    for (var tag : metadata.entrySet()) {
      var value = facts.metadata(tag.getKey());
      if (value == null || !Names.anyMatches(tag.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean flagged(RequestFacts facts) {
    for (var flag : facts.flagged()) {
      for (var wanted : guardrails) {
        if (flag.equals(wanted) || flag.startsWith(wanted + ".")) {
          return true;
        }
      }
    }
    return false;
  }
}
