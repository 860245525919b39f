package dev.remit.proxy.resolve;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.platform.error.ErrorCode;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.systemcatalog.SystemCatalog;
import dev.remit.proxy.systemcatalog.SystemRelation;
import dev.remit.proxy.systemcatalog.VisibleObjects;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// The relations that exist for one principal and one purpose. A relation that is denied does not
/// exist: the next schema of the search path is tried, and in the end the words are those of
/// PostgreSQL for a name that nobody has.
///
/// One instance serves one statement, on one thread; each relation is decided once.
public final class VisibleRelations {
  private static final int PARENT_LIMIT = 32;

  private final SourceIndex source;
  private final Principal principal;
  private final Optional<PurposeCode> purpose;
  private final List<String> searchPath;
  private final Function<TableRequest, TableDecision> decide;
  private final SystemCatalog systemCatalog;
  private final Function<Principal, List<PurposeCode>> openPurposes;
  private final BiFunction<List<String>, Supplier<VisibleObjects>, VisibleObjects> known;
  private final Map<Long, TableDecision> decisions = new HashMap<>();
  private Map<Relation, TableDecision> asked = new LinkedHashMap<>();
  private @Nullable VisibleObjects objects;

  /// @param known finds what was made of this search path before, or makes it
  public VisibleRelations(
      SourceIndex source,
      Principal principal,
      Optional<PurposeCode> purpose,
      List<String> searchPath,
      Function<TableRequest, TableDecision> decide,
      SystemCatalog systemCatalog,
      Function<Principal, List<PurposeCode>> openPurposes,
      BiFunction<List<String>, Supplier<VisibleObjects>, VisibleObjects> known) {
    this.source = source;
    this.principal = principal;
    this.purpose = purpose;
    this.searchPath = List.copyOf(searchPath);
    this.decide = decide;
    this.systemCatalog = systemCatalog;
    this.openPurposes = openPurposes;
    this.known = known;
  }

  /// What a FROM clause's name stands for, or 42P01.
  public VisibleRelation find(SqlIdentifier name) {
    List<String> parts = name.names;
    String last = parts.get(parts.size() - 1);
    boolean ownDatabase = parts.size() == 3 && parts.get(0).equals(source.source().name().value());
    if (parts.size() == 1) {
      return unqualified(last, name);
    }
    if (parts.size() == 2 || ownDatabase) {
      return in(parts.get(parts.size() - 2), last, name)
          .orElseThrow(() -> unknown(String.join(".", parts), name));
    }
    throw Refusal.at(
        name,
        ErrorCode.FEATURE_NOT_SUPPORTED,
        "cross-database references are not implemented: \"" + String.join(".", parts) + "\"");
  }

  private VisibleRelation unqualified(String last, SqlIdentifier name) {
    Optional<VisibleRelation> found = system("pg_catalog", last);
    for (String schema : searchPath) {
      if (found.isPresent()) {
        break;
      }
      found = in(schema, last, name);
    }
    if (found.isEmpty() && purpose.isEmpty()) {
      throw purposeRequired(name);
    }
    return found.orElseThrow(() -> unknown(last, name));
  }

  private Optional<VisibleRelation> in(String schema, String relation, SqlIdentifier name) {
    if (schema.equals("pg_catalog") || schema.equals("information_schema")) {
      return system(schema, relation);
    }
    if (purpose.isEmpty()) {
      // Whether it exists is not told either.
      throw purposeRequired(name);
    }
    return source.relation(schema, relation).flatMap(this::visible);
  }

  private Optional<VisibleRelation> system(String schema, String relation) {
    return systemCatalog.relation(schema, relation).map(VisibleRelations::systemRelation);
  }

  private static VisibleRelation systemRelation(SystemRelation relation) {
    return new VisibleRelation.OfSystem(
        relation,
        relation.columns().stream()
            .map(column ->
                new VisibleColumn(
                    column.name(),
                    column.typeOid(),
                    !relation.plain().contains(column.name()),
                    false))
            .toList());
  }

  private Optional<VisibleRelation> visible(Relation relation) {
    TableDecision decision = decision(relation);
    asked.put(relation, decision);
    if (!(decision instanceof TableDecision.Allow allow)) {
      return Optional.empty();
    }
    List<VisibleColumn> columns =
        allow.columns().stream().map(VisibleRelations::visibleColumn).toList();
    return Optional.of(
        relation.kind() == Relation.Kind.VIEW
            ? new VisibleRelation.View(relation, allow, columns)
            : new VisibleRelation.Base(relation, allow, columns));
  }

  private static VisibleColumn visibleColumn(ColumnDecision decided) {
    return new VisibleColumn(
        decided.column().name(),
        decided.column().type().oid(),
        decided.mask().isPresent(),
        decided.personal());
  }

  /// The decision on a relation, joined with those on its parents.
  public TableDecision decision(Relation relation) {
    return decision(relation, 0);
  }

  private TableDecision decision(Relation relation, int depth) {
    TableDecision known = decisions.get(relation.oid());
    if (known != null) {
      return known;
    }
    PurposeCode declared =
        purpose.orElseThrow(() -> new IllegalStateException("decided without a purpose"));
    TableDecision decision =
        decide.apply(new TableRequest(principal, declared, source.source(), relation));
    if (relation.partitionOf().isPresent()) {
      Relation parent = source.source().relations().get(relation.partitionOf().getAsLong());
      decision =
          parent == null || depth > PARENT_LIMIT
              ? new TableDecision.Deny(
                  ErrorCode.UNKNOWN_TABLE, "its parent table is not known", List.of())
              : InheritedDecision.join(relation, decision, parent, decision(parent, depth + 1));
    }
    decisions.put(relation.oid(), decision);
    return decision;
  }

  /// Whether some visible column has this type of the source's own.
  public boolean hasType(String schema, String name) {
    if (purpose.isEmpty() || schema.equals("pg_catalog")) {
      return false;
    }
    for (Relation relation : source.source().relations().values()) {
      boolean mentioned =
          relation.columns().stream()
              .map(column -> column.type())
              .anyMatch(type ->
                  type.schema().equals(schema)
                      && (type.name().equals(name) || type.name().equals("_" + name)));
      if (mentioned
          && decision(relation) instanceof TableDecision.Allow allow
          && allow.columns().stream()
              .map(column -> column.column().type())
              .anyMatch(type ->
                  type.schema().equals(schema)
                      && (type.name().equals(name) || type.name().equals("_" + name)))) {
        return true;
      }
    }
    return false;
  }

  /// Everything that exists for this principal and purpose, for catalog relations. Without a
  /// purpose that is nothing but PostgreSQL's own objects.
  public VisibleObjects objects() {
    if (objects == null) {
      objects = known.apply(searchPath, this::visibleObjects);
    }
    return objects;
  }

  private VisibleObjects visibleObjects() {
    Set<Long> relations = new HashSet<>();
    Set<String> schemas = new HashSet<>();
    Set<Long> types = new HashSet<>();
    Set<Long> columns = new HashSet<>();
    if (purpose.isPresent()) {
      for (Relation relation : source.source().relations().values()) {
        if (decision(relation) instanceof TableDecision.Allow allow) {
          relations.add(relation.oid());
          schemas.add(relation.schema());
          for (ColumnDecision column : allow.columns()) {
            types.add(column.column().type().oid());
            columns.add(VisibleObjects.key(relation.oid(), column.column().number()));
          }
        }
      }
    }
    return VisibleObjects.of(
        relations,
        schemas,
        types,
        columns,
        principal.name(),
        source.source().name().value(),
        searchPath);
  }

  /// The same principal and purpose, for a view's definition, which names everything in full.
  public VisibleRelations withoutSearchPath() {
    VisibleRelations inner =
        new VisibleRelations(
            source, principal, purpose, List.of(), decide, systemCatalog, openPurposes, known);
    inner.asked = asked;
    return inner;
  }

  /// What was decided of each relation that the statement named, views' definitions included.
  public Map<Relation, TableDecision> asked() {
    return Collections.unmodifiableMap(asked);
  }

  private RuntimeException purposeRequired(SqlNode at) {
    String open =
        String.join(", ", openPurposes.apply(principal).stream().map(PurposeCode::value).toList());
    return Refusal.at(
        at,
        ErrorCode.PURPOSE_REQUIRED,
        open.isEmpty()
            ? "no purpose is declared, and none is open to you"
            : "declare a purpose first: SET remit.purpose = '…'; open to you: " + open);
  }

  private static RuntimeException unknown(String name, SqlNode at) {
    return Refusal.at(at, ErrorCode.UNKNOWN_TABLE, "relation \"" + name + "\" does not exist");
  }
}
