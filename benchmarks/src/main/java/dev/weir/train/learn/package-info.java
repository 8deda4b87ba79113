/** Logistic regression over hashed features, and thresholds. Start at {@code Training}; not hot. */
@NullMarked
package dev.weir.train.learn;

import org.jspecify.annotations.NullMarked;
