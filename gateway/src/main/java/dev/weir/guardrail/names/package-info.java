/**
 * Names of persons, places and organisations: a linear tagger over words, their neighbours and short lists. Start at {@code
 * NamesDetector}; hot path.
 */
@NullMarked
package dev.weir.guardrail.names;

import org.jspecify.annotations.NullMarked;
