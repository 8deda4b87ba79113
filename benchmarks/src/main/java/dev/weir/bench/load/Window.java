package dev.weir.bench.load;

import java.time.Duration;

/**
 * When a load is measured.
 *
 * @param warmUp load before that, which counts for nothing
 * @param length of what counts
 * @param border told when the window begins and ends, so that others can read their meters then
 */
public record Window(Duration warmUp, Duration length, Border border) {
  /** Reads meters. Called on a thread of the load: must be quick. */
  public interface Border {
    /** Nobody listens. */
    Border NONE = new Border() {
      @Override
      public void begins() {}

      @Override
      public void ends() {}
    };

    void begins();

    void ends();
  }

  public static Window of(Duration warmUp, Duration length) {
    return new Window(warmUp, length, Border.NONE);
  }
}
