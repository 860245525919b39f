package dev.remit.platform.db;

import dev.remit.platform.disk.Folders;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs `initdb` and `pg_ctl` over one data folder.
///
/// PostgreSQL refuses to run as root. For root on Linux each program runs in a user namespace of
/// its own (`unshare --user`), where it is nobody in particular while its files stay root's.
final class PostgresProgram {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String PID_FILE = "postmaster.pid";

  private final Path home;
  private final Path data;
  private final List<String> prefix;

  private PostgresProgram(Path home, Path data, List<String> prefix) {
    this.home = home;
    this.data = data;
    this.prefix = prefix;
  }

  /// Unpacks the programs below `programs` where they are not there yet.
  static PostgresProgram unpack(Path programs, Path data) {
    Path home = PostgresArchive.unpack(programs);
    return new PostgresProgram(
        home.toAbsolutePath(), data.toAbsolutePath().normalize(), prefixForThisUser());
  }

  boolean isInitialised() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /// Makes the data folder. One that a crash left half made is made anew: it holds nothing yet.
  void initialise(String administrator, Path passwordFile) {
    Path fresh = data.resolveSibling(data.getFileName() + ".new");
    Folders.delete(fresh);
    run(
        "could not initialise the embedded PostgreSQL",
        "initdb",
        "--pgdata=" + fresh,
        "--username=" + administrator,
        "--pwfile=" + passwordFile.toAbsolutePath(),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
    try {
      Files.move(fresh, data);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not make " + data, failure);
    }
  }

  /// Starts the server over the settings and returns when it accepts connections.
  void start(String settings, String authentication) {
    PrivateFiles.write(data.resolve("postgresql.conf"), settings);
    PrivateFiles.write(data.resolve("pg_hba.conf"), authentication);
    run(
        "the embedded PostgreSQL did not start; its log is in " + data.resolveSibling("log"),
        "pg_ctl",
        "start",
        "--pgdata=" + data,
        "--wait",
        "--timeout=" + START_LIMIT.toSeconds(),
        "--silent",
        "--log=" + data.resolveSibling("start.log"));
  }

  /// Stops the server, ending open sessions, and waits for its last checkpoint. Nothing happens
  /// when it is not running any more.
  void stop() {
    if (recordedProcess().isPresent()) {
      run(
          "the embedded PostgreSQL did not stop",
          "pg_ctl",
          "stop",
          "--pgdata=" + data,
          "--mode=fast",
          "--wait",
          "--timeout=" + START_LIMIT.toSeconds(),
          "--silent");
    }
  }

  /// Deals with what a killed Remit leaves: its server still running is stopped, so that no session
  /// of the dead process goes on; a stale `postmaster.pid` whose number now belongs to another
  /// program is removed, since PostgreSQL could not tell and would not start.
  ///
  /// The caller holds the folder's lock, so no living Remit owns that server.
  void stopOrphan() {
    if (runs()) {
      stop();
      return;
    }
    try {
      Files.deleteIfExists(data.resolve(PID_FILE));
    } catch (IOException failure) {
      throw new UncheckedIOException("could not delete " + data.resolve(PID_FILE), failure);
    }
  }

  /// Whether the server of this data folder is there. A process that has ended and waits to be
  /// collected has no command line, and does not count.
  boolean runs() {
    return recordedProcess()
        .flatMap(process -> process.info().commandLine())
        .filter(line -> line.contains(data.toString()))
        .isPresent();
  }

  /// The living process, of whatever program, that has the number in `postmaster.pid`.
  private Optional<ProcessHandle> recordedProcess() {
    Path pidFile = data.resolve(PID_FILE);
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      String number = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
      return number.matches("[0-9]{1,9}")
          ? ProcessHandle.of(Long.parseLong(number))
          : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + pidFile, failure);
    }
  }

  private void run(String failure, String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("remit-" + program, ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(START_LIMIT.plusSeconds(30).toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(failure + ": " + program + " did not end in time");
        }
        if (process.exitValue() != 0) {
          throw new IllegalStateException(
              failure + ": " + Files.readString(output, StandardCharsets.UTF_8).strip());
        }
      } finally {
        Files.delete(output);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(failure, cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure, cause);
    }
  }

  private static List<String> prefixForThisUser() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    try {
      Process probe =
          new ProcessBuilder("unshare", "--user", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (probe.waitFor() == 0) {
        return List.of("unshare", "--user");
      }
    } catch (IOException absent) {
      // No such program: refused below, like one that is not permitted.
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
    throw new RemitException(
        ErrorCode.INVALID_CONFIGURATION,
        "PostgreSQL does not run as root, and user namespaces are not permitted here; start Remit"
            + " as an ordinary user, or give it a PostgreSQL with REMIT_DB_URL");
  }
}
