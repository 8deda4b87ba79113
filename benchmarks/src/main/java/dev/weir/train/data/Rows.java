package dev.weir.train.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files of a data folder, packed or not. Stateless. */
public final class Rows {
  private static final JsonMapper JSON = new JsonMapper();

  private Rows() {}

  /** A file's text, unpacked. */
  public static String text(Path file) throws IOException {
    var packed = Path.of(file + ".gz");
    if (Files.exists(packed)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    return Files.readString(file);
  }

  static List<String> lines(Path file) throws IOException {
    return text(file).lines().filter(line -> !line.isBlank()).toList();
  }

  /** A file of one JSON value. */
  public static JsonNode json(Path file) throws IOException {
    return JSON.readTree(text(file));
  }

  static List<JsonNode> jsonLines(Path file) throws IOException {
    return lines(file).stream().map(line -> JSON.readTree(line)).toList();
  }

  /** Rows of separated values (RFC 4180: quotes, doubled quotes, line breaks inside quotes), the heading first. */
  static List<List<String>> separated(Path file, char separator) throws IOException {
    var text = text(file);
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == separator || c == '\n') {
        row.add(cell.toString().replace("\r", ""));
        cell.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      } else {
        cell.append(c);
      }
    }
    if (!row.isEmpty()) {
      row.add(cell.toString());
      rows.add(List.copyOf(row));
    }
    return rows;
  }
}
