package dev.weir.redis;

/** Hears how Redis does. Must be quick and must not throw. */
public interface RedisObserver {
  /** Whether commands are sent. */
  enum State {
    CLOSED,
    OPEN
  }

  /** Nobody listens. */
  RedisObserver NONE = new RedisObserver() {
    @Override
    public void circuit(State state) {}

    @Override
    public void failed(String reason) {}
  };

  /** The link is used, or is left alone until Redis answers again. */
  void circuit(State state);

  /**
   * A command failed.
   *
   * @param reason one of few: timeout, refused, disconnected
   */
  void failed(String reason);
}
