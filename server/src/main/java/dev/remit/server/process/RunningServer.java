package dev.remit.server.process;

import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server that runs over a data folder, as it wrote itself down when it was ready.
///
/// @param pid process number
/// @param started when that process was started, milliseconds since 1970, 0 when unknown
/// @param http base address of the administration interface
/// @param wireHost where the PostgreSQL wire protocol listens
/// @param wirePort likewise
/// @param caFile PEM file against which clients can check the wire's certificate
public record RunningServer(
    long pid, long started, String http, String wireHost, int wirePort, String caFile) {

  /// The calling process, for the file.
  public static RunningServer ofThisProcess(
      String http, String wireHost, int wirePort, String caFile) {
    ProcessHandle process = ProcessHandle.current();
    return new RunningServer(process.pid(), startOf(process), http, wireHost, wirePort, caFile);
  }

  /// The living server of this folder.
  public static Optional<RunningServer> of(DataFolder folder) {
    if (!Files.exists(folder.serverState())) {
      return Optional.empty();
    }
    RunningServer server = Json.read(PrivateFiles.read(folder.serverState()), RunningServer.class);
    return server.process().isPresent() ? Optional.of(server) : Optional.empty();
  }

  /// Writes it down for the commands.
  public void write(DataFolder folder) {
    PrivateFiles.write(folder.serverState(), Json.write(this));
  }

  /// Removes what [#write] wrote.
  public static void erase(DataFolder folder) {
    try {
      Files.deleteIfExists(folder.serverState());
    } catch (IOException failure) {
      throw new UncheckedIOException("could not delete " + folder.serverState(), failure);
    }
  }

  /// Asks the server to stop and waits.
  ///
  /// @return whether it ended within the limit
  public boolean stop(Duration limit) {
    Optional<ProcessHandle> process = process();
    if (process.isEmpty()) {
      return true;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException failure) {
      throw new IllegalStateException("could not wait for process " + pid, failure);
    }
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process) == started);
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
