package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.store.Actor;
import dev.weir.store.AggregateStore;
import dev.weir.store.Row;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that was let in and whose form was checked. Immutable by contract.
 *
 * @param pathId the object's id as sent; empty for operations on all
 * @param query the parameters that were sent, checked
 * @param body as checked by the contract; without members for operations that take none
 * @param ifMatch the header as sent
 */
record AdminRequest(
    Caller caller,
    Optional<String> pathId,
    Map<String, String> query,
    ObjectNode body,
    Optional<String> ifMatch) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final int DEFAULT_LIMIT = 50;

  Actor actor() {
    return caller.actor();
  }

  /** The object's id; what cannot be one is not there. */
  String id() {
    return pathId.filter(id -> ID.matcher(id).matches()).orElseThrow(AggregateStore::notFound);
  }

  Optional<String> queried(String name) {
    return Optional.ofNullable(query.get(name));
  }

  int limit() {
    return queried("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
  }

  /** A change of the object that is named, if it still is as the caller knows it. */
  AggregateStore.Update update(String action) {
    return new AggregateStore.Update(action, id(), fits());
  }

  /** RFC 9110 §13.1.1: no If-Match, or an asterisk, fits everything that is there. */
  private Predicate<Row> fits() {
    if (ifMatch.isEmpty() || ifMatch.get().strip().equals("*")) {
      return _ -> true;
    }
    var tags = ifMatch.get().split(",", -1);
    return row -> {
      for (var tag : tags) {
        if (tag.strip().equals(Answer.etag(row))) {
          return true;
        }
      }
      return false;
    };
  }

  /** What a caller who may not do this is told. */
  static GatewayException denied(String why) {
    return GatewayException.of(ErrorCode.PERMISSION_DENIED, why);
  }
}
