package dev.remit.server.start;

import dev.remit.platform.db.Database;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this process can do its work now: `/health/ready`.
///
/// A source that is down does not make Remit unready; statements on it are refused by name.
public final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private final Database store;

  public Readiness(Database store) {
    this.store = store;
  }

  /// Reason by part that is not ready; empty when all are. Blocks for at most a few seconds.
  public Map<String, String> problems() {
    try {
      store.sql().selectOne().fetch();
      return Map.of();
    } catch (DataAccessException failure) {
      LOG.warn("the store does not answer", failure);
      return Map.of("store", "the PostgreSQL of Remit's own store does not answer");
    }
  }
}
