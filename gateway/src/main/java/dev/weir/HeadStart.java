package dev.weir;

import dev.weir.admin.AdminContract;
import dev.weir.guardrail.Detectors;
import io.vertx.core.Vertx;

/**
 * What a gateway loads first, loaded beside the wait for the database: the results are dropped, and classes, tables and native
 * code stay.
 */
public final class HeadStart {
  private HeadStart() {}

  /** Begins, on a thread of its own, where there is a core for it. */
  public static void begin() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return;
    }
    var _ = Thread.ofPlatform().daemon().name("head-start").start(HeadStart::load);
  }

  private static void load() {
    var vertx = Vertx.vertx();
    var _ = AdminContract.load();
    var _ = Detectors.builtIn();
    var _ = vertx.close();
  }
}
