package dev.remit.proxy.relay;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.record.AccessRecord;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// The rows of one Execute, from the first DataRow to CommandComplete or PortalSuspended.
///
/// Relayed as the bytes they came in. Nothing of them passes before the access record allows it,
/// neither a row nor the news that there is none.
public final class RowsReply implements Reply {

  /// How the end is told to the client.
  public enum Form {
    /// As the source tells it: `SELECT n` or PortalSuspended.
    SELECT,
    /// A cursor's rows: `FETCH n`, suspended or not.
    FETCH,
    /// A cursor moved: no rows, `MOVE n`.
    MOVE
  }

  private final AccessRecord record;
  private final Form form;
  private long rows;
  private long bytes;

  public RowsReply(AccessRecord record, Form form) {
    this.record = record;
    this.form = form;
  }

  @Override
  public boolean isReady(Runnable wake) {
    return isReady(record, wake);
  }

  /// Whether rows may pass; otherwise `wake` runs once that is decided.
  static boolean isReady(AccessRecord record, Runnable wake) {
    if (record.mayPass()) {
      return true;
    }
    record.whenDecided(wake);
    return false;
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public Optional<RemitException> problem() {
    return record.problem();
  }

  @Override
  public void rows(Buffer chunk, int from, int to, int count, ClientOutput client) {
    rows += count;
    if (form != Form.MOVE) {
      bytes += to - from;
      client.relay(chunk, from, to);
    }
  }

  @Override
  public boolean message(byte type, Buffer chunk, int from, int to, ClientOutput client) {
    if (type != 'C' && type != 's' && type != 'I') {
      throw new UnexpectedMessage();
    }
    record.outcome(rows, bytes, "00000");
    switch (form) {
      case SELECT -> client.relay(chunk, from, to);
      case FETCH -> BackendMessages.commandComplete(client.buffer(), "FETCH " + rows);
      case MOVE -> BackendMessages.commandComplete(client.buffer(), "MOVE " + rows);
    }
    return true;
  }

  @Override
  public WireError failed(WireError error) {
    record.outcome(rows, bytes, error.sqlState());
    return error.disclosed();
  }

  @Override
  public void skipped(String sqlState) {
    record.outcome(rows, bytes, sqlState);
  }
}
