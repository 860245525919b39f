package dev.remit.catalog.declare;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Relation.Kind;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.Tag;
import dev.remit.catalog.store.DeclaredTable;
import dev.remit.catalog.store.StoredSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes a governance file to start from: what is declared and suggested, as it would be applied,
/// and policies that show every personal column through a mask only.
///
/// Applying it unchanged confirms every suggested tag and loses nothing that is declared. Policies
/// list columns one by one, so that a column added later stays invisible until somebody lists it.
public final class StartingDocument {
  private static final String HEADER =
      """
      # A starting point for source NAME, written from what the scan found. Read every line, then
      # apply it with: remit policy apply FILE
      # Tags come from names, comments and samples; the number is the confidence. Delete a tag that
      # is wrong and name it under `replaces`, or write `none: true` when nothing personal is there.
      # A column without a tag is taken as not personal: look at those first.
      source: NAME

      """;
  private static final String PURPOSES =
      """
      purposes:
        # basis: consent, contract, legal-obligation, vital-interest, public-task, legitimate-interest
        analytics: {title: Product analytics, basis: legitimate-interest}

      """;
  private static final String POLICIES =
      """
      # Nothing is visible but what a policy names. These open the tables to one group for one
      # purpose, personal columns through masks: e-mail addresses as tokens, which still join, dates
      # of birth as years, the rest as null. A view shows what its tables show. Delete what need not
      # be seen; restrict rows, for example:  rows: "region = 'EU'"
      policies:
      """;

  private final StoredSource stored;
  private final CatalogSnapshot snapshot;
  private final List<Relation> relations;
  private final StringBuilder text = new StringBuilder();

  private StartingDocument(StoredSource stored, CatalogSnapshot snapshot) {
    this.stored = stored;
    this.snapshot = snapshot;
    this.relations =
        snapshot.source(stored.name()).orElseThrow().relations().values().stream()
            .filter(relation -> relation.partitionOf().isEmpty())
            .sorted(Comparator.comparing(Relation::schema).thenComparing(Relation::name))
            .toList();
  }

  /// @param snapshot made of the same state as `stored`
  public static String write(StoredSource stored, CatalogSnapshot snapshot) {
    StartingDocument document = new StartingDocument(stored, snapshot);
    document.text.append(HEADER.replace("NAME", stored.name().value()));
    document.writePurposes();
    document.writeTables();
    document.writePolicies();
    return document.text.toString();
  }

  private void writePurposes() {
    if (snapshot.purposes().isEmpty()) {
      text.append(PURPOSES);
      return;
    }
    text.append("purposes:\n");
    for (Purpose purpose : new TreeMap<>(snapshot.purposes()).values()) {
      String basis = purpose.basis().name().toLowerCase(Locale.ROOT).replace('_', '-');
      text.append("  ").append(purpose.code()).append(":\n");
      text.append("    title: ").append(YamlText.of(purpose.title())).append('\n');
      text.append("    basis: ").append(basis).append('\n');
      if (!purpose.description().isEmpty()) {
        text.append("    description: ").append(YamlText.of(purpose.description())).append('\n');
      }
    }
    text.append('\n');
  }

  private void writeTables() {
    if (relations.isEmpty()) {
      return;
    }
    text.append("tables:\n");
    for (Relation relation : relations) {
      text.append("  ").append(YamlText.of(relation.writtenName())).append(':');
      int start = text.length();
      text.append('\n');
      writeDeclaration(relation);
      writeColumns(relation);
      if (text.substring(start).lines().allMatch(line -> line.isBlank() || isComment(line))) {
        // Comments alone are no mapping.
        text.insert(start, " {}");
      }
    }
    text.append('\n');
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }

  private void writeDeclaration(Relation relation) {
    TableDeclaration declaration = relation.declaration();
    boolean personal = relation.columns().stream().anyMatch(snapshot::isPersonal);
    declaration
        .owner()
        .ifPresentOrElse(
            owner -> line("owner: " + YamlText.of(owner)),
            () -> line("# owner: the team that answers for it"));
    if (!declaration.subjectKey().isEmpty()) {
      line("subject-key: " + YamlText.list(declaration.subjectKey()));
    } else if (personal) {
      line(
          "# subject-key: "
              + YamlText.list(names(relation, relation.primaryKey()))
              + "  # the columns that say which person a row is about");
    }
    declaration
        .residency()
        .ifPresent(rule -> line("residency: {column: " + YamlText.of(rule.column()) + "}"));
    declaration
        .retention()
        .ifPresentOrElse(
            rule ->
                line(
                    "retention: {column: %s, keep: %s, zone: %s}"
                        .formatted(
                            YamlText.of(rule.column()),
                            rule.keep(),
                            YamlText.of(rule.zone().getId()))),
            () -> {
              if (personal) {
                line("# retention: {column: created_at, keep: P7Y, zone: Europe/Berlin}");
              }
            });
  }

  private void writeColumns(Relation relation) {
    DeclaredTable declared = stored.tables().getOrDefault(relation.oid(), DeclaredTable.NONE);
    boolean first = true;
    for (Column column : relation.columns()) {
      Set<String> rejected = declared.rejected().getOrDefault(column.number(), Set.of());
      if (column.tags().isEmpty() && rejected.isEmpty()) {
        continue;
      }
      if (first) {
        line("columns:");
        first = false;
      }
      text.append("      ")
          .append(YamlText.of(column.name()))
          .append(": {")
          .append(String.join(", ", parts(column.tags(), rejected)))
          .append('}')
          .append(reasons(column.tags()))
          .append('\n');
    }
  }

  private static List<String> parts(Collection<Tag> tags, Set<String> rejected) {
    Map<String, String> parts = new TreeMap<>();
    List<String> replaced =
        rejected.stream().filter(tag -> !tag.equals(DeclaredTable.EVERY)).sorted().toList();
    if (rejected.contains(DeclaredTable.EVERY)) {
      parts.put("none", "none: true");
    }
    if (!replaced.isEmpty()) {
      parts.put("replaces", "replaces: " + YamlText.list(replaced));
    }
    if (!tags.isEmpty()) {
      parts.put("tags", "tags: " + YamlText.list(tags.stream().map(Tag::name).toList()));
    }
    return List.copyOf(parts.values());
  }

  private static String reasons(Collection<Tag> tags) {
    List<String> reasons =
        tags.stream()
            .filter(tag -> !tag.declared())
            .map(tag -> "%.2f %s".formatted(tag.confidence(), YamlText.comment(tag.reason())))
            .toList();
    return reasons.isEmpty() ? "" : "  # " + String.join("; ", reasons);
  }

  private void writePolicies() {
    text.append(POLICIES);
    boolean none = true;
    for (Relation relation : relations) {
      List<String> visible = relation.columns().stream().map(Column::name).toList();
      String name = relation.writtenName();
      if (visible.isEmpty()) {
        comment(name + ": it has no column");
      } else if (isPattern(relation.qualifiedName().replace('"', '*'))
          || visible.stream().anyMatch(StartingDocument::isPattern)) {
        comment(name + ": policies cannot tell this name, or a column's, from a pattern");
      } else {
        none = false;
        policy(name, visible, relation.kind() == Kind.VIEW ? Map.of() : masks(relation));
      }
    }
    if (none) {
      text.append("  []\n");
    }
  }

  /// Columns by the mask that suits their tags and fits their type.
  private Map<String, List<String>> masks(Relation relation) {
    Map<String, List<String>> masks = new TreeMap<>();
    relation.columns().stream()
        .filter(snapshot::isPersonal)
        .forEach(column ->
            masks.computeIfAbsent(mask(column), absent -> new ArrayList<>()).add(column.name()));
    return masks;
  }

  private static String mask(Column column) {
    ColumnType type = column.type();
    boolean system = type.schema().equals("pg_catalog");
    boolean endless =
        type.modifier() < 0
            && (type.name().equals("citext")
                || (system && (type.name().equals("text") || type.name().equals("varchar"))));
    if (endless && column.isTagged("contact.email")) {
      return "token";
    }
    boolean date = system && Set.of("date", "timestamp", "timestamptz").contains(type.name());
    return date && column.isTagged("demographic.birth-date") ? "year" : "null";
  }

  private void policy(String table, List<String> columns, Map<String, List<String>> masks) {
    text.append("  - name: ").append(YamlText.of("analysts read " + table)).append('\n');
    text.append("    tables: ").append(YamlText.list(List.of(table))).append('\n');
    text.append("    columns: ").append(YamlText.list(columns)).append('\n');
    text.append("    to: {groups: [analysts]}\n");
    text.append("    for: [")
        .append(
            snapshot.purposes().keySet().stream()
                .sorted()
                .findFirst()
                .map(Object::toString)
                .orElse("analytics"))
        .append("]\n");
    if (!masks.isEmpty()) {
      text.append("    masks:\n");
      masks.forEach((mask, masked) ->
          text.append("      - {columns: ")
              .append(YamlText.list(masked))
              .append(", with: ")
              .append(YamlText.of(mask))
              .append("}\n"));
    }
  }

  private static boolean isPattern(String name) {
    return name.chars().anyMatch(character -> "*?{}".indexOf(character) >= 0);
  }

  private void comment(String what) {
    text.append("  # ").append(YamlText.comment(what)).append('\n');
  }

  private void line(String content) {
    text.append("    ").append(content).append('\n');
  }

  private static List<String> names(Relation relation, List<Integer> numbers) {
    return numbers.stream()
        .flatMap(number -> relation.column(number).stream())
        .map(Column::name)
        .toList();
  }
}
