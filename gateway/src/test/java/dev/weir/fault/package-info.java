/** The rows of the fault table, by their numbers. */
@NullMarked
package dev.weir.fault;

import org.jspecify.annotations.NullMarked;
