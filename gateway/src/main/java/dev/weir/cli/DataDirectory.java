package dev.weir.cli;

import dev.weir.config.Secrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of an instance's state, used by one process at a time. Used by one thread.
 *
 * <p>The operating system frees the lock when the process ends in whatever way: a lock file that is there means nothing, a
 * lock that is held means a process that lives.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "weir.lock";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is not there, and takes it for this process.
   *
   * @throws StartFailure when it cannot be written, or another process has it
   */
  static DataDirectory open(Path path) throws IOException {
    try {
      make(path);
      var channel = FileChannel.open(
          path.resolve(LOCK),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw inUse(path);
      }
      var directory = new DataDirectory(path, channel, lock);
      directory.sign("process " + ProcessHandle.current().pid());
      return directory;
    } catch (FileSystemException denied) {
      throw new StartFailure(
          "the data folder " + path.toAbsolutePath().normalize() + " cannot be written: "
              + reason(denied) + ".",
          "Give this user the right to, or take another folder: --data-dir DIR");
    }
  }

  private static void make(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var logs = Files.createDirectories(path.resolve("logs"));
    for (var folder : new Path[] {path, logs}) {
      Files.delete(Files.createTempFile(folder, ".weir", null));
    }
  }

  private static String reason(FileSystemException denied) {
    return switch (denied) {
      case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
      case java.nio.file.AccessDeniedException file -> "this user may not write " + file.getFile();
      default -> denied.getReason() == null ? "an unknown reason" : denied.getReason();
    };
  }

  private static StartFailure inUse(Path path) throws IOException {
    var owner = Files.readString(path.resolve(LOCK)).strip().replace("\n", ", ");
    return new StartFailure(
        "another Weir works in " + path.toAbsolutePath().normalize()
            + (owner.isEmpty() ? "." : " (" + owner + ")."),
        "Stop it, or take another folder and other ports:",
        "--data-dir DIR --port N --admin-port N");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException here) {
      return null;
    }
  }

  /** Says in the lock file where this process listens, for whom it keeps out. */
  void serving(int dataPort, int adminPort) throws IOException {
    sign("process " + ProcessHandle.current().pid() + "\nport " + dataPort + "\nadmin port "
        + adminPort);
  }

  // through the one channel: to close another on the same file would free the lock (fcntl(2))
  private void sign(String text) throws IOException {
    channel.truncate(0);
    var _ = channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), 0);
  }

  Path path() {
    return path;
  }

  Path logs() {
    return path.resolve("logs");
  }

  /** Where the embedded server keeps everything. */
  Path postgres() {
    return path.resolve("postgres");
  }

  /** A secret of one line, for the operator to read. */
  void writeSecret(String name, String value) throws IOException {
    Secrets.writePrivate(path.resolve(name), value + "\n");
  }

  Optional<String> readSecret(String name) throws IOException {
    var file = path.resolve(name);
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    lock.release();
    channel.close();
  }
}
