package dev.remit.server.http;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.Tag;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/catalog`: what is known of every table, and what is still undeclared. Read only.
public final class CatalogOperations {
  private final Catalog catalog;

  public CatalogOperations(Catalog catalog) {
    this.catalog = catalog;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "listTables",
            HttpMethod.GET,
            "/catalog",
            Operation.OPERATOR_OR_OFFICER,
            call -> list(call)),
        new Operation(
            "showTable",
            HttpMethod.GET,
            "/catalog/{source}/{table}",
            Operation.OPERATOR_OR_OFFICER,
            this::show),
        new Operation(
            "listPurposes",
            HttpMethod.GET,
            "/purposes",
            Operation.OPERATOR_OR_OFFICER,
            call -> purposes()));
  }

  /// @param personal how many columns hold personal data
  record TableLine(
      String source,
      Source.State state,
      String table,
      String kind,
      int columns,
      int personal,
      List<String> undeclared) {}

  record ColumnView(
      String name,
      String type,
      boolean nullable,
      boolean personal,
      Optional<String> comment,
      List<Tag> tags) {}

  record ReferenceView(List<String> columns, String table, List<String> referenced) {}

  record TableView(
      String source,
      Source.State state,
      String table,
      String kind,
      Optional<String> comment,
      Optional<String> owner,
      List<String> key,
      List<String> subjectKey,
      Optional<String> residency,
      Optional<String> retention,
      List<ReferenceView> references,
      List<ColumnView> columns,
      List<String> undeclared) {}

  record PurposeView(String code, String title, String basis, String description) {}

  private HttpAnswer list(HttpCall<Caller> call) {
    CatalogSnapshot snapshot = catalog.snapshot();
    Stream<Source> sources =
        snapshot.sources().values().stream()
            .filter(source -> call.query("source").map(source.name().value()::equals).orElse(true))
            .sorted(Comparator.comparing(Source::name));
    return HttpAnswer.json(
        Map.of("tables", sources.flatMap(source -> lines(snapshot, source)).toList()));
  }

  private static Stream<TableLine> lines(CatalogSnapshot snapshot, Source source) {
    return source.relations().values().stream()
        .sorted(Comparator.comparing(Relation::qualifiedName))
        .map(relation ->
            new TableLine(
                source.name().value(),
                source.state(),
                relation.qualifiedName(),
                word(relation.kind()),
                relation.columns().size(),
                (int) relation.columns().stream().filter(snapshot::isPersonal).count(),
                undeclared(snapshot, relation)));
  }

  private HttpAnswer show(HttpCall<Caller> call) {
    CatalogSnapshot snapshot = catalog.snapshot();
    SourceName name = SourceOperations.sourceName(call.path("source"));
    Source source =
        snapshot
            .source(name)
            .orElseThrow(
                () -> new RemitException(ErrorCode.UNKNOWN_SOURCE, "no source is called " + name));
    return HttpAnswer.json(view(snapshot, source, find(source, call.path("table"))));
  }

  /// The relation of a name with or without schema. A bare name must fit one relation only.
  static Relation find(Source source, String table) {
    List<Relation> found =
        source.relations().values().stream()
            .filter(
                relation -> relation.qualifiedName().equals(table) || relation.name().equals(table))
            .toList();
    if (found.isEmpty()) {
      throw new RemitException(
          ErrorCode.UNKNOWN_TABLE,
          ("source %1$s has no table %2$s that its role may read; `remit catalog --source %1$s`"
                  + " lists them, and --source names another source")
              .formatted(source.name(), table));
    }
    if (found.size() > 1) {
      throw new RemitException(
          ErrorCode.UNKNOWN_TABLE,
          "several schemas have a table %s: name one as %s"
              .formatted(
                  table,
                  String.join(" or ", found.stream().map(Relation::qualifiedName).toList())));
    }
    return found.getFirst();
  }

  private static TableView view(CatalogSnapshot snapshot, Source source, Relation relation) {
    TableDeclaration declared = relation.declaration();
    return new TableView(
        source.name().value(),
        source.state(),
        relation.qualifiedName(),
        word(relation.kind()),
        relation.comment(),
        declared.owner(),
        names(relation, relation.primaryKey()),
        declared.subjectKey(),
        declared.residency().map(TableDeclaration.Residency::column),
        declared
            .retention()
            .map(keep -> keep.column() + " " + keep.keep() + " " + keep.zone().getId()),
        relation.references().stream()
            .map(reference -> reference(source, relation, reference))
            .toList(),
        relation.columns().stream()
            .map(column ->
                new ColumnView(
                    column.name(),
                    column.type().formatted(),
                    column.nullable(),
                    snapshot.isPersonal(column),
                    column.comment(),
                    column.tags()))
            .toList(),
        undeclared(snapshot, relation));
  }

  private static ReferenceView reference(
      Source source, Relation relation, Relation.Reference reference) {
    Optional<Relation> referenced =
        Optional.ofNullable(source.relations().get(reference.referencedOid()));
    return new ReferenceView(
        names(relation, reference.columns()),
        referenced.map(Relation::qualifiedName).orElse("a table the role may not read"),
        referenced.map(other -> names(other, reference.referencedColumns())).orElse(List.of()));
  }

  /// What people have not yet said of the table, in the words of the governance file.
  private static List<String> undeclared(CatalogSnapshot snapshot, Relation relation) {
    List<String> missing = new ArrayList<>();
    if (relation.kind() == Relation.Kind.VIEW || relation.partitionOf().isPresent()) {
      return missing;
    }
    TableDeclaration declared = relation.declaration();
    boolean personal = relation.columns().stream().anyMatch(snapshot::isPersonal);
    if (declared.owner().isEmpty()) {
      missing.add("owner");
    }
    if (personal && declared.subjectKey().isEmpty()) {
      missing.add("subject-key");
    }
    if (personal && declared.residency().isEmpty()) {
      missing.add("residency");
    }
    if (personal && declared.retention().isEmpty()) {
      missing.add("retention");
    }
    long suggested =
        relation.columns().stream()
            .map(Column::tags)
            .filter(tags -> !tags.isEmpty() && tags.stream().noneMatch(Tag::declared))
            .count();
    if (suggested > 0) {
      missing.add(suggested + " suggested tags to confirm");
    }
    return missing;
  }

  private HttpAnswer purposes() {
    return HttpAnswer.json(
        Map.of(
            "purposes",
            catalog.snapshot().purposes().values().stream()
                .sorted(Comparator.comparing(purpose -> purpose.code()))
                .map(purpose ->
                    new PurposeView(
                        purpose.code().value(),
                        purpose.title(),
                        purpose.basis().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        purpose.description()))
                .toList()));
  }

  private static List<String> names(Relation relation, List<Integer> numbers) {
    return numbers.stream()
        .map(number -> relation.column(number).map(Column::name).orElse("?"))
        .toList();
  }

  private static String word(Relation.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
