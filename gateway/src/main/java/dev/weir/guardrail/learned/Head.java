package dev.weir.guardrail.learned;

import java.util.Optional;

/** One question that the shared features answer; its order is the order of the weights in their file. */
public enum Head {
  INJECTION("injection"),
  /** Any kind of toxicity, those without a category of their own included. */
  TOXICITY("toxicity"),
  HATE("toxicity.hate"),
  HARASSMENT("toxicity.harassment"),
  SEXUAL("toxicity.sexual"),
  VIOLENCE("toxicity.violence"),
  SELF_HARM("toxicity.self_harm"),
  PROFANITY("toxicity.profanity");

  /** How many there are: as many as a long has bytes. */
  public static final int COUNT = 8;

  private final String id;

  Head(String id) {
    this.id = id;
  }

  /** The dotted guardrail id. */
  public String id() {
    return id;
  }

  public static Optional<Head> of(String id) {
    for (var head : values()) {
      if (head.id.equals(id)) {
        return Optional.of(head);
      }
    }
    return Optional.empty();
  }
}
