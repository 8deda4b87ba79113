/** Check digits and structures of identifiers, country by country; pure arithmetic. Start at {@code Checksums}; hot path. */
@NullMarked
package dev.weir.guardrail.pii.check;

import org.jspecify.annotations.NullMarked;
