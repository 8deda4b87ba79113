package dev.weir.guardrail.secrets;

import dev.weir.guardrail.match.WordChars;
import java.util.Locale;
import java.util.Set;

/** Connection strings with a password: URLs of data stores and queues, and lists of key=value pairs as drivers take them. Immutable. */
record ConnectionScan(String opener) implements ShapeScan {
  private static final int LONGEST = 512;
  private static final Set<String> SCHEMES = Set.of(
      "postgres",
      "postgresql",
      "mysql",
      "mariadb",
      "mongodb",
      "mongodb+srv",
      "redis",
      "rediss",
      "amqp",
      "amqps",
      "mssql",
      "sqlserver",
      "oracle",
      "clickhouse",
      "cockroachdb",
      "ftp",
      "ftps",
      "sftp",
      "ssh",
      "ldap",
      "ldaps",
      "smtp",
      "smtps",
      "imap",
      "nats",
      "kafka",
      "snowflake",
      "neo4j",
      "bolt",
      "couchbase",
      "cassandra",
      "jdbc",
      "db2",
      "hive",
      "presto",
      "trino",
      "influxdb",
      "elasticsearch",
      "mqtt",
      "mqtts",
      "cloudinary",
      "rabbitmq",
      "http",
      "https",
      "git");
  /** What names a server in a list of pairs. */
  private static final String[] SERVERS = {
    "server=",
    "data source=",
    "host=",
    "hostname=",
    "addr=",
    "endpoint=",
    "uid=",
    "user id=",
    "user="
  };

  @Override
  public String id() {
    return "secrets.connection_string";
  }

  @Override
  public void look(String text, int at, Spans spans) {
    if (opener.equals("://")) {
      url(text, at, spans);
    } else {
      pairs(text, at, spans);
    }
  }

  private void url(String text, int at, Spans spans) {
    int start = at;
    while (start > 0 && at - start < 16 && scheme(text.charAt(start - 1))) {
      start--;
    }
    if (!SCHEMES.contains(text.substring(start, at).toLowerCase(Locale.ROOT))) {
      return;
    }
    int end = at + 3;
    int colon = -1;
    int sign = -1;
    int limit = Math.min(text.length(), at + LONGEST);
    while (end < limit && sign(text.charAt(end)) && !text.startsWith("://", end)) {
      char c = text.charAt(end);
      boolean authority = sign < 0 || end - sign < 64;
      colon = c == ':' && colon < 0 ? end : colon;
      sign = c == '@' && authority ? end : sign;
      end++;
      if (c == '/' && sign < 0) {
        return;
      }
    }
    if (colon > at + 3 - 1
        && sign > colon + 1
        && sign + 1 < end
        && secret(text.substring(colon + 1, sign))) {
      spans.add(id(), start, trimmed(text, sign, end), 0.9);
    }
  }

  private static int trimmed(String text, int from, int to) {
    int end = to;
    while (end > from + 2 && ".,;:!?)".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean scheme(char c) {
    return WordChars.isAsciiWord(c) || c == '+';
  }

  private static boolean sign(char c) {
    return c > ' ' && c != '"' && c != '\'' && c != '<' && c != '>' && c != '`' && c != '\\';
  }

  /** No placeholder, nothing that a program fills in. */
  private static boolean secret(String password) {
    return !Placeholders.is(password) && password.length() >= 3;
  }

  /** Server=db;User Id=app;Password=secret; the whole list is the find. */
  private void pairs(String text, int at, Spans spans) {
    int start = at;
    while (start > 0 && at - start < LONGEST && "\"'\n\r".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    int end = at;
    while (end < text.length() && end - at < LONGEST && "\"'\n\r".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int value = at + opener.length();
    int stop = value;
    while (stop < end && text.charAt(stop) != ';' && text.charAt(stop) != ' ') {
      stop++;
    }
    if (text.indexOf(';', start, end) < 0) {
      return;
    }
    String around = text.substring(start, end).toLowerCase(Locale.ROOT);
    if (!server(around) || !secret(text.substring(value, stop))) {
      return;
    }
    spans.add(id(), start, end, 0.9);
  }

  private static boolean server(String around) {
    for (String name : SERVERS) {
      if (around.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
