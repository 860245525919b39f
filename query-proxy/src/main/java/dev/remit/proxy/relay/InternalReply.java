package dev.remit.proxy.relay;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.MessageFields;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A query of our own that runs in the client's stream: settings, schema fingerprints. The client
/// sees nothing of it but a refusal.
public final class InternalReply implements Reply {

  /// What the source answered: rows of text values (NULL as empty text), or an error.
  public record Answer(List<List<String>> rows, Optional<WireError> error) {}

  private final char last;
  private final Function<Answer, Optional<RemitException>> verdict;
  private final List<List<String>> rows = new ArrayList<>();
  private Optional<WireError> error = Optional.empty();
  private Optional<RemitException> problem = Optional.empty();

  /// @param last type of the last message that belongs to it: `Z`, or `C` without a Sync of its own
  /// @param verdict what to refuse, if anything, once the answer is complete
  public InternalReply(char last, Function<Answer, Optional<RemitException>> verdict) {
    this.last = last;
    this.verdict = verdict;
  }

  @Override
  public void rows(Buffer bytes, int from, int to, int count, ClientOutput client) {
    int at = from;
    for (int i = 0; i < count; i++) {
      int end = at + 1 + bytes.getInt(at + 1);
      MessageFields fields = new MessageFields(bytes, at + FrameReader.HEADER_BYTES, end);
      int columns = fields.int16();
      List<String> row = new ArrayList<>(columns);
      for (int column = 0; column < columns; column++) {
        int length = fields.int32();
        row.add(length < 0 ? "" : fields.slice(length).toString(StandardCharsets.UTF_8));
      }
      rows.add(row);
      at = end;
    }
  }

  @Override
  public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
    if (type != last) {
      return false;
    }
    problem = verdict.apply(new Answer(rows, error));
    return true;
  }

  @Override
  public WireError failed(WireError refusal) {
    error = Optional.of(refusal);
    if (hasOwnSync()) {
      return refusal.disclosed();
    }
    return verdict.apply(new Answer(rows, error)).map(WireError::of).orElseGet(refusal::disclosed);
  }

  @Override
  public void skipped(String sqlState) {}

  @Override
  public Optional<RemitException> problem() {
    return problem;
  }

  @Override
  public boolean hasOwnSync() {
    return last == 'Z';
  }
}
