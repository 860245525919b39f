package dev.remit.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.Tag;
import dev.remit.catalog.scan.ColumnClassifier;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// One catalog over a store of its own, and one source database with a role that can only read.
final class CatalogFixture implements AutoCloseable {
  static final SourceName SHOP = new SourceName("shop");
  static final String READER_PASSWORD = "reader's \"secret\" π";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  static final Author AUTHOR = Author.AtTheMachine.LOCAL_OPERATOR;
  static final Catalog.Settings SETTINGS =
      new Catalog.Settings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofMillis(100),
          50,
          64,
          Duration.ofSeconds(2));
  static final List<Category> TAXONOMY =
      List.of(
          new Category("contact.email", true, "Addresses of electronic mail"),
          new Category("contact.phone", true, "Telephone numbers"),
          new Category("demographic.birth-date", true, "Dates of birth"),
          new Category("network.url", false, "Web addresses"),
          new Category("secret.declared", true, "Only ever declared, never suggested"),
          new Category("text.free", true, "Running text"));
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  final TestPostgres.Address storeAddress = TestPostgres.createDatabase();
  final TestPostgres.Address source = TestPostgres.createDatabase();
  final Database store = storeAddress.open();
  final List<LogEntry> log = new CopyOnWriteArrayList<>();
  final EmbeddedKeyRing keys;
  private final List<StoreCopies> processes = new CopyOnWriteArrayList<>();
  final String reader;
  final Catalog catalog;

  /// @param folder for the key ring
  /// @param schema SQL run at the source before the role gets its grants
  CatalogFixture(Path folder, String schema) {
    keys = EmbeddedKeyRing.open(folder, new SecureRandom());
    reader = "reader_" + source.database();
    source.execute(schema);
    source.execute(
        "create role %s login password '%s'".formatted(reader, READER_PASSWORD.replace("'", "''")));
    grantReading();
    catalog = newCatalog();
  }

  /// Another process on the same store.
  Catalog newCatalog() {
    return new Catalog(
        newProcess(),
        keys,
        (transaction, entry) -> log.add(entry),
        new NameClassifier(),
        CLOCK,
        SETTINGS);
  }

  /// Another process with the classifier that comes with the catalog.
  Catalog newCatalogAsShipped() {
    return new Catalog(newProcess(), keys, (transaction, entry) -> log.add(entry), CLOCK, SETTINGS);
  }

  /// Has every process take over what stands in the store.
  void lookAtTheStore() {
    processes.forEach(StoreCopies::look);
  }

  /// What another process holds of the store.
  StoreCopies newProcess() {
    StoreCopies copies =
        new StoreCopies(
            store, new StoreCopies.Settings(Duration.ofMillis(100), Duration.ofSeconds(10)));
    processes.add(copies);
    return copies;
  }

  void grantReading() {
    source.execute(
        """
        do $$
        declare s text;
        begin
          for s in select nspname from pg_namespace
                    where nspname !~ '^pg_' and nspname <> 'information_schema' loop
            execute format('grant usage on schema %%I to %1$s', s);
            execute format('grant select on all tables in schema %%I to %1$s', s);
          end loop;
        end $$
        """
            .formatted(reader));
  }

  String url() {
    return url(reader);
  }

  String url(String user) {
    return "postgresql://"
        + user
        + "@"
        + source.host()
        + ":"
        + source.port()
        + "/"
        + source.database();
  }

  void addAndScan() {
    catalog.addSource(SHOP, url(), READER_PASSWORD, CatalogFixture.AUTHOR);
    catalog.scan(SHOP, CatalogFixture.AUTHOR);
  }

  Source shop() {
    return catalog.snapshot().source(SHOP).orElseThrow();
  }

  Relation table(String schema, String name) {
    return shop().relation(schema, name).orElseThrow();
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A small classifier of the tests' own: by name, and by an @ in a sampled value.
  static final class NameClassifier implements ColumnClassifier {
    @Override
    public List<Tag> classify(
        String schema,
        String table,
        String column,
        ColumnType type,
        String comment,
        List<String> samples) {
      if (samples.stream().anyMatch(value -> value.contains("@"))) {
        return List.of(
            new Tag("contact.email", 0.9, "sampled values have the form of addresses", false));
      }
      return column.toLowerCase(Locale.ROOT).contains("mail")
          ? List.of(new Tag("contact.email", 0.6, "by its name", false))
          : List.of();
    }

    @Override
    public List<Category> taxonomy() {
      return TAXONOMY;
    }
  }

  @Override
  public void close() {
    catalog.close();
    processes.forEach(StoreCopies::close);
    keys.close();
    store.close();
  }
}
