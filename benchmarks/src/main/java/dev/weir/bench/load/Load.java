package dev.weir.bench.load;

import java.io.IOException;

/** One way of sending requests. Each run opens its own connections and closes them. */
public sealed interface Load permits ClosedLoop, OpenLoop, StreamLoad, WrkLoad {
  /**
   * Sends requests until the window has passed; blocks for that long.
   *
   * @throws IOException when no connection can be had at all
   */
  Outcome run(Destination destination, Window window) throws IOException, InterruptedException;
}
