/** The whole gateway, and the real servers that tests run it with. */
@NullMarked
package dev.weir.it;

import org.jspecify.annotations.NullMarked;
