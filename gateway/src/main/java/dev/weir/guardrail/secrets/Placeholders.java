package dev.weir.guardrail.secrets;

import java.util.List;
import java.util.Locale;

/** What stands where a secret will be: variables, words that say so, one character again and again. Stateless. */
final class Placeholders {
  private static final List<String> WORDS = List.of(
      "password",
      "passwd",
      "secret",
      "example",
      "changeme",
      "change_me",
      "your",
      "placeholder",
      "xxxx",
      "redacted",
      "dummy",
      "sample",
      "todo",
      "insert",
      "replace",
      "process.env",
      "os.environ",
      "getenv",
      "config.",
      "settings.",
      "undefined",
      "null",
      "none",
      "true",
      "false",
      "token",
      "apikey",
      "api_key",
      "123456",
      "abcdef",
      "test",
      "foobar",
      "default",
      "mysecret",
      "***",
      "...");

  private Placeholders() {}

  static boolean is(String value) {
    if (value.isEmpty()
        || "<{$%[(&*".indexOf(value.charAt(0)) >= 0
        || value.indexOf("${") >= 0
        || value.indexOf("{{") >= 0) {
      return true;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    return lower.chars().distinct().count() < 3
        || lower.equals("pass")
        || lower.equals("pwd")
        || lower.equals("password");
  }

  /** The same, more doubtful: any word that names a secret makes it none. */
  static boolean strictly(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return is(value) || WORDS.stream().anyMatch(lower::contains);
  }
}
