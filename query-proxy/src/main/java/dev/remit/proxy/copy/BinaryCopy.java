package dev.remit.proxy.copy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The binary format: a tuple is laid out as the body of a DataRow is.
record BinaryCopy() implements CopyEncoder {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public void begin(Buffer out, List<String> columns) {
    out.appendByte((byte) 'd').appendInt(4 + SIGNATURE.length + 8);
    out.appendBytes(SIGNATURE).appendInt(0).appendInt(0);
  }

  @Override
  public void row(Buffer out, Buffer bytes, int from, int to) {
    out.appendByte((byte) 'd').appendBuffer(bytes, from + 1, to - from - 1);
  }

  @Override
  public void end(Buffer out) {
    out.appendByte((byte) 'd').appendInt(6).appendShort((short) -1);
  }
}
