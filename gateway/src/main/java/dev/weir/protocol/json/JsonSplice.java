package dev.weir.protocol.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Edits of a document by byte ranges; every byte outside them stays as it is. Not thread-safe. */
public final class JsonSplice {
  private static final byte[] NOTHING = {};

  private final byte[] document;
  private final int from;
  private final int to;
  private final List<Edit> edits = new ArrayList<>(2);

  private record Edit(int from, int to, byte[] with) {}

  private JsonSplice(byte[] document, int from, int to) {
    this.document = document;
    this.from = from;
    this.to = to;
  }

  public static JsonSplice of(byte[] document) {
    return new JsonSplice(document, 0, document.length);
  }

  /** Edits of the part between two offsets, which is also all that {@link #apply} gives back. */
  public static JsonSplice of(byte[] array, int from, int to) {
    return new JsonSplice(array, from, to);
  }

  public JsonSplice replace(int start, int end, byte[] with) {
    edits.add(new Edit(start, end, with));
    return this;
  }

  public JsonSplice insert(int at, byte[] bytes) {
    return replace(at, at, bytes);
  }

  public JsonSplice remove(int start, int end) {
    return replace(start, end, NOTHING);
  }

  /** Removes one member of an object with the comma that goes with it. */
  public JsonSplice removeMember(JsonObject object, int position) {
    var member = object.member(position);
    if (position > 0) {
      // from the end of the one before: takes the comma between them along
      return remove(object.member(position - 1).valueEnd(), member.valueEnd());
    }
    int end = object.size() > 1 ? object.member(1).nameStart() - 1 : member.valueEnd();
    return remove(member.nameStart() - 1, end);
  }

  /**
   * The edited bytes; the same array when it is whole and nothing was changed.
   *
   * @throws IllegalStateException when edits overlap or leave the document
   */
  public byte[] apply() {
    if (edits.isEmpty() && from == 0 && to == document.length) {
      return document;
    }
    edits.sort(Comparator.comparingInt(Edit::from));
    var result = new byte[length()];
    int read = from;
    int written = 0;
    for (var edit : edits) {
      written = copy(document, read, edit.from - read, result, written);
      written = copy(edit.with, 0, edit.with.length, result, written);
      read = edit.to;
    }
    var _ = copy(document, read, to - read, result, written);
    return result;
  }

  private int length() {
    int length = to - from;
    int last = from;
    for (var edit : edits) {
      if (edit.from < last || edit.to < edit.from || edit.to > to) {
        throw new IllegalStateException("edits overlap or leave the document");
      }
      last = edit.to;
      length += edit.with.length - (edit.to - edit.from);
    }
    return length;
  }

  private static int copy(byte[] source, int at, int length, byte[] target, int offset) {
    System.arraycopy(source, at, target, offset, length);
    return offset + length;
  }
}
