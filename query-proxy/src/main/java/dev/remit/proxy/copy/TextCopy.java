package dev.remit.proxy.copy;

import dev.remit.proxy.model.CopyOptions;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// The text format: control characters, the backslash and the delimiter are escaped.
final class TextCopy implements CopyEncoder {
  private final CopyOptions options;
  private final TextLine line;

  TextCopy(CopyOptions options) {
    this.options = options;
    this.line = new TextLine(options.delimiter(), options.nullText());
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public void begin(Buffer out, List<String> columns) {
    if (options.header()) {
      line.header(out, columns, this::escape);
    }
  }

  @Override
  public void row(Buffer out, Buffer bytes, int from, int to) {
    line.row(out, bytes, from, this::escape);
  }

  @Override
  public void end(Buffer out) {}

  private void escape(Buffer out, byte[] value, boolean alone) {
    int plainFrom = 0;
    for (int i = 0; i < value.length; i++) {
      byte escaped = escapeOf(value[i]);
      if (escaped != 0) {
        out.appendBytes(value, plainFrom, i - plainFrom);
        out.appendByte((byte) '\\').appendByte(escaped);
        plainFrom = i + 1;
      }
    }
    out.appendBytes(value, plainFrom, value.length - plainFrom);
  }

  /// What follows the backslash, 0 when the byte stands for itself.
  private byte escapeOf(byte value) {
    return switch (value) {
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 0x0B -> 'v';
      case '\\' -> '\\';
      default -> value == options.delimiter() ? value : 0;
    };
  }
}
