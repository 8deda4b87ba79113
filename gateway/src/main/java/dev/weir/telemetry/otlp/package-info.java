/**
 * Traces and GenAI metrics over OTLP, for a collector; the only package that sees OpenTelemetry, loaded only where a collector is
 * configured. Start at {@link dev.weir.telemetry.otlp.Otlp}. Off the hot path but for a place in a queue and three numbers.
 */
@NullMarked
package dev.weir.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
