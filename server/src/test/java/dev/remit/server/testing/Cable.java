package dev.remit.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// The way to a server, which a test can pull out and put back: while it is out, connections are
/// refused and those that were open are gone.
///
/// The port stays the same. Each connection has two virtual threads.
public final class Cable implements AutoCloseable {
  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// Owned by the test's thread.
  private ServerSocket listener;

  /// A cable that is in.
  public Cable(String host, int port) throws IOException {
    this.target = new InetSocketAddress(host, port);
    this.listener = listenBelowOutgoingPorts();
    this.port = listener.getLocalPort();
    accept(listener);
  }

  /// Outgoing connections get ports from 32768 up (Linux). A listener among them, once closed, may
  /// find its port given to one of those that try to reach it, or even connected to itself.
  private static ServerSocket listenBelowOutgoingPorts() throws IOException {
    IOException taken = new IOException("every port looked at is taken");
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
      try {
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      } catch (BindException again) {
        taken.addSuppressed(again);
      }
    }
    throw taken;
  }

  /// Where to connect instead of the server, on loopback.
  public int port() {
    return port;
  }

  /// Cuts every connection and refuses new ones.
  public void pull() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  /// Lets connections through again; nothing happens when it is in.
  public void putBack() throws IOException {
    if (!listener.isClosed()) {
      return;
    }
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accept(listener);
  }

  private void accept(ServerSocket from) {
    Thread.startVirtualThread(() -> {
      while (!from.isClosed()) {
        try {
          Socket client = from.accept();
          Socket server = new Socket(target.getHostString(), target.getPort());
          open.add(client);
          open.add(server);
          copy(client, server);
          copy(server, client);
          if (from.isClosed()) {
            client.close();
            server.close();
          }
        } catch (IOException pulled) {
          if (!from.isClosed()) {
            throw new UncheckedIOException("the cable's far end does not answer", pulled);
          }
        }
      }
    });
  }

  private void copy(Socket from, Socket to) {
    Thread.startVirtualThread(() -> {
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException ended) {
        // Either side is gone; closing both streams tells the other one.
      } finally {
        open.remove(from);
      }
    });
  }

  @Override
  public void close() throws IOException {
    pull();
  }
}
