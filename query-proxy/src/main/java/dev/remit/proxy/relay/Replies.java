package dev.remit.proxy.relay;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answers that a client still has to get, in the order of its messages: some come from the
/// source, some from ourselves. Every message of the source belongs to the first of them.
///
/// ```
/// client's  P  B  E  S        queue   Parsed · Acknowledgement · Rows · Ready
/// source's  1  2  D D D C  Z  takes      1           2          DDDC     Z
///           E              Z  on E: the rest up to Ready is dropped, as the source skips it
/// ```
///
/// When one of our own checks fails (drift, log) the source knows nothing of it: its messages are
/// then thrown away until the Ready. Owned by the session's event loop.
public final class Replies implements UpstreamConnection.Holder {

  /// What the session has to know of the answers.
  public interface Observer {
    /// The batch failed, at the source or by a check of ours: nothing more of it may be submitted.
    void batchFailed(boolean batchStillOpen);

    /// Whether messages of a batch were taken whose Sync was not.
    boolean isBatchOpen();

    /// ReadyForQuery with the source's status; answers the status for the client.
    char ready(char status);

    /// The status for the client when the source is gone.
    char readyWithoutSource();

    /// The source is gone.
    void sourceLost();

    /// The client's queue is full, or a record is not durable yet.
    void drained();
  }

  private sealed interface Entry {
    record Source(Reply reply) implements Entry {}

    record Own(Consumer<Buffer> bytes, boolean endsBatch) implements Entry {}
  }

  private final Deque<Entry> queue = new ArrayDeque<>();
  private final ClientOutput client;
  private final Observer observer;
  private final Runnable wake;
  private @Nullable UpstreamConnection source;
  private boolean discarding;
  private boolean waitingForClient;
  private long expectedEver;

  /// @param wake runs [#resumeSource] on the session's event loop, from any thread
  public Replies(ClientOutput client, Observer observer, Runnable wake) {
    this.client = client;
    this.observer = observer;
    this.wake = wake;
  }

  /// From now on the connection's messages answer this client.
  public void attach(UpstreamConnection connection) {
    source = connection;
    connection.hold(this);
  }

  public void detach() {
    source = null;
  }

  /// Expects an answer of the source.
  public void expect(Reply reply) {
    expectedEver++;
    queue.addLast(new Entry.Source(reply));
  }

  /// Answers by ourselves, at its turn.
  public void answer(Consumer<Buffer> bytes) {
    answer(bytes, false);
  }

  /// The ReadyForQuery of a batch that the source has no part in.
  public void answerReady(Consumer<Buffer> bytes) {
    answer(bytes, true);
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  public int size() {
    return queue.size();
  }

  /// How many answers of the source were ever expected.
  public long expectedEver() {
    return expectedEver;
  }

  /// The client is gone: whatever was expected counts as skipped.
  public void abandon() {
    while (!queue.isEmpty()) {
      if (queue.pollFirst() instanceof Entry.Source(Reply reply)) {
        reply.skipped("08006");
      }
    }
  }

  /// Delivers what was held back.
  public void resumeSource() {
    if (source != null) {
      source.resume();
    }
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to) {
    if (type == 'N' || type == 'S' || type == 'A') {
      return true;
    }
    if (!(queue.peekFirst() instanceof Entry.Source(Reply head))) {
      return discarding || broken();
    }
    if (discarding && !(head.endsBatch() && type == 'Z')) {
      return true;
    }
    if (!head.isReady(wake)) {
      return false;
    }
    if (refusedBy(head)) {
      return true;
    }
    if (type == 'E') {
      WireError error = WireError.read(bytes, from, to);
      if (error.endsConnection()) {
        return broken();
      }
      failed(head, error);
      return true;
    }
    try {
      if (head.message(type, bytes, from, to, client)) {
        queue.pollFirst();
        if (head.endsBatch()) {
          discarding = false;
          BackendMessages.readyForQuery(
              client.buffer(), observer.ready((char) bytes.getByte(to - 1)));
        }
        if (!refusedBy(head)) {
          runOwn();
        }
        if (source == null) {
          chunkEnd();
        }
      }
      return true;
    } catch (Reply.UnexpectedMessage unexpected) {
      return broken();
    }
  }

  @Override
  public boolean rows(Buffer bytes, int from, int to, int count) {
    if (discarding) {
      return true;
    }
    if (!(queue.peekFirst() instanceof Entry.Source(Reply head))) {
      return broken();
    }
    if (!head.isReady(wake)) {
      return false;
    }
    if (refusedBy(head)) {
      return true;
    }
    try {
      head.rows(bytes, from, to, count, client);
      return true;
    } catch (Reply.UnexpectedMessage unexpected) {
      return broken();
    }
  }

  @Override
  public void chunkEnd() {
    client.flush();
    if (source == null || waitingForClient || !client.isFull()) {
      observer.drained();
      return;
    }
    waitingForClient = true;
    source.pause();
    client.onDrain(ignored -> {
      waitingForClient = false;
      resumeSource();
    });
  }

  @Override
  public void lost() {
    source = null;
    boolean told = discarding;
    discarding = false;
    RemitException lost =
        new RemitException(
            ErrorCode.SOURCE_UNAVAILABLE, "the connection to the source was lost; try again");
    observer.sourceLost();
    boolean batchOpen = observer.isBatchOpen();
    while (!queue.isEmpty()) {
      switch (queue.removeFirst()) {
        case Entry.Source(Reply reply) when reply.endsBatch() -> {
          if (!told) {
            BackendMessages.error(client.buffer(), WireError.of(lost));
          }
          BackendMessages.readyForQuery(client.buffer(), observer.readyWithoutSource());
          told = false;
        }
        case Entry.Source(Reply reply) -> reply.skipped(lost.code().sqlState());
        case Entry.Own own -> {
          if (own.endsBatch) {
            own.bytes.accept(client.buffer());
          }
        }
      }
    }
    if (batchOpen) {
      if (!told) {
        BackendMessages.error(client.buffer(), WireError.of(lost));
      }
      observer.batchFailed(true);
    }
    client.flush();
    observer.drained();
  }

  private void answer(Consumer<Buffer> bytes, boolean endsBatch) {
    if (queue.isEmpty()) {
      bytes.accept(client.buffer());
    } else {
      queue.addLast(new Entry.Own(bytes, endsBatch));
    }
  }

  private void runOwn() {
    while (queue.peekFirst() instanceof Entry.Own own) {
      queue.pollFirst();
      own.bytes.accept(client.buffer());
    }
  }

  /// When the reply says that the batch must not go on, tells the client and drops the rest.
  private boolean refusedBy(Reply reply) {
    Optional<RemitException> problem = reply.problem();
    problem.ifPresent(refusal -> {
      BackendMessages.error(client.buffer(), WireError.of(refusal));
      discarding = true;
      dropBatch(refusal.code().sqlState());
    });
    return problem.isPresent();
  }

  private void failed(Reply head, WireError error) {
    WireError disclosed = head.failed(error);
    if (head.hasOwnSync()) {
      return;
    }
    BackendMessages.error(client.buffer(), disclosed);
    discarding = true;
    if (!head.endsBatch()) {
      queue.pollFirst();
    }
    dropBatch(error.sqlState());
  }

  private void dropBatch(String sqlState) {
    while (!queue.isEmpty()) {
      switch (queue.getFirst()) {
        case Entry.Source(Reply reply) -> {
          if (reply.endsBatch()) {
            observer.batchFailed(false);
            return;
          }
          reply.skipped(sqlState);
        }
        case Entry.Own own -> {
          if (own.endsBatch) {
            observer.batchFailed(false);
            return;
          }
        }
      }
      queue.pollFirst();
    }
    observer.batchFailed(true);
  }

  /// The source said something that nobody asked for: it cannot be trusted to be in step.
  private boolean broken() {
    if (source != null) {
      source.close();
    }
    return true;
  }
}
