package dev.weir.guardrail.secrets;

/**
 * Keys of Azure's storage, service bus and other services in their connection strings, and client secrets of Entra, which
 * have {@code Q~} in their fourth place. Immutable.
 */
record AzureScan(String opener) implements ShapeScan {
  @Override
  public String id() {
    return "secrets.azure";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    if (opener.equals("Q~")) {
      clientSecret(text, at, spans);
      return;
    }
    int from = at + opener.length();
    int end = Letters.BASE64.end(text, from, 100);
    if (end - from >= 43
        && end - from <= 90
        && text.charAt(end - 1) == '='
        && Entropy.of(text, from, end) > 3.5) {
      spans.add(id(), from, end, 0.9);
    }
  }

  private void clientSecret(String text, int at, Spans spans) {
    int start = at - 4;
    if (start < 0
        || Letters.DOTTED.end(text, start, 4) != at
        || !Character.isDigit(text.charAt(at - 1))) {
      return;
    }
    int end = at + 2;
    while (end < text.length()
        && end - at < 42
        && (Letters.DOTTED.holds(text.charAt(end)) || text.charAt(end) == '~')) {
      end++;
    }
    if (end - at - 2 >= 31
        && end - at - 2 <= 35
        && (start == 0 || !Letters.DOTTED.holds(text.charAt(start - 1)))) {
      spans.add(id(), start, end, 0.9);
    }
  }
}
