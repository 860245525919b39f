package dev.remit.proxy.relay;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// What the source is expected to answer next, and what of it the client gets.
public interface Reply {

  /// Takes one message of the source; true when this reply is complete with it.
  boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client);

  /// Takes DataRow messages.
  default void rows(Buffer bytes, int from, int to, int count, ClientOutput client) {
    throw new UnexpectedMessage();
  }

  /// Whether the source's messages may be taken now; when false, `wake` runs once they may.
  default boolean isReady(Runnable wake) {
    return true;
  }

  /// A reason, found once complete or while rows pass, to refuse all the rest of the batch.
  default Optional<RemitException> problem() {
    return Optional.empty();
  }

  /// The source refused; answers what the client is told.
  default WireError failed(WireError error) {
    return error.disclosed();
  }

  /// An earlier error of the batch made the source skip this, or the answer is discarded.
  default void skipped(String sqlState) {}

  /// Whether an access record of its own tells how it ends.
  default boolean isRecorded() {
    return false;
  }

  /// What the statement reads, where this knows it.
  default Optional<AccessSummary> access() {
    return Optional.empty();
  }

  /// Whether an error still is followed by a ReadyForQuery that belongs to this reply.
  default boolean hasOwnSync() {
    return false;
  }

  /// Whether this is the ReadyForQuery that ends a batch.
  default boolean endsBatch() {
    return false;
  }

  /// The source broke the protocol.
  final class UnexpectedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
