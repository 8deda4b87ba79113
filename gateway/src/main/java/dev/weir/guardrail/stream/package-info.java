/**
 * Guardrails over answers that are still being written: what was found is taken out of a stream, however it was cut. Start at
 * {@code GuardedEvents}; hot path.
 *
 * <p>A protocol's streamed answer gets its guard by an {@code AnswerStream} of its own, chosen by the request's operation in
 * {@code GuardedEvents}. It knows the protocol's events and nothing of detectors: for each text that deltas add to it keeps a
 * {@code Channel}, sends on what {@code push} gives in place of the delta and what {@code end} gives before the event that
 * closes the text, passes other events on, and ends in the dialect once a channel's {@code stop} says so. Texts that events
 * repeat whole go through the same channel's result or through one of their own. It is called for one event after the other and
 * may take its time: where a service has to be asked, {@code ThreadedEvents} moves the whole stream off the event loop.
 */
@NullMarked
package dev.weir.guardrail.stream;

import org.jspecify.annotations.NullMarked;
