package dev.remit.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.classify.Classifier;
import dev.remit.catalog.declare.DeclarationPlan;
import dev.remit.catalog.declare.DocumentReader;
import dev.remit.catalog.declare.StartingDocument;
import dev.remit.catalog.model.CatalogChanges;
import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.scan.ColumnClassifier;
import dev.remit.catalog.scan.Sampler;
import dev.remit.catalog.scan.ScanDifference;
import dev.remit.catalog.scan.ScannedStructure;
import dev.remit.catalog.scan.SourceScan;
import dev.remit.catalog.source.SourceConnector;
import dev.remit.catalog.source.SourceUrl;
import dev.remit.catalog.store.CatalogState;
import dev.remit.catalog.store.CatalogStore;
import dev.remit.catalog.store.StoredSource;
import dev.remit.catalog.store.Succession;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;

/// What data do we hold, where, and what is it? The door of the catalog.
///
/// Every method may be called from any thread; those that reach a source or the store block.
/// Readers take [#snapshot()], which costs nothing. Every change names its author, is one
/// transaction in the store together with its log entry, raises the epoch, and is in the snapshot
/// when the method returns; other processes on the same store follow as [StoreCopies] says.
public final class Catalog implements AutoCloseable {
  private static final String KEY_NAME = "source-credentials";

  private final StoreCopies copies;
  private final Database database;
  private final KeyRing keys;
  private final BiConsumer<DSLContext, LogEntry> journal;
  private final List<Category> builtIn;
  private final Clock clock;
  private final SourceConnector scanning;
  private final SourceScan sourceScan;
  private final CatalogStore store = new CatalogStore();
  private final CurrentSnapshot current;

  /// Bounds and intervals.
  ///
  /// @param connectTimeout of connecting to a source and of each statement of the watch
  /// @param scanTimeout of each statement that reads a source's structure
  /// @param watchInterval between two looks at each source
  /// @param sampleRows rows sampled per relation
  /// @param sampleCharacters characters kept of each sampled value
  /// @param sampleTimeout of the sampling statement of each relation
  public record Settings(
      Duration connectTimeout,
      Duration scanTimeout,
      Duration watchInterval,
      int sampleRows,
      int sampleCharacters,
      Duration sampleTimeout) {
    public static final Settings DEFAULT =
        new Settings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            200,
            256,
            Duration.ofSeconds(2));
  }

  /// With the classifier that comes with it; see the other constructor.
  public Catalog(
      StoreCopies copies,
      KeyRing keys,
      BiConsumer<DSLContext, LogEntry> journal,
      Clock clock,
      Settings settings) {
    this(copies, keys, journal, new Classifier(), clock, settings);
  }

  /// Migrates schema `catalog`, loads it and looks once at every source.
  ///
  /// @param journal puts an entry into the log in the given transaction
  /// @param classifier suggests tags for scanned columns; its taxonomy needs no declaring
  public Catalog(
      StoreCopies copies,
      KeyRing keys,
      BiConsumer<DSLContext, LogEntry> journal,
      ColumnClassifier classifier,
      Clock clock,
      Settings settings) {
    this.copies = copies;
    this.database = copies.database();
    this.keys = keys;
    this.journal = journal;
    this.builtIn = List.copyOf(classifier.taxonomy());
    this.clock = clock;
    this.scanning = new SourceConnector(settings.connectTimeout(), settings.scanTimeout());
    SourceConnector watching =
        new SourceConnector(settings.connectTimeout(), settings.connectTimeout());
    this.sourceScan =
        new SourceScan(
            new Sampler(
                settings.sampleRows(), settings.sampleCharacters(), settings.sampleTimeout()),
            classifier);
    database.migrate("catalog");
    this.current =
        new CurrentSnapshot(
            copies, store, settings, this.builtIn, name -> watching.open(connection(name)));
  }

  /// Everything that is known, as of the last change noticed. Never blocks.
  public CatalogSnapshot snapshot() {
    return current.snapshot();
  }

  /// Has the action run after each new snapshot, on the thread that noticed; it must not block.
  public void onChange(Runnable action) {
    current.onChange(action);
  }

  /// Registers a source after its role was checked. Nothing of it is visible before [#scan].
  ///
  /// @param url `postgresql://user@host:port/database?sslmode=…`
  /// @param password sealed by the key ring; in no message and no log
  /// @throws RemitException INVALID_REQUEST, SOURCE_UNAVAILABLE, WRONG_PASSWORD,
  ///   UNSAFE_SOURCE_ROLE, or CONFLICT when the name is taken
  public void addSource(SourceName name, String url, String password, Author author) {
    SourceConnection address = SourceUrl.parse(url, password);
    scanning.check(address);
    byte[] sealed = seal(name, address);
    copies.change(transaction -> {
      store.nextEpoch(transaction);
      if (!store.insertSource(transaction, name, address, sealed)) {
        throw new RemitException(
            ErrorCode.CONFLICT, "a source " + name + " is registered already; remove it first");
      }
      Map<String, String> fields = Map.of("source", name.value(), "address", "" + address);
      record(transaction, author, "catalog.source-added", fields);
      return name;
    });
    current.scanned(name, 0);
  }

  /// Forgets a source with everything declared of it.
  ///
  /// @throws RemitException UNKNOWN_SOURCE
  public void removeSource(SourceName name, Author author) {
    copies.change(transaction -> {
      store.nextEpoch(transaction);
      if (!store.deleteSource(transaction, name)) {
        throw unknown(name);
      }
      record(transaction, author, "catalog.source-removed", Map.of("source", name.value()));
      return name;
    });
  }

  /// Where and how to connect to a source, with its password: for the proxy's own wire client.
  ///
  /// @throws RemitException UNKNOWN_SOURCE
  public SourceConnection connection(SourceName name) {
    return store
        .connection(database.sql(), name, (address, sealed) -> unsealed(name, address, sealed))
        .orElseThrow(() -> unknown(name));
  }

  /// A connection for reading what a source says of itself: role checked, read-only, names found in
  /// `pg_catalog` only. The caller closes it; rows for consumers never pass over it.
  ///
  /// @throws RemitException UNKNOWN_SOURCE, SOURCE_UNAVAILABLE, WRONG_PASSWORD, UNSAFE_SOURCE_ROLE
  public Connection open(SourceName name) {
    return scanning.open(connection(name));
  }

  /// Looks at a source: structure in full, values in bounded samples of which none is kept.
  ///
  /// Declarations stay with the columns they were made for, whatever these are called now.
  ///
  /// @return the difference to the last scan, and what could not be looked at
  /// @throws RemitException UNKNOWN_SOURCE, SOURCE_UNAVAILABLE, WRONG_PASSWORD, UNSAFE_SOURCE_ROLE
  public CatalogChanges scan(SourceName name, Author author) {
    ScannedStructure structure;
    try (Connection connection = open(name)) {
      structure = sourceScan.run(connection);
    } catch (SQLException failure) {
      throw new RemitException(
          ErrorCode.SOURCE_UNAVAILABLE,
          "the source " + name + " broke off while it was scanned; nothing was changed",
          failure);
    }
    SavedScan saved = copies.change(transaction -> saveScan(transaction, name, structure, author));
    current.scanned(name, saved.number());
    return new CatalogChanges(saved.changes(), structure.problems(), snapshot());
  }

  private record SavedScan(long number, List<Change> changes) {}

  private SavedScan saveScan(
      DSLContext transaction, SourceName name, ScannedStructure structure, Author author) {
    store.nextEpoch(transaction);
    StoredSource before = store.load(transaction).sources().get(name);
    if (before == null) {
      throw unknown(name);
    }
    long number = before.scanNumber() + 1;
    Succession.Result settled = new Succession(before, structure.relations()).settle();
    List<Change> changes =
        new ArrayList<>(new ScanDifference(before.relations(), structure.relations()).changes());
    changes.addAll(settled.changes());
    store.saveScan(
        transaction,
        new StoredSource(
            name,
            number,
            structure.schemas(),
            structure.types(),
            settled.relations(),
            before.tables()),
        clock.instant());
    settled.tables().forEach((oid, table) -> store.saveTable(transaction, name, oid, table));
    record(
        transaction,
        author,
        "catalog.source-scanned",
        Map.of(
            "source",
            name.value(),
            "relations",
            structure.relations().size(),
            "columns",
            structure.relations().values().stream().mapToInt(r -> r.columns().size()).sum(),
            "sampleRows",
            sourceScan.sampler().rows(),
            "changes",
            changes.size()));
    return new SavedScan(number, changes);
  }

  /// What a governance file would change, and every reason why it cannot be applied.
  ///
  /// @param document the sections `source`, `taxonomy`, `purposes`, `tables`
  public CatalogChanges plan(JsonNode document) {
    CatalogState state = database.inTransaction(store::load);
    return answer(DeclarationPlan.of(DocumentReader.read(document), state, builtIn), state);
  }

  /// Makes the changes of [#plan] in one transaction with its log entry; in force with the next
  /// statement.
  ///
  /// @throws RemitException INVALID_CONFIGURATION with every problem; then nothing is changed
  public CatalogChanges apply(JsonNode document, Author author) {
    return copies.change(transaction -> apply(transaction, document, author));
  }

  /// As [#apply(JsonNode, Author)], as part of a change by [StoreCopies#change].
  public CatalogChanges apply(DSLContext transaction, JsonNode document, Author author) {
    store.nextEpoch(transaction);
    CatalogState state = store.load(transaction);
    DeclarationPlan plan = DeclarationPlan.of(DocumentReader.read(document), state, builtIn);
    if (!plan.errors().isEmpty()) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "the document is refused, nothing was changed:\n  - "
              + String.join("\n  - ", plan.errors()));
    }
    store.saveCategories(transaction, plan.document().categories());
    store.savePurposes(transaction, plan.document().purposes());
    plan.document()
        .source()
        .ifPresent(source ->
            plan.changedTables()
                .forEach((oid, table) -> store.saveTable(transaction, source, oid, table)));
    List<String> lines = plan.changes().stream().map(Object::toString).toList();
    record(transaction, author, "catalog.declared", Map.of("changes", lines));
    return answer(plan, state);
  }

  /// The catalog as a transaction sees it, with the sources as observed now: what a change of
  /// something else is checked against.
  public CatalogSnapshot asOf(DSLContext transaction) {
    return current.assembled(store.load(transaction));
  }

  /// A governance file to start from, as YAML text with comments, to be read and changed by people:
  /// the tables with what is declared and suggested, and policies that show no personal column.
  ///
  /// @throws RemitException UNKNOWN_SOURCE
  public String suggest(SourceName name) {
    CatalogState state = database.inTransaction(store::load);
    StoredSource source = state.sources().get(name);
    if (source == null) {
      throw unknown(name);
    }
    return StartingDocument.write(source, current.assembled(state));
  }

  private CatalogChanges answer(DeclarationPlan plan, CatalogState before) {
    CatalogState after = plan.errors().isEmpty() ? plan.after() : before;
    return new CatalogChanges(plan.changes(), plan.errors(), current.assembled(after));
  }

  private byte[] seal(SourceName name, SourceConnection address) {
    byte[] password = address.password().getBytes(StandardCharsets.UTF_8);
    return keys.seal(KEY_NAME, password, context(name, address));
  }

  private SourceConnection unsealed(SourceName name, SourceConnection address, byte[] sealed) {
    byte[] password = keys.unseal(KEY_NAME, sealed, context(name, address));
    return address.withPassword(new String(password, StandardCharsets.UTF_8));
  }

  /// Bound to the address, so that a changed row cannot send the password to another server.
  private static byte[] context(SourceName name, SourceConnection address) {
    return ("source " + name + " " + address + " " + address.tls())
        .getBytes(StandardCharsets.UTF_8);
  }

  private void record(DSLContext transaction, Author author, String kind, Map<String, ?> fields) {
    journal.accept(transaction, author.entry(kind, clock.instant(), fields));
  }

  private static RemitException unknown(SourceName name) {
    return new RemitException(
        ErrorCode.UNKNOWN_SOURCE, "there is no source " + name + "; see 'remit source list'");
  }

  @Override
  public void close() {
    current.close();
  }
}
