package dev.remit.proxy.plan;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.proxy.fence.Fence;
import dev.remit.proxy.fence.ParameterTypes;
import dev.remit.proxy.govern.AllowLists;
import dev.remit.proxy.govern.Attributes;
import dev.remit.proxy.govern.ExtensionForms;
import dev.remit.proxy.govern.Governor;
import dev.remit.proxy.govern.PolicyParameters;
import dev.remit.proxy.govern.SafeForms;
import dev.remit.proxy.govern.VisibleTypes;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.RefusedStatement;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.person.SubjectPins;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.proxy.resolve.VisibleRelations;
import dev.remit.proxy.systemcatalog.CatalogCalls;
import dev.remit.proxy.systemcatalog.SystemRelation;
import dev.remit.proxy.systemcatalog.VisibleObjects;
import dev.remit.proxy.verify.Expectation;
import dev.remit.proxy.verify.Verifier;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.text.WrittenSql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;

/// The way of one query from its tree to the text that is sent.
final class QueryPlan {
  private final StatementContext context;
  private final SourceView view;
  private final AllowLists lists;
  private final VisibleRelations relations;

  QueryPlan(
      StatementContext context,
      SourceView view,
      AllowLists lists,
      Function<TableRequest, TableDecision> decide,
      Function<Principal, List<PurposeCode>> openPurposes,
      BiFunction<List<String>, Supplier<VisibleObjects>, VisibleObjects> known) {
    this.context = context;
    this.view = view;
    this.lists = lists;
    this.relations =
        new VisibleRelations(
            view.index(),
            context.principal(),
            context.purpose(),
            context.searchPath(),
            decide,
            view.systemCatalog(),
            openPurposes,
            known);
  }

  /// A governed query and what a template of it needs.
  ///
  /// @param keyLiterals positions, in the client's text, of literals that fix a primary key
  record Planned(
      GovernedQuery query, WrittenSql written, FixedLiterals fixed, Set<Integer> keyLiterals) {}

  /// @param normalised the client's text without literals
  Planned govern(Query query, String normalised, long epoch) {
    try {
      return governed(query, normalised, epoch);
    } catch (RemitException refusal) {
      throw explained(refusal, normalised, relations.asked());
    }
  }

  /// The same refusal with what the access record will say of it.
  static RemitException explained(
      RemitException refusal, String normalised, Map<Relation, TableDecision> asked) {
    RemitException explained =
        new RemitException(refusal.code(), refusal.getMessage(), refusal.details());
    explained.initCause(
        new RefusedStatement(
            new RefusedStatement.Asked(
                StatementWords.fingerprint(normalised),
                normalised,
                asked.keySet().stream().map(Relation::qualifiedName).toList(),
                asked.values().stream()
                    .flatMap(decision -> decision.why().stream())
                    .map(Determination::policyId)
                    .filter(policy -> policy >= 0)
                    .distinct()
                    .toList(),
                Reasons.of(asked)),
            refusal));
    return explained;
  }

  private Planned governed(Query query, String normalised, long epoch) {
    ParameterTypes types = new ParameterTypes(query, context.parameterTypes());
    FixedLiterals ordinals = FixedLiterals.ordinals(query);
    PolicyParameters parameters = new PolicyParameters(types.count());
    VisibleTypes visibleTypes = new VisibleTypes(lists, relations, context.searchPath());
    context.parameterTypes().forEach(type -> visibleTypes.requireParameter(type, view.facts()));
    ExtensionForms extensions = new ExtensionForms(view.facts(), lists, context.searchPath());
    CatalogCalls catalogCalls =
        new CatalogCalls(
            view.systemCatalog(), relations::objects, parameters::bind, this::relationOid);
    Attributes attributes = new Attributes(lists, view.facts());
    Governor governor =
        new Governor(
            relations,
            view.facts(),
            new SafeForms(lists, visibleTypes, catalogCalls, extensions, attributes),
            parameters);
    Resolution resolution = governor.govern(query, new Fence(view.facts(), types));
    WrittenSql written = PostgresSql.writeWithOrigins(query);
    verify(
        written.text(),
        governor,
        catalogCalls,
        visibleTypes,
        extensions,
        attributes,
        types.count(),
        parameters);
    AccessSummary access =
        AccessSummaries.of(
            StatementWords.fingerprint(normalised),
            normalised,
            governor.uses(),
            SubjectPins.of(resolution, view.index().source(), types));
    GovernedQuery governed =
        new GovernedQuery(
            written.text(),
            types.count(),
            parameters.values(),
            access,
            epoch,
            position -> written.original(position).orElse(0));
    boolean catalog =
        catalogCalls.used()
            || governor.uses().stream()
                .anyMatch(use -> use.relation() instanceof VisibleRelation.OfSystem);
    return new Planned(
        governed,
        written,
        catalog ? FixedLiterals.ALL : ordinals,
        PinnedColumns.of(resolution).keyLiterals());
  }

  private OptionalLong relationOid(SqlIdentifier name) {
    return switch (relations.find(name)) {
      case VisibleRelation.Base base -> OptionalLong.of(base.relation().oid());
      case VisibleRelation.View expanded -> OptionalLong.of(expanded.relation().oid());
      case VisibleRelation.OfSystem _ -> OptionalLong.empty();
    };
  }

  private void verify(
      String sql,
      Governor governor,
      CatalogCalls catalogCalls,
      VisibleTypes visibleTypes,
      ExtensionForms extensions,
      Attributes attributes,
      int clientParameters,
      PolicyParameters parameters) {
    Map<String, TableDecision.Allow> tables = new HashMap<>();
    Map<String, TableDecision.Allow> views = new HashMap<>();
    Map<String, Integer> unfenced = new HashMap<>();
    Set<SystemRelation> catalog = new HashSet<>(catalogCalls.relations());
    for (TableUse use : governor.uses()) {
      switch (use.relation()) {
        case VisibleRelation.Base base ->
            tables.put(base.relation().qualifiedName(), base.decision());
        case VisibleRelation.View expanded ->
            views.put(expanded.relation().qualifiedName(), expanded.decision());
        case VisibleRelation.OfSystem system -> catalog.add(system.relation());
      }
    }
    governor
        .unfenced()
        .forEach(use ->
            unfenced.merge(use.relation().schema() + "." + use.relation().name(), 1, Integer::sum));
    Verifier.verify(
        (Query) PostgresSql.parseStatement(sql),
        lists,
        new Expectation(
            tables,
            unfenced,
            catalog,
            catalog.isEmpty() ? List.of() : relations.objects().values(),
            views,
            visibleTypes.granted(),
            extensions.granted(),
            view.facts(),
            attributes,
            clientParameters,
            parameters.values()));
  }
}
