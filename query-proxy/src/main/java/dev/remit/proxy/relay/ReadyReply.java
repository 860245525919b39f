package dev.remit.proxy.relay;

import io.vertx.core.buffer.Buffer;

/// The ReadyForQuery that answers the Sync of a batch.
public record ReadyReply() implements Reply {
  @Override
  public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
    if (type != 'Z') {
      throw new UnexpectedMessage();
    }
    return true;
  }

  @Override
  public boolean endsBatch() {
    return true;
  }
}
