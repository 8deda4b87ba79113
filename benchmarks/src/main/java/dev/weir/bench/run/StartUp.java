package dev.weir.bench.run;

import java.util.Locale;

/**
 * One start of a service. Immutable.
 *
 * @param round 1 is the first in a fresh folder: databases are made then
 * @param seconds from starting the process to its first 200
 * @param residentMib of its own process after two idle seconds; {@code treeMib} with the processes that it started, shared
 *     pages counted for each
 */
public record StartUp(
    int round, String service, double seconds, double residentMib, double treeMib) {
  String line() {
    return String.format(
        Locale.ROOT,
        "  round %d start      %-10s first 200 after %.2f s, idle %.0f MiB, with its children %.0f MiB",
        round,
        service,
        seconds,
        residentMib,
        treeMib);
  }
}
