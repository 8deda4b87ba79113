package dev.weir.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's {@code postmaster.pid}: whose process it names, and whether that process is still this folder's server.
 * Reads the file anew each time; used by one thread.
 *
 * <p>A process id is given again after a restart of the machine or of a container, so that an id that lives proves
 * nothing: only a process that runs {@code postgres} in this very folder is the server.
 */
final class PostmasterFile {
  // no system gives ids this high (Linux: 2^22 at most), and zero or less is not an id
  private static final String NOBODY = "2147483646";

  private final Path data;
  private final Path file;

  PostmasterFile(Path data) {
    this.data = data;
    this.file = data.resolve("postmaster.pid");
  }

  /** The server that works in this folder now, if one does. */
  Optional<ProcessHandle> server() throws IOException {
    var lines = lines();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      var pid = Long.parseLong(lines.getFirst().strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isServer);
    } catch (NumberFormatException torn) {
      return Optional.empty();
    }
  }

  private boolean isServer(ProcessHandle process) {
    var proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      if (Files.isDirectory(proc)) {
        var program = Files.readSymbolicLink(proc.resolve("exe")).getFileName().toString();
        return program.startsWith("postgres") && Files.isSameFile(proc.resolve("cwd"), data);
      }
    } catch (IOException gone) {
      // another user's process, which our server cannot be, or it has ended meanwhile
      return false;
    }
    return process.info().command().filter(name -> name.endsWith("/postgres")).isPresent();
  }

  /**
   * Makes a file that a dead server left harmless, where another program has its process id now: PostgreSQL would take
   * that program for a server and refuse to start.
   *
   * <p>The rest of the file stays, because by it a starting server finds children of the dead one that still write.
   */
  void disownForeignProcess() throws IOException {
    var lines = new ArrayList<>(lines());
    if (lines.isEmpty() || server().isPresent()) {
      return;
    }
    lines.set(0, NOBODY);
    var partial = data.resolveSibling("postmaster.pid.new");
    Files.write(partial, lines);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> lines() throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException absent) {
      return List.of();
    }
  }
}
