/** Figures of a training, as text. Start at {@code CrossValidation}; not hot. */
@NullMarked
package dev.weir.train.report;

import org.jspecify.annotations.NullMarked;
