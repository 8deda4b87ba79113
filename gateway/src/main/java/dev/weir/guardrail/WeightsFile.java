package dev.weir.guardrail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A file of what was learned: its content, and at its end the content's SHA-256. Stateless. */
public final class WeightsFile {
  /** Bytes of the digest. */
  public static final int DIGEST = 32;

  private WeightsFile() {}

  /**
   * The bytes of a file that lies beside a class in this build.
   *
   * @param what they are, for the message
   * @throws IllegalStateException when there is none: the jar is not what was built
   */
  public static byte[] shipped(Class<?> beside, String name, String what) {
    try (var in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the weights " + what + " are missing in this build");
      }
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The length of a file's content, whose digest fits.
   *
   * @throws IllegalStateException when it does not fit
   */
  public static int contentLength(byte[] file, String what) {
    int length = Math.max(0, file.length - DIGEST);
    if (!Arrays.equals(sha256(file, length), Arrays.copyOfRange(file, length, length + DIGEST))) {
      throw damaged(what);
    }
    return length;
  }

  /** To be thrown for content that was not written whole. */
  public static IllegalStateException damaged(String what) {
    return new IllegalStateException(
        "the weights " + what + " are damaged: their SHA-256 does not fit");
  }

  /** A file with this content. */
  public static byte[] of(byte[] content) {
    var file = Arrays.copyOf(content, content.length + DIGEST);
    System.arraycopy(sha256(content, content.length), 0, file, content.length, DIGEST);
    return file;
  }

  /** SHA-256 of the first bytes. */
  public static byte[] sha256(byte[] bytes, int length) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
