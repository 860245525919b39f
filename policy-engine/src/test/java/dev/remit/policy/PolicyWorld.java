package dev.remit.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.testing.MovingClock;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.PolicyPlan;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.policy.testing.MemoryKeys;
import dev.remit.policy.testing.RealSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A policy engine over its own store and one real source, for tests.
final class PolicyWorld implements AutoCloseable {
  final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T12:00:00Z"));
  final RealSource source;
  final PolicyEngine engine;
  final List<LogEntry> log = new ArrayList<>();
  static final Author AUTHOR = Author.AtTheMachine.LOCAL_OPERATOR;

  private final Database store;
  private final List<StoreCopies> processes = new ArrayList<>();
  private CatalogSnapshot snapshot;

  PolicyWorld(RealSource source) {
    this.source = source;
    this.store = TestPostgres.createDatabase().open();
    this.snapshot = source.snapshot();
    this.engine = engine();
  }

  /// Another engine over the same store, as after a restart or in another process.
  PolicyEngine engine() {
    return engine(new StoreCopies(store, StoreCopies.Settings.DEFAULT));
  }

  private PolicyEngine engine(StoreCopies copies) {
    processes.add(copies);
    return new PolicyEngine(
        copies,
        () -> snapshot,
        new MemoryKeys(),
        (sql, entry) -> log.add(entry),
        clock,
        PolicySettings.DEFAULTS);
  }

  /// Looks at the source again, as a re-scan does.
  void rescan() {
    snapshot = source.snapshot();
  }

  PolicyWorld user(String name, String... groups) {
    return user(name, Map.of(), groups);
  }

  PolicyWorld user(String name, Map<String, String> attributes, String... groups) {
    engine.addUser(name, "secret of " + name, Set.of(groups), attributes, AUTHOR);
    return this;
  }

  PolicyPlan apply(String yaml) {
    return engine.apply(yaml(yaml), RealSource.NAME, AUTHOR);
  }

  PolicyPlan plan(JsonNode policies) {
    return engine.plan(policies, RealSource.NAME, snapshot);
  }

  static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException mistake) {
      throw new IllegalArgumentException(text, mistake);
    }
  }

  TableDecision decide(String user, String purpose, String table) {
    Principal principal =
        engine.principal(user).orElse(new Principal(user, Set.of(), Set.of(), Map.of()));
    return engine.decide(
        new TableRequest(
            principal,
            new PurposeCode(purpose),
            snapshot.source(RealSource.NAME).orElseThrow(),
            source.table(table)));
  }

  /// The rows the user sees, or `denied`.
  List<String> rows(String user, String purpose, String table) {
    return switch (decide(user, purpose, table)) {
      case TableDecision.Allow allow -> source.rows(table, allow);
      case TableDecision.Deny denied -> List.of("denied");
    };
  }

  List<String> effects(String user, String purpose, String table) {
    return decide(user, purpose, table).why().stream().map(Determination::effect).toList();
  }

  @Override
  public void close() {
    engine.close();
    processes.forEach(StoreCopies::close);
    store.close();
  }
}
