package dev.remit.proxy.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Encodes what a client says, at the end of a buffer: the proxy's side towards the source.
///
/// PostgreSQL documentation, "Message Formats", those marked (F).
public final class FrontendMessages {
  private FrontendMessages() {}

  /// The startup packet of protocol 3.0.
  public static void startup(Buffer out, Map<String, String> parameters) {
    int start = out.length();
    out.appendInt(0).appendInt(StartupMessage.MAJOR_VERSION << 16);
    parameters.forEach((name, value) -> {
      BackendMessages.string(out, name);
      BackendMessages.string(out, value);
    });
    out.appendByte((byte) 0);
    out.setInt(start, out.length() - start);
  }

  public static void sslRequest(Buffer out) {
    out.appendInt(8).appendInt(StartupMessage.SSL_REQUEST);
  }

  public static void cancelRequest(Buffer out, int processId, Buffer secret) {
    out.appendInt(12 + secret.length()).appendInt(StartupMessage.CANCEL_REQUEST);
    out.appendInt(processId).appendBuffer(secret);
  }

  /// `p` with a plain or MD5 password.
  public static void password(Buffer out, String password) {
    int start = BackendMessages.begin(out, 'p');
    BackendMessages.string(out, password);
    BackendMessages.end(out, start);
  }

  /// `p` with the first SCRAM message.
  public static void saslInitialResponse(Buffer out, String mechanism, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    int start = BackendMessages.begin(out, 'p');
    BackendMessages.string(out, mechanism);
    out.appendInt(bytes.length).appendBytes(bytes);
    BackendMessages.end(out, start);
  }

  /// `p` with a further SCRAM message.
  public static void saslResponse(Buffer out, String data) {
    int start = BackendMessages.begin(out, 'p');
    out.appendString(data);
    BackendMessages.end(out, start);
  }

  /// `Q`, only for texts of our own.
  public static void query(Buffer out, String text) {
    int start = BackendMessages.begin(out, 'Q');
    BackendMessages.string(out, text);
    BackendMessages.end(out, start);
  }

  /// `P`
  public static void parse(Buffer out, String statement, String text, List<Long> types) {
    int start = BackendMessages.begin(out, 'P');
    BackendMessages.string(out, statement);
    BackendMessages.string(out, text);
    out.appendShort((short) types.size());
    for (long type : types) {
      out.appendInt((int) type);
    }
    BackendMessages.end(out, start);
  }

  /// `B` with the client's values as they came and ours after them as text.
  ///
  /// @param resultFormats count and codes, as in a client's message
  public static void bind(
      Buffer out,
      String portal,
      String statement,
      FrontendMessage.Bind client,
      List<String> ours,
      Buffer resultFormats) {
    int start = BackendMessages.begin(out, 'B');
    BackendMessages.string(out, portal);
    BackendMessages.string(out, statement);
    formats(out, client, ours.size());
    out.appendShort((short) (client.parameters() + ours.size()));
    out.appendBuffer(client.values());
    for (String value : ours) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      out.appendInt(bytes.length).appendBytes(bytes);
    }
    out.appendBuffer(resultFormats);
    BackendMessages.end(out, start);
  }

  /// `D`: @param kind `S` or `P`
  public static void describe(Buffer out, char kind, String name) {
    named(out, 'D', kind, name);
  }

  /// `C`: @param kind `S` or `P`
  public static void close(Buffer out, char kind, String name) {
    named(out, 'C', kind, name);
  }

  /// `E`
  public static void execute(Buffer out, String portal, int maximumRows) {
    int start = BackendMessages.begin(out, 'E');
    BackendMessages.string(out, portal);
    out.appendInt(maximumRows);
    BackendMessages.end(out, start);
  }

  /// `S`
  public static void sync(Buffer out) {
    out.appendByte((byte) 'S').appendInt(4);
  }

  /// `H`
  public static void flush(Buffer out) {
    out.appendByte((byte) 'H').appendInt(4);
  }

  /// `X`
  public static void terminate(Buffer out) {
    out.appendByte((byte) 'X').appendInt(4);
  }

  private static void formats(Buffer out, FrontendMessage.Bind client, int ours) {
    List<Integer> codes = client.formats();
    boolean allText = codes.stream().allMatch(code -> code == 0);
    if (allText) {
      out.appendShort((short) 0);
    } else if (ours == 0) {
      out.appendShort((short) codes.size());
      codes.forEach(code -> out.appendShort(code.shortValue()));
    } else {
      out.appendShort((short) (client.parameters() + ours));
      for (int i = 0; i < client.parameters(); i++) {
        out.appendShort(codes.get(codes.size() == 1 ? 0 : i).shortValue());
      }
      for (int i = 0; i < ours; i++) {
        out.appendShort((short) 0);
      }
    }
  }

  private static void named(Buffer out, char type, char kind, String name) {
    int start = BackendMessages.begin(out, type);
    out.appendByte((byte) kind);
    BackendMessages.string(out, name);
    BackendMessages.end(out, start);
  }
}
