package dev.weir.bench.service;

import dev.weir.bench.service.RunningService.Answer;

/** Request bodies: plain English words, so that a guardrail that reads them finds nothing and still must read it all. */
final class Prompt {
  private static final String WORDS =
      "Please tell me about the river, the weir below the mill and the fish that climb it. ";

  private Prompt() {}

  static String body(String model, int bytes, Answer answer) {
    var stream = answer == Answer.STREAMED ? "\"stream\":true," : "";
    var text = WORDS.repeat(bytes / WORDS.length() + 1).substring(0, bytes);
    return "{\"model\":\"" + model + "\"," + stream
        + "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
  }
}
