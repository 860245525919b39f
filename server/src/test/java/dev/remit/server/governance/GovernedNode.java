package dev.remit.server.governance;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.Author;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.PolicySettings;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one process holds of a store: catalog, policies and who changes them, without ports.
final class GovernedNode implements AutoCloseable {
  static final SourceName SOURCE = new SourceName("shop");
  static final Author AUTHOR = Author.AtTheMachine.LOCAL_OPERATOR;
  private static final Duration POLL = Duration.ofMillis(25);

  final Database database;
  final StoreCopies copies;
  final Catalog catalog;
  final PolicyEngine policy;
  final Governance governance;

  /// While set, an entry of this kind cannot be logged.
  volatile String unloggable = "";

  /// @param longestSilence of the store, after which it denies
  GovernedNode(Database database, KeyRing keys, Duration longestSilence) {
    this.database = database;
    this.copies = new StoreCopies(database, new StoreCopies.Settings(POLL, longestSilence));
    this.catalog =
        new Catalog(
            copies,
            keys,
            (sql, entry) -> requireLoggable(entry.kind()),
            Clock.systemUTC(),
            Catalog.Settings.DEFAULT);
    this.policy =
        new PolicyEngine(
            copies,
            catalog::snapshot,
            keys,
            (sql, entry) -> requireLoggable(entry.kind()),
            Clock.systemUTC(),
            PolicySettings.DEFAULTS);
    this.governance = new Governance(copies, catalog, policy);
  }

  private void requireLoggable(String kind) {
    if (kind.equals(unloggable)) {
      throw new IllegalStateException("the log is full");
    }
  }

  void apply(String file) {
    governance.apply(Governance.read("source: " + SOURCE + "\n" + file, Optional.empty()), AUTHOR);
  }

  /// How she sees a column of the table `people`: `clear`, the name of its mask, `hidden` when
  /// policy says so, or `denied` when nobody can say.
  String sees(String user, String column) {
    Source source = catalog.snapshot().source(SOURCE).orElseThrow();
    Principal principal = new Principal(user, Set.of(), Set.of(), Map.of());
    TableRequest request =
        new TableRequest(
            principal,
            new PurposeCode("work"),
            source,
            source.relation("public", "people").orElseThrow());
    try {
      return switch (policy.decide(request)) {
        case TableDecision.Deny _ -> "hidden";
        case TableDecision.Allow allow ->
            allow.columns().stream()
                .filter(decided -> decided.column().name().equals(column))
                .map(decided -> decided.mask().map(mask -> decided.maskName()).orElse("clear"))
                .findFirst()
                .orElse("hidden");
      };
    } catch (RemitException doubt) {
      return "denied";
    }
  }

  @Override
  public void close() {
    policy.close();
    catalog.close();
    copies.close();
    database.close();
  }
}
