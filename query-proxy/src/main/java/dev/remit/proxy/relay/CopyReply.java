package dev.remit.proxy.relay;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.copy.CopyEncoder;
import dev.remit.proxy.record.AccessRecord;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.MessageFields;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of a query told as COPY TO STDOUT.
///
/// ```
/// source  T D D … C        client  H d d … c C(COPY n)
/// ```
public final class CopyReply implements Reply {
  private final AccessRecord record;
  private final CopyEncoder encoder;
  private long rows;
  private long bytes;

  public CopyReply(AccessRecord record, CopyEncoder encoder) {
    this.record = record;
    this.encoder = encoder;
  }

  @Override
  public boolean isReady(Runnable wake) {
    return RowsReply.isReady(record, wake);
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
    int before = client.buffer().length();
    int at = from;
    for (int i = 0; i < count; i++) {
      int end = at + 1 + chunk.getInt(at + 1);
      encoder.row(client.buffer(), chunk, at, end);
      at = end;
    }
    rows += count;
    bytes += client.buffer().length() - before;
  }

  @Override
  public boolean message(byte type, Buffer chunk, int from, int to, ClientOutput client) {
    return switch (type) {
      case 'T' -> {
        List<String> columns = columns(chunk, from, to);
        BackendMessages.copyOutResponse(
            client.buffer(), encoder.isBinary() ? 1 : 0, columns.size());
        encoder.begin(client.buffer(), columns);
        yield false;
      }
      case 'C' -> {
        encoder.end(client.buffer());
        BackendMessages.empty(client.buffer(), 'c');
        BackendMessages.commandComplete(client.buffer(), "COPY " + rows);
        record.outcome(rows, bytes, "00000");
        yield true;
      }
      default -> throw new UnexpectedMessage();
    };
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

  private static List<String> columns(Buffer chunk, int from, int to) {
    MessageFields fields = new MessageFields(chunk, from + FrameReader.HEADER_BYTES, to);
    int count = fields.int16();
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(fields.string());
      fields.skip(18);
    }
    return names;
  }
}
