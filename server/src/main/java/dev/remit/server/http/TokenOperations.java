package dev.remit.server.http;

import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.IssuedToken;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// `/tokens`: short-lived secrets, for this interface or for the wire.
public final class TokenOperations {
  private final PolicyEngine policy;

  public TokenOperations(PolicyEngine policy) {
    this.policy = policy;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "issueToken", HttpMethod.POST, "/tokens", Operation.OPERATOR_OR_OFFICER, this::issue),
        new Operation(
            "revokeToken",
            HttpMethod.DELETE,
            "/tokens/{id}",
            Operation.OPERATOR_ONLY,
            call -> {
              policy.revokeToken(call.path("id"), call.caller().author());
              return HttpAnswer.nothing();
            }));
  }

  /// @param audience `api` or `wire`
  /// @param minutes until it expires
  record IssueRequest(String user, String audience, int minutes) {}

  /// @param secret shown this once
  record IssuedView(String id, String loginName, String secret, Instant expires) {
    @Override
    public String toString() {
      return id;
    }
  }

  private HttpAnswer issue(HttpCall<Caller> call) {
    IssueRequest request = call.read(IssueRequest.class);
    if (!request.user().equals(call.caller().name())) {
      call.caller().require(Operation.OPERATOR);
    }
    IssuedToken token =
        policy.issueToken(
            request.user(),
            Duration.ofMinutes(request.minutes()),
            request.audience(),
            call.caller().author());
    return HttpAnswer.created(
        new IssuedView(token.id(), token.loginName(), token.secret(), token.expiresAt()));
  }
}
