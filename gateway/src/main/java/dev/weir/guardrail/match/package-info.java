/** Many words looked for at once, for detectors and for lists that operators write. Start at {@code Keywords}; hot path. */
@NullMarked
package dev.weir.guardrail.match;

import org.jspecify.annotations.NullMarked;
