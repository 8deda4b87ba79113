/** Secrets at rest: envelopes under the installation's encryption key. Start at {@code EncryptionKeys}; not hot path. */
@NullMarked
package dev.weir.seal;

import org.jspecify.annotations.NullMarked;
