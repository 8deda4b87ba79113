package dev.weir.cli;

import dev.weir.config.ConfigFailure;
import dev.weir.config.Secrets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder that holds all of an instance's state, used by one process at a time. */
final class DataDirectory implements AutoCloseable {
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
   * @throws ConfigFailure when it cannot be written, or another process has it
   */
  static DataDirectory open(Path path) throws IOException {
    try {
      Files.createDirectories(path.resolve("logs"));
      var file = path.resolve("weir.lock");
      var channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        var owner = Files.readString(path.resolve("weir.pid")).strip();
        throw new ConfigFailure("another Weir (process " + owner + ") runs on " + path
            + ". Stop it, or take another folder: --data-dir DIR");
      }
      Files.writeString(path.resolve("weir.pid"), ProcessHandle.current().pid() + "\n");
      return new DataDirectory(path, channel, lock);
    } catch (FileSystemException denied) {
      throw new ConfigFailure(
          "the data folder " + path + " cannot be written (" + denied.getMessage()
              + "). Give this user the right to, or take another folder: --data-dir DIR");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException here) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  Path logs() {
    return path.resolve("logs");
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
    lock.release();
    channel.close();
  }
}
