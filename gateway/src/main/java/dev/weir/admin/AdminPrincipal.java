package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import java.util.Optional;

/**
 * Who is calling the admin API. Immutable.
 *
 * @param tenantId the one tenant this admin is bound to; empty: the whole gateway
 */
public record AdminPrincipal(String id, String name, Role role, Optional<String> tenantId) {
  /** Refuses what the role does not include. */
  void require(Role needed) {
    if (!role.includes(needed)) {
      throw denied(
          "This needs the role " + needed.label() + "; this token has " + role.label() + ".");
    }
  }

  /** Refuses an admin of one tenant where something belongs to the whole gateway. */
  void requireGlobal(String what) {
    if (tenantId.isPresent()) {
      throw denied(what + " belong to the whole gateway; this token is bound to one tenant.");
    }
  }

  private static GatewayException denied(String message) {
    return GatewayException.of(ErrorCode.PERMISSION_DENIED, message);
  }
}
