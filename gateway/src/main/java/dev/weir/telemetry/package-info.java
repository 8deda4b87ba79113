/** What a request was seen to do: stage times, metrics, logs. Start at {@code RequestTrace}; hot path. The only user of the metrics library. */
@NullMarked
package dev.weir.telemetry;

import org.jspecify.annotations.NullMarked;
