package dev.weir.cli.litellm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Groups of deployments, aliases and fallbacks as routing policies: one for each name that clients ask for. Used by one thread. */
final class LiteLlmPolicies {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_RETRIES = 5;

  private final Map<String, List<Deployment>> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> fallbacks = new LinkedHashMap<>();
  private final Map<String, List<String>> aliases = new LinkedHashMap<>();
  private final Set<String> defaults = new LinkedHashSet<>();
  private final Notes notes;
  private String strategy = "weighted";
  private int retries = -1;

  LiteLlmPolicies(Notes notes) {
    this.notes = notes;
  }

  void add(Deployment deployment) {
    groups.computeIfAbsent(deployment.name(), _ -> new ArrayList<>()).add(deployment);
  }

  /** {@code routing_strategy}. */
  void strategy(Entry entry) {
    entry.text().ifPresent(name -> {
      strategy = switch (name) {
        case "simple-shuffle" -> "weighted";
        case "least-busy" -> "least_busy";
        case "latency-based-routing" -> "latency";
        case "cost-based-routing" -> "cheapest";
        default -> {
          notes.add(
              entry, "there is no strategy like " + name + "; least_busy stands in its place.");
          yield "least_busy";
        }
      };
    });
  }

  /** {@code num_retries}. */
  void retries(Entry entry) {
    entry.text().filter(text -> text.matches("[0-9]{1,6}")).ifPresent(text -> {
      retries = Math.min(MOST_RETRIES, Integer.parseInt(text));
      if (Integer.parseInt(text) > MOST_RETRIES) {
        notes.add(entry, "at most " + MOST_RETRIES + " retries.");
      }
    });
  }

  /** {@code model_group_alias}: names, each with a group or {@code {model: group, hidden: …}}. */
  void aliases(Entry entry) {
    entry.members().forEach((alias, group) -> {
      var name = group.text().or(() -> group.text("model")).orElse("");
      aliases.computeIfAbsent(name, _ -> new ArrayList<>()).add(alias);
      if (group.at("hidden").isTrue()) {
        notes.add(group.at("hidden"), "an alias is always listed by GET /v1/models.");
      }
    });
  }

  /** {@code fallbacks} and those for single reasons: a list of {@code {name: [names]}}. */
  void fallbacks(Entry entry) {
    for (var one : entry.elements()) {
      one.members().forEach((name, targets) -> {
        for (var target : targets.elements()) {
          target
              .text()
              .ifPresentOrElse(
                  text -> fallbacks
                      .computeIfAbsent(name, _ -> new LinkedHashSet<>())
                      .add(text),
                  () -> notes.add(
                      target, "a fallback with parameters of its own is not brought over."));
        }
      });
    }
    var reason = switch (entry.path().substring(entry.path().indexOf('.') + 1)) {
      case "context_window_fallbacks" -> "a prompt that is too long";
      case "content_policy_fallbacks" -> "a prompt that is refused";
      default -> "";
    };
    if (!reason.isEmpty() && entry.isThere()) {
      notes.add(
          entry,
          "these are tried after every failure that another model may cure, and not only after "
              + reason + ".");
    }
  }

  /** {@code default_fallbacks}. */
  void defaultFallbacks(Entry entry) {
    entry.elements().forEach(one -> one.text().ifPresent(defaults::add));
  }

  /** The policies, of this tenant. */
  ArrayNode policies(String tenant, Entry root) {
    var all = JSON.createArrayNode();
    groups.forEach((name, deployments) -> {
      if (name.contains("*")) {
        notes.add(
            deployments.getFirst().entry(),
            "names by pattern need no policy: ask for " + deployments.getFirst().target()
                + "<model>.");
        return;
      }
      var policy = all.addObject().put("tenant", tenant).put("name", name);
      var names = policy.putObject("match").putArray("models").add(name);
      aliases.getOrDefault(name, List.of()).forEach(names::add);
      policy.set("strategy", strategy(name));
    });
    for (var missing : fallbacks.keySet()) {
      if (!groups.containsKey(missing)) {
        notes.add(
            root.at("router_settings"),
            "fallbacks of " + missing + ", which is no model_name, are not brought over.");
      }
    }
    return all;
  }

  private ObjectNode strategy(String name) {
    var next = new LinkedHashSet<>(fallbacks.getOrDefault(name, Set.of()));
    next.addAll(defaults);
    next.remove(name);
    var own = group(name);
    var spare = next.stream().filter(this::known).map(this::group).toList();
    var whole = own;
    if (!spare.isEmpty() || !own.has("type")) {
      whole = JSON.createObjectNode().put("type", "fallback");
      var targets = whole.putArray("targets").add(own);
      spare.forEach(targets::add);
    }
    if (retries >= 0) {
      whole.putObject("attempts").put("retries", retries);
    }
    return whole;
  }

  private boolean known(String group) {
    if (!groups.containsKey(group)) {
      notes.add(Entry.none(), "the fallback " + group + " is no model_name and not brought over.");
    }
    return groups.containsKey(group);
  }

  /** One target, or the strategy over several; what falls back from them is not in it, so that no circle can be. */
  private ObjectNode group(String name) {
    var deployments = groups.getOrDefault(name, List.of());
    if (deployments.size() == 1) {
      return JSON.createObjectNode().put("model", deployments.getFirst().target());
    }
    var node = JSON.createObjectNode().put("type", strategy);
    var targets = node.putArray("targets");
    for (var deployment : deployments) {
      var target = targets.addObject().put("model", deployment.target());
      if (strategy.equals("weighted")) {
        target.put("weight", deployment.weight());
      }
    }
    return node;
  }
}
