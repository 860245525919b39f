package dev.remit.server.http;

import dev.remit.catalog.Catalog;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.PolicySummary;
import dev.remit.server.governance.Governance;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/governance` and `/policies`: what applies, and changing it by a governance file.
public final class GovernanceOperations {
  private final Catalog catalog;
  private final PolicyEngine policy;
  private final Governance governance;

  public GovernanceOperations(Catalog catalog, PolicyEngine policy, Governance governance) {
    this.catalog = catalog;
    this.policy = policy;
    this.governance = governance;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "applyGovernance",
            HttpMethod.POST,
            "/governance",
            Operation.OPERATOR_ONLY,
            call -> HttpAnswer.json(governance.apply(document(call), call.caller().author()))),
        new Operation(
            "planGovernance",
            HttpMethod.POST,
            "/governance/plans",
            Operation.OPERATOR_ONLY,
            call -> HttpAnswer.json(governance.plan(document(call)))),
        new Operation(
            "suggestGovernance",
            HttpMethod.GET,
            "/sources/{source}/suggestion",
            Operation.OPERATOR_ONLY,
            this::suggest),
        new Operation(
            "listPolicies", HttpMethod.GET, "/policies", Operation.OPERATOR_OR_OFFICER, this::list),
        new Operation(
            "removePolicy",
            HttpMethod.DELETE,
            "/policies/{source}/{policy}",
            Operation.OPERATOR_ONLY,
            this::remove));
  }

  /// @param document text of a governance file: YAML, or Ranger JSON
  /// @param source of a file that names none
  record DocumentRequest(String document, Optional<String> source) {}

  private static Governance.Document document(HttpCall<Caller> call) {
    DocumentRequest request = call.read(DocumentRequest.class);
    return Governance.read(request.document(), request.source().map(SourceOperations::sourceName));
  }

  private HttpAnswer suggest(HttpCall<Caller> call) {
    return HttpAnswer.text(catalog.suggest(SourceOperations.sourceName(call.path("source"))));
  }

  private HttpAnswer list(HttpCall<Caller> call) {
    Stream<PolicySummary> policies =
        catalog.snapshot().sources().keySet().stream()
            .filter(source -> call.query("source").map(source.value()::equals).orElse(true))
            .sorted(Comparator.naturalOrder())
            .flatMap(source -> policy.list(source).stream());
    return HttpAnswer.json(
        Map.of(
            "policies",
            policies
                .map(summary ->
                    Map.of(
                        "id", summary.id(),
                        "source", summary.source().value(),
                        "name", summary.name(),
                        "form", summary.form(),
                        "definition", summary.definition()))
                .toList()));
  }

  private HttpAnswer remove(HttpCall<Caller> call) {
    policy.remove(
        SourceOperations.sourceName(call.path("source")),
        call.path("policy"),
        call.caller().author());
    return HttpAnswer.nothing();
  }
}
