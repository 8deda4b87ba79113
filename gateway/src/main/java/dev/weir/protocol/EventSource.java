package dev.weir.protocol;

/**
 * A paused stream of server-sent events with back-pressure.
 *
 * <p>Events arrive one at a time, in order, never concurrently; every method here may be called from any thread.
 */
public interface EventSource {
  /** Starts the flow into the sink; called once. */
  void start(EventSink sink);

  /** Asks for no more events until {@link #resume()}; a few that are under way may still arrive. */
  void pause();

  void resume();

  /** Ends the upstream request now; the sink hears nothing more. Safe to call twice and after the end. */
  void cancel();
}
