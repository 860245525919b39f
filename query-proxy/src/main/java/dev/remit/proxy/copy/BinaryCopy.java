package dev.remit.proxy.copy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The binary format: a tuple is laid out as the body of a DataRow is. As from PostgreSQL, the
/// header comes in one message with the first tuple, or with the trailer where there is none:
/// clients that read message by message rely on it.
///
/// One instance writes one result, on its event loop.
final class BinaryCopy implements CopyEncoder {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = SIGNATURE.length + 8;

  private boolean begun;

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public void begin(Buffer out, List<String> columns) {
    // With the first message that follows.
  }

  @Override
  public void row(Buffer out, Buffer bytes, int from, int to) {
    int tuple = from + 5;
    message(out, to - tuple).appendBuffer(bytes, tuple, to - tuple);
  }

  @Override
  public void end(Buffer out) {
    message(out, 2).appendShort((short) -1);
  }

  /// Begins a CopyData message with this many bytes beside the header.
  private Buffer message(Buffer out, int length) {
    out.appendByte((byte) 'd').appendInt(4 + length + (begun ? 0 : HEADER));
    if (!begun) {
      begun = true;
      out.appendBytes(SIGNATURE).appendInt(0).appendInt(0);
    }
    return out;
  }
}
