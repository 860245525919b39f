package dev.remit.proxy;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.PersonIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds a person again in access records, which name her by a keyed digest only.
public final class Persons {
  private final Catalog catalog;
  private final PersonIndex index;

  public Persons(Catalog catalog, KeyRing keys) {
    this.catalog = catalog;
    this.index = new PersonIndex(key(keys));
  }

  /// The key of the digests.
  static byte[] key(KeyRing keys) {
    return keys.derive("person-index", "access records");
  }

  /// Whether the fields of an intent mention the person, or so many that she may be among them.
  ///
  /// @param table with a declared subject key, as `schema.table`; the name alone where one has it
  /// @param key a value for each column of that key, in its order
  /// @throws RemitException UNKNOWN_SOURCE, UNKNOWN_TABLE or INVALID_REQUEST
  public Predicate<Map<String, Object>> mention(
      SourceName sourceName, String table, List<String> key) {
    Source source =
        catalog
            .snapshot()
            .source(sourceName)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.UNKNOWN_SOURCE,
                    "there is no source "
                        + sourceName.value()
                        + "; `remit source list` shows all"));
    Relation relation = find(source, table);
    List<String> columns = relation.declaration().subjectKey();
    Source.Person person =
        source
            .person(relation)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.INVALID_REQUEST,
                    "the table "
                        + table
                        + " has no subject key: declare it in the governance file,"
                        + " from then on records say which persons a statement names"));
    if (key.size() != columns.size()) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "the subject key of "
              + table
              + " is ("
              + String.join(", ", columns)
              + "): give "
              + columns.size()
              + (columns.size() == 1 ? " value" : " values, in this order"));
    }
    List<Long> types =
        person.columns().stream()
            .map(name -> relation.column(name).map(Column::type).orElseThrow().oid())
            .toList();
    String digest =
        index
            .of(
                sourceName,
                person.table().qualifiedName(),
                types,
                person.columns().stream().map(name -> key.get(columns.indexOf(name))).toList())
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.INVALID_REQUEST,
                    "a value given is none of its column's type; the subject key of "
                        + table
                        + " is ("
                        + String.join(", ", columns)
                        + ")"));
    return mention(sourceName, digest, aboutTheSame(source, person.table()));
  }

  private static Set<String> aboutTheSame(Source source, Relation home) {
    return source.relations().values().stream()
        .filter(
            one -> source.person(one).map(Source.Person::table).filter(home::equals).isPresent())
        .map(Relation::qualifiedName)
        .collect(Collectors.toSet());
  }

  private static Predicate<Map<String, Object>> mention(
      SourceName source, String digest, Set<String> tables) {
    return intent -> {
      List<?> named = list(intent, "persons");
      return source.value().equals(intent.get("source"))
          && (named.contains(digest)
              || (named.contains(PersonIndex.MANY)
                  && list(intent, "tables").stream().anyMatch(tables::contains)));
    };
  }

  private static List<?> list(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof List<?> values ? values : List.of();
  }

  private static Relation find(Source source, String table) {
    List<Relation> found =
        Stream.concat(
                source.named(table).stream(),
                source.relations().values().stream()
                    .filter(relation -> relation.name().equals(table)))
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new RemitException(
          ErrorCode.UNKNOWN_TABLE,
          "there is no table %s in %s, or several schemas have one; name it as schema.table, `remit catalog` lists them"
              .formatted(table, source.name().value()));
    }
    return found.getFirst();
  }
}
