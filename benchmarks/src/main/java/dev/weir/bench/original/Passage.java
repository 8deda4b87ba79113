package dev.weir.bench.original;

import dev.weir.bench.stats.Percentiles;
import java.util.List;

/**
 * One way to the keys, measured: a column of the table. Immutable. Times in microseconds, from the time at which a request
 * was due to the end of its answer, the mock upstream's own time included.
 *
 * @param name of the column
 * @param latency through the gateway
 * @param direct the same load on the mock itself, just before
 * @param perSecond asked for, and answered as long as {@code failures} is 0
 * @param statements that PostgreSQL ran, for each request
 * @param saturated requests a second of one connected core at its limit; 0: not measured in this column
 * @param disturbed what else happened on the machine; empty when nothing did
 */
public record Passage(
    String name,
    Percentiles latency,
    Percentiles direct,
    double perSecond,
    long failures,
    double statements,
    double saturated,
    List<String> disturbed) {}
