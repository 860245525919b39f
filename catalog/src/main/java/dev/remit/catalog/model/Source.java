package dev.remit.catalog.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One registered PostgreSQL source as last scanned.
///
/// @param relations by OID
/// @param epoch the catalog's epoch when this source last changed
/// @param schemas schemas the source's role may use, system schemas left out, by name
/// @param types types outside `pg_catalog` by OID: enums, domains, composites, ranges, those of
///   extensions such as citext, and their arrays; row types of tables left out
public record Source(
    SourceName name,
    State state,
    Map<Long, Relation> relations,
    long epoch,
    List<String> schemas,
    Map<Long, UserType> types) {
  private static final int MOST_HOPS = 8;

  public Source {
    relations = Map.copyOf(relations);
    schemas = List.copyOf(schemas);
    types = Map.copyOf(types);
  }

  /// A source of which only relations are known.
  public Source(SourceName name, State state, Map<Long, Relation> relations, long epoch) {
    this(name, state, relations, epoch, List.of(), Map.of());
  }

  /// Only a READY source answers statements; in every other state they are refused.
  public enum State {
    READY,
    /// Its schema is not the scanned one; re-scan to go on.
    DRIFTED,
    UNREACHABLE,
    /// Its role can do more than read; see SECURITY.md.
    UNSAFE_ROLE
  }

  /// A type that PostgreSQL does not bring along.
  ///
  /// @param kind `pg_type.typtype`: `b` base, `c` composite, `d` domain, `e` enum, `r` range, `m`
  ///   multirange
  /// @param category `pg_type.typcategory`
  /// @param base the type under a domain
  /// @param element the element's type of an array
  /// @param labels of an enum, in its order
  public record UserType(
      long oid,
      String schema,
      String name,
      char kind,
      char category,
      OptionalLong base,
      OptionalLong element,
      List<String> labels) {
    public UserType {
      labels = List.copyOf(labels);
    }
  }

  /// Whom the rows of a relation are about: where a subject key refers to the subject key of
  /// another table, they are about the persons of that one. A partition's are its parent's.
  ///
  /// @return empty when no subject key is declared
  public Optional<Person> person(Relation relation) {
    List<String> key = relation.declaration().subjectKey();
    Person person = new Person(relation, key);
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      Optional<Person> next = next(person);
      if (next.isEmpty()) {
        break;
      }
      person = next.get();
    }
    return key.isEmpty() ? Optional.empty() : Optional.of(person);
  }

  /// @param table where the person is at home
  /// @param columns of the relation asked about, in the order of that table's subject key
  public record Person(Relation table, List<String> columns) {
    public Person {
      columns = List.copyOf(columns);
    }
  }

  private Optional<Person> next(Person person) {
    Relation table = person.table();
    List<String> key = table.declaration().subjectKey();
    if (table.partitionOf().isPresent()) {
      Relation parent = relations.get(table.partitionOf().getAsLong());
      if (parent != null && parent.declaration().subjectKey().equals(key)) {
        return Optional.of(new Person(parent, person.columns()));
      }
    }
    return table.references().stream()
        .filter(reference -> reference.referencedOid() != table.oid())
        .flatMap(reference -> followed(person, reference).stream())
        .findFirst();
  }

  /// Empty unless the reference leads from one whole subject key to another.
  private Optional<Person> followed(Person person, Relation.Reference reference) {
    Relation target = relations.get(reference.referencedOid());
    List<String> key = person.table().declaration().subjectKey();
    if (target == null || key.size() != reference.columns().size()) {
      return Optional.empty();
    }
    Map<String, String> own = new HashMap<>();
    for (int i = 0; i < key.size(); i++) {
      Optional<Column> from = person.table().column(reference.columns().get(i));
      Optional<Column> to = target.column(reference.referencedColumns().get(i));
      int place = from.map(column -> key.indexOf(column.name())).orElse(-1);
      if (place < 0 || to.isEmpty()) {
        return Optional.empty();
      }
      own.put(to.get().name(), person.columns().get(place));
    }
    List<String> targetKey = target.declaration().subjectKey();
    return targetKey.size() == key.size() && own.keySet().containsAll(targetKey)
        ? Optional.of(new Person(target, targetKey.stream().map(own::get).toList()))
        : Optional.empty();
  }

  /// The same source, changed at another epoch.
  public Source withEpoch(long newEpoch) {
    return new Source(name, state, relations, newEpoch, schemas, types);
  }

  /// The relation of exactly this schema and name.
  public Optional<Relation> relation(String schema, String relationName) {
    return relations.values().stream()
        .filter(
            relation -> relation.schema().equals(schema) && relation.name().equals(relationName))
        .findFirst();
  }

  /// The relations that people mean by `schema.table`, written plainly or with each part quoted as
  /// SQL does: one at most, unless names hold dots.
  public List<Relation> named(String written) {
    return relations.values().stream().filter(relation -> relation.isNamed(written)).toList();
  }
}
