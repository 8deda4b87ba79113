package dev.weir.store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data of a server, and the server's process: made, started on a port, stopped. Used by one thread. */
final class Cluster {
  private final Path folder;
  private final Path data;
  private final PostgresPrograms programs;
  private final PostmasterFile postmaster;

  Cluster(Path folder, PostgresPrograms programs) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.programs = programs;
    this.postmaster = new PostmasterFile(data);
  }

  /** Made aside and moved when whole: a start that is killed leaves nothing that looks like data. */
  void make(String password) throws IOException {
    var partial = folder.resolve("data.partial");
    Folders.delete(partial);
    var secret = Files.createTempFile(
        folder,
        "password",
        null,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(secret, password + "\n");
      programs.make(partial, secret);
    } finally {
      Files.deleteIfExists(secret);
    }
    Files.writeString(partial.resolve("postgresql.auto.conf"), """
        # written by weir up
        unix_socket_directories = ''
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        max_connections = 100
        shared_buffers = '64MB'
        """, StandardCharsets.UTF_8);
    Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether a server works on this data now. */
  boolean isRunning() throws IOException {
    return postmaster.server().isPresent();
  }

  /** The port of the last start where it is still free, so that what an operator wrote down stays true. */
  int start() throws IOException {
    postmaster.disownForeignProcess();
    var remembered = folder.resolve("port");
    var log = folder.resolve("postgres.log");
    var port = Files.exists(remembered) ? usable(Files.readString(remembered).strip()) : 0;
    if (port == 0) {
      port = bind(0);
    }
    try {
      programs.start(data, log, port);
    } catch (IOException first) {
      // the port may have been taken since it was looked at, or children of a killed server still
      // end
      port = bind(0);
      programs.start(data, log, port);
    }
    Files.writeString(remembered, port + "\n");
    return port;
  }

  private static int usable(String text) {
    try {
      return bind(Integer.parseInt(text));
    } catch (IOException | IllegalArgumentException taken) {
      return 0;
    }
  }

  private static int bind(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket.getLocalPort();
    }
  }

  /** Stops the server cleanly, if there is one. */
  void stop() throws IOException {
    if (isRunning()) {
      programs.stop(data);
    }
  }
}
