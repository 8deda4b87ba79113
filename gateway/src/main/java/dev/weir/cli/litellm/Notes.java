package dev.weir.cli.litellm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the one who imports must know, by line. Used by one thread. */
final class Notes {
  private final List<Note> notes = new ArrayList<>();

  private record Note(int line, String text) {}

  /** What stands there says this or is not brought over for this reason. */
  void add(Entry entry, String why) {
    notes.add(new Note(entry.line(), entry.path() + ": " + why));
  }

  /** In the order of the file. */
  List<String> lines(String file) {
    return notes.stream()
        .sorted(Comparator.comparingInt(Note::line))
        .map(note -> file + ":" + note.line() + ": " + note.text())
        .distinct()
        .toList();
  }
}
