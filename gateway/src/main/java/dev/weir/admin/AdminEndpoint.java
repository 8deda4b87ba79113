package dev.weir.admin;

import dev.weir.pipeline.Endpoint;
import dev.weir.pipeline.Exchange;
import dev.weir.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation on its path: who may, what was asked, the answer. Safe for many threads. */
final class AdminEndpoint implements Endpoint {
  /** On every answer: what is told here is for this caller and this page. */
  static final List<Map.Entry<String, String>> SAFE = List.of(
      Map.entry("cache-control", "no-store"),
      Map.entry("x-content-type-options", "nosniff"),
      Map.entry("cross-origin-resource-policy", "same-origin"));

  private static final byte[] NO_BODY = new byte[0];

  private final AdminOperation operation;
  private final AdminContract contract;
  private final Gate gate;
  private final Operations.Handler handler;

  AdminEndpoint(
      AdminOperation operation, AdminContract contract, Gate gate, Operations.Handler handler) {
    this.operation = operation;
    this.contract = contract;
    this.gate = gate;
    this.handler = handler;
  }

  @Override
  public void handle(Exchange exchange) {
    var caller = gate.admit(exchange, operation);
    var request = new AdminRequest(
        caller,
        operation.ofOne() ? Optional.of(exchange.pathParameter("id")) : Optional.empty(),
        QueryCheck.read(operation.query(), exchange.rawQuery()),
        contract.read(operation, operation.bodySchema().isEmpty() ? NO_BODY : exchange.body()),
        Optional.ofNullable(exchange.header("if-match")));
    answer(exchange, handler.handle(request));
  }

  private static void answer(Exchange exchange, Answer answer) {
    var headers = new ArrayList<>(SAFE);
    answer.etag().ifPresent(tag -> headers.add(Map.entry("etag", tag)));
    var body = answer.document().map(AdminContract::write).orElse(NO_BODY);
    var type = body.length == 0 ? "" : "application/json";
    var _ = exchange.relay(new Reply.Whole(answer.status(), type, headers, body));
  }
}
