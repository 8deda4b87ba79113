/** What the configuration file declares, brought into the database at the start and at each change of the file. Start at {@code DeclaredFile}; not hot path. */
@NullMarked
package dev.weir.declared;

import org.jspecify.annotations.NullMarked;
