package dev.remit.proxy.relay;

import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.upstream.PreparedStatements;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Replies of one message, relayed or kept back.
public sealed interface ExpectedReply extends Reply {

  /// An acknowledgement without content: `2` BindComplete, `3` CloseComplete.
  record Acknowledgement(char expected, boolean relayed) implements ExpectedReply {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == expected);
      if (relayed) {
        client.relay(bytes, from, to);
      }
      return true;
    }
  }

  /// ParseComplete. Errors of this phase keep their message: they are about the statement.
  record Parsed(
      GovernedQuery query,
      PreparedStatements prepared,
      PreparedStatements.Key key,
      String name,
      boolean relayed)
      implements ExpectedReply {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == '1');
      if (relayed) {
        client.relay(bytes, from, to);
      }
      return true;
    }

    @Override
    public Optional<AccessSummary> access() {
      return Optional.of(query.access());
    }

    @Override
    public WireError failed(WireError error) {
      prepared.remove(key, name);
      int position = query.originalPosition().applyAsInt(error.position());
      return error.isAboutStatement() ? error.at(position) : error.disclosedAt(position);
    }

    @Override
    public void skipped(String sqlState) {
      prepared.remove(key, name);
    }
  }

  /// CloseComplete of an evicted statement of ours.
  record Evicted(PreparedStatements prepared, String name) implements ExpectedReply {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == '3');
      return true;
    }

    @Override
    public void skipped(String sqlState) {
      prepared.evictAgain(name);
    }
  }

  /// RowDescription or NoData of a portal.
  record PortalDescription(ResultShape shape) implements ExpectedReply {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == 'T' || type == 'n');
      shape.told(type, bytes, from, to);
      client.relay(bytes, from, to);
      return true;
    }
  }

  /// Of a statement's description its RowDescription or NoData only.
  record RowsDescription(ResultShape shape) implements ExpectedReply {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == 't' || type == 'T' || type == 'n');
      if (type != 't') {
        shape.told(type, bytes, from, to);
        client.relay(bytes, from, to);
      }
      return type != 't';
    }
  }

  /// ParameterDescription, cut to the client's own parameters, then RowDescription or NoData.
  record StatementDescription(int clientParameters, ResultShape shape) implements ExpectedReply {
    private static final int COUNT_BYTES = 2;
    private static final int OID_BYTES = 4;

    @Override
    public boolean message(byte type, Buffer bytes, int from, int to, ClientOutput client) {
      require(type == 't' || type == 'T' || type == 'n');
      if (type != 't') {
        shape.told(type, bytes, from, to);
        client.relay(bytes, from, to);
        return true;
      }
      int first = from + FrameReader.HEADER_BYTES + COUNT_BYTES;
      int length = 4 + COUNT_BYTES + clientParameters * OID_BYTES;
      require(first + clientParameters * OID_BYTES <= to);
      client
          .buffer()
          .appendByte((byte) 't')
          .appendInt(length)
          .appendShort((short) clientParameters);
      client.buffer().appendBuffer(bytes, first, clientParameters * OID_BYTES);
      return false;
    }
  }

  private static void require(boolean expected) {
    if (!expected) {
      throw new UnexpectedMessage();
    }
  }
}
