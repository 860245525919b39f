package dev.remit.server.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// One operation of the interface.
///
/// @param id `operationId` in api/openapi.yaml
/// @param path below `/api/v1`, parameters as `{name}`
/// @param roles of which the caller has at least one
public record Operation(
    String id,
    HttpMethod method,
    String path,
    Set<String> roles,
    Function<HttpCall<Caller>, HttpAnswer> handler) {

  /// Runs Remit: sources, policies, users, tokens.
  public static final String OPERATOR = "operator";

  /// Oversees it: accesses, catalog, log.
  public static final String OFFICER = "officer";

  static final Set<String> OPERATOR_ONLY = Set.of(OPERATOR);
  static final Set<String> OFFICER_ONLY = Set.of(OFFICER);
  static final Set<String> OPERATOR_OR_OFFICER = Set.of(OPERATOR, OFFICER);

  /// Answers a call whose caller may make it.
  public HttpAnswer answer(HttpCall<Caller> call) {
    if (call.caller().roles().stream().noneMatch(roles::contains)) {
      throw new RemitException(
          ErrorCode.FORBIDDEN,
          "%s may not do this; it is open to the roles %s"
              .formatted(call.caller().name(), String.join(", ", new TreeSet<>(roles))));
    }
    return handler.apply(call);
  }
}
