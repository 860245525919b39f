package dev.remit.policy.decision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One policy state together with one catalog snapshot, and the decisions made under both.
///
/// A change of either makes a new frame with an empty cache, so a cached decision is never older
/// than its epoch. Safe for many threads; a hit is one look-up of an immutable value.
public final class DecisionFrame {
  private final PolicyState state;
  private final CatalogSnapshot catalog;
  private final TableDecider decider;
  private final Cache<Key, TableDecision> decisions;
  private final Cache<OpenKey, List<PurposeCode>> openPurposes;
  private final Map<SourceName, SharedDecisions> shared;
  private final int bound;

  /// @param bound most decisions kept
  public DecisionFrame(
      PolicyState state, CatalogSnapshot catalog, TableDecider decider, int bound) {
    this(state, catalog, decider, bound, Map.of());
  }

  private DecisionFrame(
      PolicyState state,
      CatalogSnapshot catalog,
      TableDecider decider,
      int bound,
      Map<SourceName, SharedDecisions> before) {
    this.state = state;
    this.catalog = catalog;
    this.decider = decider;
    this.bound = bound;
    Map<SourceName, SharedDecisions> present = new HashMap<>();
    state
        .compiled()
        .forEach((source, policies) -> {
          @Nullable SharedDecisions made = before.get(source);
          boolean kept = made != null && made.areOf(policies);
          present.put(source, kept ? made : new SharedDecisions(policies, source, decider, bound));
        });
    this.shared = Map.copyOf(present);
    this.decisions = Caffeine.newBuilder().maximumSize(bound).build();
    this.openPurposes = Caffeine.newBuilder().maximumSize(bound).build();
  }

  /// The frame of another state and snapshot. What callers share goes with it, as far as the
  /// policies it was made under are still in force; every caller is looked at anew.
  public DecisionFrame next(PolicyState nextState, CatalogSnapshot nextCatalog) {
    return new DecisionFrame(nextState, nextCatalog, decider, bound, shared);
  }

  /// Whether it is the frame of this state and snapshot.
  public boolean isOf(PolicyState otherState, CatalogSnapshot otherCatalog) {
    return state.revision() == otherState.revision() && catalog.epoch() == otherCatalog.epoch();
  }

  /// Grows when either of both does.
  public long epoch() {
    return state.revision() + catalog.epoch();
  }

  public CatalogSnapshot catalog() {
    return catalog;
  }

  public PolicyState state() {
    return state;
  }

  /// Forgets every decision.
  public void clear() {
    decisions.invalidateAll();
    openPurposes.invalidateAll();
  }

  /// The decision for a user by name: her present groups, roles and attributes count.
  public TableDecision decide(String user, PurposeCode purpose, SourceName source, long oid) {
    Key key = new Key(user, purpose, source, oid);
    @Nullable TableDecision known = decisions.getIfPresent(key);
    if (known != null) {
      return known;
    }
    TableDecision decision = make(user, purpose, source, oid);
    decisions.put(key, decision);
    return decision;
  }

  private TableDecision make(String user, PurposeCode purpose, SourceName source, long oid) {
    Optional<Principal> principal = state.accounts().user(user);
    if (principal.isEmpty()) {
      return deny(ErrorCode.UNAUTHENTICATED, "the user is unknown");
    }
    if (!catalog.purposes().containsKey(purpose)) {
      return deny(ErrorCode.UNKNOWN_PURPOSE, "the purpose " + purpose + " is not declared");
    }
    Optional<Relation> relation =
        catalog.source(source).map(Source::relations).map(relations -> relations.get(oid));
    @Nullable SharedDecisions decisionsOfSource = shared.get(source);
    if (relation.isEmpty()) {
      return deny(ErrorCode.UNKNOWN_TABLE, "the catalog has no such table");
    }
    if (decisionsOfSource == null) {
      return deny(ErrorCode.FORBIDDEN, "the source has no policies in force");
    }
    return decisionsOfSource.decide(principal.get(), purpose, relation.get());
  }

  private static TableDecision deny(ErrorCode code, String reason) {
    return new TableDecision.Deny(code, reason, List.of());
  }

  /// Declared purposes for which at least one column of one table of the source is visible to her.
  public List<PurposeCode> openPurposes(String user, SourceName source) {
    return openPurposes.get(new OpenKey(user, source), key -> findOpen(user, source));
  }

  private List<PurposeCode> findOpen(String user, SourceName source) {
    return catalog
        .source(source)
        .map(known ->
            new TreeSet<>(catalog.purposes().keySet())
                .stream().filter(purpose -> opensAny(user, purpose, known)).toList())
        .orElse(List.of());
  }

  private boolean opensAny(String user, PurposeCode purpose, Source source) {
    return source.relations().keySet().stream()
        .anyMatch(oid -> decide(user, purpose, source.name(), oid) instanceof TableDecision.Allow);
  }

  private record Key(String user, PurposeCode purpose, SourceName source, long oid) {}

  private record OpenKey(String user, SourceName source) {}
}
