package dev.weir.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcFilesTest {
  @Test
  void a_process_name_may_hold_anything() {
    var line = "4242 (a) b (c) S 17 4242 4242 0 -1 4194560 9 8 7 6 100 20 3 4 20 0 1 0 5 6 7 8";
    assertThat(ProcessStat.parse(line)).isEqualTo(new ProcessStat(4242, 17, 127));
  }

  @Test
  void busy_and_stolen_time_are_counted_for_the_cores_asked_for() {
    var before = CoreTimes.parse(
        List.of("cpu  9 9 9 9 9 9 9 9 9 9", "cpu0 0 0 0 0 0 0 0 0 0 0", "cpu1 5 5 5 5"), Set.of(0));
    var after = CoreTimes.parse(
        List.of("cpu0 50 1 30 100 5 2 2 10 40 0", "cpu1 7 7 7 7 7 7 7 7 7 7", "intr 1"), Set.of(0));
    var used = after.since(before);
    assertThat(used).isEqualTo(new CoreTimes(95, 10, 200));
    assertThat(used.busyShare()).isCloseTo(0.475, within(1e-9));
    assertThat(used.stealShare()).isCloseTo(0.05, within(1e-9));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_tree_holds_the_children_and_their_time() throws Exception {
    var child = new ProcessBuilder("sh", "-c", "sleep 5 & wait").start();
    try {
      var self = ProcessHandle.current().pid();
      assertThat(ProcFiles.tree(Set.of(self)))
          .extracting(ProcessStat::pid)
          .contains(self, child.pid());
      assertThat(ProcFiles.cpuMicros(Set.of(self))).isPositive();
      assertThat(ProcFiles.residentKib(self)).isGreaterThan(10_000);
      assertThat(ProcFiles.tree(Set.of(child.pid())))
          .extracting(ProcessStat::pid)
          .doesNotContain(self);
    } finally {
      child.descendants().forEach(ProcessHandle::destroy);
      child.destroy();
    }
  }
}
