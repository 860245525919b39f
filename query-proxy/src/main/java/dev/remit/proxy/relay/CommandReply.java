package dev.remit.proxy.relay;

import io.vertx.core.buffer.Buffer;

/// CommandComplete of a transaction command, relayed or kept back.
public record CommandReply(boolean relayed) implements Reply {
  @Override
  public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
    if (type != 'C') {
      throw new UnexpectedMessage();
    }
    if (relayed) {
      client.relay(bytes, from, to);
    }
    return true;
  }
}
