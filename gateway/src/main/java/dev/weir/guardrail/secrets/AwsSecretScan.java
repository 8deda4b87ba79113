package dev.weir.guardrail.secrets;

/** AWS secret access keys: 40 characters of base64 behind their name, at most a few signs away. Immutable. */
record AwsSecretScan(String opener) implements ShapeScan {
  @Override
  public String id() {
    return "secrets.aws";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    int from = at + opener.length();
    int limit = Math.min(text.length(), from + 8);
    while (from < limit && " \t=:\"'>`".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    int end = Letters.BASE64.end(text, from, 41);
    if (end - from == 40 && Entropy.of(text, from, end) > 3.5) {
      spans.add(id(), from, end, 0.9);
    }
  }
}
