package dev.remit.proxy.source;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.RemitException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the facts of each source as of its last scan, and tells when a source has moved.
///
/// [#facts] and [#version] answer from memory. [#look] asks the sources and is called after each
/// change of the catalog; until it has asked, a source has no facts, which fences more and never
/// less.
public final class WatchedSources {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedSources.class);
  private static final String CONNECT_SECONDS = "5";

  private final Catalog catalog;
  private final Map<SourceName, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private volatile Consumer<SourceName> moved = source -> {};

  private record Known(long epoch, SourceConnection connection, SourceFacts facts) {}

  public WatchedSources(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Has the action run, on the looking thread, when a source is gone or has another address, role
  /// or password.
  public void onMoved(Consumer<SourceName> action) {
    moved = action;
  }

  /// What the source said of itself; [SourceFacts#NONE] while it was not asked.
  public SourceFacts facts(SourceName source) {
    Known one = known.get(source);
    return one == null ? SourceFacts.NONE : one.facts();
  }

  /// Grows whenever facts change.
  public long version() {
    return version.get();
  }

  /// Asks the sources that changed since the last look. Blocks; one look at a time.
  public synchronized void look() {
    CatalogSnapshot snapshot = catalog.snapshot();
    for (SourceName gone : known.keySet().stream().toList()) {
      if (snapshot.source(gone).isEmpty()) {
        known.remove(gone);
        version.incrementAndGet();
        moved.accept(gone);
      }
    }
    snapshot.sources().values().forEach(this::look);
  }

  private void look(Source source) {
    Known before = known.get(source.name());
    if (before != null && before.epoch() == source.epoch()) {
      return;
    }
    try {
      SourceConnection address = catalog.connection(source.name());
      SourceFacts facts = read(address);
      known.put(source.name(), new Known(source.epoch(), address, facts));
      version.incrementAndGet();
      if (before != null && !before.connection().equals(address)) {
        moved.accept(source.name());
      }
    } catch (SQLException | RemitException failure) {
      LOG.warn(
          "source {} does not tell its facts; asked again at its next change: {}",
          source.name(),
          failure.getMessage());
    }
  }

  private static SourceFacts read(SourceConnection source) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", source.user());
    properties.setProperty("password", source.password());
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("ApplicationName", "remit-facts");
    properties.setProperty(
        "sslmode",
        switch (source.tls()) {
          case DISABLE -> "disable";
          case REQUIRE -> "require";
          case VERIFY_FULL -> "verify-full";
        });
    String host = source.host().contains(":") ? "[" + source.host() + "]" : source.host();
    String url = "jdbc:postgresql://" + host + ":" + source.port() + "/";
    properties.setProperty("PGDBNAME", source.database());
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      connection.setReadOnly(true);
      return SourceFactsReader.read(connection);
    }
  }
}
