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
import dev.remit.evidence.model.Author;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.PolicySettings;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.TableRequest;
import dev.remit.policy.ranger.ColumnQuestion;
import dev.remit.policy.ranger.RangerPolicies;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What the decision benchmarks ask: 10,000 policies on 500 tables of ten columns, twenty to a
/// table, one for each of twenty groups, each with access, a mask by tag and a row filter by
/// attribute; and four hundred users in three groups each.
@State(Scope.Benchmark)
public class TenThousandPolicies {
  static final int TABLES = 500;
  static final int COLUMNS = 10;
  static final int USERS = 400;
  private static final int POLICIES_PER_TABLE = 20;
  private static final int GROUPS_OF_A_USER = 3;

  /// Room for one user's decisions, not for those of all.
  private static final int KEPT_DECISIONS = 2 * TABLES;

  private static final Author AUTHOR = Author.AtTheMachine.LOCAL_OPERATOR;
  private static final SourceName SOURCE = new SourceName("bench");
  private static final PurposeCode PURPOSE = new PurposeCode("analytics");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Purpose purpose =
      new Purpose(PURPOSE, "Analytics", Purpose.LegalBasis.CONTRACT, "bench");
  private final Source source = source("");

  /// The same tables under other comments, as after a change of the source: equal to none of the
  /// former.
  private final Source changed = source("changed");

  private List<Principal> users = List.of();
  private List<TableRequest> requests = List.of();
  private List<ColumnQuestion> columns = List.of();
  private List<ColumnQuestion> tables = List.of();
  private volatile CatalogSnapshot catalog = snapshot(source, 1);
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable Database store;
  private @Nullable StoreCopies copies;
  private @Nullable PolicyEngine engine;
  private @Nullable RangerPolicies ranger;

  /// Starts a store and puts users and policies into it.
  @Setup
  public void start() throws IOException {
    EmbeddedPostgres started = EmbeddedPostgres.start();
    Database opened = new Database(started.getJdbcUrl("postgres", "postgres"), "postgres", "", 2);
    StoreCopies kept = new StoreCopies(opened, StoreCopies.Settings.DEFAULT);
    PolicyEngine made =
        new PolicyEngine(
            kept,
            () -> catalog,
            new FixedKeys(),
            (sql, entry) -> {},
            Clock.systemUTC(),
            new PolicySettings(4096, Duration.ofHours(1), KEPT_DECISIONS, Set.of(), Set.of()));
    Random random = new Random(1);
    for (int user = 0; user < USERS; user++) {
      Set<String> groups = new HashSet<>();
      while (groups.size() < GROUPS_OF_A_USER) {
        groups.add("group" + random.nextInt(POLICIES_PER_TABLE));
      }
      made.addUser("user" + user, "secret", groups, Map.of("region", "EU"), AUTHOR);
    }
    ArrayNode policies = policies();
    made.apply(policies, SOURCE, AUTHOR);
    users = made.listUsers();
    requests =
        source.relations().values().stream()
            .map(table -> request(users.getFirst(), table))
            .toList();
    columns = questions(users.getFirst());
    tables = columns.stream().map(TenThousandPolicies::table).toList();
    ranger = RangerPolicies.compile(SOURCE, RangerPolicies.split(policies));
    postgres = started;
    store = opened;
    copies = kept;
    engine = made;
  }

  /// Stops the store.
  @TearDown
  public void stop() throws IOException {
    Objects.requireNonNull(engine).close();
    Objects.requireNonNull(copies).close();
    Objects.requireNonNull(store).close();
    Objects.requireNonNull(postgres).close();
  }

  PolicyEngine engine() {
    return Objects.requireNonNull(engine);
  }

  RangerPolicies ranger() {
    return Objects.requireNonNull(ranger);
  }

  /// The first user's request of a table.
  TableRequest request(int table) {
    return requests.get(table);
  }

  /// Any user's request of a table.
  TableRequest request(int user, int table) {
    return request(users.get(user), requests.get(table).relation());
  }

  private TableRequest request(Principal user, Relation table) {
    return new TableRequest(user, PURPOSE, source, table);
  }

  /// The first user's question about the only tagged column of a table.
  ColumnQuestion column(int table) {
    return columns.get(table);
  }

  /// The first user's question about the rows of a table.
  ColumnQuestion rows(int table) {
    return tables.get(table);
  }

  /// A new epoch over the same tables: no caller's decision is known any more.
  void nextEpoch() {
    catalog = snapshot(source, catalog.epoch() + 1);
  }

  /// A new epoch over tables that all became others.
  void nextTables() {
    long epoch = catalog.epoch() + 1;
    catalog = snapshot(epoch % 2 == 0 ? changed : source, epoch);
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
              NOW));
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

  private CatalogSnapshot snapshot(Source source, long epoch) {
    return new CatalogSnapshot(epoch, Map.of(SOURCE, source), Map.of(PURPOSE, purpose));
  }

  private static Source source(String comment) {
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
              Optional.of(comment),
              TableDeclaration.NONE,
              "bench"));
    }
    return new Source(SOURCE, Source.State.READY, relations, 1);
  }
}
