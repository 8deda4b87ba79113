package dev.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out which program listens on a port, where Linux tells. Stateless; another user's programs stay unknown. */
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** The program in words, such as {@code nginx (process 812)}. */
  static Optional<String> of(int port) {
    try {
      var sockets = listening(port).stream()
          .map(inode -> "socket:[" + inode + "]")
          .collect(Collectors.toSet());
      return sockets.isEmpty() ? Optional.empty() : holder(sockets).map(PortOwner::describe);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  // columns of proc_net_tcp(5): number, local address:port, remote, state, …, inode as the tenth
  private static List<String> listening(int port) throws IOException {
    var suffix = String.format(":%04X", port);
    var inodes = new ArrayList<String>();
    for (var table : List.of("net/tcp", "net/tcp6")) {
      if (!Files.isReadable(PROC.resolve(table))) {
        continue;
      }
      for (var line : Files.readAllLines(PROC.resolve(table))) {
        var columns = List.of(line.strip().split("\\s+", -1));
        if (columns.size() > 9
            && columns.get(1).endsWith(suffix)
            && columns.get(3).equals(LISTENING)) {
          inodes.add(columns.get(9));
        }
      }
    }
    return inodes;
  }

  private static Optional<Path> holder(Set<String> sockets) throws IOException {
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (holds(process, sockets)) {
          return Optional.of(process);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (var files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException hidden) {
      // another user's process, or one that has just ended
    }
    return false;
  }

  private static String describe(Path process) {
    var id = " (process " + process.getFileName() + ")";
    try {
      var isWeir = Files.readString(process.resolve("cmdline")).contains("dev.weir.Main");
      return (isWeir
              ? "another Weir"
              : Files.readString(process.resolve("comm")).strip())
          + id;
    } catch (IOException gone) {
      return "a program" + id;
    }
  }
}
