/** Texts made from grammars, seeded. Start at {@code Generated}; not hot. */
@NullMarked
package dev.weir.train.generate;

import org.jspecify.annotations.NullMarked;
