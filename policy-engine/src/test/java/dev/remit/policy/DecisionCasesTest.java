package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.policy.testing.RealSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Goal: each case of `decision-cases.yaml` decides as it says, seen in the rows of a real
/// PostgreSQL. A new case is a new entry there.
class DecisionCasesTest {
  private static RealSource source() {
    return new RealSource(
            """
            create table people (id int, email text, phone text, region text, born date);
            insert into people values
              (1, 'anna@example.org', '12345', 'EU', '1980-05-06'),
              (2, 'bob@example.com', '+1555234567', 'US', '2010-05-06')\
            """)
        .tag("people.email", "contact.email")
        .tag("people.phone", "contact.phone")
        .tag("people.born", "demographic.birth-date")
        .purposes("analytics", "service");
  }

  @TestFactory
  List<DynamicTest> everyCaseDecidesAsItSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream cases =
        Objects.requireNonNull(
            DecisionCasesTest.class.getResourceAsStream("/decision-cases.yaml"))) {
      for (JsonNode one : new YAMLMapper().readTree(cases)) {
        tests.add(DynamicTest.dynamicTest(one.path("name").asText(), () -> decides(one)));
      }
    }
    return tests;
  }

  private static void decides(JsonNode one) {
    try (PolicyWorld world = new PolicyWorld(source())) {
      world.user("ann", "analysts").user("eva", Map.of("region", "EU"));
      world.engine.defineRole("reader", Set.of(), Set.of("analysts"), Set.of(), PolicyWorld.AUTHOR);
      world.engine.apply(one.path("policies"), RealSource.NAME, PolicyWorld.AUTHOR);
      List<String> expected = new ArrayList<>();
      one.path("rows").forEach(row -> expected.add(row.asText()));
      assertThat(world.rows(one.path("user").asText(), one.path("purpose").asText(), "people"))
          .as(
              "decided because %s",
              world.effects(one.path("user").asText(), one.path("purpose").asText(), "people"))
          .isEqualTo(expected);
    }
  }
}
