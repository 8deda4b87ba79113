package dev.weir.protocol;

import java.util.function.Consumer;

/** Cuts one stream's bytes into whole frames, wherever the network cut them before. Not thread-safe: one stream. */
public interface FrameSplitter {
  /**
   * Takes the next bytes of the stream and hands over each frame that they complete.
   *
   * @param chunk belongs to the splitter from now on
   * @throws GatewayException UPSTREAM_INVALID_RESPONSE for a frame that is too large or damaged; the splitter is of no use
   *     after it
   */
  void feed(byte[] chunk, Consumer<byte[]> frames);

  /** Whether bytes of a frame that never ended are left: at the end of a stream, the sign of a cut. */
  boolean remainder();
}
