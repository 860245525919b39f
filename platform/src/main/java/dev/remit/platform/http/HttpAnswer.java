package dev.remit.platform.http;

import java.nio.charset.StandardCharsets;

/// What goes back to the caller.
///
/// @param mediaType value of Content-Type
/// @param body written once, by the edge, and compared by nobody
@SuppressWarnings("ArrayRecordComponent")
public record HttpAnswer(int status, String mediaType, byte[] body) {

  /// 200 with the value as JSON.
  public static HttpAnswer json(Object value) {
    return new HttpAnswer(200, "application/json", Json.write(value));
  }

  /// 201 with the value as JSON.
  public static HttpAnswer created(Object value) {
    return new HttpAnswer(201, "application/json", Json.write(value));
  }

  /// 204 without a body.
  public static HttpAnswer nothing() {
    return new HttpAnswer(204, "application/json", new byte[0]);
  }

  /// 200 with plain text in UTF-8.
  public static HttpAnswer text(String text) {
    return new HttpAnswer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
