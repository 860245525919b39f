package dev.remit.proxy.wire;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.wire.FrontendMessage.Target;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// Decodes one client message, with the bounds of [WireLimits].
///
/// Stateless. Throws PROTOCOL_VIOLATION for what no client may send and STATEMENT_TOO_LARGE for a
/// text over the bound; the former ends the connection.
///
/// @param limits bounds of text and parameters
public record FrontendDecoder(WireLimits limits) {

  /// @param from index of the type byte
  /// @param to index after the message
  public FrontendMessage decode(byte type, Buffer bytes, int from, int to) {
    MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
    FrontendMessage message =
        switch (type) {
          case 'Q' -> new FrontendMessage.Query(text(fields));
          case 'P' -> parse(fields);
          case 'B' -> bind(fields);
          case 'D' -> new FrontendMessage.Describe(target(fields), name(fields));
          case 'E' -> new FrontendMessage.Execute(name(fields), maximumRows(fields));
          case 'C' -> new FrontendMessage.Close(target(fields), name(fields));
          case 'H' -> new FrontendMessage.Flush();
          case 'S' -> new FrontendMessage.Sync();
          case 'X' -> new FrontendMessage.Terminate();
          case 'F' -> skipped(fields, new FrontendMessage.FunctionCall());
          case 'd', 'c', 'f' -> skipped(fields, new FrontendMessage.CopyRemainder());
          default ->
              throw new RemitException(
                  ErrorCode.PROTOCOL_VIOLATION,
                  "message type " + (type & 0xFF) + " is none of the PostgreSQL protocol");
        };
    fields.requireEnd();
    return message;
  }

  private FrontendMessage parse(MessageFields fields) {
    String statement = name(fields);
    String text = text(fields);
    int count = fields.int16();
    requireParameters(count);
    List<Long> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(fields.int32() & 0xFFFF_FFFFL);
    }
    return new FrontendMessage.Parse(statement, text, List.copyOf(types));
  }

  private FrontendMessage bind(MessageFields fields) {
    String portal = name(fields);
    String statement = name(fields);
    int formatCount = fields.int16();
    requireParameters(formatCount);
    List<Integer> formats = new ArrayList<>(formatCount);
    for (int i = 0; i < formatCount; i++) {
      formats.add(format(fields));
    }
    int parameters = fields.int16();
    requireParameters(parameters);
    if (formatCount > 1 && formatCount != parameters) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          "Bind has " + formatCount + " format codes for " + parameters + " parameters");
    }
    MessageFields values = fields.copy();
    int from = fields.position();
    for (int i = 0; i < parameters; i++) {
      int length = fields.int32();
      if (length != -1) {
        fields.skip(length);
      }
    }
    Buffer encoded = values.slice(fields.position() - from);
    MessageFields tail = fields.copy();
    int results = fields.int16();
    for (int i = 0; i < results; i++) {
      format(fields);
    }
    return new FrontendMessage.Bind(
        portal, statement, formats, parameters, encoded, tail.slice(2 + 2 * results));
  }

  private static int format(MessageFields fields) {
    int code = fields.int16();
    if (code > 1) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "format code " + code + " is neither text nor binary");
    }
    return code;
  }

  private static int maximumRows(MessageFields fields) {
    return Math.max(0, fields.int32());
  }

  private static Target target(MessageFields fields) {
    byte kind = fields.int8();
    return switch (kind) {
      case 'S' -> Target.STATEMENT;
      case 'P' -> Target.PORTAL;
      default ->
          throw new RemitException(
              ErrorCode.PROTOCOL_VIOLATION, "only statements and portals are described or closed");
    };
  }

  private String name(MessageFields fields) {
    String name = fields.string();
    if (name.length() > limits.nameCharacters()) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          "names of statements and portals have at most "
              + limits.nameCharacters()
              + " characters");
    }
    return name;
  }

  private String text(MessageFields fields) {
    if (fields.remaining() > limits.statementBytes()) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "a statement of about "
              + fields.remaining()
              + " bytes is over the bound of "
              + limits.statementBytes()
              + " bytes; bind large values as parameters");
    }
    return fields.string();
  }

  private void requireParameters(int count) {
    if (count > limits.parameters()) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          count + " parameters are over the bound of " + limits.parameters());
    }
  }

  private static FrontendMessage skipped(MessageFields fields, FrontendMessage message) {
    fields.skip(fields.remaining());
    return message;
  }
}
