/** Where texts stand in the documents of all protocols, and how to change one without touching the rest. Start at {@code DocumentTexts}; hot path. */
@NullMarked
package dev.weir.guardrail.text;

import org.jspecify.annotations.NullMarked;
