package dev.remit.proxy.state;

import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.MessageFields;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result types that a client was told of a prepared statement, so that another decision cannot
/// change them behind its back.
public final class ResultShape {
  private static final int AFTER_NAME_BYTES = 18;
  private static final int TYPE_OFFSET_BYTES = 6;

  private @Nullable List<Integer> types;

  /// Whether the client was told anything.
  public boolean isKnown() {
    return types != null;
  }

  /// Remembers a RowDescription or NoData that is told to the client.
  public void told(byte type, Buffer bytes, int from, int to) {
    types = types(type, bytes, from, to);
  }

  /// Whether a RowDescription or NoData says the same as what was told.
  public boolean isSame(byte type, Buffer bytes, int from, int to) {
    return types(type, bytes, from, to).equals(types);
  }

  private static List<Integer> types(byte type, Buffer bytes, int from, int to) {
    List<Integer> types = new ArrayList<>();
    if (type == 'T') {
      MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
      int count = fields.int16();
      for (int i = 0; i < count; i++) {
        fields.string();
        fields.skip(TYPE_OFFSET_BYTES);
        types.add(fields.int32());
        fields.skip(AFTER_NAME_BYTES - TYPE_OFFSET_BYTES - 4);
      }
    }
    return types;
  }
}
