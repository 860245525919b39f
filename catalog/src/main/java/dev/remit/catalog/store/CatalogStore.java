package dev.remit.catalog.store;

import static dev.remit.catalog.db.Tables.CATEGORY;
import static dev.remit.catalog.db.Tables.COLUMN_TAG;
import static dev.remit.catalog.db.Tables.HEAD;
import static dev.remit.catalog.db.Tables.PURPOSE;
import static dev.remit.catalog.db.Tables.RELATION;
import static dev.remit.catalog.db.Tables.SOURCE;
import static dev.remit.catalog.db.Tables.TABLE_DECLARATION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source.UserType;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/// The tables of schema `catalog`. Every method works in the caller's transaction.
///
/// Writers first take [#lock] or [#nextEpoch], so that changes are one after the other and the
/// state they were planned on is the state they change.
public final class CatalogStore {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  /// The stored epoch.
  public long epoch(DSLContext sql) {
    return Objects.requireNonNull(sql.select(HEAD.EPOCH).from(HEAD).fetchOne(HEAD.EPOCH));
  }

  /// Waits for other writers and keeps them out until the transaction ends.
  public void lock(DSLContext transaction) {
    transaction.selectFrom(HEAD).forUpdate().fetch();
  }

  /// Begins a change: the epoch after it is a new one.
  public void nextEpoch(DSLContext transaction) {
    transaction.update(HEAD).set(HEAD.EPOCH, HEAD.EPOCH.plus(1)).execute();
  }

  /// Whether it was new; false when the name is taken.
  public boolean insertSource(
      DSLContext sql, SourceName name, SourceConnection address, byte[] sealedPassword) {
    return sql.insertInto(SOURCE)
            .set(SOURCE.NAME, name.value())
            .set(SOURCE.HOST, address.host())
            .set(SOURCE.PORT, address.port())
            .set(SOURCE.DATABASE_NAME, address.database())
            .set(SOURCE.USER_NAME, address.user())
            .set(SOURCE.TLS_MODE, address.tls().name())
            .set(SOURCE.SEALED_PASSWORD, sealedPassword)
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  /// Whether there was one.
  public boolean deleteSource(DSLContext sql, SourceName name) {
    return sql.deleteFrom(SOURCE).where(SOURCE.NAME.eq(name.value())).execute() == 1;
  }

  /// Where a source is.
  ///
  /// @param unsealing makes the full address from the one without password and the sealed password
  public Optional<SourceConnection> connection(
      DSLContext sql,
      SourceName name,
      BiFunction<SourceConnection, byte[], SourceConnection> unsealing) {
    return sql.selectFrom(SOURCE)
        .where(SOURCE.NAME.eq(name.value()))
        .fetchOptional(row ->
            unsealing.apply(
                new SourceConnection(
                    row.get(SOURCE.HOST),
                    row.get(SOURCE.PORT),
                    row.get(SOURCE.DATABASE_NAME),
                    row.get(SOURCE.USER_NAME),
                    "",
                    SourceConnection.Tls.valueOf(row.get(SOURCE.TLS_MODE))),
                row.get(SOURCE.SEALED_PASSWORD)));
  }

  /// Replaces the structure of a source; declarations on relations that remain stay.
  public void saveScan(DSLContext sql, StoredSource scanned, Instant time) {
    String name = scanned.name().value();
    sql.update(SOURCE)
        .set(SOURCE.SCAN_NUMBER, scanned.scanNumber())
        .set(SOURCE.SCANNED_AT, time.atOffset(ZoneOffset.UTC))
        .set(SOURCE.SCHEMAS, scanned.schemas().toArray(String[]::new))
        .set(SOURCE.TYPES, json(scanned.types()))
        .where(SOURCE.NAME.eq(name))
        .execute();
    sql.deleteFrom(RELATION)
        .where(RELATION.SOURCE.eq(name).and(RELATION.OID.notIn(scanned.relations().keySet())))
        .execute();
    var inserts =
        scanned.relations().values().stream()
            .map(relation ->
                sql.insertInto(RELATION, RELATION.SOURCE, RELATION.OID, RELATION.STRUCTURE)
                    .values(name, relation.oid(), json(relation))
                    .onDuplicateKeyUpdate()
                    .set(RELATION.STRUCTURE, json(relation)))
            .toList();
    sql.batch(inserts).execute();
  }

  /// Replaces all that is declared of one relation.
  public void saveTable(DSLContext sql, SourceName source, long oid, DeclaredTable table) {
    String name = source.value();
    sql.deleteFrom(TABLE_DECLARATION)
        .where(TABLE_DECLARATION.SOURCE.eq(name).and(TABLE_DECLARATION.OID.eq(oid)))
        .execute();
    sql.deleteFrom(COLUMN_TAG)
        .where(COLUMN_TAG.SOURCE.eq(name).and(COLUMN_TAG.OID.eq(oid)))
        .execute();
    var insert =
        sql.insertInto(TABLE_DECLARATION)
            .set(TABLE_DECLARATION.SOURCE, name)
            .set(TABLE_DECLARATION.OID, oid)
            .set(TABLE_DECLARATION.SUBJECT_KEY, table.subjectKey().toArray(Integer[]::new));
    if (table.owner().isPresent()) {
      insert = insert.set(TABLE_DECLARATION.OWNER, table.owner().get());
    }
    if (table.residencyColumn().isPresent()) {
      insert = insert.set(TABLE_DECLARATION.RESIDENCY_COLUMN, table.residencyColumn().getAsInt());
    }
    if (table.retention().isPresent()) {
      insert =
          insert
              .set(TABLE_DECLARATION.RETENTION_COLUMN, table.retention().get().column())
              .set(TABLE_DECLARATION.RETENTION_KEEP, table.retention().get().keep().toString())
              .set(TABLE_DECLARATION.RETENTION_ZONE, table.retention().get().zone().getId());
    }
    insert.execute();
    saveTags(sql, name, oid, table.tags(), false);
    saveTags(sql, name, oid, table.rejected(), true);
  }

  private static void saveTags(
      DSLContext sql, String source, long oid, Map<Integer, Set<String>> tags, boolean rejected) {
    tags.forEach((number, names) ->
        names.forEach(tag ->
            sql.insertInto(COLUMN_TAG)
                .set(COLUMN_TAG.SOURCE, source)
                .set(COLUMN_TAG.OID, oid)
                .set(COLUMN_TAG.COLUMN_NUMBER, number)
                .set(COLUMN_TAG.TAG, tag)
                .set(COLUMN_TAG.REJECTED, rejected)
                .execute()));
  }

  public void savePurposes(DSLContext sql, Collection<Purpose> purposes) {
    for (Purpose purpose : purposes) {
      sql.insertInto(PURPOSE)
          .set(PURPOSE.CODE, purpose.code().value())
          .set(PURPOSE.TITLE, purpose.title())
          .set(PURPOSE.BASIS, purpose.basis().name())
          .set(PURPOSE.DESCRIPTION, purpose.description())
          .onDuplicateKeyUpdate()
          .set(PURPOSE.TITLE, purpose.title())
          .set(PURPOSE.BASIS, purpose.basis().name())
          .set(PURPOSE.DESCRIPTION, purpose.description())
          .execute();
    }
  }

  public void saveCategories(DSLContext sql, Collection<Category> categories) {
    for (Category category : categories) {
      sql.insertInto(CATEGORY)
          .set(CATEGORY.NAME, category.name())
          .set(CATEGORY.PERSONAL, category.personal())
          .set(CATEGORY.DESCRIPTION, category.description())
          .onDuplicateKeyUpdate()
          .set(CATEGORY.PERSONAL, category.personal())
          .set(CATEGORY.DESCRIPTION, category.description())
          .execute();
    }
  }

  /// Everything. The epoch is read first: when another writer commits meanwhile, the state carries
  /// too low an epoch and is loaded again, never too high a one.
  public CatalogState load(DSLContext transaction) {
    long epoch = epoch(transaction);
    Map<String, Map<Long, Relation>> relations = new HashMap<>();
    for (var row : transaction.selectFrom(RELATION)) {
      relations
          .computeIfAbsent(row.get(RELATION.SOURCE), name -> new HashMap<>())
          .put(row.get(RELATION.OID), relation(row.get(RELATION.STRUCTURE)));
    }
    Map<String, Map<Long, DeclaredTable>> tables = tables(transaction);
    Map<SourceName, StoredSource> sources = new HashMap<>();
    for (var row : transaction.selectFrom(SOURCE)) {
      String name = row.get(SOURCE.NAME);
      sources.put(
          new SourceName(name),
          new StoredSource(
              new SourceName(name),
              row.get(SOURCE.SCAN_NUMBER),
              List.of(row.get(SOURCE.SCHEMAS)),
              types(row.get(SOURCE.TYPES)),
              relations.getOrDefault(name, Map.of()),
              tables.getOrDefault(name, Map.of())));
    }
    Map<PurposeCode, Purpose> purposes = new HashMap<>();
    for (var row : transaction.selectFrom(PURPOSE)) {
      PurposeCode code = new PurposeCode(row.get(PURPOSE.CODE));
      purposes.put(
          code,
          new Purpose(
              code,
              row.get(PURPOSE.TITLE),
              Purpose.LegalBasis.valueOf(row.get(PURPOSE.BASIS)),
              row.get(PURPOSE.DESCRIPTION)));
    }
    Map<String, Category> categories = new HashMap<>();
    for (var row : transaction.selectFrom(CATEGORY)) {
      categories.put(
          row.get(CATEGORY.NAME),
          new Category(
              row.get(CATEGORY.NAME), row.get(CATEGORY.PERSONAL), row.get(CATEGORY.DESCRIPTION)));
    }
    return new CatalogState(epoch, sources, purposes, categories);
  }

  private static Map<String, Map<Long, DeclaredTable>> tables(DSLContext sql) {
    Map<String, Map<Long, Map<Integer, Set<String>>>> declared = tags(sql, false);
    Map<String, Map<Long, Map<Integer, Set<String>>>> rejected = tags(sql, true);
    Map<String, Map<Long, DeclaredTable>> tables = new HashMap<>();
    for (var row : sql.selectFrom(TABLE_DECLARATION)) {
      String source = row.get(TABLE_DECLARATION.SOURCE);
      long oid = row.get(TABLE_DECLARATION.OID);
      Integer residency = row.get(TABLE_DECLARATION.RESIDENCY_COLUMN);
      tables
          .computeIfAbsent(source, name -> new HashMap<>())
          .put(
              oid,
              new DeclaredTable(
                  Optional.ofNullable(row.get(TABLE_DECLARATION.OWNER)),
                  Arrays.asList(row.get(TABLE_DECLARATION.SUBJECT_KEY)),
                  residency == null ? OptionalInt.empty() : OptionalInt.of(residency),
                  retention(row),
                  declared.getOrDefault(source, Map.of()).getOrDefault(oid, Map.of()),
                  rejected.getOrDefault(source, Map.of()).getOrDefault(oid, Map.of())));
    }
    return tables;
  }

  private static Optional<DeclaredTable.KeptFor> retention(Record row) {
    Integer column = row.get(TABLE_DECLARATION.RETENTION_COLUMN);
    if (column == null) {
      return Optional.empty();
    }
    return Optional.of(
        new DeclaredTable.KeptFor(
            column,
            Period.parse(row.get(TABLE_DECLARATION.RETENTION_KEEP)),
            ZoneId.of(row.get(TABLE_DECLARATION.RETENTION_ZONE))));
  }

  private static Map<String, Map<Long, Map<Integer, Set<String>>>> tags(
      DSLContext sql, boolean rejected) {
    Map<String, Map<Long, Map<Integer, Set<String>>>> tags = new HashMap<>();
    for (var row : sql.selectFrom(COLUMN_TAG).where(COLUMN_TAG.REJECTED.eq(rejected))) {
      tags.computeIfAbsent(row.get(COLUMN_TAG.SOURCE), source -> new HashMap<>())
          .computeIfAbsent(row.get(COLUMN_TAG.OID), oid -> new HashMap<>())
          .computeIfAbsent(row.get(COLUMN_TAG.COLUMN_NUMBER), number -> new TreeSet<>())
          .add(row.get(COLUMN_TAG.TAG));
    }
    return tags;
  }

  private static JSONB json(Object value) {
    try {
      return JSONB.valueOf(JSON.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of the model is not JSON", impossible);
    }
  }

  private static Relation relation(JSONB json) {
    try {
      return JSON.readValue(json.data(), Relation.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a stored relation does not read; scan again", damaged);
    }
  }

  private static List<UserType> types(JSONB json) {
    try {
      return JSON.readValue(json.data(), new TypeReference<List<UserType>>() {});
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("stored types do not read; scan again", damaged);
    }
  }
}
