package dev.remit.catalog.classify;

import dev.remit.catalog.classify.text.Span;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Tag;
import dev.remit.catalog.scan.ColumnClassifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Suggests what a column holds, from its name, its comment, its type and sampled values.
///
/// Each is a piece of evidence with a confidence; pieces that agree leave less doubt, values that
/// contradict a name weaken it. A name that nothing contradicts is enough, so that an empty table
/// is classified as well; doubtful suggestions are kept down to [#LEAST_CONFIDENCE], because a
/// person can take a tag away but cannot see one that was never suggested. Safe for use by many
/// threads.
public final class Classifier implements ColumnClassifier {
  /// Suggestions below are not made.
  public static final double LEAST_CONFIDENCE = 0.4;

  private static final Set<String> DOCUMENTS = Set.of("json", "jsonb", "xml", "hstore");
  private static final int ENOUGH_TO_CONTRADICT = 5;

  private final Taxonomy taxonomy = new Taxonomy();
  private final NameEvidence names = new NameEvidence(taxonomy);
  private final ValueEvidence values = new ValueEvidence();

  @Override
  public List<Category> taxonomy() {
    return taxonomy.categories();
  }

  @Override
  public List<Tag> classify(
      String schema,
      String table,
      String column,
      ColumnType type,
      String comment,
      List<String> samples) {
    return classify(new ColumnSample(schema, table, column, type, comment, samples));
  }

  /// Suggested tags, the most confident first.
  public List<Tag> classify(ColumnSample sample) {
    char category = effectiveCategory(sample.type());
    boolean structured = DOCUMENTS.contains(sample.type().name());
    List<Evidence> named = names.of(sample, category);
    boolean calledPhone =
        named.stream().anyMatch(evidence -> evidence.tag().equals(Span.Kind.PHONE.tag()));
    ValueEvidence.Counts counts = values.count(sample, structured, calledPhone);
    Map<String, Evidence> byTag = new LinkedHashMap<>();
    for (Evidence evidence : named) {
      byTag.merge(evidence.tag(), weighed(evidence, counts), Classifier::stronger);
    }
    ofType(sample.type())
        .ifPresent(evidence -> byTag.merge(evidence.tag(), evidence, Evidence::and));
    if (isReadable(category)) {
      for (Evidence evidence : values.of(counts, structured)) {
        byTag.merge(evidence.tag(), evidence, Evidence::and);
      }
    }
    if (byTag.isEmpty()) {
      names.ofComment(sample.comment(), category).forEach(found -> byTag.put(found.tag(), found));
    }
    return tags(byTag);
  }

  private static List<Tag> tags(Map<String, Evidence> byTag) {
    List<Tag> tags = new ArrayList<>();
    for (Evidence evidence : byTag.values()) {
      if (evidence.confidence() >= LEAST_CONFIDENCE) {
        double rounded = Math.round(evidence.confidence() * 100) / 100.0;
        tags.add(new Tag(evidence.tag(), rounded, evidence.reason(), false));
      }
    }
    tags.sort(Comparator.comparingDouble(Tag::confidence).reversed());
    return tags;
  }

  /// A name whose form none of the values has is half as credible.
  private static Evidence weighed(Evidence evidence, ValueEvidence.Counts counts) {
    for (Span.Kind kind : Span.Kind.values()) {
      boolean checkable = kind.tag().equals(evidence.tag()) && kind != Span.Kind.URL;
      boolean none = counts.whole(kind) == 0 && !counts.inside().containsKey(kind);
      if (checkable && none && counts.values() >= ENOUGH_TO_CONTRADICT) {
        return evidence.despite(
            0.5, "none of %d sampled values has that form".formatted(counts.values()));
      }
    }
    return evidence;
  }

  private static Evidence stronger(Evidence one, Evidence other) {
    return one.confidence() >= other.confidence() ? one : other;
  }

  private static Optional<Evidence> ofType(ColumnType type) {
    return switch (type.name()) {
      case "inet", "cidr" -> Optional.of(new Evidence("network.ip", 0.7, "the type is an address"));
      case "macaddr", "macaddr8" ->
          Optional.of(new Evidence("online.device", 0.7, "the type is a hardware address"));
      default -> Optional.empty();
    };
  }

  /// Strings, numbers and documents: what can hold a span as text.
  private static boolean isReadable(char category) {
    return category == 'S' || category == 'N' || category == 'U' || category == 'I';
  }

  /// An array counts as what its elements are.
  private static char effectiveCategory(ColumnType type) {
    if (type.category() != 'A') {
      return type.category();
    }
    return switch (type.name()) {
      case "_text", "_varchar", "_bpchar", "_citext", "_name" -> 'S';
      case "_inet", "_cidr" -> 'I';
      case "_json", "_jsonb" -> 'U';
      case "_date", "_timestamp", "_timestamptz" -> 'D';
      case "_int2", "_int4", "_int8", "_numeric", "_float4", "_float8" -> 'N';
      default -> 'A';
    };
  }
}
