package dev.weir.routing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.protocol.InvalidDocument;
import dev.weir.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads one policy's documents strictly, within bounds of depth and size. Not thread-safe: it counts. */
final class PolicyReader {
  static final int MOST_NAMES = 100;
  static final int MOST_BRANCHES = 32;
  static final int MOST_NESTED = 8;
  static final int MOST_IN_ALL = 128;
  static final int LONGEST_NAME = 256;
  private static final double MOST_WEIGHT = 1_000_000;

  private static final String TYPES =
      "fallback, weighted, latency, least_busy, cheapest, conditional";

  private int branches;

  static Set<String> match(String json) {
    var match = StrictObject.document(json, "match");
    var names = new LinkedHashSet<String>();
    match.optional("models").ifPresent(models -> {
      var i = 0;
      for (var element : StrictObject.list(models, "match.models", MOST_NAMES)) {
        var path = "match.models[" + i++ + "]";
        var name = StrictObject.text(element, path, LONGEST_NAME);
        if (name.contains("*")) {
          throw new InvalidDocument(
              path,
              "Must be a whole name; a policy without models answers for every name on the levels"
                  + " that name it.");
        }
        if (!names.add(name)) {
          throw new InvalidDocument(path, "The name " + name + " is listed twice.");
        }
      }
    });
    match.end();
    return names;
  }

  RoutingPolicy read(
      String id, String name, long version, Set<String> models, String strategyJson) {
    var document = StrictObject.document(strategyJson, "strategy");
    var attempts = document
        .optional("attempts")
        .map(value -> AttemptRules.read(value, document.path("attempts")))
        .orElse(AttemptRules.DEFAULT);
    return new RoutingPolicy(id, name, version, models, strategy(document, 1), attempts);
  }

  private Strategy strategy(StrictObject document, int depth) {
    if (depth > MOST_NESTED) {
      throw new InvalidDocument(
          document.path(), "Strategies may be nested " + MOST_NESTED + " deep.");
    }
    var type = document.text("type", LONGEST_NAME);
    var strategy = switch (type) {
      case "fallback" -> new Strategy.Fallback(targets(document, depth));
      case "weighted" -> weighted(document, depth);
      case "latency" -> new Strategy.Latency(targets(document, depth));
      case "least_busy" -> new Strategy.LeastBusy(targets(document, depth));
      case "cheapest" -> new Strategy.Cheapest(targets(document, depth));
      case "conditional" -> conditional(document, depth);
      default -> throw new InvalidDocument(document.path("type"), "Must be one of: " + TYPES + ".");
    };
    document.end();
    return strategy;
  }

  private List<Branch> targets(StrictObject document, int depth) {
    var found = new ArrayList<Branch>();
    var path = document.path("targets");
    for (var element : document.list("targets", MOST_BRANCHES)) {
      var target = StrictObject.of(element, path + "[" + found.size() + "]");
      found.add(branch(target, depth));
      target.end();
    }
    return found;
  }

  private Strategy weighted(StrictObject document, int depth) {
    var found = new ArrayList<Branch>();
    var weights = new ArrayList<Double>();
    var path = document.path("targets");
    for (var element : document.list("targets", MOST_BRANCHES)) {
      var target = StrictObject.of(element, path + "[" + found.size() + "]");
      weights.add(weight(target.required("weight"), target.path("weight")));
      found.add(branch(target, depth));
      target.end();
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      throw new InvalidDocument(path, "At least one weight must be above 0.");
    }
    var sticky = document
        .optionalText("sticky", LONGEST_NAME)
        .map(word -> sticky(word, document.path("sticky")))
        .orElse(Strategy.Weighted.Sticky.NONE);
    return new Strategy.Weighted(found, weights, sticky);
  }

  private static double weight(JsonValue value, String path) {
    if (value.is(JsonValue.Type.NUMBER)) {
      var weight = Double.parseDouble(new String(value.bytes(), US_ASCII));
      if (weight >= 0 && weight <= MOST_WEIGHT) {
        return weight;
      }
    }
    throw new InvalidDocument(path, "Must be a number from 0 to 1000000.");
  }

  private static Strategy.Weighted.Sticky sticky(String word, String path) {
    return switch (word) {
      case "none" -> Strategy.Weighted.Sticky.NONE;
      case "user" -> Strategy.Weighted.Sticky.USER;
      case "key" -> Strategy.Weighted.Sticky.KEY;
      default -> throw new InvalidDocument(path, "Must be one of: none, user, key.");
    };
  }

  private Strategy conditional(StrictObject document, int depth) {
    var conditions = new ArrayList<Condition>();
    var found = new ArrayList<Branch>();
    var path = document.path("cases");
    for (var element : document.list("cases", MOST_BRANCHES)) {
      var one = StrictObject.of(element, path + "[" + conditions.size() + "]");
      conditions.add(ConditionReader.read(StrictObject.of(one.required("when"), one.path("when"))));
      found.add(whole(one, "target", depth));
      one.end();
    }
    found.add(whole(document, "default", depth));
    return new Strategy.Conditional(conditions, found);
  }

  private Branch whole(StrictObject holder, String name, int depth) {
    var target = StrictObject.of(holder.required(name), holder.path(name));
    var branch = branch(target, depth);
    target.end();
    return branch;
  }

  private Branch branch(StrictObject target, int depth) {
    if (++branches > MOST_IN_ALL) {
      throw new InvalidDocument(
          "strategy", "A policy may hold " + MOST_IN_ALL + " targets in all.");
    }
    var model = target.optionalText("model", LONGEST_NAME);
    var policy = target.optionalText("routing_policy_id", LONGEST_NAME);
    if (model.isPresent() && policy.isEmpty() && !target.has("type")) {
      return new Branch.Model(model.get());
    }
    if (policy.isPresent() && model.isEmpty() && !target.has("type")) {
      return new Branch.Policy(policy.get());
    }
    if (target.has("type") && model.isEmpty() && policy.isEmpty()) {
      return new Branch.Nested(strategy(target, depth + 1));
    }
    throw new InvalidDocument(
        target.path(),
        "Must say one of: model, routing_policy_id, or type for a strategy of its own.");
  }
}
