package dev.weir.guardrail.secrets;

/** Private keys in PEM (RFC 7468), and PGP's (RFC 9580): the whole block, or 16 kB of one that does not end. Immutable. */
record PemScan() implements ShapeScan {
  private static final int LONGEST = 16 << 10;
  private static final String FENCE = "-----";

  @Override
  public String id() {
    return "secrets.private_key";
  }

  @Override
  public String opener() {
    return "-----BEGIN ";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    int label = at + opener().length();
    int labelEnd = text.indexOf(FENCE, label, Math.min(text.length(), label + 64));
    if (labelEnd < 0 || !text.substring(at, labelEnd).contains("PRIVATE KEY")) {
      return;
    }
    int limit = Math.min(text.length(), at + LONGEST);
    int closing = text.indexOf("-----END ", labelEnd, limit);
    int fence =
        closing < 0 ? -1 : text.indexOf(FENCE, closing + 9, Math.min(text.length(), closing + 80));
    int end = fence < 0 ? limit : fence + FENCE.length();
    spans.add(id(), at, end, 1.0);
  }
}
