package dev.remit.server.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.server.token.ApiTokens;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/tokens`: bearer tokens of this very interface.
public final class TokenOperations {
  private static final int LONGEST_DAYS = 3660;
  private final ApiTokens tokens;

  public TokenOperations(ApiTokens tokens) {
    this.tokens = tokens;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "listTokens",
            HttpMethod.GET,
            "/tokens",
            Operation.OPERATOR_ONLY,
            call -> HttpAnswer.json(Map.of("tokens", tokens.list()))),
        new Operation(
            "issueToken", HttpMethod.POST, "/tokens", Operation.OPERATOR_ONLY, this::issue),
        new Operation(
            "revokeToken",
            HttpMethod.DELETE,
            "/tokens/{id}",
            Operation.OPERATOR_ONLY,
            this::revoke));
  }

  /// @param days until it expires, empty for never
  record IssueRequest(String principal, Optional<Integer> days) {
    IssueRequest {
      if (principal.isBlank()) {
        throw new IllegalArgumentException("principal is the name of a user");
      }
      if (days.isPresent() && (days.get() < 1 || days.get() > LONGEST_DAYS)) {
        throw new IllegalArgumentException("days lies between 1 and " + LONGEST_DAYS);
      }
    }
  }

  private HttpAnswer issue(HttpCall<Caller> call) {
    IssueRequest request = call.read(IssueRequest.class);
    return HttpAnswer.created(
        tokens.issue(request.principal(), request.days().map(Duration::ofDays)));
  }

  private HttpAnswer revoke(HttpCall<Caller> call) {
    String id = call.path("id");
    if (!id.matches("[0-9]{1,18}")) {
      throw new RemitException(ErrorCode.INVALID_REQUEST, "a token is named by its number");
    }
    tokens.revoke(Long.parseLong(id));
    return HttpAnswer.nothing();
  }
}
