package dev.remit.catalog.store;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.Source.UserType;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.TableDeclaration.Residency;
import dev.remit.catalog.model.TableDeclaration.Retention;
import dev.remit.catalog.model.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts scan and declarations together into the snapshot other rooms read.
///
/// A column's tags are the declared ones, then the suggested ones that nobody refused. A partition
/// or inheritance child has its parent's tags, column by column name, and its parent's declaration
/// where it has none of its own. A declared column that is gone shows as a name no column can have,
/// so that a rule built on it fails instead of vanishing.
///
/// @param states what is observed of each source just now
/// @param categories what is personal, built in and declared
public record SnapshotAssembly(
    Function<StoredSource, Source.State> states, Map<String, Category> categories) {

  /// @param epoch of the new snapshot
  /// @param before a source that is as it was there keeps its epoch
  public CatalogSnapshot assemble(CatalogState state, long epoch, CatalogSnapshot before) {
    Map<SourceName, Source> sources = new HashMap<>();
    for (StoredSource stored : state.sources().values()) {
      Source now = source(stored, epoch);
      Optional<Source> same =
          before.source(stored.name()).filter(old -> now.withEpoch(old.epoch()).equals(old));
      sources.put(stored.name(), same.orElse(now));
    }
    return new CatalogSnapshot(epoch, sources, state.purposes(), categories);
  }

  private Source source(StoredSource stored, long epoch) {
    return new Source(
        stored.name(),
        states.apply(stored),
        new Relations(stored).assemble(),
        epoch,
        stored.schemas(),
        stored.types().stream().collect(Collectors.toMap(UserType::oid, type -> type)));
  }

  /// The relations of one source, parents before children.
  private static final class Relations {
    private final StoredSource stored;
    private final Map<Long, Relation> assembled = new HashMap<>();

    Relations(StoredSource stored) {
      this.stored = stored;
    }

    Map<Long, Relation> assemble() {
      stored.relations().keySet().forEach(this::assembled);
      return assembled;
    }

    private Optional<Relation> assembled(long oid) {
      Relation done = assembled.get(oid);
      Relation scanned = stored.relations().get(oid);
      if (done != null || scanned == null) {
        return Optional.ofNullable(done);
      }
      Optional<Relation> parent =
          scanned.partitionOf().isPresent()
              ? assembled(scanned.partitionOf().getAsLong())
              : Optional.empty();
      DeclaredTable declared = stored.tables().getOrDefault(oid, DeclaredTable.NONE);
      List<Column> columns =
          scanned.columns().stream()
              .map(column -> column.withTags(tags(column, declared, parent)))
              .toList();
      Relation relation =
          scanned
              .withColumns(columns)
              .withDeclaration(
                  declaration(
                      scanned,
                      declared,
                      parent.map(Relation::declaration).orElse(TableDeclaration.NONE)));
      assembled.put(oid, relation);
      return Optional.of(relation);
    }
  }

  private static List<Tag> tags(Column column, DeclaredTable declared, Optional<Relation> parent) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    for (String name :
        declared.tags().getOrDefault(column.number(), Set.of()).stream().sorted().toList()) {
      tags.put(name, new Tag(name, 1, "declared", true));
    }
    parent
        .flatMap(relation -> relation.column(column.name()))
        .ifPresent(inherited -> inherited.tags().forEach(tag -> tags.putIfAbsent(tag.name(), tag)));
    Set<String> rejected = declared.rejected().getOrDefault(column.number(), Set.of());
    for (Tag tag : column.tags()) {
      if (!rejected.contains(tag.name()) && !rejected.contains(DeclaredTable.EVERY)) {
        tags.putIfAbsent(tag.name(), tag);
      }
    }
    return new ArrayList<>(tags.values());
  }

  private static TableDeclaration declaration(
      Relation relation, DeclaredTable declared, TableDeclaration parent) {
    List<String> subjectKey =
        declared.subjectKey().stream().map(number -> name(relation, number)).toList();
    Optional<Residency> residency =
        declared.residencyColumn().isPresent()
            ? Optional.of(new Residency(name(relation, declared.residencyColumn().getAsInt())))
            : Optional.empty();
    Optional<Retention> retention =
        declared
            .retention()
            .map(kept -> new Retention(name(relation, kept.column()), kept.keep(), kept.zone()));
    return new TableDeclaration(
        declared.owner().or(parent::owner),
        subjectKey.isEmpty() ? parent.subjectKey() : subjectKey,
        residency.or(parent::residency),
        retention.or(parent::retention));
  }

  private static String name(Relation relation, int number) {
    return relation.column(number).map(Column::name).orElse("");
  }
}
