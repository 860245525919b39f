package dev.remit.policy.rules;

import static dev.remit.policy.db.Tables.POLICY_DEFINITION;
import static dev.remit.policy.db.Tables.REVISION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.remit.catalog.model.SourceName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/// Keeps policies as they were applied, and the revision that grows with every change of policy or
/// principal. Each method runs in the caller's transaction.
public final class PolicyStore {
  private static final JsonMapper JSON = new JsonMapper();

  private PolicyStore() {}

  /// Waits for others who change anything and keeps them out until the transaction ends.
  public static void lock(DSLContext transaction) {
    transaction.selectFrom(REVISION).forUpdate().fetch();
  }

  /// Takes the one right to change, until the transaction ends, and gives the next revision.
  public static long nextRevision(DSLContext sql) {
    return Objects.requireNonNull(
        sql.update(REVISION)
            .set(REVISION.VALUE, REVISION.VALUE.plus(1))
            .returning(REVISION.VALUE)
            .fetchSingle(REVISION.VALUE));
  }

  /// The present revision.
  public static long revision(DSLContext sql) {
    return Objects.requireNonNull(sql.selectFrom(REVISION).fetchSingle(REVISION.VALUE));
  }

  /// Every policy, by source, in the order of their ids.
  public static Map<SourceName, List<StoredPolicy>> load(DSLContext sql) {
    Map<SourceName, List<StoredPolicy>> policies = new TreeMap<>();
    for (Record row : sql.selectFrom(POLICY_DEFINITION).orderBy(POLICY_DEFINITION.ID)) {
      policies
          .computeIfAbsent(
              new SourceName(row.get(POLICY_DEFINITION.SOURCE)), name -> new ArrayList<>())
          .add(
              new StoredPolicy(
                  row.get(POLICY_DEFINITION.ID),
                  row.get(POLICY_DEFINITION.NAME),
                  StoredPolicy.Form.valueOf(row.get(POLICY_DEFINITION.FORM)),
                  parse(row.get(POLICY_DEFINITION.DEFINITION).data())));
    }
    return policies;
  }

  /// Adds the policy, or replaces the one of its name, which keeps its id.
  public static void put(DSLContext sql, SourceName source, StoredPolicy policy, Instant now) {
    JSONB definition = JSONB.valueOf(policy.definition().toString());
    sql.insertInto(POLICY_DEFINITION)
        .set(POLICY_DEFINITION.SOURCE, source.value())
        .set(POLICY_DEFINITION.NAME, policy.name())
        .set(POLICY_DEFINITION.FORM, policy.form().name())
        .set(POLICY_DEFINITION.DEFINITION, definition)
        .set(POLICY_DEFINITION.APPLIED_AT, now.atOffset(ZoneOffset.UTC))
        .onConflict(POLICY_DEFINITION.SOURCE, POLICY_DEFINITION.NAME)
        .doUpdate()
        .set(POLICY_DEFINITION.FORM, policy.form().name())
        .set(POLICY_DEFINITION.DEFINITION, definition)
        .set(POLICY_DEFINITION.APPLIED_AT, now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// Whether there was a policy of this name to remove.
  public static boolean remove(DSLContext sql, SourceName source, String name) {
    return sql.deleteFrom(POLICY_DEFINITION)
            .where(POLICY_DEFINITION.SOURCE.eq(source.value()))
            .and(POLICY_DEFINITION.NAME.eq(name))
            .execute()
        > 0;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a stored policy is not JSON any more", damaged);
    }
  }
}
