package dev.remit.server;

import dev.remit.platform.config.ConfigurationFile;
import dev.remit.platform.config.RemitConfiguration;
import dev.remit.server.process.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A whole Remit in this process, over a folder and ports of its own, for tests of the whole.
public final class RunningRemit implements AutoCloseable {
  private final RemitConfiguration configuration;
  private final DataFolder folder;
  private Wiring wiring;

  private RunningRemit(RemitConfiguration configuration, DataFolder folder) {
    this.configuration = configuration;
    this.folder = folder;
    this.wiring = Wiring.start(configuration, folder, line -> {});
    wiring.running().write(folder);
  }

  /// Starts over the folder with a small sample.
  public static RunningRemit start(Path folder) {
    return start(folder, Map.of("REMIT_SAMPLE_CUSTOMERS", "100"));
  }

  /// Starts over the folder.
  ///
  /// @param settings variables of the configuration beside the ports
  public static RunningRemit start(Path folder, Map<String, String> settings) {
    return new RunningRemit(configuration(folder, settings), new DataFolder(folder));
  }

  /// A configuration over the folder with free ports.
  public static RemitConfiguration configuration(Path folder, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("REMIT_FOLDER", folder.toString());
    environment.put("REMIT_DB_PORT", "0");
    environment.putIfAbsent("REMIT_HTTP_PORT", Integer.toString(freePort()));
    environment.putIfAbsent("REMIT_WIRE_PORT", Integer.toString(freePort()));
    return ConfigurationFile.load(Path.of("no-such-file"), environment);
  }

  /// A port that nobody listens on at this moment.
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException("no free port", failure);
    }
  }

  /// Closes and starts again over the same folder and ports.
  public void restart() {
    wiring.close();
    wiring = Wiring.start(configuration, folder, line -> {});
    wiring.running().write(folder);
  }

  public Wiring wiring() {
    return wiring;
  }

  public DataFolder folder() {
    return folder;
  }

  public RemitConfiguration configuration() {
    return configuration;
  }

  @Override
  public void close() {
    wiring.close();
  }
}
