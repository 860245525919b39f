package dev.remit.platform.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.Map;
import java.util.Optional;

/// One authenticated request, read whole.
///
/// @param caller who the bearer token stands for
/// @param path parameters of the path by name, decoded
/// @param query parameters of the query by name, decoded; one value each
/// @param body at most the configured limit, empty when there is none
@SuppressWarnings("ArrayRecordComponent")
public record HttpCall<C>(
    C caller, Map<String, String> path, Map<String, String> query, byte[] body) {

  /// A parameter of the path that the route declares.
  public String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalStateException("the route has no parameter " + name));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// A whole number of the query within bounds, or the default when it is not given.
  public long number(String name, long fallback, long least, long most) {
    return query(name)
        .map(text -> {
          if (!text.matches("[0-9]{1,18}")
              || Long.parseLong(text) < least
              || Long.parseLong(text) > most) {
            throw new RemitException(
                ErrorCode.INVALID_REQUEST,
                "%s is a whole number from %d to %d".formatted(name, least, most));
          }
          return Long.parseLong(text);
        })
        .orElse(fallback);
  }

  /// The body as JSON of the type.
  public <T> T read(Class<T> type) {
    return Json.read(body, type);
  }
}
