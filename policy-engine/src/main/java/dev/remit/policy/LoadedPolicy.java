package dev.remit.policy;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.decision.PolicyState;
import dev.remit.policy.principals.AccountStore;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.PolicyStore;
import dev.remit.policy.rules.StoredPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies and principals of the store, as this process last read them.
///
/// A source whose policies no longer compile has no engine: all of it is denied.
final class LoadedPolicy implements StoreCopies.Copy {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedPolicy.class);

  private final AccountStore accounts;

  /// Replaced by newer ones only, under this object's lock.
  private volatile PolicyState state;

  LoadedPolicy(DSLContext sql, AccountStore accounts) {
    this.accounts = accounts;
    this.state = load(sql, accounts, Map.of(), Map.of());
  }

  PolicyState state() {
    return state;
  }

  @Override
  public void lock(DSLContext transaction) {
    PolicyStore.lock(transaction);
  }

  @Override
  public boolean isBehind(DSLContext sql) {
    return PolicyStore.revision(sql) > state.revision();
  }

  @Override
  public Runnable read(DSLContext transaction) {
    PolicyState before = state;
    PolicyState read = load(transaction, accounts, before.stored(), before.compiled());
    return () -> replace(read);
  }

  private synchronized void replace(PolicyState read) {
    if (read.revision() > state.revision()) {
      state = read;
    }
  }

  /// Reads everything; a source whose policies are as before keeps its engine.
  private static PolicyState load(
      DSLContext sql,
      AccountStore accounts,
      Map<SourceName, List<StoredPolicy>> before,
      Map<SourceName, RangerPolicies> engines) {
    long revision = PolicyStore.revision(sql);
    Map<SourceName, List<StoredPolicy>> stored = PolicyStore.load(sql);
    Map<SourceName, RangerPolicies> compiled = new HashMap<>();
    stored.forEach((source, policies) -> {
      Optional<RangerPolicies> same =
          policies.equals(before.get(source))
              ? Optional.ofNullable(engines.get(source))
              : Optional.empty();
      same.or(() -> compile(source, policies)).ifPresent(engine -> compiled.put(source, engine));
    });
    return new PolicyState(revision, accounts.load(sql), stored, compiled);
  }

  private static Optional<RangerPolicies> compile(SourceName source, List<StoredPolicy> policies) {
    try {
      return Optional.of(RangerPolicies.compile(source, policies));
    } catch (RemitException refused) {
      LOG.error("the policies of {} no longer load; all of it is denied", source, refused);
      return Optional.empty();
    }
  }
}
