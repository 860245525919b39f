package dev.remit.proxy.relay;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    /// The source refused what no access record tells of.
    void refusedUnrecorded(Optional<AccessSummary> access, String sqlState);

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

    record Refusal(WireError error) implements Entry {}

    record Settled(Promise<Void> reached) implements Entry {}
  }

  private final Deque<Entry> queue = new ArrayDeque<>();
  private final ClientOutput client;
  private final Observer observer;
  private final Runnable wake;
  private @Nullable UpstreamConnection source;
  private boolean discarding;
  private boolean waitingForClient;
  private long expectedEver;

  /// Whether the client has been told an error of the batch whose answers it gets: there is one.
  private boolean failureTold;

  /// Turns that have come; those who wait for them go on at the end of the chunk.
  private final List<Promise<Void>> reached = new ArrayList<>();

  /// @param loop the session's, on which what was held back goes on
  public Replies(ClientOutput client, Observer observer, Context loop) {
    this.client = client;
    this.observer = observer;
    this.wake = () -> loop.runOnContext(ignored -> resumeSource());
  }

  /// From now on the connection's messages answer this client.
  public void attach(UpstreamConnection connection) {
    source = connection;
    waitingForClient = false;
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

  /// Refuses the rest of the batch by ourselves, at its turn; silent when the client has been told
  /// an error of this batch by then.
  public void refuse(WireError error) {
    enqueue(new Entry.Refusal(error));
  }

  /// Completes when everything expected so far has been answered, dropped or lost.
  public Future<Void> settled() {
    Promise<Void> turn = Promise.promise();
    queue.addLast(new Entry.Settled(turn));
    return turn.future();
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
      drop(queue.removeFirst(), "08006");
    }
    wakeSettled();
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
          failureTold = false;
          BackendMessages.readyForQuery(
              client.buffer(), observer.ready((char) bytes.getByte(to - 1)));
        }
        if (!refusedBy(head)) {
          giveOwn();
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
    wakeSettled();
    if (source == null || !client.isFull()) {
      observer.drained();
      return;
    }
    source.pause();
    if (!waitingForClient) {
      waitingForClient = true;
      client.onDrain(ignored -> {
        waitingForClient = false;
        resumeSource();
      });
    }
  }

  @Override
  public void lost() {
    source = null;
    discarding = false;
    waitingForClient = false;
    WireError lost =
        WireError.of(
            new RemitException(
                ErrorCode.SOURCE_UNAVAILABLE, "the connection to the source was lost; try again"));
    observer.sourceLost();
    boolean batchOpen = observer.isBatchOpen();
    while (!queue.isEmpty()) {
      Entry next = queue.removeFirst();
      if (next instanceof Entry.Source(Reply reply) && reply.endsBatch()) {
        tell(lost);
        BackendMessages.readyForQuery(client.buffer(), observer.readyWithoutSource());
        failureTold = false;
      } else if (next instanceof Entry.Own own && own.endsBatch) {
        give(own);
      } else {
        drop(next, lost.sqlState());
      }
    }
    if (batchOpen) {
      tell(lost);
      observer.batchFailed(true);
    }
    chunkEnd();
  }

  private void answer(Consumer<Buffer> bytes, boolean endsBatch) {
    if (queue.isEmpty() && !endsBatch) {
      bytes.accept(client.buffer());
    } else {
      enqueue(new Entry.Own(bytes, endsBatch));
    }
  }

  private void enqueue(Entry own) {
    if (queue.isEmpty()) {
      give(own);
    } else {
      queue.addLast(own);
    }
  }

  /// Gives the client what of ours has its turn now.
  private void giveOwn() {
    while (!queue.isEmpty() && !(queue.getFirst() instanceof Entry.Source)) {
      give(queue.removeFirst());
    }
  }

  private void give(Entry entry) {
    switch (entry) {
      case Entry.Own own -> {
        own.bytes.accept(client.buffer());
        failureTold &= !own.endsBatch;
      }
      case Entry.Refusal refusal -> tell(refusal.error);
      case Entry.Settled turn -> reached.add(turn.reached);
      case Entry.Source _ -> throw new IllegalStateException("the source's to answer");
    }
  }

  private void drop(Entry entry, String sqlState) {
    switch (entry) {
      case Entry.Source(Reply reply) -> reply.skipped(sqlState);
      case Entry.Settled turn -> reached.add(turn.reached);
      case Entry.Own _, Entry.Refusal _ -> {}
    }
  }

  private void wakeSettled() {
    while (!reached.isEmpty()) {
      reached.removeLast().complete();
    }
  }

  private void tell(WireError error) {
    if (!failureTold) {
      failureTold = true;
      BackendMessages.error(client.buffer(), error);
    }
  }

  /// When the reply says that the batch must not go on, tells the client and drops the rest.
  private boolean refusedBy(Reply reply) {
    Optional<RemitException> problem = reply.problem();
    problem.ifPresent(refusal -> {
      tell(WireError.of(refusal));
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
    tell(disclosed);
    discarding = true;
    if (!head.endsBatch()) {
      queue.pollFirst();
      if (!head.isRecorded() && !hasRecordedBeforeReady()) {
        observer.refusedUnrecorded(head.access(), error.sqlState());
      }
    }
    dropBatch(error.sqlState());
  }

  /// Whether the batch goes on with something whose own record will tell of the error.
  private boolean hasRecordedBeforeReady() {
    for (Entry entry : queue) {
      if (entry instanceof Entry.Source(Reply reply)) {
        if (reply.isRecorded() || reply.endsBatch()) {
          return reply.isRecorded();
        }
      }
    }
    return false;
  }

  private void dropBatch(String sqlState) {
    while (!queue.isEmpty()) {
      Entry next = queue.getFirst();
      boolean endsBatch =
          switch (next) {
            case Entry.Source(Reply reply) -> reply.endsBatch();
            case Entry.Own own -> own.endsBatch;
            case Entry.Refusal _, Entry.Settled _ -> false;
          };
      if (endsBatch) {
        observer.batchFailed(false);
        return;
      }
      drop(queue.removeFirst(), sqlState);
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
