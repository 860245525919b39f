package dev.remit.proxy.govern;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.fence.Fence;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.QueryResolver;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.proxy.resolve.VisibleRelations;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.systemcatalog.VisibleObjects;
import dev.remit.proxy.verify.Verifier;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Replaces every mention of a relation by its governed table, views by their governed definition.
///
/// One instance serves one statement.
public final class Governor {
  private static final int VIEW_DEPTH_LIMIT = 16;

  private final VisibleRelations relations;
  private final SourceFacts facts;
  private final SafeForms forms;
  private final PolicyParameters parameters;
  private final GovernedTables tables;
  private final List<TableUse> uses = new ArrayList<>();
  private final Set<TableUse> unfenced = new LinkedHashSet<>();

  public Governor(
      VisibleRelations relations, SourceFacts facts, SafeForms forms, PolicyParameters parameters) {
    this.facts = facts;
    this.relations = relations;
    this.forms = forms;
    this.parameters = parameters;
    this.tables = new GovernedTables(parameters);
  }

  /// Resolves the query and rewrites it in place.
  public Resolution govern(Query query, Fence fence) {
    return govern(query, relations, fence, 0);
  }

  /// Every mention of a relation, those inside views included.
  public List<TableUse> uses() {
    return uses;
  }

  /// Those whose fence was left out.
  public Set<TableUse> unfenced() {
    return unfenced;
  }

  private Resolution govern(Query query, VisibleRelations names, Fence fence, int depth) {
    Resolution resolution = QueryResolver.resolve(query, names, facts);
    GroupKeys.complete(resolution);
    forms.check(query, resolution);
    Fence.Plan plan = fence.plan(resolution);
    for (TableUse use : resolution.uses()) {
      uses.add(use);
      if (!plan.isFenced(use)) {
        unfenced.add(use);
      }
    }
    for (TableUse use : resolution.uses()) {
      use.replaceWith(governed(use, plan, fence, depth));
    }
    return resolution;
  }

  private Query governed(TableUse use, Fence.Plan plan, Fence fence, int depth) {
    return switch (use.relation()) {
      case VisibleRelation.Base base ->
          tables.of(
              new FromItem.TableName(
                  SqlParserPos.ZERO,
                  new SqlIdentifier(List.of(base.schema(), base.name()), SqlParserPos.ZERO),
                  use.only(),
                  null,
                  null,
                  null),
              base.decision(),
              plan.copies(use),
              plan.isFenced(use));
      case VisibleRelation.View view -> view(use, view, fence, depth);
      case VisibleRelation.OfSystem system -> {
        VisibleObjects objects = relations.objects();
        Query template = (Query) PostgresSql.parseStatement(system.relation().sql());
        Query bound = (Query) parameters.bind(template, objects.values());
        yield GovernedTables.ofSystem(bound, plan.copies(use));
      }
    };
  }

  private Query view(TableUse use, VisibleRelation.View view, Fence fence, int depth) {
    if (depth >= VIEW_DEPTH_LIMIT) {
      throw unknown(use);
    }
    Query definition;
    try {
      String text = view.relation().viewDefinition().orElse("").replaceFirst(";\\s*$", "");
      if (!(PostgresSql.parseStatement(text) instanceof Query query)) {
        throw unknown(use);
      }
      definition = query;
      govern(definition, relations.withoutSearchPath(), fence.closed(), depth + 1);
    } catch (RemitException refusal) {
      // What a view cannot show is not told: it does not exist.
      RuntimeException unknown = unknown(use);
      unknown.addSuppressed(refusal);
      throw unknown;
    }
    FromItem body =
        new FromItem.Subquery(
            SqlParserPos.ZERO,
            false,
            Unplaced.copy(definition),
            new FromItem.Alias(
                Verifier.VIEW_PREFIX + view.relation().qualifiedName(),
                view.relation().columns().stream().map(column -> column.name()).toList()));
    return tables.of(body, view.decision(), List.of(), true);
  }

  private static RuntimeException unknown(TableUse use) {
    return Refusal.at(
        use.position(),
        ErrorCode.UNKNOWN_TABLE,
        "relation \"" + use.relation().name() + "\" does not exist");
  }
}
