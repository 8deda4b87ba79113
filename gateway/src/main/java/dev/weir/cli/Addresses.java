package dev.weir.cli;

import dev.weir.config.GatewayConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where the two ports are; options win over the configuration. Immutable.
 *
 * @param dataPort 0: any free one
 * @param adminPort 0: any free one
 */
record Addresses(String dataHost, int dataPort, String adminHost, int adminPort) {
  private static final int LARGEST_PORT = 65_535;

  static Addresses of(ProcessOptions options, GatewayConfig config) {
    var server = config.server();
    return new Addresses(
        options.host.orElse(server.host()),
        options.port.orElse(server.port()),
        server.adminHost(),
        options.adminPort.orElse(server.adminPort()));
  }

  /**
   * Looks before anything is started whether both can be opened.
   *
   * @throws StartFailure saying which cannot, why, and what to do
   */
  void requireFree() {
    if (dataPort == adminPort && dataPort != 0) {
      throw new StartFailure(
          "data and admin port are both " + dataPort + ".", "Take two: --port N --admin-port N");
    }
    requireFree(dataHost, dataPort, "--port");
    requireFree(adminHost, adminPort, "--admin-port");
  }

  private static void requireFree(String host, int port, String option) {
    if (port < 0 || port > LARGEST_PORT) {
      throw new StartFailure(port + " is not a port.", "Ports are 1 to 65535: " + option + " N");
    }
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new StartFailure(
          "there is no address of the name " + host + ".", "Take one of this machine's.");
    }
    try (var probe = new ServerSocket()) {
      // what the listener sets too: a port whose last connections still close is free
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (IOException refused) {
      throw refused(host, port, option, String.valueOf(refused.getMessage()));
    }
  }

  private static StartFailure refused(String host, int port, String option, String reason) {
    if (reason.contains("in use")) {
      return new StartFailure(
          "port " + port + " is taken by " + PortOwner.of(port).orElse("another program") + ".",
          "Stop it, or take another port: " + option + " N");
    }
    if (reason.contains("Permission")) {
      return new StartFailure(
          "this user may not open port " + port + ".",
          "Ports below 1024 are root's; take another: " + option + " N");
    }
    return new StartFailure(
        "port " + port + " cannot be opened on " + host + ": " + reason + ".",
        "The address must be one of this machine's; 0.0.0.0 means all of them.");
  }
}
