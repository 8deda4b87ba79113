package dev.weir.guardrail.names;

/** What a word is part of; the order is that of the weights in their file. */
public enum NameKind {
  OTHER(""),
  PERSON("pii.person"),
  LOCATION("pii.location"),
  ORGANIZATION("pii.organization");

  /** How many there are. */
  public static final int COUNT = 4;

  private final String id;

  NameKind(String id) {
    this.id = id;
  }

  /** The dotted guardrail id; empty for what is no name. */
  public String id() {
    return id;
  }
}
