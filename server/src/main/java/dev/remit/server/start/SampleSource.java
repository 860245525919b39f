package dev.remit.server.start;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.Author;
import dev.remit.examples.crm.SampleCrm;
import dev.remit.platform.db.EmbeddedStore;
import dev.remit.server.governance.Governance;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;

/// The sample CRM in a database of its own, registered like anybody's database: by address, under a
/// role that only reads.
public final class SampleSource {
  private static final Author START = Author.AtTheMachine.START;

  public static final SourceName NAME = new SourceName(SampleCrm.SOURCE_NAME);

  private SampleSource() {}

  /// Loads the sample where its database is empty; registers it, with its governance file, where it
  /// is not registered.
  ///
  /// @param progress told when something takes time
  public static void ensure(
      EmbeddedStore server,
      Catalog catalog,
      Governance governance,
      int customers,
      Consumer<String> progress) {
    EmbeddedStore.Sample sample = server.createDatabase(NAME.value());
    if (isEmpty(sample.owner())) {
      progress.accept("loading the sample CRM with %,d customers".formatted(customers));
      SampleCrm.load(
          new SampleCrm.Target(
              sample.owner().jdbcUrl(),
              sample.owner().user(),
              sample.owner().password(),
              sample.reader().user(),
              sample.reader().password()),
          customers);
    }
    boolean known = catalog.snapshot().source(NAME).isPresent();
    if (known && !isAt(catalog.connection(NAME), sample.reader())) {
      catalog.removeSource(NAME, START);
      known = false;
    }
    if (!known) {
      progress.accept("registering and scanning the sample");
      catalog.addSource(
          NAME, sample.reader().uri() + "?sslmode=disable", sample.reader().password(), START);
      catalog.scan(NAME, START);
      governance.apply(Governance.read(SampleCrm.governanceYaml(), Optional.of(NAME)), START);
    }
  }

  /// The embedded server may have taken another port since.
  private static boolean isAt(SourceConnection registered, EmbeddedStore.Access reader) {
    return registered.port() == reader.port() && registered.host().equals(reader.host());
  }

  /// The sample is loaded in one transaction: it is there whole or not at all.
  private static boolean isEmpty(EmbeddedStore.Access owner) {
    try (Connection connection =
            DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select from pg_catalog.pg_tables where schemaname = 'public' limit 1")) {
      return !rows.next();
    } catch (SQLException failure) {
      throw new IllegalStateException("could not look at the sample's database", failure);
    }
  }
}
