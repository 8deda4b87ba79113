package dev.weir.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static boolean holds(TimeWindow window, String moment) {
    return window.holds(Instant.parse(moment));
  }

  @Test
  void a_window_follows_the_clocks_of_its_zone() {
    var office = new TimeWindow(BERLIN, Set.of(), LocalTime.of(8, 0), LocalTime.of(18, 0));
    assertThat(holds(office, "2026-01-15T07:00:00Z")).isTrue();
    assertThat(holds(office, "2026-01-15T06:59:59Z")).isFalse();
    assertThat(holds(office, "2026-07-15T06:00:00Z")).isTrue();
    assertThat(holds(office, "2026-07-15T16:00:00Z")).isFalse();
  }

  @Test
  void a_window_past_midnight_belongs_to_the_day_it_begins_on() {
    var night =
        new TimeWindow(BERLIN, Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0));
    assertThat(holds(night, "2026-11-27T21:30:00Z")).isTrue();
    assertThat(holds(night, "2026-11-28T04:30:00Z")).isTrue();
    assertThat(holds(night, "2026-11-28T05:30:00Z")).isFalse();
    assertThat(holds(night, "2026-11-28T21:30:00Z")).isFalse();
  }

  @Test
  void without_times_it_is_the_whole_day() {
    var sunday =
        new TimeWindow(BERLIN, Set.of(DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    assertThat(holds(sunday, "2026-11-28T23:00:00Z")).isTrue();
    assertThat(holds(sunday, "2026-11-29T22:59:00Z")).isTrue();
    assertThat(holds(sunday, "2026-11-29T23:00:00Z")).isFalse();
  }
}
