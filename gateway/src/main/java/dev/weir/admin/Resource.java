package dev.weir.admin;

import dev.weir.protocol.ErrorCode;
import dev.weir.protocol.GatewayException;
import dev.weir.protocol.InvalidDocument;
import dev.weir.store.AggregateStore;
import dev.weir.store.Page;
import dev.weir.store.Row;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * List, read, create, change and delete of one aggregate. Safe for many threads.
 *
 * <p>To add a resource: an {@code Aggregate} constant, its paths and schemas in {@code admin.yaml}, one line in {@code
 * AdminPlane}.
 */
final class Resource {
  /** What a document must hold besides its schema; called with the whole object as it will be. */
  @FunctionalInterface
  interface DocumentCheck {
    DocumentCheck NONE = _ -> {};

    /**
     * @throws InvalidDocument naming the field at fault
     */
    void check(ObjectNode document);
  }

  private final String singular;
  private final AggregateStore rows;
  private final DocumentCheck check;

  /**
   * @param singular as the contract's operation ids say it: {@code Tenant} for {@code createTenant} and {@code listTenants}
   */
  Resource(String singular, AggregateStore rows, DocumentCheck check) {
    this.singular = singular;
    this.rows = rows;
    this.check = check;
  }

  /** Answers all five operations. */
  void register(Operations operations) {
    registerReads(operations);
    operations.on("create" + singular, this::create);
    operations.on("update" + singular, request -> update(request, AggregateStore.Step.NONE));
    operations.on("delete" + singular, request -> delete(request, AggregateStore.Step.NONE));
  }

  void registerReads(Operations operations) {
    operations.on("list" + plural(), this::list);
    operations.on("get" + singular, this::get);
  }

  private String plural() {
    return singular.endsWith("y") && !singular.endsWith("ey")
        ? singular.substring(0, singular.length() - 1) + "ies"
        : singular + "s";
  }

  private Answer list(AdminRequest request) {
    var page = rows.list(
        request.actor(),
        request.queried("tenant_id"),
        request.queried("cursor").map(Cursor::read),
        request.limit());
    return Answer.page(new Page<>(page.entries(), page.next().map(Cursor::write)), Row::document);
  }

  private Answer get(AdminRequest request) {
    return Answer.of(200, rows.get(request.actor(), request.id()));
  }

  Answer create(AdminRequest request) {
    return create(request, request.body(), AggregateStore.Step.NONE);
  }

  /**
   * @param columns the members of the body that are columns
   * @param step what is written besides
   */
  Answer create(AdminRequest request, ObjectNode columns, AggregateStore.Step step) {
    return Answer.of(201, rows.insert(request.actor(), checked(columns), step));
  }

  Answer update(AdminRequest request, AggregateStore.Step step) {
    return update(request, request.body(), step);
  }

  Answer update(AdminRequest request, ObjectNode columns, AggregateStore.Step step) {
    return Answer.of(
        200,
        rows.update(
            request.actor(),
            request.update("update"),
            before -> {
              var merged = before.document().deepCopy();
              merged.setAll(columns);
              checked(merged);
              return columns;
            },
            step));
  }

  Answer delete(AdminRequest request, AggregateStore.Step step) {
    rows.delete(request.actor(), request.update("delete"), step);
    return Answer.nothing();
  }

  /** The same document, which holds what it must. */
  ObjectNode checked(ObjectNode document) {
    return reading(() -> {
      check.check(document);
      return document;
    });
  }

  /** What is read of a document, or the refusal that names the field at fault. */
  static <T> T reading(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidDocument wrong) {
      throw GatewayException.of(ErrorCode.INVALID_VALUE, String.valueOf(wrong.getMessage()))
          .param(wrong.path());
    }
  }
}
