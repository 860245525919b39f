package dev.remit.proxy.state;

import dev.remit.proxy.wire.FrontendMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads single parameters of a Bind, for the person index only.
public final class BoundValues {
  private BoundValues() {}

  /// Parameter `number` (from 1) as PostgreSQL would print it; null when it is NULL, missing or in
  /// a binary form that cannot be told apart without its type.
  public static @Nullable String text(FrontendMessage.Bind bind, int number) {
    if (number < 1 || number > bind.parameters()) {
      return null;
    }
    Buffer values = bind.values();
    int at = 0;
    for (int i = 1; i < number; i++) {
      at += 4 + Math.max(0, values.getInt(at));
    }
    int length = values.getInt(at);
    if (length < 0) {
      return null;
    }
    int format =
        bind.formats().isEmpty()
            ? 0
            : bind.formats().get(bind.formats().size() == 1 ? 0 : number - 1);
    if (format == 0) {
      return values.getString(at + 4, at + 4 + length, StandardCharsets.UTF_8.name());
    }
    return switch (length) {
      case 2 -> Short.toString(values.getShort(at + 4));
      case 4 -> Integer.toString(values.getInt(at + 4));
      case 8 -> Long.toString(values.getLong(at + 4));
      case 16 -> new java.util.UUID(values.getLong(at + 4), values.getLong(at + 12)).toString();
      default -> null;
    };
  }
}
