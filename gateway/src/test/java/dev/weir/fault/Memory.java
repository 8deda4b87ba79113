package dev.weir.fault;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM holds: the test and the gateway in it share one, so growth is an upper bound of the gateway's. */
final class Memory {
  private Memory() {}

  /** Live bytes on the heap, after collections, and bytes outside of it. */
  static long used() {
    for (var i = 0; i < 3; i++) {
      System.gc();
    }
    var direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        // netty's own count, and the JVM's, which may hold the same bytes
        + Math.max(direct, PlatformDependent.usedDirectMemory());
  }
}
