/** Labelled texts and where they come from. Start at {@code DataFolder}; not hot. */
@NullMarked
package dev.weir.train.data;

import org.jspecify.annotations.NullMarked;
