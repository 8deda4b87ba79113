/** Makes the tagger of names: sentences with marked names in, weights and figures out. Start at {@code NameTraining}; not hot. */
@NullMarked
package dev.weir.train.names;

import org.jspecify.annotations.NullMarked;
