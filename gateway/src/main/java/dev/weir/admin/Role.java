package dev.weir.admin;

import java.util.Locale;

/** What an admin may do, each role including those before it. */
public enum Role {
  /** Reads everything in its scope but the audit log. */
  VIEWER,
  /** Also makes, changes, rotates and revokes keys. */
  OPERATOR,
  /** Also changes the tenancy, providers and models, and reads the audit log. */
  ADMIN,
  /** Also makes and changes admins. */
  OWNER;

  /** The role of this name as the API spells it. */
  public static Role of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
