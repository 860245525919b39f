package dev.remit.catalog.declare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.declare.CatalogDocument.ColumnEntry;
import dev.remit.catalog.declare.CatalogDocument.RetentionEntry;
import dev.remit.catalog.declare.CatalogDocument.TableEntry;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.Purpose.LegalBasis;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the catalog's sections of a governance file: `source`, `taxonomy`, `purposes`, `tables`.
public final class DocumentReader {
  private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9][a-z0-9_-]*)*");
  private static final int MAXIMUM_TAG_LENGTH = 100;

  private final List<String> errors = new ArrayList<>();

  /// What was read, complete only when there are no errors.
  public record Result(CatalogDocument document, List<String> errors) {}

  /// @param tree of the whole file, sections of other rooms taken out
  public static Result read(JsonNode tree) {
    DocumentReader reader = new DocumentReader();
    CatalogDocument document = reader.document(new StrictReader("", tree, reader.errors));
    return new Result(document, List.copyOf(reader.errors));
  }

  private CatalogDocument document(StrictReader root) {
    Map<String, StrictReader> sections = root.members("source", "taxonomy", "purposes", "tables");
    Optional<SourceName> source =
        Optional.ofNullable(sections.get("source"))
            .flatMap(node -> node.value("the name of a source", SourceName::new));
    List<Category> categories = new ArrayList<>();
    named(sections, "taxonomy").forEach((name, node) -> category(name, node, categories));
    List<Purpose> purposes = new ArrayList<>();
    named(sections, "purposes")
        .forEach((code, node) -> purpose(code, node).ifPresent(purposes::add));
    Map<String, TableEntry> tables = new LinkedHashMap<>();
    named(sections, "tables").forEach((name, node) -> tables.put(name, table(node)));
    if (source.isEmpty() && !tables.isEmpty() && sections.get("source") == null) {
      root.error("'tables' need 'source: NAME', so that it is clear whose tables are meant");
    }
    return new CatalogDocument(source, categories, purposes, tables);
  }

  private static Map<String, StrictReader> named(
      Map<String, StrictReader> sections, String section) {
    return Optional.ofNullable(sections.get(section)).map(StrictReader::members).orElse(Map.of());
  }

  private static void category(String name, StrictReader node, List<Category> categories) {
    Map<String, StrictReader> members = node.members("personal", "description");
    StrictReader personal = members.get("personal");
    if (!isTag(name)) {
      node.error("a category is lower-case words joined by dots, for example contact.email");
    }
    if (personal == null) {
      node.error("says nothing about 'personal: true' or 'personal: false'");
      return;
    }
    categories.add(new Category(name, personal.truth(), text(members, "description").orElse("")));
  }

  private static Optional<Purpose> purpose(String name, StrictReader node) {
    Map<String, StrictReader> members = node.members("title", "basis", "description");
    Optional<PurposeCode> code = code(name, node);
    Optional<String> title = required(node, members, "title").flatMap(StrictReader::text);
    Optional<LegalBasis> basis =
        required(node, members, "basis")
            .flatMap(text ->
                text.value(
                    "a legal basis; known: consent, contract, legal-obligation,"
                        + " vital-interest, public-task, legitimate-interest",
                    DocumentReader::basis));
    Optional<String> description = text(members, "description");
    return code.isPresent() && title.isPresent() && basis.isPresent()
        ? Optional.of(new Purpose(code.get(), title.get(), basis.get(), description.orElse("")))
        : Optional.empty();
  }

  private static Optional<PurposeCode> code(String name, StrictReader node) {
    try {
      return Optional.of(new PurposeCode(name));
    } catch (IllegalArgumentException refusal) {
      node.error(String.valueOf(refusal.getMessage()));
      return Optional.empty();
    }
  }

  private static LegalBasis basis(String text) {
    if (!text.equals(text.toLowerCase(Locale.ROOT)) || text.contains("_")) {
      throw new IllegalArgumentException("a legal basis is written in lower case with dashes");
    }
    return LegalBasis.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static TableEntry table(StrictReader node) {
    Map<String, StrictReader> members =
        node.members("owner", "subject-key", "residency", "retention", "columns");
    Map<String, ColumnEntry> columns = new LinkedHashMap<>();
    named(members, "columns").forEach((name, column) -> columns.put(name, column(column)));
    return new TableEntry(
        text(members, "owner"),
        texts(members, "subject-key"),
        Optional.ofNullable(members.get("residency"))
            .flatMap(residency -> required(residency, residency.members("column"), "column"))
            .flatMap(StrictReader::text),
        Optional.ofNullable(members.get("retention")).flatMap(DocumentReader::retention),
        columns);
  }

  private static Optional<RetentionEntry> retention(StrictReader node) {
    Map<String, StrictReader> members = node.members("column", "keep", "zone");
    Optional<String> column = required(node, members, "column").flatMap(StrictReader::text);
    Optional<Period> keep =
        required(node, members, "keep")
            .flatMap(text ->
                text.value(
                    "a positive period of ISO 8601, for example P7Y, P18M or P90D",
                    DocumentReader::period));
    Optional<ZoneId> zone =
        required(node, members, "zone")
            .flatMap(text -> text.value("a time zone, for example Europe/Berlin", ZoneId::of));
    return column.isPresent() && keep.isPresent() && zone.isPresent()
        ? Optional.of(new RetentionEntry(column.get(), keep.get(), zone.get()))
        : Optional.empty();
  }

  private static Period period(String text) {
    Period period = Period.parse(text);
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("a retention period is positive");
    }
    return period;
  }

  private static ColumnEntry column(StrictReader node) {
    Map<String, StrictReader> members = node.members("tags", "replaces", "none");
    List<String> tags = tags(members, "tags");
    List<String> replaces = tags(members, "replaces");
    StrictReader none = members.get("none");
    if (tags.stream().anyMatch(replaces::contains)) {
      node.error("a tag stands in both 'tags' and 'replaces'");
    }
    return new ColumnEntry(tags, replaces, none != null && none.truth());
  }

  private static List<String> tags(Map<String, StrictReader> members, String key) {
    List<StrictReader> items =
        Optional.ofNullable(members.get(key)).map(StrictReader::items).orElse(List.of());
    List<String> tags = new ArrayList<>();
    for (StrictReader item : items) {
      String name = item.text().orElse("");
      if (isTag(name)) {
        tags.add(name);
      } else if (!name.isEmpty()) {
        item.error(
            "'" + name + "' is not a tag: lower-case words joined by dots, as contact.email");
      }
    }
    return tags;
  }

  private static boolean isTag(String name) {
    return name.length() <= MAXIMUM_TAG_LENGTH && TAG.matcher(name).matches();
  }

  private static Optional<StrictReader> required(
      StrictReader node, Map<String, StrictReader> members, String key) {
    StrictReader member = members.get(key);
    if (member == null) {
      node.error("'" + key + "' is missing");
    }
    return Optional.ofNullable(member);
  }

  private static Optional<String> text(Map<String, StrictReader> members, String key) {
    return Optional.ofNullable(members.get(key)).flatMap(StrictReader::text);
  }

  private static List<String> texts(Map<String, StrictReader> members, String key) {
    return Optional.ofNullable(members.get(key)).map(StrictReader::texts).orElse(List.of());
  }
}
