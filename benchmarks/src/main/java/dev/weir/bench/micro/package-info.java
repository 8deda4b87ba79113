/** JMH benchmarks of the gateway's hot classes. Start at {@code Micro}; each class is what it measures. */
@NullMarked
package dev.weir.bench.micro;

import org.jspecify.annotations.NullMarked;
