package dev.remit.server.start;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.db.EmbeddedStore;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.server.process.DataFolder;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;

/// Where Remit's own store is: the embedded PostgreSQL, or the one that is configured.
///
/// The embedded one runs beside an external store too while the sample is wanted, since the sample
/// lives in it.
public final class StoreAddress implements AutoCloseable {
  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final Optional<EmbeddedStore> embedded;

  private StoreAddress(
      String jdbcUrl, String user, String password, Optional<EmbeddedStore> embedded) {
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
    this.embedded = embedded;
  }

  /// Starts the embedded server where it is needed.
  public static StoreAddress open(
      RemitConfiguration configuration,
      DataFolder folder,
      SecureRandom random,
      Consumer<String> progress) {
    RemitConfiguration.Db db = configuration.db();
    boolean sample = configuration.mode() == Mode.DEVELOPMENT && configuration.sample().load();
    Optional<EmbeddedStore> embedded = Optional.empty();
    if (db.url().isEmpty() || sample) {
      progress.accept("starting the embedded PostgreSQL on port " + db.port());
      embedded = Optional.of(EmbeddedStore.start(folder.postgres(), db.port(), random));
    }
    if (db.url().isPresent()) {
      return new StoreAddress(
          db.url().get(), db.user().orElse(""), db.password().orElse(""), embedded);
    }
    EmbeddedStore.Access store = embedded.orElseThrow().store();
    return new StoreAddress(store.jdbcUrl(), store.user(), store.password(), embedded);
  }

  public String jdbcUrl() {
    return jdbcUrl;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /// The embedded server, for the sample.
  public EmbeddedStore embedded() {
    return embedded.orElseThrow(() ->
        new RemitException(
            ErrorCode.INVALID_CONFIGURATION, "the sample needs the embedded PostgreSQL"));
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedStore::close);
  }
}
