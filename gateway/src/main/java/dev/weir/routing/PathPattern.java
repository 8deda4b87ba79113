package dev.weir.routing;

import dev.weir.protocol.InvalidDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The paths a route answers on: literal segments, {@code {name}} for any one segment, and a last {@code *} for one segment
 * or more. Immutable.
 *
 * @param text as it was written
 * @param segments in order
 */
public record PathPattern(String text, List<Segment> segments) {
  static final int LONGEST = 512;
  static final int MOST_SEGMENTS = 16;
  static final int MOST_PARAMETERS = 4;

  public PathPattern {
    segments = List.copyOf(segments);
  }

  /** One step of a path. */
  public sealed interface Segment {
    /** This text, compared with the path as it is sent. */
    record Literal(String text) implements Segment {}

    /** Any one step. */
    record Parameter(String name) implements Segment {}

    /** Everything from here on. */
    record Rest() implements Segment {}
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidDocument with the path {@code path}
   */
  public static PathPattern read(String text) {
    if (!text.startsWith("/") || text.length() > LONGEST) {
      throw invalid("Must begin with a slash and hold at most " + LONGEST + " characters.");
    }
    var parts = text.substring(1).split("/", -1);
    if (parts.length > MOST_SEGMENTS) {
      throw invalid("May hold " + MOST_SEGMENTS + " segments.");
    }
    var segments = new ArrayList<Segment>();
    var names = new HashSet<String>();
    for (var i = 0; i < parts.length; i++) {
      var segment = segment(parts[i]);
      if (segment instanceof Segment.Rest && i < parts.length - 1) {
        throw invalid("A * may only stand at the end.");
      }
      if (segment instanceof Segment.Parameter(var name) && !names.add(name)) {
        throw invalid("The parameter {" + name + "} is there twice.");
      }
      segments.add(segment);
    }
    if (names.size() > MOST_PARAMETERS) {
      throw invalid("May hold " + MOST_PARAMETERS + " parameters.");
    }
    BuiltInPaths.refuse(text);
    return new PathPattern(text, segments);
  }

  private static Segment segment(String part) {
    if (part.equals("*")) {
      return new Segment.Rest();
    }
    if (part.startsWith("{") && part.endsWith("}")) {
      var name = part.substring(1, part.length() - 1);
      if (!name.matches("[a-z][a-z0-9_]{0,31}")) {
        throw invalid("A parameter is named with small letters, digits and _, as in {case_id}.");
      }
      return new Segment.Parameter(name);
    }
    if (part.isEmpty()
        || part.equals(".")
        || part.equals("..")
        || !part.chars().allMatch(PathPattern::plain)) {
      throw invalid("A segment is one or more of letters, digits, and . _ ~ - ; or {name}; or * at"
          + " the end.");
    }
    return new Segment.Literal(part);
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '-';
  }

  /** The pattern with the names of its parameters left out: two of one shape fit the same paths. */
  public String shape() {
    var shape = new StringBuilder();
    for (var segment : segments) {
      shape
          .append('/')
          .append(
              switch (segment) {
                case Segment.Literal(var literal) -> literal;
                case Segment.Parameter _ -> "{}";
                case Segment.Rest _ -> "*";
              });
    }
    return shape.toString();
  }

  private static InvalidDocument invalid(String expected) {
    return new InvalidDocument("path", expected);
  }
}
