package dev.remit.proxy.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Encodes what a server says, at the end of a buffer.
///
/// PostgreSQL documentation, "Message Formats", those marked (B).
public final class BackendMessages {
  private static final int TEXT_OID = 25;

  private BackendMessages() {}

  /// `R` with the SCRAM mechanism.
  public static void authenticationSasl(Buffer out, String mechanism) {
    int start = begin(out, 'R');
    out.appendInt(10);
    string(out, mechanism);
    out.appendByte((byte) 0);
    end(out, start);
  }

  /// `R` 11: the server's first SCRAM message.
  public static void authenticationSaslContinue(Buffer out, String data) {
    authentication(out, 11, data);
  }

  /// `R` 12: the server's last SCRAM message.
  public static void authenticationSaslFinal(Buffer out, String data) {
    authentication(out, 12, data);
  }

  /// `R` 0
  public static void authenticationOk(Buffer out) {
    authentication(out, 0, "");
  }

  /// `S`
  public static void parameterStatus(Buffer out, String name, String value) {
    int start = begin(out, 'S');
    string(out, name);
    string(out, value);
    end(out, start);
  }

  /// `K`: @param secret 4 bytes under 3.0
  public static void backendKeyData(Buffer out, int processId, Buffer secret) {
    int start = begin(out, 'K');
    out.appendInt(processId).appendBuffer(secret);
    end(out, start);
  }

  /// `v`: the newest minor version spoken here and the options not understood.
  public static void negotiateProtocolVersion(Buffer out, int minor, List<String> options) {
    int start = begin(out, 'v');
    out.appendInt(StartupMessage.MAJOR_VERSION << 16 | minor).appendInt(options.size());
    options.forEach(option -> string(out, option));
    end(out, start);
  }

  /// `Z`: @param status `I`, `T` or `E`
  public static void readyForQuery(Buffer out, char status) {
    out.appendByte((byte) 'Z').appendInt(5).appendByte((byte) status);
  }

  /// A message without body: `1`, `2`, `3`, `I`, `n`, `s`, `c`.
  public static void empty(Buffer out, char type) {
    out.appendByte((byte) type).appendInt(4);
  }

  /// `C`
  public static void commandComplete(Buffer out, String tag) {
    int start = begin(out, 'C');
    string(out, tag);
    end(out, start);
  }

  /// `E`, or `N` for a warning.
  public static void error(Buffer out, WireError error) {
    int start = begin(out, error.severity().equals("WARNING") ? 'N' : 'E');
    field(out, 'S', error.severity());
    field(out, 'V', error.severity());
    field(out, 'C', error.sqlState());
    field(out, 'M', error.message());
    if (error.position() > 0) {
      field(out, 'P', Integer.toString(error.position()));
    }
    if (!error.routine().isEmpty()) {
      field(out, 'R', error.routine());
    }
    out.appendByte((byte) 0);
    end(out, start);
  }

  /// `T` of text columns.
  public static void textColumns(Buffer out, List<String> names) {
    int start = begin(out, 'T');
    out.appendShort((short) names.size());
    for (String name : names) {
      string(out, name);
      out.appendInt(0).appendShort((short) 0).appendInt(TEXT_OID);
      out.appendShort((short) -1).appendInt(-1).appendShort((short) 0);
    }
    end(out, start);
  }

  /// `D` of text values.
  public static void textRow(Buffer out, List<String> values) {
    int start = begin(out, 'D');
    out.appendShort((short) values.size());
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      out.appendInt(bytes.length).appendBytes(bytes);
    }
    end(out, start);
  }

  /// `t`: the parameter types of a prepared statement.
  public static void parameterDescription(Buffer out, List<Long> types) {
    int start = begin(out, 't');
    out.appendShort((short) types.size());
    types.forEach(type -> out.appendInt(type.intValue()));
    end(out, start);
  }

  /// `H`: @param format 0 text, 1 binary, for the whole and each column
  public static void copyOutResponse(Buffer out, int format, int columns) {
    int start = begin(out, 'H');
    out.appendByte((byte) format).appendShort((short) columns);
    for (int i = 0; i < columns; i++) {
      out.appendShort((short) format);
    }
    end(out, start);
  }

  /// Starts a message; answers where its length stands, for [#end].
  static int begin(Buffer out, char type) {
    out.appendByte((byte) type);
    int start = out.length();
    out.appendInt(0);
    return start;
  }

  static void end(Buffer out, int start) {
    out.setInt(start, out.length() - start);
  }

  static void string(Buffer out, String text) {
    out.appendString(text).appendByte((byte) 0);
  }

  private static void authentication(Buffer out, int code, String data) {
    int start = begin(out, 'R');
    out.appendInt(code).appendString(data);
    end(out, start);
  }

  private static void field(Buffer out, char code, String value) {
    out.appendByte((byte) code);
    string(out, value);
  }
}
