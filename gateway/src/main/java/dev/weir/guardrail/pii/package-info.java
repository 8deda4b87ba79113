/**
 * Personal identifiers in a text: one scan that finds candidates by the bytes they are made of, and a table that says for
 * each identifier how it is written, checked and announced. Start at {@code PiiDetector}, then {@code Identifiers}; hot path.
 */
@NullMarked
package dev.weir.guardrail.pii;

import org.jspecify.annotations.NullMarked;
