package dev.remit.platform.testing;

import dev.remit.platform.db.Database;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The way to a store, which can be cut at the worst moment: after the store has committed and
/// before anybody is told.
///
/// Each connection has two virtual threads.
public final class StoreLine implements AutoCloseable {
  private static final String COMMIT = "COMMIT";

  private final TestPostgres.Address store;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();
  private volatile boolean cut;

  /// A line that carries everything.
  public StoreLine(TestPostgres.Address store) {
    this.store = store;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.startVirtualThread(this::accept);
  }

  /// Opens the store by this line. Nothing is prepared by name, so that commits can be told.
  public Database open() {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0"
            .formatted(listener.getLocalPort(), store.database());
    return new Database(url, store.user(), store.password(), 8);
  }

  /// Cuts every connection when the store answers the next commit; that answer is lost. New
  /// connections get nowhere until [#mend].
  public void loseTheAnswerOfTheNextCommit() {
    losesAnswer.set(true);
  }

  /// Ends every connection; new ones get nowhere.
  public void cut() {
    cut = true;
    open.forEach(StoreLine::end);
    open.clear();
  }

  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (cut) {
          client.close();
          continue;
        }
        Socket server = new Socket(store.host(), store.port());
        open.add(client);
        open.add(server);
        AtomicBoolean committing = new AtomicBoolean();
        Thread.startVirtualThread(() -> carryStatements(client, server, committing));
        Thread.startVirtualThread(() -> carryAnswers(server, client, committing));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void carryStatements(Socket client, Socket server, AtomicBoolean committing) {
    carry(
        client,
        server,
        bytes -> {
          if (new String(bytes, StandardCharsets.ISO_8859_1).contains(COMMIT)
              && losesAnswer.compareAndSet(true, false)) {
            committing.set(true);
          }
          return true;
        });
  }

  private void carryAnswers(Socket server, Socket client, AtomicBoolean committing) {
    carry(
        server,
        client,
        bytes -> {
          if (committing.get()) {
            cut();
            return false;
          }
          return true;
        });
  }

  private interface Watch {
    boolean passes(byte[] bytes);
  }

  private static void carry(Socket from, Socket to, Watch watch) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length;
      while ((length = in.read(buffer)) >= 0) {
        byte[] bytes = Arrays.copyOf(buffer, length);
        if (!watch.passes(bytes)) {
          return;
        }
        out.write(bytes);
      }
    } catch (IOException ended) {
      end(from);
      end(to);
    }
  }

  @Override
  public void close() {
    cut();
    end(listener);
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
