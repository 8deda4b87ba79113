package dev.weir.protocol;

/** A pure step on the way of a stream's events: sees each, may change, drop or add. Runs on the thread that delivers them. */
@FunctionalInterface
public interface EventStage {
  /** The sink that does this step's work and hands its outcome to the next. */
  EventSink before(EventSink next);

  /** A source with this step between it and its sink. */
  default EventSource over(EventSource source) {
    return new EventSource() {
      @Override
      public void start(EventSink sink) {
        source.start(before(sink));
      }

      @Override
      public void pause() {
        source.pause();
      }

      @Override
      public void resume() {
        source.resume();
      }

      @Override
      public void cancel() {
        source.cancel();
      }
    };
  }
}
