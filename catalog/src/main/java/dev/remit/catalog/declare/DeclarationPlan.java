package dev.remit.catalog.declare;

import dev.remit.catalog.declare.CatalogDocument.ColumnEntry;
import dev.remit.catalog.declare.CatalogDocument.TableEntry;
import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.CatalogChanges.Kind;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.store.CatalogState;
import dev.remit.catalog.store.DeclaredTable;
import dev.remit.catalog.store.DeclaredTable.KeptFor;
import dev.remit.catalog.store.StoredSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one document would make of the stored state: names resolved to OIDs and attribute numbers,
/// changes in words, errors with their path.
public final class DeclarationPlan {
  private final CatalogState before;
  private final List<String> errors;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, DeclaredTable> changedTables = new LinkedHashMap<>();
  private final Map<PurposeCode, Purpose> purposes;
  private final Map<String, Category> categories;
  private final CatalogDocument document;

  private final Vocabulary vocabulary;

  private DeclarationPlan(
      CatalogState before, DocumentReader.Result read, Collection<Category> builtIn) {
    this.before = before;
    this.document = read.document();
    this.errors = new ArrayList<>(read.errors());
    this.purposes = new HashMap<>(before.purposes());
    this.categories = new HashMap<>(before.categories());
    document.categories().forEach(category -> categories.put(category.name(), category));
    this.vocabulary = new Vocabulary(builtIn, categories.values());
  }

  /// Plans without changing anything.
  ///
  /// @param builtIn the taxonomy that needs no declaring
  public static DeclarationPlan of(
      DocumentReader.Result read, CatalogState before, Collection<Category> builtIn) {
    DeclarationPlan plan = new DeclarationPlan(before, read, builtIn);
    plan.planCategories();
    plan.planPurposes();
    plan.document.source().ifPresent(plan::planTables);
    return plan;
  }

  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public List<String> errors() {
    return List.copyOf(errors);
  }

  public CatalogDocument document() {
    return document;
  }

  /// Tables whose declaration becomes another one, by OID.
  public Map<Long, DeclaredTable> changedTables() {
    return changedTables;
  }

  /// The state with the changes made.
  public CatalogState after() {
    Map<SourceName, StoredSource> sources = new HashMap<>(before.sources());
    document
        .source()
        .flatMap(name -> Optional.ofNullable(sources.get(name)))
        .ifPresent(source -> {
          Map<Long, DeclaredTable> tables = new HashMap<>(source.tables());
          tables.putAll(changedTables);
          sources.put(source.name(), source.withTables(tables));
        });
    return new CatalogState(before.epoch() + 1, sources, purposes, categories);
  }

  private void planCategories() {
    for (Category category : document.categories()) {
      String detail = category.personal() ? "personal" : "not personal";
      note(
          "category " + category.name(),
          before.categories().get(category.name()),
          category,
          detail);
    }
  }

  private void planPurposes() {
    for (Purpose purpose : document.purposes()) {
      String detail = purpose.title() + ", basis " + purpose.basis();
      note("purpose " + purpose.code(), purposes.put(purpose.code(), purpose), purpose, detail);
    }
  }

  private void note(
      String subject, @org.jspecify.annotations.Nullable Object old, Object now, String detail) {
    if (old == null) {
      changes.add(new Change(Kind.ADDED, subject, detail));
    } else if (!old.equals(now)) {
      changes.add(new Change(Kind.CHANGED, subject, detail));
    }
  }

  private void planTables(SourceName name) {
    StoredSource source = before.sources().get(name);
    if (source == null) {
      errors.add("source: there is no source " + name + "; register it with 'source add'");
      return;
    }
    document.tables().forEach((table, entry) -> planTable(source, table, entry));
  }

  private void planTable(StoredSource source, String name, TableEntry entry) {
    String path = "tables." + name;
    List<Relation> found =
        source.relations().values().stream().filter(relation -> relation.isNamed(name)).toList();
    if (found.size() != 1) {
      errors.add(
          path
              + (found.isEmpty()
                  ? ": source " + source.name() + " has no such table; scan again if it is new"
                  : ": more than one table has this name; quote its parts as SQL does"));
      return;
    }
    Relation relation = found.getFirst();
    if (changedTables.containsKey(relation.oid())) {
      errors.add(path + ": the table stands in the document twice");
    }
    DeclaredTable old = source.tables().getOrDefault(relation.oid(), DeclaredTable.NONE);
    DeclaredTable declared = declared(path, relation, entry);
    if (!declared.equals(old)) {
      changedTables.put(relation.oid(), declared);
      changes.addAll(new TableDifference(relation, old, declared).changes());
    }
  }

  private DeclaredTable declared(String path, Relation relation, TableEntry entry) {
    Map<Integer, Set<String>> tags = new TreeMap<>();
    Map<Integer, Set<String>> rejected = new TreeMap<>();
    entry
        .columns()
        .forEach((name, column) ->
            number(path + ".columns", relation, name)
                .ifPresent(number -> {
                  refuseUnknownTags(path + ".columns." + name, column);
                  if (!column.tags().isEmpty()) {
                    tags.put(number, new TreeSet<>(column.tags()));
                  }
                  Set<String> refused = refused(column);
                  if (!refused.isEmpty()) {
                    rejected.put(number, refused);
                  }
                }));
    OptionalInt residency =
        entry.residencyColumn().isPresent()
            ? number(path + ".residency", relation, entry.residencyColumn().get())
            : OptionalInt.empty();
    return new DeclaredTable(
        entry.owner(),
        entry.subjectKey().stream()
            .flatMapToInt(name -> number(path + ".subject-key", relation, name).stream())
            .boxed()
            .toList(),
        residency,
        entry
            .retention()
            .flatMap(kept ->
                number(path + ".retention", relation, kept.column()).stream()
                    .boxed()
                    .findFirst()
                    .map(number -> retention(path, relation, number, kept))),
        tags,
        rejected);
  }

  private KeptFor retention(
      String path, Relation relation, int number, CatalogDocument.RetentionEntry kept) {
    Column column = relation.column(number).orElseThrow();
    if (column.type().category() != 'D') {
      errors.add(
          path
              + ".retention: column "
              + column.name()
              + " is "
              + column.type().formatted()
              + "; retention goes by a date or timestamp");
    }
    return new KeptFor(number, kept.keep(), kept.zone());
  }

  private void refuseUnknownTags(String path, ColumnEntry column) {
    column.tags().stream()
        .filter(tag -> !vocabulary.knows(tag))
        .forEach(tag -> errors.add(path + ".tags: " + vocabulary.refusal(tag)));
  }

  private static Set<String> refused(ColumnEntry column) {
    Set<String> refused = new TreeSet<>(column.replaces());
    if (column.none()) {
      refused.add(DeclaredTable.EVERY);
    }
    return refused;
  }

  private OptionalInt number(String path, Relation relation, String name) {
    Optional<Column> column = relation.column(name);
    if (column.isEmpty()) {
      errors.add(
          path
              + ": "
              + relation.qualifiedName()
              + " has no column "
              + name
              + "; it has "
              + String.join(", ", relation.columns().stream().map(Column::name).toList()));
      return OptionalInt.empty();
    }
    return OptionalInt.of(column.get().number());
  }
}
