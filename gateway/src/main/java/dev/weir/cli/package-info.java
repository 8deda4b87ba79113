/** The commands. Start at {@code WeirCommand}; not hot path. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
