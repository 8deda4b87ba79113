package dev.weir.protocol.openai;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.json.JsonValue;
import java.util.Optional;

/** Reads the answer to an embeddings request, which is always whole. Not thread-safe. */
final class EmbeddingsAnswerReader implements AnswerReader {
  private final UsageReader usage = new UsageReader();

  @Override
  public Optional<byte[]> event(byte[] frame) {
    throw UpstreamAnswer.invalid("a stream in answer to an embeddings request");
  }

  @Override
  public boolean content() {
    return false;
  }

  @Override
  public boolean complete() {
    return false;
  }

  @Override
  public byte[] whole(byte[] body) {
    var answer = UpstreamAnswer.whole(body);
    var vectors = answer.find("data");
    if (vectors == null || !vectors.is(JsonValue.Type.ARRAY)) {
      throw UpstreamAnswer.invalid("an embeddings answer without data");
    }
    var reported = answer.find("usage");
    if (reported != null) {
      usage.read(reported);
    }
    return body;
  }

  /** An embedding has no output: the prompt is all there is to count. */
  @Override
  public TokenUsage usage() {
    var read = usage.usage();
    return read.input() < 0 ? TokenUsage.UNKNOWN : new TokenUsage(read.input(), 0, 0, 0);
  }
}
