package dev.remit.proxy;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.model.StatementPlanner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plans a few statements before anybody sends one, so that the first caller does not wait half a
/// second for classes of the parser and planner to load.
///
/// Planning reads no data and decides for nobody: what comes out is thrown away, a refusal as well.
final class FirstStatements {
  private static final Logger LOG = LoggerFactory.getLogger(FirstStatements.class);
  private static final int TABLES = 4;

  private final StatementPlanner planner;
  private final PolicyEngine policy;

  FirstStatements(StatementPlanner planner, PolicyEngine policy) {
    this.planner = planner;
    this.policy = policy;
  }

  /// Plans on a thread of its own, as somebody to whom a purpose is open; does nothing where there
  /// is nobody.
  void start(Blocking blocking, Map<SourceName, Source> sources) {
    blocking
        .run(() -> {
          plan(sources);
          return sources;
        })
        .onFailure(failure -> LOG.warn("could not plan statements ahead", failure));
  }

  private void plan(Map<SourceName, Source> sources) {
    sources.forEach((name, source) ->
        context(name)
            .ifPresent(context ->
                source.relations().values().stream()
                    .filter(relation -> relation.kind() == Relation.Kind.TABLE)
                    .filter(table -> !table.columns().isEmpty())
                    .limit(TABLES)
                    .forEach(table -> plan(context, table))));
  }

  private Optional<StatementContext> context(SourceName source) {
    for (Principal principal : policy.listUsers()) {
      List<PurposeCode> open = policy.openPurposes(principal, source);
      if (!open.isEmpty()) {
        return Optional.of(
            new StatementContext(
                principal, source, Optional.of(open.getFirst()), List.of("public")));
      }
    }
    return Optional.empty();
  }

  private void plan(StatementContext context, Relation table) {
    String name = quoted(table.schema()) + "." + quoted(table.name());
    String column = quoted(table.columns().getFirst().name());
    plan(context, "select * from " + name + " where " + column + " = '1' order by 1 limit 2");
    plan(
        context,
        "select a.%2$s, count(*) from %1$s a join %1$s b on a.%2$s = b.%2$s group by a.%2$s"
            .formatted(name, column));
  }

  private void plan(StatementContext context, String text) {
    try {
      planner.plan(context, text);
    } catch (RemitException refused) {
      LOG.debug("a statement planned ahead would be refused", refused);
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
