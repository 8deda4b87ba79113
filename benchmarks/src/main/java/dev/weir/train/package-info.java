/**
 * Makes the weights of the learned guardrails from a folder of labelled texts. Start at {@code TrainCommand}; not hot:
 * runs by hand, in minutes.
 */
@NullMarked
package dev.weir.train;

import org.jspecify.annotations.NullMarked;
