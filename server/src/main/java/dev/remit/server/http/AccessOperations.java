package dev.remit.server.http;

import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import dev.remit.platform.http.Json;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.PolicySummary;
import dev.remit.proxy.Persons;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// `/accesses`: who read what for which purpose, and why it was allowed or refused.
///
/// An access is named by the position of its intent in the log. One without an outcome counts as
/// delivered.
public final class AccessOperations {
  private static final String INTENT = "access.intent";
  private static final String OUTCOME = "access.outcome";
  private static final int LARGEST_PAGE = 200;
  private static final int PAGE = 20;

  /// A filter that few entries fit stops here; the answer says where to go on.
  private static final int MOST_LOOKED_AT = 5_000;

  private static final int ENTRIES_OF_ONE_ACCESS = 10;

  private final EvidenceLog log;
  private final PolicyEngine policy;
  private final Persons persons;

  public AccessOperations(EvidenceLog log, PolicyEngine policy, Persons persons) {
    this.log = log;
    this.policy = policy;
    this.persons = persons;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "listAccesses", HttpMethod.GET, "/accesses", Operation.OFFICER_ONLY, this::list),
        new Operation(
            "explainAccess",
            HttpMethod.GET,
            "/accesses/{id}",
            Operation.OFFICER_ONLY,
            this::explain));
  }

  /// @param next `below` of the page that follows; left out when nothing does
  record Page(List<AccessView> accesses, Optional<Long> next) {}

  /// @param intent fields of the intent; empty when the body was deleted
  /// @param outcome fields of the outcome; left out while there is none
  record AccessView(
      long id, Instant time, Map<String, Object> intent, Optional<Map<String, Object>> outcome) {}

  /// A policy that determined the decision; `name` is left out when it is no longer in force.
  record PolicyView(long id, Optional<String> name, Optional<Object> definition) {}

  /// @param disclosures fields of the intent with their salts; left out when the body was deleted
  /// @param proof base64 hashes that lead from the leaf to the checkpoint's root
  record ExplanationView(
      AccessView access,
      List<PolicyView> policies,
      String leaf,
      Optional<List<Disclosure>> disclosures,
      List<String> proof,
      String checkpoint) {}

  private HttpAnswer list(HttpCall<Caller> call) {
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    long below = call.number("below", Long.MAX_VALUE / 2, 0, Long.MAX_VALUE / 2);
    Predicate<Map<String, Object>> asked = asked(call);
    List<AccessView> found = new ArrayList<>();
    for (int looked = 0; looked < MOST_LOOKED_AT; looked += LARGEST_PAGE) {
      List<LoggedEntry> page = log.latest(INTENT, below, LARGEST_PAGE);
      for (LoggedEntry entry : page) {
        if (found.size() == limit) {
          return HttpAnswer.json(new Page(found, Optional.of(below)));
        }
        below = entry.index();
        if (asked.test(fields(entry))) {
          found.add(view(entry));
        }
      }
      if (page.size() < LARGEST_PAGE) {
        return HttpAnswer.json(new Page(found, Optional.empty()));
      }
    }
    return HttpAnswer.json(new Page(found, Optional.of(below)));
  }

  private Predicate<Map<String, Object>> asked(HttpCall<Caller> call) {
    Predicate<Map<String, Object>> named =
        fields ->
            List.of("principal", "source", "purpose", "decision").stream()
                .allMatch(name ->
                    call.query(name).map(value -> value.equals(fields.get(name))).orElse(true));
    Optional<String> table = call.query("table");
    Optional<String> key = call.query("key");
    if (table.isEmpty() && key.isEmpty()) {
      return named;
    }
    SourceName source =
        call.query("source")
            .filter(name -> table.isPresent() && key.isPresent())
            .map(SourceName::new)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.INVALID_REQUEST,
                    "a person is named by source, table and key together"));
    return named.and(persons.mention(source, table.orElseThrow(), values(key.orElseThrow())));
  }

  /// @param key a JSON array of texts
  private static List<String> values(String key) {
    return List.of(Json.read(key.getBytes(StandardCharsets.UTF_8), String[].class));
  }

  private HttpAnswer explain(HttpCall<Caller> call) {
    LoggedEntry entry = log.entry(LogOperations.index(call.path("id")));
    if (!entry.kind().equals(INTENT)) {
      throw new RemitException(
          ErrorCode.UNKNOWN_ENTRY,
          "entry %d of the log is no access but %s; `remit access list` shows accesses"
              .formatted(entry.index(), entry.kind()));
    }
    AccessView access = view(entry);
    SignedCheckpoint checkpoint = log.checkpoint();
    return HttpAnswer.json(
        new ExplanationView(
            access,
            policies(access.intent()),
            entry.leaf(),
            entry.disclosures(),
            log.inclusionProof(entry.index(), checkpoint.checkpoint().size()).path().stream()
                .map(Hash::base64)
                .toList(),
            checkpoint.note().encoded()));
  }

  private AccessView view(LoggedEntry intent) {
    Map<String, Object> fields = fields(intent);
    Optional<Map<String, Object>> outcome =
        Optional.ofNullable(fields.get("correlation"))
            .flatMap(correlation ->
                log.about(correlation.toString(), ENTRIES_OF_ONE_ACCESS).stream()
                    .filter(entry -> entry.kind().equals(OUTCOME))
                    .findFirst())
            .map(AccessOperations::fields);
    return new AccessView(intent.index(), intent.time(), fields, outcome);
  }

  private static Map<String, Object> fields(LoggedEntry entry) {
    return new TreeMap<>(entry.fields().orElse(Map.of()));
  }

  private List<PolicyView> policies(Map<String, Object> intent) {
    Map<Long, PolicySummary> known = new LinkedHashMap<>();
    Optional.ofNullable(intent.get("source"))
        .map(Object::toString)
        .map(SourceName::new)
        .ifPresent(source -> policy.list(source).forEach(one -> known.put(one.id(), one)));
    if (!(intent.get("policies") instanceof List<?> ids)) {
      return List.of();
    }
    return ids.stream()
        .filter(Number.class::isInstance)
        .map(id -> ((Number) id).longValue())
        .map(id ->
            new PolicyView(
                id,
                Optional.ofNullable(known.get(id)).map(PolicySummary::name),
                Optional.ofNullable(known.get(id)).map(PolicySummary::definition)))
        .toList();
  }
}
