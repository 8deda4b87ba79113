package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the names in one tenant's policies, each policy once. Not thread-safe.
 *
 * <p>Aliases are names of other policies: they are followed, and a line that comes back to where it began is refused.
 */
final class PolicyCompiler {
  /** The most targets in one plan, aliases followed. */
  static final int MOST_TARGETS = 128;

  /** The most strategies above a target, aliases followed. */
  static final int DEEPEST = 16;

  private final Catalogue catalogue;
  private final Prices prices;
  private final Gaps gaps;
  private final Map<String, RoutingPolicy> policies = new LinkedHashMap<>();
  private final Map<String, String> aliases;
  private final Map<String, Choice> done = new HashMap<>();
  private final Map<String, InvalidDocument> failed = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  /** The longest line that is followed at all; only a circle is that long, for lines are compiled from their end. */
  private static final int MOST_UNDER_WAY = 64;

  private static final int LONGEST_REASON = 300;

  /** What to do about a name that means nothing. */
  enum Gaps {
    /** Refuse the policy: it is being saved, and can still be put right. */
    REFUSE,
    /** Leave the target out where others remain: what was saved must go on working when a provider goes. */
    LEAVE_OUT
  }

  /**
   * @param policies all of a tenant's, the one that is being saved among them
   */
  PolicyCompiler(Catalogue catalogue, Prices prices, List<PlacedPolicy> policies, Gaps gaps) {
    this.catalogue = catalogue;
    this.prices = prices;
    this.gaps = gaps;
    this.aliases = RoutingCompiler.aliases(policies);
    for (var placed : policies) {
      this.policies.put(placed.id(), placed.policy());
    }
    for (var policy : PolicyOrder.of(this.policies, this.aliases)) {
      var _ = compiles(policy);
    }
  }

  private boolean compiles(RoutingPolicy policy) {
    try {
      var _ = compile(policy);
      return true;
    } catch (InvalidDocument _) {
      // kept, and thrown to whoever asks for this policy
      return false;
    }
  }

  /**
   * One policy, compiled.
   *
   * @throws InvalidDocument with the path of what names nothing, comes back to itself or grows too large
   */
  Choice compile(RoutingPolicy policy) {
    var known = done.get(policy.id());
    if (known != null) {
      return known;
    }
    var failure = failed.get(policy.id());
    if (failure != null) {
      throw failure;
    }
    underWay.add(policy.id());
    try {
      var choice = compile(policy, policy.strategy(), "strategy");
      bounded(choice);
      done.put(policy.id(), choice);
      return choice;
    } catch (InvalidDocument wrong) {
      failed.put(policy.id(), wrong);
      throw wrong;
    } finally {
      underWay.remove(policy.id());
    }
  }

  private static void bounded(Choice choice) {
    if (choice.size() > MOST_TARGETS || choice.depth() > DEEPEST) {
      throw new InvalidDocument(
          "strategy",
          "With its aliases followed, a policy may hold " + MOST_TARGETS + " targets, " + DEEPEST
              + " strategies deep.");
    }
  }

  private Choice compile(RoutingPolicy policy, Strategy strategy, String place) {
    var choices = new ArrayList<Choice>();
    var salts = new ArrayList<Long>();
    var sources = new ArrayList<Integer>();
    Optional<InvalidDocument> gap = Optional.empty();
    for (var i = 0; i < strategy.branches().size(); i++) {
      var branch = strategy.branches().get(i);
      try {
        var at = place + "." + strategy.place(i);
        choices.add(resolve(policy, branch, at));
        salts.add(StableHash.of(salt(branch, at)));
        sources.add(i);
      } catch (InvalidDocument wrong) {
        if (gaps == Gaps.REFUSE || strategy instanceof Strategy.Conditional) {
          throw wrong;
        }
        gap = Optional.of(wrong);
      }
    }
    if (choices.isEmpty()) {
      throw gap.orElseThrow();
    }
    var salt = StableHash.of(policy.id() + "/" + place);
    return new Choice.Of(strategy, place, salt, choices, salts, sources);
  }

  // two targets of the same name must not draw the same lot, so nested ones go by their place
  private static String salt(Branch branch, String place) {
    return switch (branch) {
      case Branch.Model(var name) -> "model " + name;
      case Branch.Policy(var id) -> "policy " + id;
      case Branch.Nested _ -> "at " + place;
    };
  }

  private Choice resolve(RoutingPolicy policy, Branch branch, String place) {
    return switch (branch) {
      case Branch.Model(var name) -> model(name, place + ".model");
      case Branch.Policy(var id) -> {
        var other = policies.get(id);
        if (other == null) {
          throw new InvalidDocument(
              place + ".routing_policy_id", "There is no active policy " + id + " in this tenant.");
        }
        yield follow(other, place + ".routing_policy_id");
      }
      case Branch.Nested(var strategy) -> compile(policy, strategy, place);
    };
  }

  private Choice model(String name, String place) {
    if (!catalogue.addresses(name)) {
      var alias = aliases.get(name);
      var other = alias == null ? null : policies.get(alias);
      if (other != null) {
        return follow(other, place);
      }
    }
    var target = catalogue.find(name).orElseThrow(() -> new InvalidDocument(place, unknown(name)));
    return new Choice.One(target, prices.of(target));
  }

  private String unknown(String name) {
    var slash = name.indexOf('/');
    return catalogue.addresses(name)
        ? "The provider " + name.substring(0, slash) + " has no model " + name.substring(slash + 1)
            + "."
        : "There is no model, alias or <provider>/<model> named " + name + ".";
  }

  private Choice follow(RoutingPolicy to, String place) {
    if (underWay.contains(to.id())) {
      throw new InvalidDocument(
          place,
          "Leads back to the policy " + to.name() + ", which would never end. Name a target as"
              + " <provider>/<model>.");
    }
    if (underWay.size() >= MOST_UNDER_WAY) {
      throw new InvalidDocument(place, "Leads through more than " + MOST_UNDER_WAY + " policies.");
    }
    try {
      return compile(to);
    } catch (InvalidDocument wrong) {
      throw new InvalidDocument(
          place,
          "Leads to the policy " + to.name() + ", of which " + wrong.path() + " is at fault: "
              + text(wrong));
    }
  }

  // a long line must not become a long text
  private static String text(InvalidDocument wrong) {
    var text = String.valueOf(wrong.getMessage());
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
