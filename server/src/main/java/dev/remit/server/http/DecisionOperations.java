package dev.remit.server.http;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;

/// `/decisions`: what a user would see of a table for a purpose, and why; nothing is read.
public final class DecisionOperations {
  private final Catalog catalog;
  private final PolicyEngine policy;

  public DecisionOperations(Catalog catalog, PolicyEngine policy) {
    this.catalog = catalog;
    this.policy = policy;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "decide", HttpMethod.POST, "/decisions", Operation.OPERATOR_OR_OFFICER, this::decide));
  }

  /// @param table with or without schema
  record DecisionRequest(String user, String purpose, String source, String table) {}

  /// @param mask name of the mask, empty when the column is clear
  record ColumnView(String name, boolean personal, Optional<String> mask) {}

  /// @param reason of a refusal
  record DecisionView(
      boolean allowed,
      Optional<String> reason,
      List<ColumnView> columns,
      int filters,
      List<Determination> why) {}

  private HttpAnswer decide(HttpCall<Caller> call) {
    DecisionRequest request = call.read(DecisionRequest.class);
    SourceName name = SourceOperations.sourceName(request.source());
    Source source =
        catalog
            .snapshot()
            .source(name)
            .orElseThrow(
                () -> new RemitException(ErrorCode.UNKNOWN_SOURCE, "no source is called " + name));
    Relation relation = CatalogOperations.find(source, request.table());
    return HttpAnswer.json(
        view(
            policy.decide(
                new TableRequest(
                    principal(request.user()), purpose(request.purpose()), source, relation))));
  }

  private static DecisionView view(TableDecision decision) {
    return switch (decision) {
      case TableDecision.Deny deny ->
          new DecisionView(false, Optional.of(deny.reason()), List.of(), 0, deny.why());
      case TableDecision.Allow allow ->
          new DecisionView(
              true,
              Optional.empty(),
              allow.columns().stream()
                  .map(column ->
                      new ColumnView(
                          column.column().name(),
                          column.personal(),
                          column.mask().map(mask -> column.maskName())))
                  .toList(),
              allow.filters().size(),
              allow.why());
    };
  }

  private Principal principal(String user) {
    return policy.listUsers().stream()
        .filter(known -> known.name().equals(user))
        .findFirst()
        .orElseThrow(() ->
            new RemitException(
                ErrorCode.UNKNOWN_ENTRY,
                "no user is called " + user + "; `remit user list` shows all"));
  }

  private static PurposeCode purpose(String code) {
    try {
      return new PurposeCode(code);
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.UNKNOWN_PURPOSE, String.valueOf(mistake.getMessage()), mistake);
    }
  }
}
