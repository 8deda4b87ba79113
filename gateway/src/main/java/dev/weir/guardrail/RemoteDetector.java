package dev.weir.guardrail;

import dev.weir.protocol.Deadline;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * A detector that asks a service outside of the process: once for all texts of a request or an answer, on a thread of its own,
 * while those inside the process read. Safe for many threads.
 */
public interface RemoteDetector extends Detector {
  /**
   * A text, and what it is to its document.
   *
   * @param role who speaks; of answers the assistant
   */
  record Text(String text, Direction direction, Role role) {}

  /**
   * Asks about texts that are complete, and waits; reports each find with the place of its text in the list.
   *
   * @throws DeadlinePassed when there was no answer in time
   * @throws RuntimeException when there was none at all
   */
  void ask(List<Text> texts, Deadline deadline, ObjIntConsumer<Finding> found);

  @Override
  default Reading reading() {
    return Reading.COMPLETE;
  }

  @Override
  default Set<NormalizedText.View> views() {
    return Set.of();
  }

  @Override
  default void scan(
      NormalizedText text, Set<String> wanted, Deadline deadline, Consumer<Finding> found) {
    if (text.view() == NormalizedText.View.PLAIN) {
      var one = new Text(text.original(), Direction.INPUT, Role.USER);
      ask(List.of(one), deadline, (finding, _) -> found.accept(finding));
    }
  }
}
