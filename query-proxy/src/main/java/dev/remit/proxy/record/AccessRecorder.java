package dev.remit.proxy.record;

import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.PersonIndex;
import dev.remit.proxy.model.RefusedStatement;
import dev.remit.proxy.person.ParameterValue;
import dev.remit.proxy.person.PinnedPersons;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Writes access records into the evidence log.
///
/// Shared by all event loops; never blocks. Statements that read no clear personal column may run
/// ahead of the log by 50 ms or 1,000 records, past which they wait as well.
public final class AccessRecorder {
  private static final int MAXIMUM_LEAD_RECORDS = 1_000;
  private static final long MAXIMUM_LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// Refusals whose message quotes no value of the statement: names and purposes at most.
  private static final Set<ErrorCode> SAYS_WHY =
      EnumSet.of(
          ErrorCode.UNAUTHENTICATED,
          ErrorCode.FORBIDDEN,
          ErrorCode.PURPOSE_REQUIRED,
          ErrorCode.PURPOSE_NOT_OPEN,
          ErrorCode.UNKNOWN_PURPOSE,
          ErrorCode.UNKNOWN_SOURCE,
          ErrorCode.UNKNOWN_SCHEMA,
          ErrorCode.UNKNOWN_TABLE,
          ErrorCode.UNKNOWN_COLUMN,
          ErrorCode.UNKNOWN_FUNCTION,
          ErrorCode.FEATURE_NOT_SUPPORTED,
          ErrorCode.READ_ONLY,
          ErrorCode.CATALOG_DRIFTED,
          ErrorCode.DECISION_CHANGED,
          ErrorCode.RESULT_TYPE_CHANGED,
          ErrorCode.SOURCE_UNAVAILABLE);

  private final BiFunction<LogEntry, Urgency, CompletableFuture<Long>> log;
  private final PersonIndex persons;
  private final Clock clock;
  private final LogLead lead = new LogLead(MAXIMUM_LEAD_RECORDS, MAXIMUM_LEAD_NANOS);
  private final AtomicLong counter = new AtomicLong();
  private final Timer wait;
  private final Timer latency;
  private final MeterRegistry meters;

  /// By SQLSTATE: looking a meter up in the registry costs more than the rest of a statement's end.
  private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

  /// @param log appends an entry; completes with its index when durable, soon when somebody waits
  public AccessRecorder(
      BiFunction<LogEntry, Urgency, CompletableFuture<Long>> log,
      PersonIndex persons,
      Clock clock,
      MeterRegistry meters) {
    this.log = log;
    this.persons = persons;
    this.clock = clock;
    this.meters = meters;
    this.wait = meters.timer("remit.proxy.log.wait");
    this.latency = meters.timer("remit.proxy.statement.time");
    meters.gauge("remit.proxy.log.outstanding", lead, LogLead::outstanding);
  }

  /// Appends the intent of a statement that is about to run.
  ///
  /// @param parameter the client's parameter of a 1-based number, null when there is none or NULL
  public AccessRecord intent(
      Actor actor, AccessSummary access, IntFunction<@Nullable ParameterValue> parameter) {
    long now = System.nanoTime();
    String correlation = nextCorrelation(actor);
    Map<String, Object> fields = actorFields(actor, correlation);
    fields.put("decision", "allowed");
    fields.put("fingerprint", access.fingerprint());
    fields.put("statement", access.statement());
    fields.put("tables", access.tables());
    fields.put("columns", access.columns());
    fields.put("policies", access.policies());
    fields.put("why", access.why());
    fields.put("clearPersonal", access.clearPersonal());
    List<String> subjects =
        PinnedPersons.of(persons, actor.source(), access.subjectPins(), parameter);
    if (!subjects.isEmpty()) {
      fields.put("persons", subjects);
    }
    return begun("access.intent", correlation, fields, access.clearPersonal(), now);
  }

  /// Appends an entry within the lead: an answer beyond it has to wait.
  private AccessRecord begun(
      String kind, String correlation, Map<String, Object> fields, boolean mustWait, long now) {
    lead.begun(now);
    CompletableFuture<Long> durable =
        append(kind, fields, mustWait ? Urgency.AWAITED : Urgency.UNHURRIED);
    CompletableFuture<Long> counted =
        durable.whenComplete((index, failure) -> {
          if (failure == null) {
            lead.durable(now);
          } else {
            lead.failed();
            meters.counter("remit.proxy.log.failures").increment();
          }
          wait.record(System.nanoTime() - now, TimeUnit.NANOSECONDS);
        });
    return new AccessRecord(this, correlation, mustWait, now, counted);
  }

  /// Appends intent and outcome of a statement that was refused before it could run.
  ///
  /// What was decided of the tables it asked for comes with the refusal, see [RefusedStatement].
  ///
  /// @param text of the statement; of one that could not be read a keyed digest is all there is
  /// @return whose answer waits for it
  public AccessRecord refused(Actor actor, String text, RemitException refusal) {
    String correlation = nextCorrelation(actor);
    Map<String, Object> fields = actorFields(actor, correlation);
    fields.put("decision", "refused");
    fields.put("code", refusal.code().name());
    Optional<RefusedStatement.Asked> refused = RefusedStatement.of(refusal);
    fields.put(
        "fingerprint",
        refused
            .map(RefusedStatement.Asked::fingerprint)
            .orElseGet(() -> persons.ofUnreadText(text)));
    if (SAYS_WHY.contains(refusal.code())) {
      fields.put("reason", refusal.getMessage());
    }
    refused.ifPresent(known -> {
      fields.put("statement", known.statement());
      fields.put("tables", known.tables());
      fields.put("policies", known.policies());
      fields.put("why", known.why());
    });
    return ended(correlation, fields, refusal.code().sqlState());
  }

  /// As [#refused], of a statement that the source refused before anybody asked for its rows.
  ///
  /// @param access of the statement, where it is known
  public void refusedBySource(
      Actor actor, Optional<AccessSummary> access, String text, String sqlState) {
    String correlation = nextCorrelation(actor);
    Map<String, Object> fields = actorFields(actor, correlation);
    fields.put("decision", "refused");
    fields.put("code", "SOURCE");
    fields.put(
        "fingerprint",
        access.map(AccessSummary::fingerprint).orElseGet(() -> persons.ofUnreadText(text)));
    access.ifPresent(known -> {
      fields.put("statement", known.statement());
      fields.put("tables", known.tables());
      fields.put("policies", known.policies());
      fields.put("why", known.why());
    });
    var unused = ended(correlation, fields, sqlState);
  }

  private AccessRecord ended(String correlation, Map<String, Object> fields, String sqlState) {
    AccessRecord record = begun("access.intent", correlation, fields, false, System.nanoTime());
    record.outcome(0, 0, sqlState);
    return record;
  }

  /// Appends the one entry of a statement that reaches no relation: a setting, a transaction, a
  /// cursor. It has no rows that could wait, and nothing to come out but done; a refusal of it has
  /// its own intent and outcome.
  ///
  /// @param command its words, without values
  /// @return whose answer waits for it
  public AccessRecord session(Actor actor, String command) {
    String correlation = nextCorrelation(actor);
    Map<String, Object> fields = actorFields(actor, correlation);
    fields.put("command", command);
    return begun("access.session", correlation, fields, false, System.nanoTime());
  }

  boolean isWithinBounds(long begunNanos) {
    long now = System.nanoTime();
    return now - begunNanos <= MAXIMUM_LEAD_NANOS && lead.isWithinBounds(now);
  }

  void outcome(String correlation, long begunNanos, long rows, long bytes, String sqlState) {
    long nanos = System.nanoTime() - begunNanos;
    latency.record(nanos, TimeUnit.NANOSECONDS);
    outcomes.computeIfAbsent(sqlState, this::outcomes).increment();
    appendUnawaited(
        "access.outcome",
        Map.of(
            "correlation",
            correlation,
            "rows",
            rows,
            "bytes",
            bytes,
            "sqlState",
            sqlState,
            "micros",
            TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  private Counter outcomes(String sqlState) {
    return meters.counter("remit.proxy.statements", "sqlstate", sqlState);
  }

  /// Nobody waits for this entry; when it is lost the intent alone counts, as delivered.
  private void appendUnawaited(String kind, Map<String, Object> fields) {
    var unused =
        append(kind, fields, Urgency.UNHURRIED)
            .exceptionally(failure -> {
              meters.counter("remit.proxy.log.failures").increment();
              return -1L;
            });
  }

  private CompletableFuture<Long> append(String kind, Map<String, Object> fields, Urgency urgency) {
    try {
      return log.apply(new LogEntry(kind, clock.instant(), fields), urgency);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private String nextCorrelation(Actor actor) {
    return actor.session() + "-" + counter.incrementAndGet();
  }

  private static Map<String, Object> actorFields(Actor actor, String correlation) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("principal", actor.principal());
    actor.token().ifPresent(token -> fields.put("token", token));
    fields.put("source", actor.source().value());
    actor.purpose().ifPresent(purpose -> fields.put("purpose", purpose.value()));
    fields.put("session", actor.session());
    fields.put("peer", actor.peer());
    fields.put("correlation", correlation);
    return fields;
  }
}
