package dev.remit.proxy.wire;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client can say before its log-in; these messages have no type byte.
public sealed interface StartupMessage {
  int SSL_REQUEST = 80_877_103;
  int GSS_ENCRYPTION_REQUEST = 80_877_104;
  int CANCEL_REQUEST = 80_877_102;
  int MAJOR_VERSION = 3;

  record SslRequest() implements StartupMessage {}

  record GssEncryptionRequest() implements StartupMessage {}

  /// @param secret as handed out by BackendKeyData: 4 bytes, or up to 256 under 3.2
  record CancelRequest(int processId, Buffer secret) implements StartupMessage {}

  /// @param minorVersion of protocol 3
  /// @param unknownOptions names that begin with `_pq_.`, for NegotiateProtocolVersion
  record Startup(int minorVersion, Map<String, String> parameters, List<String> unknownOptions)
      implements StartupMessage {}

  /// Decodes a packet from its code on, the length field left out.
  ///
  /// @throws RemitException PROTOCOL_VIOLATION, FEATURE_NOT_SUPPORTED for a version other than 3
  static StartupMessage decode(Buffer packet) {
    MessageFields fields = new MessageFields(packet, 0, packet.length());
    int code = fields.int32();
    return switch (code) {
      case SSL_REQUEST -> new SslRequest();
      case GSS_ENCRYPTION_REQUEST -> new GssEncryptionRequest();
      case CANCEL_REQUEST -> new CancelRequest(fields.int32(), secret(fields));
      default -> startup(code, fields);
    };
  }

  private static Buffer secret(MessageFields fields) {
    if (fields.remaining() < 4 || fields.remaining() > 256) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "a cancel key has between 4 and 256 bytes");
    }
    return fields.slice(fields.remaining());
  }

  private static Startup startup(int code, MessageFields fields) {
    if (code >>> 16 != MAJOR_VERSION) {
      throw new RemitException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "protocol "
              + (code >>> 16)
              + "."
              + (code & 0xFFFF)
              + " is not spoken here; use PostgreSQL protocol 3.0 or 3.2");
    }
    Map<String, String> parameters = new HashMap<>();
    List<String> unknown = new ArrayList<>();
    for (String name = fields.string(); !name.isEmpty(); name = fields.string()) {
      String value = fields.string();
      if (name.startsWith("_pq_.")) {
        unknown.add(name);
      } else if (parameters.put(name, value) != null) {
        throw new RemitException(
            ErrorCode.PROTOCOL_VIOLATION, "a startup parameter is given twice");
      }
    }
    fields.requireEnd();
    return new Startup(code & 0xFFFF, Map.copyOf(parameters), List.copyOf(unknown));
  }
}
