package dev.weir.bench.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to start something that stands between a client and the mock, one row of the table of peers. In every text
 * {@code {port}}, {@code {admin-port}}, {@code {upstream}} (the mock's port), {@code {dir}} (a folder of its own) and
 * {@code {home}} (the repository) are filled in. Immutable.
 *
 * @param name short, as it shall stand in tables
 * @param kind a gateway unless said otherwise
 * @param command words of the command, which must stay in the foreground
 * @param environment set besides what the harness has
 * @param files written to the folder before the start, by name
 * @param path of chat completions
 * @param modelPrefix put before the mock's model names
 * @param headers sent with each request
 * @param key sent as bearer token; empty: none
 * @param keyFile file that the service writes its key to; wins over {@code key}
 * @param install how to get it where it is absent
 */
public record ServiceDefinition(
    String name,
    @Nullable Kind kind,
    List<String> command,
    @Nullable Map<String, String> environment,
    @Nullable Map<String, String> files,
    @Nullable String path,
    @Nullable String modelPrefix,
    @Nullable Map<String, String> headers,
    @Nullable String key,
    @Nullable String keyFile,
    @Nullable String install) {

  /** What stands between client and mock. */
  public enum Kind {
    /** Nothing. */
    DIRECT,
    /** A proxy that does no gateway's work, and runs at full speed from its first request. */
    PLAIN,
    /** May have to warm up. */
    GATEWAY
  }

  /** Where programs of system administrators lie, which a user's path may lack. */
  private static final List<String> MORE_PATH = List.of("/usr/sbin", "/usr/local/sbin");

  /** The same under another name, to be measured against itself. */
  public ServiceDefinition named(String other) {
    return new ServiceDefinition(
        other,
        kind,
        command,
        environment,
        files,
        path,
        modelPrefix,
        headers,
        key,
        keyFile,
        install);
  }

  /** The same with more in its environment. */
  public ServiceDefinition with(Map<String, String> more) {
    var all = new TreeMap<>(environment == null ? Map.of() : environment);
    all.putAll(more);
    return new ServiceDefinition(
        name, kind, command, all, files, path, modelPrefix, headers, key, keyFile, install);
  }

  /** Whether its program can be found in one of these folders, or is named by a path. */
  public boolean installed(List<String> path) {
    return program(path) != null;
  }

  /** Its program's path; null when there is none. */
  @Nullable
  String program(List<String> path) {
    var program = command.getFirst();
    if (program.contains("/")) {
      return program;
    }
    for (var folders : List.of(path, MORE_PATH)) {
      for (var folder : folders) {
        var candidate = Path.of(folder, program);
        if (Files.isExecutable(candidate)) {
          return candidate.toString();
        }
      }
    }
    return null;
  }

  Kind kindOrGateway() {
    return kind == null ? Kind.GATEWAY : kind;
  }

  /** The path of chat completions, OpenAI's own unless said otherwise. */
  public String chatPath() {
    return path == null ? "/v1/chat/completions" : path;
  }

  /** What stands before a model's name, maybe nothing. */
  public String prefix() {
    return modelPrefix == null ? "" : modelPrefix;
  }

  /** The command that installs it, or a hint that none is known. */
  public String installHint() {
    return install == null ? "see its own documentation" : install;
  }
}
