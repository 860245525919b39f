package dev.remit.proxy.copy;

import dev.remit.proxy.wire.FrameReader;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The frame that text and csv share: a CopyData message per line, fields between delimiters.
final class TextLine {

  /// Writes one field that is not NULL.
  interface Field {
    /// @param alone whether it is the line's only field
    void write(Buffer out, byte[] value, boolean alone);
  }

  private final byte delimiter;
  private final byte[] nullText;

  TextLine(char delimiter, String nullText) {
    this.delimiter = (byte) delimiter;
    this.nullText = nullText.getBytes(StandardCharsets.UTF_8);
  }

  void header(Buffer out, List<String> columns, Field field) {
    int start = begin(out);
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        out.appendByte(delimiter);
      }
      field.write(out, columns.get(i).getBytes(StandardCharsets.UTF_8), columns.size() == 1);
    }
    end(out, start);
  }

  void row(Buffer out, Buffer bytes, int from, Field field) {
    int start = begin(out);
    int at = from + FrameReader.HEADER_BYTES;
    int count = bytes.getUnsignedShort(at);
    at += 2;
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.appendByte(delimiter);
      }
      int length = bytes.getInt(at);
      at += 4;
      if (length < 0) {
        out.appendBytes(nullText);
      } else {
        field.write(out, bytes.getBytes(at, at + length), count == 1);
        at += length;
      }
    }
    end(out, start);
  }

  private static int begin(Buffer out) {
    out.appendByte((byte) 'd').appendInt(0);
    return out.length() - 4;
  }

  private static void end(Buffer out, int start) {
    out.appendByte((byte) '\n');
    out.setInt(start, out.length() - start);
  }
}
