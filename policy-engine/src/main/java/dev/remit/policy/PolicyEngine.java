package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.decision.DecisionFrame;
import dev.remit.policy.decision.PolicyChange;
import dev.remit.policy.decision.PolicyState;
import dev.remit.policy.decision.TableDecider;
import dev.remit.policy.model.IssuedToken;
import dev.remit.policy.model.PolicyPlan;
import dev.remit.policy.model.PolicySummary;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.policy.principals.AccountStore;
import dev.remit.policy.principals.Scram;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.PolicyStore;
import dev.remit.policy.rules.StoredPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may read what, for which purpose, and with which masks and filters; keeps policies
/// and principals.
///
/// Safe for many threads. A change is in the store and in the log before the call returns, and in
/// force from the next call of [#decide] on; a refused change alters nothing. Decisions never touch
/// the store.
public final class PolicyEngine implements AutoCloseable {
  /// Audience of tokens that log in over the PostgreSQL wire.
  public static final String WIRE = "wire";

  /// Audience of bearer tokens for the HTTP API.
  public static final String API = "api";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyEngine.class);

  private final Database store;
  private final Supplier<CatalogSnapshot> catalog;
  private final BiConsumer<DSLContext, LogEntry> evidence;
  private final Clock clock;
  private final PolicySettings settings;
  private final Scram scram;
  private final AccountStore accounts;

  /// Written after each change only, under this object's lock.
  private volatile PolicyState state;

  /// Replaced when state or catalog moved; losing a race costs a cache, never a decision.
  private volatile DecisionFrame frame;

  /// Migrates the schema `policy` and loads what is in force.
  ///
  /// @param catalog the present snapshot; asked at every decision, so it must be cheap
  /// @param keys derives token keys and the mock verifiers of unknown users
  /// @param evidence records a change in the log, within the change's own transaction
  public PolicyEngine(
      Database store,
      Supplier<CatalogSnapshot> catalog,
      KeyRing keys,
      BiConsumer<DSLContext, LogEntry> evidence,
      Clock clock,
      PolicySettings settings) {
    SecureRandom random = new SecureRandom();
    this.store = store;
    this.catalog = catalog;
    this.evidence = evidence;
    this.clock = clock;
    this.settings = settings;
    this.scram = new Scram(random, keys, settings.scramIterations());
    this.accounts = new AccountStore(scram, random);
    TableDecider decider = new TableDecider(keys, clock, column -> isPersonal(column, settings));
    store.migrate("policy");
    this.state = store.inTransaction(sql -> load(sql, Optional.empty()));
    this.frame = new DecisionFrame(state, catalog.get(), decider, settings.cachedDecisions());
  }

  private static boolean isPersonal(Column column, PolicySettings settings) {
    return column.tags().stream()
        .anyMatch(tag -> settings.notPersonal().stream().noneMatch(tag::isWithin));
  }

  /// Decides a table for a principal and purpose: all columns and the rows at once.
  ///
  /// Whatever the request carries, the user's present rights and the catalog's present columns
  /// count; a user who was removed is denied.
  public TableDecision decide(TableRequest request) {
    return frame()
        .decide(
            request.principal().name(),
            request.purpose(),
            request.source().name(),
            request.relation().oid());
  }

  /// Grows with every change of a policy, a principal or the catalog. Cheap; never goes back.
  public long epoch() {
    return frame().epoch();
  }

  /// Purposes for which she may see anything of the source, in order of their codes.
  public List<PurposeCode> openPurposes(Principal principal, SourceName source) {
    return frame().openPurposes(principal.name(), source);
  }

  private DecisionFrame frame() {
    PolicyState presentState = state;
    CatalogSnapshot presentCatalog = catalog.get();
    DecisionFrame present = frame;
    if (present.isOf(presentState, presentCatalog)) {
      return present;
    }
    DecisionFrame next = present.next(presentState, presentCatalog);
    frame = next;
    return next;
  }

  /// Adds a user. Errors: INVALID_REQUEST, CONFLICT.
  public void addUser(
      String name, String password, Set<String> groups, Map<String, String> attributes) {
    change(
        "principal.added",
        Map.of("user", name, "groups", List.copyOf(new TreeSet<>(groups))),
        sql -> accounts.addUser(sql, name, password, groups, attributes, clock.instant()));
  }

  /// Removes a user, her tokens and memberships. Errors: UNKNOWN_ENTRY.
  public void removeUser(String name) {
    change("principal.removed", Map.of("user", name), sql -> accounts.removeUser(sql, name));
  }

  /// Sets who has a role: users, groups, and other roles, to any depth. Without members the role is
  /// gone.
  public void defineRole(String role, Set<String> users, Set<String> groups, Set<String> roles) {
    change(
        "role.defined",
        Map.of("role", role),
        sql -> accounts.defineRole(sql, role, users, groups, roles));
  }

  /// Everyone, by name.
  public List<Principal> listUsers() {
    return state.accounts().principals();
  }

  /// Whom a login name of the wire stands for: a user, or `token:<id>` for the owner of a valid
  /// wire token.
  public Optional<Principal> principal(String loginName) {
    return state.accounts().login(loginName, WIRE, clock.instant());
  }

  /// When a login name stops being good by itself: a token's expiry; empty for users.
  public Optional<Instant> loginEnds(String loginName) {
    return state.accounts().ends(loginName);
  }

  /// What checks the password of a login name by SCRAM-SHA-256. For a name that does not exist: a
  /// verifier no password fits, the same every time, so that the exchange does not tell.
  public ScramVerifier scramVerifier(String loginName) {
    ScramVerifier mock = scram.mock(loginName);
    return state.accounts().verifier(loginName, WIRE, clock.instant()).orElse(mock);
  }

  /// Issues a token of 256 random bits, shown once. On the wire its login name is the user name and
  /// its secret the password; for the API the secret is the bearer token.
  ///
  /// @param audience [#WIRE] or [#API]; it is good for nothing else
  public IssuedToken issueToken(String user, Duration timeToLive, String audience) {
    if (!audience.equals(WIRE) && !audience.equals(API)) {
      throw new RemitException(ErrorCode.INVALID_REQUEST, "the audience is wire or api");
    }
    boolean tooLong = timeToLive.compareTo(settings.longestTokenLife()) > 0;
    if (!timeToLive.isPositive() || tooLong) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "a token lives at most " + settings.longestTokenLife().toMinutes() + " minutes");
    }
    return changing(
        "token.issued",
        Map.of("user", user, "audience", audience),
        sql -> accounts.issueToken(sql, user, timeToLive, audience, clock.instant()));
  }

  /// The owner of a bearer token, when it is valid for the audience now.
  public Optional<Principal> authenticateToken(String secret, String audience) {
    return state.accounts().bearer(secret, audience, clock.instant());
  }

  /// Makes a token worthless from the next call on. Errors: UNKNOWN_ENTRY.
  public void revokeToken(String id) {
    change("token.revoked", Map.of("token", id), sql -> accounts.revokeToken(sql, id));
  }

  /// What [#apply] would do. Refuses what it would refuse: INVALID_POLICY, UNKNOWN_SOURCE.
  ///
  /// @param policies a list of short policies, a Ranger policy, a list of those, or a whole Ranger
  ///   `ServicePolicies` document
  public PolicyPlan plan(JsonNode policies, SourceName source) {
    return plan(policies, source, frame().catalog());
  }

  /// The same, should the catalog become this one first.
  public PolicyPlan plan(JsonNode policies, SourceName source, CatalogSnapshot declared) {
    return PolicyChange.read(policies, source, frame().state(), declared).plan();
  }

  /// Puts the policies in force together, or none of them. Policies of the source with other names
  /// stay.
  public PolicyPlan apply(JsonNode policies, SourceName source) {
    DecisionFrame present = frame();
    PolicyChange change = PolicyChange.read(policies, source, present.state(), present.catalog());
    change(
        "policy.applied",
        Map.of(
            "source", source.value(),
            "added", change.plan().added(),
            "changed", change.plan().changed()),
        sql ->
            change
                .altered()
                .forEach(policy -> PolicyStore.put(sql, source, policy, clock.instant())));
    return change.plan();
  }

  /// The policies in force at a source, in the order they were first applied.
  public List<PolicySummary> list(SourceName source) {
    return state.stored().getOrDefault(source, List.of()).stream()
        .map(policy ->
            new PolicySummary(
                policy.id(),
                source,
                policy.name(),
                policy.form().name().toLowerCase(Locale.ROOT),
                policy.definition()))
        .toList();
  }

  /// Takes a policy out of force. Errors: UNKNOWN_ENTRY.
  public void remove(SourceName source, String name) {
    change(
        "policy.removed",
        Map.of("source", source.value(), "policy", name),
        sql -> {
          if (!PolicyStore.remove(sql, source, name)) {
            throw new RemitException(
                ErrorCode.UNKNOWN_ENTRY,
                "the source " + source + " has no policy named '" + name + "'");
          }
        });
  }

  private void change(String kind, Map<String, Object> fields, Consumer<DSLContext> work) {
    changing(
        kind,
        fields,
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  /// One change: the work, the revision and the log entry commit together, then hold.
  private synchronized <T> T changing(
      String kind, Map<String, Object> fields, Function<DSLContext, T> work) {
    T result =
        store.inTransaction(sql -> {
          PolicyStore.nextRevision(sql);
          T made = work.apply(sql);
          evidence.accept(sql, new LogEntry(kind, clock.instant(), fields));
          return made;
        });
    state = store.inTransaction(sql -> load(sql, Optional.of(state)));
    return result;
  }

  /// Reads everything; a source whose policies are as before keeps its engine.
  private PolicyState load(DSLContext sql, Optional<PolicyState> before) {
    long revision = PolicyStore.revision(sql);
    Map<SourceName, List<StoredPolicy>> stored = PolicyStore.load(sql);
    Map<SourceName, RangerPolicies> compiled = new HashMap<>();
    stored.forEach((source, policies) ->
        before
            .filter(old -> policies.equals(old.stored().get(source)))
            .map(old -> Optional.ofNullable(old.compiled().get(source)))
            .orElseGet(() -> compile(source, policies))
            .ifPresent(engine -> compiled.put(source, engine)));
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

  @Override
  public void close() {
    frame.clear();
  }
}
