package dev.remit.server.http;

import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// `/users` and `/roles`: who may log in, and as what.
public final class UserOperations {
  private final PolicyEngine policy;

  public UserOperations(PolicyEngine policy) {
    this.policy = policy;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "listUsers", HttpMethod.GET, "/users", Operation.OPERATOR_OR_OFFICER, call -> list()),
        new Operation("addUser", HttpMethod.POST, "/users", Operation.OPERATOR_ONLY, this::add),
        new Operation(
            "removeUser",
            HttpMethod.DELETE,
            "/users/{user}",
            Operation.OPERATOR_ONLY,
            call -> {
              policy.removeUser(call.path("user"), call.caller().author());
              return HttpAnswer.nothing();
            }),
        new Operation(
            "defineRole",
            HttpMethod.PUT,
            "/roles/{role}",
            Operation.OPERATOR_OR_OFFICER,
            this::defineRole));
  }

  /// @param attributes for example `region` → `EU`
  record AddRequest(
      String name, String password, Set<String> groups, Map<String, String> attributes) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Who has the role: named users, members of groups, holders of other roles.
  record RoleRequest(Set<String> users, Set<String> groups, Set<String> roles) {}

  record UserView(
      String name, Set<String> groups, Set<String> roles, Map<String, String> attributes) {
    static UserView of(Principal principal) {
      return new UserView(
          principal.name(),
          new TreeSet<>(principal.groups()),
          new TreeSet<>(principal.roles()),
          new TreeMap<>(principal.attributes()));
    }
  }

  private HttpAnswer list() {
    return HttpAnswer.json(Map.of("users", policy.listUsers().stream().map(UserView::of).toList()));
  }

  private HttpAnswer add(HttpCall<Caller> call) {
    AddRequest request = call.read(AddRequest.class);
    policy.addUser(
        request.name(),
        request.password(),
        request.groups(),
        request.attributes(),
        call.caller().author());
    return HttpAnswer.created(Map.of("name", request.name()));
  }

  private HttpAnswer defineRole(HttpCall<Caller> call) {
    RoleRequest request = call.read(RoleRequest.class);
    if (!call.path("role").equals(Operation.OFFICER)) {
      call.caller().require(Operation.OPERATOR);
    }
    policy.defineRole(
        call.path("role"),
        request.users(),
        request.groups(),
        request.roles(),
        call.caller().author());
    return HttpAnswer.nothing();
  }
}
