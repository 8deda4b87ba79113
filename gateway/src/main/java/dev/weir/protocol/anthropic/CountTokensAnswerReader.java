package dev.weir.protocol.anthropic;

import dev.weir.protocol.AnswerReader;
import dev.weir.protocol.TokenUsage;
import dev.weir.protocol.UpstreamFailures;
import dev.weir.protocol.json.JsonFields;
import java.util.Optional;

/** Reads the answer to a count: one number, and nothing was used. Stateless. */
final class CountTokensAnswerReader implements AnswerReader {
  @Override
  public Optional<byte[]> event(byte[] frame) {
    throw UpstreamFailures.invalidAnswer().detail("a stream in answer to a count of tokens");
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
    var answer = JsonFields.ofUpstream(body, 0, body.length);
    if (answer.integer("input_tokens").isEmpty()) {
      throw answer.missing("input_tokens");
    }
    return body;
  }

  @Override
  public TokenUsage usage() {
    return TokenUsage.UNKNOWN;
  }
}
