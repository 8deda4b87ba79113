package dev.weir.snapshot;

import dev.weir.routing.TenantRouting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views of all tenants. Immutable; a copy with one view changed shares all but one of its 256 parts, so that a change costs
 * the same whether there are ten tenants or a hundred thousand.
 */
final class TenantViews {
  private static final int PARTS = 256;
  static final TenantViews NONE = new TenantViews(Collections.nCopies(PARTS, Map.of()));

  private final List<Map<String, TenantView>> parts;

  private TenantViews(List<Map<String, TenantView>> parts) {
    this.parts = parts;
  }

  @Nullable
  TenantView find(String tenantId) {
    return parts.get(part(tenantId)).get(tenantId);
  }

  /** A tenant's policies and API routes. */
  TenantRouting routing(String tenantId) {
    var view = find(tenantId);
    return view == null ? TenantRouting.NONE : view.routing().compiled();
  }

  /** These views instead of those that were; a tenant without documents is left out. */
  TenantViews with(Collection<TenantView> changed) {
    var next = new ArrayList<>(parts);
    var copied = new HashMap<Integer, Map<String, TenantView>>();
    for (var view : changed) {
      var part = copied.computeIfAbsent(part(view.tenantId()), at -> new HashMap<>(parts.get(at)));
      if (view.documents().equals(TenantDocuments.none(view.tenantId()))) {
        part.remove(view.tenantId());
      } else {
        part.put(view.tenantId(), view);
      }
    }
    copied.forEach((at, part) -> next.set(at, Map.copyOf(part)));
    return new TenantViews(List.copyOf(next));
  }

  /** Each view turned into another. */
  TenantViews each(UnaryOperator<TenantView> change) {
    return NONE.with(all().map(change).toList());
  }

  Stream<TenantView> all() {
    return parts.stream().flatMap(part -> part.values().stream());
  }

  private static int part(String tenantId) {
    var hash = tenantId.hashCode();
    return (hash ^ hash >>> 8 ^ hash >>> 16) & (PARTS - 1);
  }
}
