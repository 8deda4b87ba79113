package dev.weir.store.embedded;

import dev.weir.store.StoreFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked from the class path once. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** The folder with {@code bin}, {@code lib} and {@code share}; unpacked into {@code target} when it is not there. */
  static Path unpack(Path target) {
    if (Files.isExecutable(target.resolve("bin/postgres"))) {
      return target;
    }
    var archive = "/postgres-linux-" + architecture() + ".txz";
    var partial = target.resolveSibling(target.getFileName() + ".partial");
    try (var packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new StoreFailure("no embedded PostgreSQL for this machine ("
            + System.getProperty("os.name") + ", " + architecture()
            + "). Start with --database-url postgresql://user:password@host:5432/ai_gateway");
      }
      delete(partial);
      Files.createDirectories(partial);
      try (var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          write(tar, entry, partial);
        }
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException failure) {
      throw new StoreFailure(
          "PostgreSQL could not be unpacked into " + target + ": " + failure, failure);
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    var path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("an entry outside the folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(java.util.Objects.requireNonNull(path.getParent()));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String architecture() {
    var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
  }
}
