package dev.weir.protocol.conversation;

/** Where the bytes of an image, a file or a sound are. */
public sealed interface Media {
  /** In the request itself. */
  record Inline(String mediaType, String base64) implements Media {}

  /** At an address that the provider fetches. */
  record Address(String url) implements Media {}

  /** At the provider, uploaded before. */
  record Uploaded(String fileId) implements Media {}
}
