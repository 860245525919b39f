package dev.remit.proxy.session;

import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The way to the scripted source: each connection gets a backend, a cancel request finds the one
/// that it means.
final class ScriptedSource implements NetClient {
  /// What the schema check asks; the table has not changed.
  static final String FINGERPRINTS = "select fingerprints($1)";

  final List<ScriptedBackend> backends = new ArrayList<>();
  private final Consumer<String> heard;

  /// @param heard told of each text that is sent to be parsed
  ScriptedSource(Consumer<String> heard) {
    this.heard = heard;
  }

  @Override
  public Future<NetSocket> connect(int port, String host) {
    ScriptedBackend backend = new ScriptedBackend(backends.size() + 1, heard, this::cancel);
    backends.add(backend);
    return Future.succeededFuture(backend.socket);
  }

  private void cancel(int processId) {
    backends.get(processId - 1).cancel();
  }

  @Override
  public Future<NetSocket> connect(int port, String host, String serverName) {
    throw new UnsupportedOperationException("not part of the script");
  }

  @Override
  public Future<NetSocket> connect(SocketAddress address) {
    throw new UnsupportedOperationException("not part of the script");
  }

  @Override
  public Future<NetSocket> connect(SocketAddress address, String serverName) {
    throw new UnsupportedOperationException("not part of the script");
  }

  @Override
  public Future<NetSocket> connect(ConnectOptions options) {
    throw new UnsupportedOperationException("not part of the script");
  }

  @Override
  public Future<Void> shutdown(long timeout, TimeUnit unit) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
    throw new UnsupportedOperationException("not part of the script");
  }
}
