package dev.remit.proxy.edge;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the session that a CancelRequest means.
///
/// Shared by all event loops. A key has 256 random bits under protocol 3.2; the 32 bits that 3.0
/// leaves are bound to the peer's address, and wrong guesses are throttled by the caller.
public final class CancelRegistry {
  private static final int LONG_SECRET_BYTES = 32;
  private static final int SHORT_SECRET_BYTES = 4;

  private record Entry(Buffer secret, String peer, Context loop, Runnable cancel) {}

  /// What a client is given to cancel with.
  record Key(int processId, Buffer secret) {}

  private final SecureRandom random;
  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

  public CancelRegistry(SecureRandom random) {
    this.random = random;
  }

  /// @param longKey whether the client speaks protocol 3.2
  Key register(boolean longKey, String peer, Context loop, Runnable cancel) {
    byte[] bytes = new byte[longKey ? LONG_SECRET_BYTES : SHORT_SECRET_BYTES];
    random.nextBytes(bytes);
    Buffer secret = Buffer.buffer(bytes);
    Entry entry = new Entry(secret, peer, loop, cancel);
    int processId = random.nextInt(1, Integer.MAX_VALUE);
    while (entries.putIfAbsent(processId, entry) != null) {
      processId = random.nextInt(1, Integer.MAX_VALUE);
    }
    return new Key(processId, secret);
  }

  void remove(int processId) {
    entries.remove(processId);
  }

  /// Cancels what the key names; answers whether it named anything.
  boolean cancel(int processId, Buffer secret, String peer) {
    Entry entry = entries.get(processId);
    if (entry == null || !MessageDigest.isEqual(entry.secret.getBytes(), secret.getBytes())) {
      return false;
    }
    if (entry.secret.length() == SHORT_SECRET_BYTES && !entry.peer.equals(peer)) {
      return false;
    }
    entry.loop.runOnContext(ignored -> entry.cancel.run());
    return true;
  }
}
