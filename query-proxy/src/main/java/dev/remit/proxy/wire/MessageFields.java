package dev.remit.proxy.wire;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of one message in order and never past its end.
///
/// Every method throws PROTOCOL_VIOLATION when the message is too short.
public final class MessageFields {
  private static final char REPLACEMENT = '\uFFFD';

  private final Buffer bytes;
  private final int end;
  private int at;

  /// @param from index of the first field
  /// @param end index after the message
  public MessageFields(Buffer bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  public byte int8() {
    need(1);
    return bytes.getByte(at++);
  }

  public int int16() {
    need(2);
    int value = bytes.getUnsignedShort(at);
    at += 2;
    return value;
  }

  public int int32() {
    need(4);
    int value = bytes.getInt(at);
    at += 4;
    return value;
  }

  /// A zero-terminated UTF-8 string.
  public String string() {
    int from = at;
    while (at < end && bytes.getByte(at) != 0) {
      at++;
    }
    need(1);
    String text = bytes.getString(from, at);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes.getBytes(from, at))) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "a string in a message is not valid UTF-8");
    }
    at++;
    return text;
  }

  /// The next `length` bytes as a view.
  public Buffer slice(int length) {
    need(length);
    Buffer view = bytes.slice(at, at + length);
    at += length;
    return view;
  }

  /// Another reader at the same place.
  public MessageFields copy() {
    return new MessageFields(bytes, at, end);
  }

  public void skip(int length) {
    need(length);
    at += length;
  }

  /// Index of the next field.
  public int position() {
    return at;
  }

  public int remaining() {
    return end - at;
  }

  /// Refuses a message that goes on after its last field.
  public void requireEnd() {
    if (at != end) {
      throw new RemitException(ErrorCode.PROTOCOL_VIOLATION, "a message is longer than its fields");
    }
  }

  private void need(int count) {
    if (count < 0 || end - at < count) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "a message ends in the middle of a field");
    }
  }
}
