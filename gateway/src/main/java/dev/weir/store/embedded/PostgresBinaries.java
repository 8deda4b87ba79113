package dev.weir.store.embedded;

import dev.weir.store.StoreFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked from the class path once. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}; unpacked when this build's is not there.
   *
   * @param folder where it lies, one for each version of the programs
   */
  static Path unpack(Path folder, Consumer<String> progress) throws IOException {
    var archive = PostgresBinaries.class.getResource("/postgres-linux-" + architecture() + ".txz");
    if (archive == null) {
      throw new StoreFailure("there is no embedded PostgreSQL for this machine ("
          + System.getProperty("os.name") + ", " + architecture() + ").\nStart with a server of"
          + " yours: --database-url postgresql://user:password@host:5432/ai_gateway");
    }
    var target = folder.resolve("programs-" + fingerprint(archive));
    if (Files.isExecutable(target.resolve("bin/postgres"))) {
      return target;
    }
    progress.accept("unpacking PostgreSQL, this first time only");
    deleteAll(folder);
    var partial = folder.resolve("programs.partial");
    Files.createDirectories(partial);
    try (var packed = archive.openStream();
        var tar = new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, partial);
      }
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  /** Tells one build of the programs from another without reading all of it. */
  private static String fingerprint(URL archive) throws IOException {
    var connection = archive.openConnection();
    return connection instanceof JarURLConnection jar
        ? EmbeddedPostgres.MAJOR + "-" + Long.toHexString(jar.getJarEntry().getCrc())
        : EmbeddedPostgres.MAJOR + "-" + connection.getContentLengthLong();
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var old = Files.newDirectoryStream(folder, "programs*")) {
      for (var programs : old) {
        Folders.delete(programs);
      }
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

  private static String architecture() {
    var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
  }
}
