package dev.remit.catalog.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One table, view or partition of a source, keyed by OID.
///
/// @param fingerprint digest of everything a statement's meaning depends on (names, attribute
///   numbers, types, kind, view text), computed by the source; a different one at run time is drift
/// @param primaryKey attribute numbers, empty when there is none
/// @param partitionOf OID of the parent, for partitions and inheritance children
/// @param viewDefinition `pg_get_viewdef`, for views only
public record Relation(
    long oid,
    String schema,
    String name,
    Kind kind,
    List<Column> columns,
    List<Integer> primaryKey,
    List<Reference> references,
    OptionalLong partitionOf,
    Optional<String> viewDefinition,
    Optional<String> comment,
    TableDeclaration declaration,
    String fingerprint) {
  public Relation {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    references = List.copyOf(references);
  }

  /// `pg_class.relkind`, as far as a query can name it.
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE
  }

  /// A foreign key: `columns[i]` refers to `referencedColumns[i]` of the relation `referencedOid`.
  public record Reference(
      String name, List<Integer> columns, long referencedOid, List<Integer> referencedColumns) {
    public Reference {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }

  /// The same relation with other columns.
  public Relation withColumns(List<Column> newColumns) {
    return new Relation(
        oid,
        schema,
        name,
        kind,
        newColumns,
        primaryKey,
        references,
        partitionOf,
        viewDefinition,
        comment,
        declaration,
        fingerprint);
  }

  /// The same relation with another declaration.
  public Relation withDeclaration(TableDeclaration newDeclaration) {
    return new Relation(
        oid,
        schema,
        name,
        kind,
        columns,
        primaryKey,
        references,
        partitionOf,
        viewDefinition,
        comment,
        newDeclaration,
        fingerprint);
  }

  /// The column of this attribute number.
  public Optional<Column> column(int number) {
    return columns.stream().filter(column -> column.number() == number).findFirst();
  }

  /// The column of this name, exactly as PostgreSQL stores it.
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /// `schema.name` for messages and records; not quoted, not for SQL.
  public String qualifiedName() {
    return schema + "." + name;
  }

  /// Whether people mean this relation by `schema.table`, each part plain or in double quotes.
  public boolean isNamed(String written) {
    return written.equals(qualifiedName())
        || written.equals(quoted(schema) + "." + name)
        || written.equals(schema + "." + quoted(name))
        || written.equals(quoted(schema) + "." + quoted(name));
  }

  /// The name as people write it: a part with other characters than letters, digits, `_` and `$`
  /// stands in double quotes.
  public String writtenName() {
    return written(schema) + "." + written(name);
  }

  private static String written(String part) {
    boolean plain =
        part.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
    return plain ? part : quoted(part);
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
