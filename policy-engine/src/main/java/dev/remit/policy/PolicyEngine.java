package dev.remit.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.StoreCopies;
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
import dev.remit.policy.model.TokenBearer;
import dev.remit.policy.principals.AccountStore;
import dev.remit.policy.principals.AccountStore.NewToken;
import dev.remit.policy.principals.Accounts;
import dev.remit.policy.principals.GuardedRoles;
import dev.remit.policy.principals.Scram;
import dev.remit.policy.rules.PolicyStore;
import dev.remit.policy.rules.StoredPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/// Decides who may read what, for which purpose, and with which masks and filters; keeps policies
/// and principals.
///
/// Safe for many threads. A change names its author, is in the store and in the log before the call
/// returns, and in force from the next call of [#decide] on; a refused change alters nothing. Other
/// processes on the same store follow as [StoreCopies] says. Decisions never touch the store; while
/// nobody can say what is in force, all of them deny.
public final class PolicyEngine implements AutoCloseable {
  /// Audience of tokens that log in over the PostgreSQL wire.
  public static final String WIRE = "wire";

  /// Audience of bearer tokens for the HTTP API.
  public static final String API = "api";

  private final StoreCopies copies;
  private final Supplier<CatalogSnapshot> catalog;
  private final BiConsumer<DSLContext, LogEntry> evidence;
  private final Clock clock;
  private final PolicySettings settings;
  private final Scram scram;
  private final AccountStore accounts;
  private final GuardedRoles guarded;

  private final LoadedPolicy loaded;

  /// Policy state and catalog of one moment. Replaced when either moved; losing a race costs a
  /// cache, never a decision.
  private volatile DecisionFrame frame;

  /// Migrates the schema `policy` and loads what is in force.
  ///
  /// @param catalog the present snapshot; asked at every decision, so it must be cheap
  /// @param keys derives token keys and the mock verifiers of unknown users
  /// @param evidence records a change in the log, within the change's own transaction
  public PolicyEngine(
      StoreCopies copies,
      Supplier<CatalogSnapshot> catalog,
      KeyRing keys,
      BiConsumer<DSLContext, LogEntry> evidence,
      Clock clock,
      PolicySettings settings) {
    SecureRandom random = new SecureRandom();
    this.copies = copies;
    this.catalog = catalog;
    this.evidence = evidence;
    this.clock = clock;
    this.settings = settings;
    this.scram = new Scram(random, keys, settings.scramIterations());
    this.accounts = new AccountStore(scram, random);
    this.guarded = new GuardedRoles(settings.guardedRoles());
    TableDecider decider = new TableDecider(keys, clock, column -> isPersonal(column, settings));
    copies.database().migrate("policy");
    this.loaded = copies.database().inTransaction(sql -> new LoadedPolicy(sql, accounts));
    copies.add(loaded);
    this.frame =
        new DecisionFrame(loaded.state(), catalog.get(), decider, settings.cachedDecisions());
  }

  private static boolean isPersonal(Column column, PolicySettings settings) {
    return column.tags().stream()
        .anyMatch(tag -> settings.notPersonal().stream().noneMatch(tag::isWithin));
  }

  /// Decides a table for a principal and purpose: all columns and the rows at once.
  ///
  /// Whatever the request carries, the user's present rights and the catalog's present columns
  /// count; a user who was removed is denied. Errors: STORE_UNAVAILABLE while nobody can say what
  /// is in force.
  public TableDecision decide(TableRequest request) {
    copies.requireCertainty();
    return frame()
        .decide(
            request.principal().name(),
            request.purpose(),
            request.source().name(),
            request.relation().oid());
  }

  /// Grows with every change of a policy, a principal or the catalog, and when it comes into doubt
  /// what is in force, or out of it. Cheap; never goes back.
  public long epoch() {
    return frame().epoch() + copies.certainty();
  }

  /// Purposes for which she may see anything of the source, in order of their codes. Errors:
  /// STORE_UNAVAILABLE.
  public List<PurposeCode> openPurposes(Principal principal, SourceName source) {
    copies.requireCertainty();
    return frame().openPurposes(principal.name(), source);
  }

  /// While both halves are being replaced, what was in force before is so until both are there: a
  /// mask that moves from a tag to a column is never in neither.
  private DecisionFrame frame() {
    DecisionFrame present = frame;
    long stamp = copies.stamp();
    PolicyState presentState = loaded.state();
    CatalogSnapshot presentCatalog = catalog.get();
    if (present.isOf(presentState, presentCatalog) || !copies.isStill(stamp)) {
      return present;
    }
    DecisionFrame next = present.next(presentState, presentCatalog);
    frame = next;
    return next;
  }

  /// Adds a user. Errors: INVALID_REQUEST, CONFLICT; FORBIDDEN when it takes a guarded role to give
  /// her these groups.
  public void addUser(
      String name,
      String password,
      Set<String> groups,
      Map<String, String> attributes,
      Author author) {
    if (password.isEmpty()) {
      throw new RemitException(ErrorCode.INVALID_REQUEST, "a password may not be empty");
    }
    ScramVerifier verifier = scram.verifier(password);
    change(
        author,
        "principal.added",
        Map.of("user", name, "groups", List.copyOf(new TreeSet<>(groups))),
        sql -> accounts.addUser(sql, name, verifier, groups, attributes, clock.instant()));
  }

  /// Removes a user, her tokens and memberships. Errors: UNKNOWN_ENTRY; FORBIDDEN when she has a
  /// guarded role.
  public void removeUser(String name, Author author) {
    change(
        author, "principal.removed", Map.of("user", name), sql -> accounts.removeUser(sql, name));
  }

  /// Sets who has a role: users, groups, and other roles, to any depth. Without members the role is
  /// gone. Errors: FORBIDDEN when others would have a guarded role.
  public void defineRole(
      String role, Set<String> users, Set<String> groups, Set<String> roles, Author author) {
    change(
        author,
        "role.defined",
        Map.of(
            "role", role,
            "users", List.copyOf(new TreeSet<>(users)),
            "groups", List.copyOf(new TreeSet<>(groups)),
            "roles", List.copyOf(new TreeSet<>(roles))),
        sql -> accounts.defineRole(sql, role, users, groups, roles));
  }

  /// Everyone, by name.
  public List<Principal> listUsers() {
    return loaded.state().accounts().principals();
  }

  /// Whom a login name of the wire stands for: a user, or `token:<id>` for the owner of a valid
  /// wire token. Errors: STORE_UNAVAILABLE.
  public Optional<Principal> principal(String loginName) {
    copies.requireCertainty();
    return loaded.state().accounts().login(loginName, WIRE, clock.instant());
  }

  /// The id of the token that a login name of the wire stands for; empty for a user's.
  public static Optional<String> token(String loginName) {
    return Accounts.token(loginName);
  }

  /// When a login name stops being good by itself: a token's expiry; empty for users.
  public Optional<Instant> loginEnds(String loginName) {
    return loaded.state().accounts().ends(loginName);
  }

  /// What checks the password of a login name by SCRAM-SHA-256. For a name that does not exist: a
  /// verifier no password fits, the same every time, so that the exchange does not tell.
  public ScramVerifier scramVerifier(String loginName) {
    ScramVerifier mock = scram.mock(loginName);
    return loaded.state().accounts().verifier(loginName, WIRE, clock.instant()).orElse(mock);
  }

  /// Issues a token of 256 random bits, shown once. On the wire its login name is the user name and
  /// its secret the password; for the API the secret is the bearer token.
  ///
  /// Errors: INVALID_REQUEST, UNKNOWN_ENTRY; FORBIDDEN for a user with a guarded role that the
  /// author has not.
  ///
  /// @param audience [#WIRE] or [#API]; it is good for nothing else
  public IssuedToken issueToken(String user, Duration timeToLive, String audience, Author author) {
    if (!audience.equals(WIRE) && !audience.equals(API)) {
      throw new RemitException(ErrorCode.INVALID_REQUEST, "the audience is wire or api");
    }
    boolean tooLong = timeToLive.compareTo(settings.longestTokenLife()) > 0;
    if (!timeToLive.isPositive() || tooLong) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST,
          "a token lives at most " + settings.longestTokenLife().toMinutes() + " minutes");
    }
    NewToken token = accounts.newToken(user, audience, clock.instant(), timeToLive);
    change(
        author,
        "token.issued",
        Map.of("user", user, "audience", audience, "token", token.issued().id()),
        sql -> {
          guarded.requireMayActAs(accounts.load(sql), user, author);
          accounts.saveToken(sql, token);
        });
    return token.issued();
  }

  /// The owner of a bearer token, when it is valid for the audience now. Errors: STORE_UNAVAILABLE.
  public Optional<TokenBearer> authenticateToken(String secret, String audience) {
    copies.requireCertainty();
    return loaded.state().accounts().bearer(secret, audience, clock.instant());
  }

  /// Makes a token worthless from the next call on. Errors: UNKNOWN_ENTRY.
  public void revokeToken(String id, Author author) {
    change(author, "token.revoked", Map.of("token", id), sql -> accounts.revokeToken(sql, id));
  }

  /// What [#apply] would do. Refuses what it would refuse: INVALID_POLICY, UNKNOWN_SOURCE.
  ///
  /// @param policies a list of short policies, a Ranger policy, a list of those, or a whole Ranger
  ///   `ServicePolicies` document
  /// @param declared the catalog as it will be then
  public PolicyPlan plan(JsonNode policies, SourceName source, CatalogSnapshot declared) {
    PolicyState present = loaded.state();
    return PolicyChange.read(
            policies, source, present.policies(source), present.accounts(), declared)
        .plan();
  }

  /// Puts the policies in force together, or none of them. Policies of the source with other names
  /// stay.
  public PolicyPlan apply(JsonNode policies, SourceName source, Author author) {
    return copies.change(sql -> apply(sql, policies, source, catalog.get(), author));
  }

  /// As [#apply(JsonNode, SourceName, Author)], as part of a change by [StoreCopies#change].
  ///
  /// @param declared the catalog as the transaction sees it
  public PolicyPlan apply(
      DSLContext sql,
      JsonNode policies,
      SourceName source,
      CatalogSnapshot declared,
      Author author) {
    PolicyStore.nextRevision(sql);
    List<StoredPolicy> before = PolicyStore.load(sql).getOrDefault(source, List.of());
    PolicyChange change = PolicyChange.read(policies, source, before, accounts.load(sql), declared);
    change.altered().forEach(policy -> PolicyStore.put(sql, source, policy, clock.instant()));
    record(
        sql,
        author,
        "policy.applied",
        Map.of(
            "source", source.value(),
            "added", change.plan().added(),
            "changed", change.plan().changed()));
    return change.plan();
  }

  /// The policies in force at a source, in the order they were first applied.
  public List<PolicySummary> list(SourceName source) {
    return loaded.state().policies(source).stream()
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
  public void remove(SourceName source, String name, Author author) {
    change(
        author,
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

  /// One change: the work, the revision and the log entry commit together, then hold.
  private void change(
      Author author, String kind, Map<String, ?> fields, Consumer<DSLContext> work) {
    copies.change(sql -> {
      PolicyStore.nextRevision(sql);
      Accounts before = accounts.load(sql);
      work.accept(sql);
      guarded.requireUnchanged(before, accounts.load(sql), author);
      record(sql, author, kind, fields);
      return kind;
    });
  }

  private void record(DSLContext sql, Author author, String kind, Map<String, ?> fields) {
    evidence.accept(sql, author.entry(kind, clock.instant(), fields));
  }

  @Override
  public void close() {
    frame.clear();
  }
}
