package dev.remit.proxy.copy;

import dev.remit.proxy.model.CopyOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The csv format: fields are quoted where they could be misread.
final class CsvCopy implements CopyEncoder {
  private static final byte[] END_OF_DATA = {'\\', '.'};

  private final CopyOptions options;
  private final TextLine line;
  private final byte[] nullText;

  CsvCopy(CopyOptions options) {
    this.options = options;
    this.line = new TextLine(options.delimiter(), options.nullText());
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public void begin(Buffer out, List<String> columns) {
    if (options.header()) {
      line.header(out, columns, (to, value, alone) -> write(to, value, needsQuotes(value, alone)));
    }
  }

  @Override
  public void row(Buffer out, Buffer bytes, int from, int to) {
    line.row(
        out,
        bytes,
        from,
        (target, value, alone) ->
            write(target, value, options.forceQuote() || needsQuotes(value, alone)));
  }

  @Override
  public void end(Buffer out) {}

  private boolean needsQuotes(byte[] value, boolean alone) {
    if (Arrays.equals(value, nullText) || (alone && Arrays.equals(value, END_OF_DATA))) {
      return true;
    }
    for (byte c : value) {
      if (c == options.delimiter() || c == options.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private void write(Buffer out, byte[] value, boolean quoted) {
    if (!quoted) {
      out.appendBytes(value);
      return;
    }
    out.appendByte((byte) options.quote());
    for (byte c : value) {
      if (c == options.quote() || c == options.escape()) {
        out.appendByte((byte) options.escape());
      }
      out.appendByte(c);
    }
    out.appendByte((byte) options.quote());
  }
}
