package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The launcher in a clone of its own, with a JDK and a Maven that only say what they were asked. */
class LauncherTest {
  private static final List<String> SYSTEM = List.of(
      "bash",
      "basename",
      "cat",
      "cp",
      "dirname",
      "env",
      "find",
      "flock",
      "grep",
      "head",
      "ls",
      "mkdir",
      "mv",
      "nice",
      "readlink",
      "rm",
      "sed",
      "sleep",
      "tail",
      "touch");

  @TempDir
  private Path folder = Path.of("");

  private Path clone = Path.of("");
  private Path path = Path.of("");
  private Path jdks = Path.of("");

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void make_a_clone() throws IOException {
    clone = Files.createDirectories(folder.resolve("a clone"));
    path = Files.createDirectories(folder.resolve("path"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    Files.copy(Path.of("../weir"), clone.resolve("weir"));
    Files.createDirectories(clone.resolve("gateway/src/main"));
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    Files.writeString(clone.resolve("gateway/pom.xml"), "<project/>");
    Files.writeString(clone.resolve("gateway/src/main/Main.java"), "class Main {}");
    for (var program : SYSTEM) {
      link(program);
    }
  }

  @Test
  void without_a_jdk_25_it_says_which_to_install() throws Exception {
    jdk("jdk-21", "21.0.4");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("weir: no JDK 25 found.")
        .contains("Install one")
        .contains("WEIR_JAVA_HOME=");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void a_named_home_that_is_no_jdk_25_is_refused_and_no_other_taken() throws Exception {
    jdk("jdk-25", "25.0.1");
    var old = jdk("jdk-21", "21.0.4");
    var ended = weir(Map.of("WEIR_JAVA_HOME", old.toString()), "up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("WEIR_JAVA_HOME=" + old + " is not a JDK 25.");
  }

  @Test
  void a_jdk_25_is_found_in_a_usual_folder_though_java_home_and_path_are_older() throws Exception {
    var old = jdk("jdk-21", "21.0.4");
    jdk("jdk-25", "25.0.1");
    wrapper(path.resolve("java"), old.resolve("bin/java"));
    maven(BUILDS);
    var ended = weir(Map.of("JAVA_HOME", old.toString()), "up");
    assertThat(ended.err()).doesNotContain("no JDK");
    assertThat(ended.out()).contains("ran jdk-25");
  }

  @Test
  void without_maven_it_says_how_to_get_it() throws Exception {
    jdk("jdk-25", "25.0.1");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Maven was not found").contains("Install Maven 3.8");
  }

  @Test
  void an_old_maven_is_refused_before_it_fails_in_its_own_words() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven("[ \"$1\" = -v ] && echo 'Apache Maven 3.6.3' && exit 0\ntouch built");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Maven 3.6 is too old");
    assertThat(clone.resolve("built")).doesNotExist();
  }

  @Test
  void a_build_that_cannot_fetch_names_the_network() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(VERSION + "echo '[ERROR] Could not transfer artifact a:b:pom:1 from central'; exit 1");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("[ERROR] Could not transfer artifact")
        .contains("could not fetch a library")
        .contains("gateway/target/build.log")
        .contains("Check the network");
  }

  @Test
  void a_build_that_does_not_compile_shows_the_error_and_where_all_of_it_is() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(VERSION + "echo '[ERROR] Main.java:[1,7] cannot find symbol'; exit 1");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("cannot find symbol").contains("the build failed");
  }

  @Test
  void a_clone_that_may_not_be_written_is_named_with_the_cure() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    Files.writeString(clone.resolve("gateway/target"), "in the way");
    var ended = weir("up");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("gateway/target cannot be written").contains("right to");
  }

  @Test
  void it_builds_when_there_is_no_jar_or_a_source_is_newer_and_not_otherwise() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    assertThat(weir("up").err()).contains("building").contains("compiling").contains("built in");
    var again = weir("up");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).contains("ran jdk-25");
    Files.setLastModifiedTime(
        clone.resolve("gateway/src/main/Main.java"),
        FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    assertThat(weir("up").err()).contains("building");
  }

  @Test
  void two_commands_at_once_build_once() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS.replace("#count", "echo built >> builds; sleep 1"));
    var first = start(Map.of(), "up");
    var second = start(Map.of(), "up");
    assertThat(end(first).code()).isZero();
    assertThat(end(second).code()).isZero();
    assertThat(Files.readAllLines(clone.resolve("builds"))).hasSize(1);
  }

  @Test
  void java_takes_the_launchers_place_so_that_signals_reach_it() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    weir("up");
    var process = start(Map.of(), "up");
    var ended = end(process);
    assertThat(ended.out()).contains("as process " + process.pid());
  }

  @Test
  void arguments_reach_the_command_as_they_were_given() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    var ended = weir(
        Map.of("WEIR_JAVA_OPTS", "-Da=1 -Db=2"), "keys", "create", "--name", "two  words", "$x");
    assertThat(ended.out())
        .contains("<-Da=1><-Db=2>")
        .contains("<keys><create><--name><two  words><$x>");
  }

  @Test
  void installed_without_sources_it_needs_no_maven_and_no_compiler() throws Exception {
    var installed = Files.createDirectories(folder.resolve("installed"));
    Files.copy(clone.resolve("weir"), installed.resolve("weir"));
    Files.createDirectories(installed.resolve("lib"));
    Files.writeString(installed.resolve("weir.jar"), "");
    var jre = jdk("jre-25", "25.0.1");
    Files.delete(jre.resolve("bin/javac"));
    clone = installed;
    var ended = weir("up");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("<" + installed.toRealPath().resolve("weir.jar") + "><up>");
    assertThat(weir("test").err()).contains("nothing to test");
  }

  @Test
  void a_build_trains_the_cache_so_that_the_first_start_uses_it() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    var on = Map.of("WEIR_AOT", "on");
    var ended = weir(on, "up");
    var cache = clone.resolve("gateway/target/weir.aot").toRealPath();
    assertThat(ended.out()).contains("<-XX:AOTCache=" + cache + ">");
    assertThat(weir(on, "up").out()).contains("<-XX:AOTCache=" + cache + ">");
    assertThat(weir(Map.of("WEIR_AOT", "off"), "up").out()).doesNotContain("AOTCache=");
  }

  @Test
  void another_jdk_goes_without_the_cache_and_trains_its_own_in_the_background() throws Exception {
    var first = jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    weir(Map.of("WEIR_AOT", "on"), "up");
    var cache = clone.resolve("gateway/target/weir.aot").toRealPath();
    Files.writeString(first.resolve("release"), "JAVA_VERSION=\"25.0.2\"\n");
    var on = Map.of("WEIR_AOT", "on", "WEIR_AOT_DELAY", "0");
    assertThat(weir(on, "up").out()).doesNotContain("AOTCache=");
    var made = Path.of(cache + ".for");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(made).contains("25.0.2"));
    assertThat(weir(on, "up").out()).contains("<-XX:AOTCache=" + cache + ">");
  }

  @Test
  void a_training_that_fails_is_said_and_the_start_goes_on() throws Exception {
    var jdk = jdk("jdk-25", "25.0.1");
    maven(BUILDS);
    Files.writeString(
        jdk.resolve("bin/java"),
        Files.readString(jdk.resolve("bin/java"))
            .replace("for argument", "case \"$*\" in *selftest) exit 3 ;; esac\nfor argument"));
    var ended = weir(Map.of("WEIR_AOT", "on"), "up");
    assertThat(ended.err()).contains("starts will take longer").contains("aot.log");
    assertThat(ended.out()).contains("ran jdk-25").doesNotContain("AOTCache=");
  }

  @Test
  void an_unknown_command_and_help_say_what_there_is() throws Exception {
    var unknown = weir("upp");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("unknown command: upp").contains("./weir help");
    assertThat(weir().out()).contains("./weir up").contains("./weir test").contains("JDK 25");
  }

  @Test
  void the_launcher_knows_every_command() throws Exception {
    var launcher = Files.readString(Path.of("../weir"));
    assertThat(new CommandLine(new WeirCommand()).getSubcommands().keySet())
        .contains("up", "import")
        .allSatisfy(name -> assertThat(launcher)
            .containsPattern("(?m)^  [a-z|]*\\b" + name + "\\b[a-z|]*\\) run_java")
            .contains("  ./weir " + name + " "));
  }

  private static final String VERSION =
      "if [ \"$1\" = -v ]; then echo 'Apache Maven 3.9.9 (abc)'; exit 0; fi\n";

  private static final String BUILDS = VERSION + """
      #count
      echo '[INFO] --- compiler:3.14.1:compile (default-compile) @ weir-gateway ---'
      sleep 1
      mkdir -p gateway/target/lib
      touch gateway/target/weir.jar
      """;

  private Path jdk(String name, String version) throws IOException {
    var jdk = jdks.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "exit 0");
    script(jdk.resolve("bin/java"), """
        for argument in "$@"; do
          case "$argument" in -XX:AOTCacheOutput=*) touch "${argument#*=}" ;; esac
        done
        printf 'ran %s as process %s: ' "NAME" "$$"
        printf '<%s>' "$@"
        """.replace("NAME", name));
    return jdk;
  }

  private void maven(String body) throws IOException {
    script(path.resolve("mvn"), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void wrapper(Path file, Path program) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void link(String program) throws IOException {
    for (var place : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      var file = Path.of(place, program);
      if (Files.isExecutable(file)) {
        wrapper(path.resolve(program), file);
        return;
      }
    }
  }

  private Ended weir(String... arguments) throws Exception {
    return weir(Map.of(), arguments);
  }

  private Ended weir(Map<String, String> more, String... arguments) throws Exception {
    return end(start(more, arguments));
  }

  private Process start(Map<String, String> more, String... arguments) throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add(clone.resolve("weir").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    var environment = new HashMap<>(Map.of(
        "PATH", path.toString(),
        "HOME", folder.toString(),
        "WEIR_JDK_FOLDER", jdks.toString(),
        "WEIR_AOT", "off"));
    environment.putAll(more);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    var out = Objects.requireNonNull(process.inputReader()).lines().toList();
    var err = Objects.requireNonNull(process.errorReader()).lines().toList();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), String.join("\n", out), String.join("\n", err));
  }
}
