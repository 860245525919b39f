package dev.remit.policy.decision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.ranger.RangerPolicies;
import org.jspecify.annotations.Nullable;

/// The decisions under one compiled set of policies, shared by all callers of equal [Standing].
///
/// It outlives epochs: a change of users, of other tables or of other sources alters nothing that a
/// decision here was made from. A table that became another is worked out anew; another set of
/// policies has another object of this class. Safe for many threads.
final class SharedDecisions {
  private static final int MOST_TABLES = 20_000;

  private final RangerPolicies policies;
  private final SourceName source;
  private final TableDecider decider;
  private final Cache<Long, PolicedTable> tables;
  private final Cache<Key, TableDecision> decisions;

  /// Tables are told apart by identity: a table that became another is another object.
  private record Key(PolicedTable table, Standing standing) {}

  SharedDecisions(RangerPolicies policies, SourceName source, TableDecider decider, int bound) {
    this.policies = policies;
    this.source = source;
    this.decider = decider;
    this.tables = Caffeine.newBuilder().maximumSize(MOST_TABLES).build();
    this.decisions = Caffeine.newBuilder().maximumSize(bound).build();
  }

  /// Whether they were made under exactly these policies.
  boolean areOf(RangerPolicies others) {
    return policies == others;
  }

  TableDecision decide(Principal principal, PurposeCode purpose, Relation relation) {
    PolicedTable table = table(relation);
    Key key = new Key(table, table.standing(principal, purpose));
    @Nullable TableDecision known = decisions.getIfPresent(key);
    if (known != null) {
      return known;
    }
    TableDecision decision = decider.decide(table, principal, purpose);
    decisions.put(key, decision);
    return decision;
  }

  private PolicedTable table(Relation relation) {
    @Nullable PolicedTable known = tables.getIfPresent(relation.oid());
    if (known != null && known.relation().equals(relation)) {
      return known;
    }
    PolicedTable table = new PolicedTable(policies, source, relation);
    tables.put(relation.oid(), table);
    return table;
  }
}
