package dev.weir.protocol.conversation;

import java.util.List;
import java.util.Optional;

/**
 * One turn of a conversation. Immutable.
 *
 * @param name of the participant, where a protocol names one
 */
public record Turn(Role role, List<Part> parts, Optional<String> name) {
  public Turn {
    parts = List.copyOf(parts);
  }

  public static Turn of(Role role, Part... parts) {
    return new Turn(role, List.of(parts), Optional.empty());
  }
}
