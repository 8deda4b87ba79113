package dev.weir.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A part of the day on some days of the week, by the clocks of one zone. Immutable.
 *
 * @param days on which the window begins; empty: every day
 * @param from the first moment in it
 * @param to the first moment after it; not after {@code from}: the window goes on past midnight
 */
public record TimeWindow(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public TimeWindow {
    days = Set.copyOf(days);
  }

  boolean holds(Instant moment) {
    var local = moment.atZone(zone);
    var time = local.toLocalTime();
    var today = local.getDayOfWeek();
    if (from.isBefore(to)) {
      return !time.isBefore(from) && time.isBefore(to) && on(today);
    }
    return (!time.isBefore(from) && on(today)) || (time.isBefore(to) && on(today.minus(1)));
  }

  private boolean on(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
