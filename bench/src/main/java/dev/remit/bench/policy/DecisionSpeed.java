package dev.remit.bench.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.Tag;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.PolicySettings;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.policy.ranger.ColumnQuestion;
import dev.remit.policy.ranger.RangerPolicies;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;

/// One decision at 10,000 policies: access, masks, filters and purpose of a table with ten columns,
/// from the cache and made anew, beside the bare Ranger engine asked for one column.
///
/// Times are of single calls by `System.nanoTime`, which costs some tens of nanoseconds itself.
public final class DecisionSpeed {
  private static final int TABLES = 500;
  private static final int POLICIES_PER_TABLE = 20;
  private static final int COLUMNS = 10;
  private static final int WARM_UP_CALLS = 200_000;
  private static final int CALLS = 200_000;
  private static final SourceName SOURCE = new SourceName("bench");
  private static final PurposeCode PURPOSE = new PurposeCode("analytics");

  private DecisionSpeed() {}

  /// Runs the measurement.
  public static void main(String[] arguments) throws IOException {
    Source source = source();
    CatalogSnapshot[] catalog = {snapshot(source, 1)};
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Database store =
            new Database(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "", 2);
        PolicyEngine engine =
            new PolicyEngine(
                store,
                () -> catalog[0],
                new FixedKeys(),
                (sql, entry) -> {},
                Clock.systemUTC(),
                PolicySettings.DEFAULTS)) {
      engine.addUser("ann", "secret", Set.of("group7"), Map.of("region", "EU"));
      Principal ann = engine.principal("ann").orElseThrow();
      ArrayNode policies = policies();
      long begin = System.nanoTime();
      engine.apply(policies, SOURCE);
      System.out.printf(
          Locale.ROOT,
          "%d policies, %d tables; applied in %.1f s%n",
          policies.size(),
          TABLES,
          (System.nanoTime() - begin) / 1e9);
      List<TableRequest> requests = new ArrayList<>();
      source
          .relations()
          .values()
          .forEach(table -> requests.add(new TableRequest(ann, PURPOSE, source, table)));
      measure("cached decision", CALLS, call -> decide(engine, requests.get(call % TABLES)));
      measure(
          "decision made anew, 10 columns",
          CALLS / 20,
          call -> {
            if (call % TABLES == 0) {
              catalog[0] = snapshot(source, catalog[0].epoch() + 1);
            }
            decide(engine, requests.get(call % TABLES));
          });
      RangerPolicies bare = RangerPolicies.compile(SOURCE, RangerPolicies.split(policies));
      List<ColumnQuestion> columns = questions(ann);
      List<ColumnQuestion> tables = columns.stream().map(question -> table(question)).toList();
      measure(
          "bare Ranger, access of one column",
          CALLS,
          call -> {
            if (!bare.access(columns.get(call % TABLES)).allowed()) {
              throw new IllegalStateException("every column of this benchmark is open");
            }
          });
      measure(
          "bare Ranger, access, mask, filter of one column",
          CALLS,
          call -> {
            bare.access(columns.get(call % TABLES));
            bare.masks(columns.get(call % TABLES));
            bare.filters(tables.get(call % TABLES));
          });
    }
  }

  private static void decide(PolicyEngine engine, TableRequest request) {
    if (!(engine.decide(request) instanceof TableDecision.Allow)) {
      throw new IllegalStateException("every table of this benchmark is open");
    }
  }

  private static void measure(String name, int calls, IntConsumer call) {
    for (int warmUp = 0; warmUp < Math.min(WARM_UP_CALLS, calls * 2); warmUp++) {
      call.accept(warmUp);
    }
    long[] nanoseconds = new long[calls];
    for (int index = 0; index < calls; index++) {
      long begin = System.nanoTime();
      call.accept(index);
      nanoseconds[index] = System.nanoTime() - begin;
    }
    Arrays.sort(nanoseconds);
    System.out.printf(
        Locale.ROOT,
        "%-50s p50 %8.2f µs   p95 %8.2f µs   p99 %8.2f µs%n",
        name,
        nanoseconds[calls / 2] / 1e3,
        nanoseconds[(int) (calls * 0.95)] / 1e3,
        nanoseconds[(int) (calls * 0.99)] / 1e3);
  }

  private static ArrayNode policies() {
    ArrayNode policies = JsonNodeFactory.instance.arrayNode();
    for (int table = 0; table < TABLES; table++) {
      for (int number = 0; number < POLICIES_PER_TABLE; number++) {
        ObjectNode policy = policies.addObject();
        policy.put("name", "table " + table + " group " + number);
        policy.putArray("tables").add("public.table" + table);
        policy.putObject("to").putArray("groups").add("group" + number);
        policy.putArray("for").add(PURPOSE.value());
        ObjectNode mask = policy.putArray("masks").addObject();
        mask.putArray("tags").add("contact.email");
        mask.put("with", "token");
        policy.put("rows", "column1 = ${user.region}");
      }
    }
    return policies;
  }

  private static List<ColumnQuestion> questions(Principal principal) {
    List<ColumnQuestion> questions = new ArrayList<>();
    for (int table = 0; table < TABLES; table++) {
      questions.add(
          new ColumnQuestion(
              principal,
              PURPOSE,
              SOURCE.value(),
              "public",
              "table" + table,
              "column0",
              Set.of("contact.email"),
              Clock.systemUTC().instant()));
    }
    return questions;
  }

  private static ColumnQuestion table(ColumnQuestion question) {
    return new ColumnQuestion(
        question.principal(),
        question.purpose(),
        question.source(),
        question.schema(),
        question.table(),
        "",
        Set.of(),
        question.time());
  }

  private static CatalogSnapshot snapshot(Source source, long epoch) {
    Purpose purpose = new Purpose(PURPOSE, "Analytics", Purpose.LegalBasis.CONTRACT, "bench");
    return new CatalogSnapshot(epoch, Map.of(SOURCE, source), Map.of(PURPOSE, purpose));
  }

  private static Source source() {
    ColumnType text = new ColumnType(25, "pg_catalog", "text", -1, "text", 'S');
    Map<Long, Relation> relations = new HashMap<>();
    for (int table = 0; table < TABLES; table++) {
      List<Column> columns = new ArrayList<>();
      for (int number = 0; number < COLUMNS; number++) {
        List<Tag> tags =
            number == 0 ? List.of(new Tag("contact.email", 1, "declared", true)) : List.of();
        columns.add(
            new Column(number + 1, "column" + number, text, true, false, Optional.empty(), tags));
      }
      relations.put(
          table + 1L,
          new Relation(
              table + 1L,
              "public",
              "table" + table,
              Relation.Kind.TABLE,
              columns,
              List.of(),
              List.of(),
              OptionalLong.empty(),
              Optional.empty(),
              Optional.empty(),
              TableDeclaration.NONE,
              "bench"));
    }
    return new Source(SOURCE, Source.State.READY, relations, 1);
  }

  private static final class FixedKeys implements KeyRing {
    @Override
    public byte[] derive(String keyName, String context) {
      return new byte[32];
    }

    @Override
    public byte[] sign(String keyName, byte[] message) {
      throw new UnsupportedOperationException("nothing is signed here");
    }

    @Override
    public byte[] publicKey(String keyName) {
      throw new UnsupportedOperationException("nothing is signed here");
    }

    @Override
    public byte[] seal(String keyName, byte[] plaintext, byte[] context) {
      throw new UnsupportedOperationException("nothing is sealed here");
    }

    @Override
    public byte[] unseal(String keyName, byte[] sealed, byte[] context) {
      throw new UnsupportedOperationException("nothing is sealed here");
    }

    @Override
    public void close() {}
  }
}
