package dev.weir.guardrail.secrets;

/** Tokens of Telegram's bots: the bot's number, a colon, AA and 33 characters (core.telegram.org/bots, read 2026-11-24). Immutable. */
record TelegramScan() implements ShapeScan {
  @Override
  public String id() {
    return "secrets.telegram";
  }

  @Override
  public String opener() {
    return ":AA";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    int start = at;
    while (start > 0 && at - start < 11 && Letters.DIGITS.holds(text.charAt(start - 1))) {
      start--;
    }
    int end = Letters.URL_SAFE.end(text, at + 1, 36);
    boolean fits = at - start >= 8 && at - start <= 10 && end - at - 1 == 35;
    if (fits && Entropy.of(text, at + 1, end) > 3) {
      spans.add(id(), start, end, 0.9);
    }
  }
}
