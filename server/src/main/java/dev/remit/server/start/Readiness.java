package dev.remit.server.start;

import dev.remit.evidence.EvidenceLog;
import dev.remit.platform.db.StoreCopies;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this process can do its work now: `/health/ready`.
///
/// A source that is down does not make Remit unready; statements on it are refused by name.
public final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private final StoreCopies copies;
  private final EvidenceLog log;

  public Readiness(StoreCopies copies, EvidenceLog log) {
    this.copies = copies;
    this.log = log;
  }

  /// Reason by part that is not ready; empty when all are. Blocks for at most a few seconds.
  public Map<String, String> problems() {
    try {
      copies.database().sql().selectOne().fetch();
      Map<String, String> problems = new TreeMap<>();
      if (copies.isDoubtful()) {
        problems.put("policy", StoreCopies.doubt());
      }
      log.problem().ifPresent(problem -> problems.put("log", problem));
      return problems;
    } catch (DataAccessException failure) {
      LOG.warn("the store does not answer", failure);
      return Map.of("store", "the PostgreSQL of Remit's own store does not answer");
    }
  }
}
