package dev.remit.proxy.state;

import dev.remit.proxy.person.ParameterValue;
import dev.remit.proxy.wire.FrontendMessage;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Reads single parameters of a Bind, for the person index only.
public final class BoundValues {
  private BoundValues() {}

  /// Parameter `number` (from 1); null when it is NULL or missing.
  public static @Nullable ParameterValue of(FrontendMessage.Bind bind, int number) {
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
    return new ParameterValue(format != 0, values.getBuffer(at + 4, at + 4 + length));
  }
}
