package dev.remit.platform.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Errors as problem documents (RFC 9457), `application/problem+json`.
///
/// Members: `type` (a URN of the error code, listed in docs/errors.md), `title`, `status`, `detail`
/// (what to do), `code`, `retryable`, and the exception's details. Anything that is not a
/// [RemitException] becomes INTERNAL without a word of its own message.
public final class Problem {
  public static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  /// The answer to a failed call.
  public static HttpAnswer of(Throwable failure) {
    return failure instanceof RemitException refusal
        ? of(refusal.code(), String.valueOf(refusal.getMessage()), refusal.details())
        : of(
            ErrorCode.INTERNAL,
            "Remit could not do this; its log says why. Nothing was half done.",
            Map.of());
  }

  private static HttpAnswer of(ErrorCode code, String detail, Map<String, String> details) {
    String word = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Map<String, Object> document = new LinkedHashMap<>(details);
    document.put("type", "urn:remit:error:" + word);
    document.put("title", word.replace('-', ' '));
    document.put("status", code.httpStatus());
    document.put("detail", detail);
    document.put("code", code.name());
    document.put("retryable", code.retryable());
    return new HttpAnswer(code.httpStatus(), MEDIA_TYPE, Json.write(document));
  }
}
