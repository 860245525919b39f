package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.testing.RealSource;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: everything Ranger would silently drop or read as "yes" is refused with the whole set, and
/// the last good set stays in force.
class StrictLoadingTest {
  private final PolicyWorld world =
      new PolicyWorld(
          new RealSource(
                  """
                  create table customers (id int, email varchar(20), region text);
                  insert into customers values (1, 'a@example.org', 'EU');
                  create table orders (id int, total numeric)\
                  """)
              .tag("customers.email", "contact.email")
              .purposes("analytics"));

  private static final String ACCESS =
      """
      {"name": "access", "policyType": 0,
       "resources": {"catalog": {"values": ["crm"]}, "schema": {"values": ["public"]},
                     "table": {"values": ["customers"]}, "column": {"values": ["*"]}},
       "policyItems": [{"accesses": [{"type": "select", "isAllowed": true}],
                        "groups": ["analysts"],
                        "conditions": [{"type": "purpose-in", "values": ["analytics"]}]}]}
      """;
  private static final String MASK =
      """
      {"name": "mask", "policyType": 1,
       "resources": {"catalog": {"values": ["crm"]}, "schema": {"values": ["public"]},
                     "table": {"values": ["customers"]}, "column": {"values": ["email"]}},
       "dataMaskPolicyItems": [{"accesses": [{"type": "select", "isAllowed": true}],
                                "groups": ["analysts"],
                                "dataMaskInfo": {"dataMaskType": "MASK_NULL"}}]}
      """;
  private static final String FILTER =
      """
      {"name": "filter", "policyType": 2,
       "resources": {"catalog": {"values": ["crm"]}, "schema": {"values": ["public"]},
                     "table": {"values": ["customers"]}},
       "rowFilterPolicyItems": [{"accesses": [{"type": "select", "isAllowed": true}],
                                 "groups": ["analysts"],
                                 "rowFilterInfo": {"filterExpr": "region = '${{USER.region}}'"}}]}
      """;
  private static final String SHORT =
      """
      name: short
      tables: [public.customers]
      to: {groups: [analysts]}
      for: [analytics]
      """;

  @AfterEach
  void close() {
    world.close();
  }

  private void refuses(JsonNode policies, String because) {
    long before = world.engine.epoch();
    assertThatThrownBy(() -> world.engine.apply(policies, RealSource.NAME, PolicyWorld.AUTHOR))
        .isInstanceOfSatisfying(
            RemitException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_POLICY);
              assertThat(refused.getMessage()).contains(because);
            });
    assertThatThrownBy(() -> world.plan(policies)).isInstanceOf(RemitException.class);
    assertThat(world.engine.epoch()).isEqualTo(before);
  }

  private void refusesChanged(String policy, Consumer<ObjectNode> change, String because) {
    ObjectNode changed = (ObjectNode) PolicyWorld.yaml(policy);
    world.plan(changed);
    change.accept(changed);
    refuses(changed, because);
  }

  private void refusesShort(String extra, String because) {
    refuses(PolicyWorld.yaml("- " + (SHORT + extra).indent(2).strip()), because);
  }

  private static ObjectNode item(ObjectNode policy, String items) {
    return (ObjectNode) policy.withArray(items).get(0);
  }

  private static ObjectNode condition(ObjectNode policy) {
    return (ObjectNode) item(policy, "policyItems").withArray("conditions").get(0);
  }

  @Test
  void rangersOwnFormWorksAndIsMaskedAndFilteredByOurs() {
    world.user("eva", java.util.Map.of("region", "EU"), "analysts").user("tom", "analysts");
    ArrayNode all = (ArrayNode) PolicyWorld.yaml("[" + ACCESS + "," + MASK + "," + FILTER + "]");
    world.engine.apply(all, RealSource.NAME, PolicyWorld.AUTHOR);
    assertThat(world.rows("eva", "analytics", "customers")).containsExactly("1|-|EU");
    assertThat(world.rows("tom", "analytics", "customers")).isEmpty();
    world.engine.apply(
        PolicyWorld.yaml("{policies: [" + ACCESS + "]}"), RealSource.NAME, PolicyWorld.AUTHOR);
  }

  @Test
  void aTagPolicyMasksWhatCarriesTheTag() {
    world.user("eva", "analysts");
    world.engine.apply(PolicyWorld.yaml(ACCESS), RealSource.NAME, PolicyWorld.AUTHOR);
    world.engine.apply(
        PolicyWorld.yaml(
            """
            {"policies": [], "tagPolicies": {"policies": [{"name": "by tag", "policyType": 1,
              "resources": {"tag": {"values": ["contact"]}},
              "dataMaskPolicyItems": [{"accesses": [{"type": "trino:select", "isAllowed": true}],
                "groups": ["analysts"], "dataMaskInfo": {"dataMaskType": "trino:MASK_NULL"}}]}]}}
            """),
        RealSource.NAME,
        PolicyWorld.AUTHOR);
    assertThat(world.rows("eva", "analytics", "customers")).containsExactly("1|-|EU");
  }

  @Test
  void theLastGoodSetStaysInForce() {
    world.user("eva", "analysts").apply("- " + SHORT.indent(2).strip());
    refusesShort("rows: \"nothing = 1\"\n", "has no column");
    assertThat(world.rows("eva", "analytics", "customers")).containsExactly("1|a@example.org|EU");
  }

  @Test
  void unknownFieldsOfRangerJson() {
    refusesChanged(ACCESS, policy -> policy.putArray("denyPolicyItem"), "unknown field");
    refusesChanged(
        ACCESS, policy -> item(policy, "policyItems").put("grups", "x"), "unknown field 'grups'");
  }

  @Test
  void unknownKeysOfShortPolicies() {
    refusesShort("row: \"id = 1\"\n", "unknown key `row:`");
    refusesShort("masks: [{tag: [contact], with: null}]\n", "unknown key `tag:`");
    refuses(PolicyWorld.yaml("[{name: x}]"), "`to:`");
    refuses(PolicyWorld.yaml("{name: x}"), "list of policies");
  }

  @Test
  void aPurposeIsRequiredAndDeclared() {
    refuses(
        PolicyWorld.yaml("- {name: x, tables: [public.customers], to: {users: [u]}}"), "`for:`");
    refuses(
        PolicyWorld.yaml("- {name: x, tables: [public.customers], to: {users: [u]}, for: []}"),
        "`for:`");
    refuses(
        PolicyWorld.yaml("- {name: x, tables: [public.customers], to: {users: [u]}, for: [other]}"),
        "not declared");
    refusesChanged(
        ACCESS, policy -> condition(policy).putArray("values").add("other"), "not declared");
  }

  @Test
  void unknownResourceAccessConditionAndMaskTypes() {
    refusesChanged(
        ACCESS,
        policy -> ((ObjectNode) policy.get("resources")).putObject("tabel").putArray("values"),
        "no resource 'tabel'");
    refusesChanged(ACCESS, policy -> access(policy).put("type", "selct"), "no access type 'selct'");
    refusesChanged(
        ACCESS, policy -> condition(policy).put("type", "purpose"), "no condition type 'purpose'");
    refusesChanged(MASK, policy -> mask(policy, "MASK_HSAH"), "no mask type 'MASK_HSAH'");
  }

  private static ObjectNode access(ObjectNode policy) {
    return (ObjectNode) item(policy, "policyItems").withArray("accesses").get(0);
  }

  private static void mask(ObjectNode policy, String type) {
    ((ObjectNode) item(policy, "dataMaskPolicyItems").get("dataMaskInfo"))
        .put("dataMaskType", type);
  }

  @Test
  void emptyConditionValues() {
    refusesChanged(ACCESS, policy -> condition(policy).putArray("values"), "would always match");
    refusesChanged(ACCESS, policy -> condition(policy).putArray("values").add(" "), "no value");
  }

  @Test
  void evaluatorsThatAreMissingOrSayYesWithoutInput() {
    for (String condition :
        new String[] {"ip-range", "time-of-day", "script", "context-attribute", "missing-class"}) {
      refusesChanged(
          ACCESS,
          policy -> condition(policy).put("type", condition),
          "no condition type '" + condition + "'");
    }
  }

  @Test
  void itemsThatNameNobodyOrAllowNothing() {
    refusesChanged(
        MASK, policy -> item(policy, "dataMaskPolicyItems").putArray("groups"), "names nobody");
    refusesChanged(
        MASK, policy -> item(policy, "dataMaskPolicyItems").putArray("accesses"), "no access type");
    refusesChanged(ACCESS, policy -> access(policy).put("isAllowed", false), "isAllowed");
    refusesChanged(
        ACCESS, policy -> item(policy, "policyItems").putArray("users").add("{OWNER}"), "{OWNER}");
  }

  @Test
  void itemsInAPolicyOfAnotherType() {
    refusesChanged(MASK, policy -> policy.put("policyType", 0), "policyType 1");
    refusesChanged(FILTER, policy -> policy.put("policyType", 0), "policyType 2");
    refusesChanged(ACCESS, policy -> policy.put("policyType", 1), "needs them");
    refusesChanged(ACCESS, policy -> policy.put("policyType", 3), "policyType 3");
  }

  @Test
  void maskConditionsNobodyEvaluatesAndArgumentsNobodyReads() {
    refusesChanged(
        MASK,
        policy ->
            ((ObjectNode) item(policy, "dataMaskPolicyItems").get("dataMaskInfo"))
                .put("conditionExpr", "id = 1"),
        "conditionExpr");
    refusesChanged(
        MASK,
        policy ->
            ((ObjectNode) item(policy, "dataMaskPolicyItems").get("dataMaskInfo"))
                .put("valueExpr", "'x'"),
        "valueExpr");
    refusesChanged(MASK, policy -> mask(policy, "CUSTOM"), "valueExpr");
  }

  @Test
  void textThatTheTypedBinderDoesNotResolve() {
    for (String text :
        new String[] {
          "region = '${{TAG.x}}'",
          "region = ${{REQ.user}}",
          "region in (${{GET_UG_NAMES_Q()}})",
          "region = 'x${{USER.region}}'",
          "",
        }) {
      refusesChanged(
          FILTER,
          policy ->
              ((ObjectNode) item(policy, "rowFilterPolicyItems").get("rowFilterInfo"))
                  .put("filterExpr", text),
          "policy 'filter'");
    }
  }

  @Test
  void superUsers() {
    refuses(
        PolicyWorld.yaml("{policies: [], serviceConfig: {ranger.plugin.super.users: root}}"),
        "above every policy");
    refuses(
        PolicyWorld.yaml("{policies: [], serviceConfig: {ranger.plugin.trino.super.groups: root}}"),
        "above every policy");
  }

  @Test
  void overlappingZonesAndZonesAtAll() {
    refuses(
        PolicyWorld.yaml(
            """
            policies: []
            securityZones:
              a: {zoneName: a, resources: [{catalog: [crm], schema: ['pub*']}], policies: []}
              b: {zoneName: b, resources: [{catalog: [crm], schema: [public]}], policies: []}
            """),
        "may share a resource");
    refuses(
        PolicyWorld.yaml(
            """
            policies: []
            securityZones:
              a: {zoneName: a, resources: [{catalog: [crm], schema: [public]}], policies: []}
            """),
        "zones are not applied");
  }

  @Test
  void contextEnrichersAndDeltas() {
    refuses(
        PolicyWorld.yaml(
            "{policies: [], serviceDef: {name: trino, contextEnrichers: [{name: geo}]}}"),
        "context enricher");
    refuses(PolicyWorld.yaml("{policies: [], policyDeltas: [{id: 1}]}"), "deltas");
    refuses(PolicyWorld.yaml("{policies: [], serviceDef: {name: hive}}"), "another service");
  }

  @Test
  void schedulesThatACachedDecisionWouldOutlive() {
    refusesChanged(
        ACCESS,
        policy -> policy.putArray("validitySchedules").addObject().put("endTime", "2030/01/01"),
        "validity schedules");
  }

  @Test
  void resourcesThatWouldApplyToNothing() {
    refusesChanged(
        ACCESS, policy -> ((ObjectNode) policy.get("resources")).remove("column"), "name exactly");
    refusesChanged(
        ACCESS,
        policy ->
            ((ObjectNode) policy.get("resources"))
                .putObject("catalog")
                .putArray("values")
                .add("other"),
        "not the source");
    refusesChanged(
        ACCESS,
        policy ->
            ((ObjectNode) policy.get("resources"))
                .putObject("table")
                .putArray("values")
                .add("{USER}"),
        "literally");
    refusesChanged(
        ACCESS,
        policy ->
            ((ObjectNode) policy.get("resources"))
                .putObject("table")
                .putArray("values")
                .add("custmers"),
        "matches no table");
    refuses(
        PolicyWorld.yaml(
            "- {name: x, tables: [public.custmers], to: {users: [u]}, for: [analytics]}"),
        "matches no table");
    refusesShort("columns: [emial]\n", "no table it names has a column");
    refusesShort("masks: [{columns: [emial], with: null}]\n", "has a column");
    refusesShort("masks: [{tags: [contact.emial], with: null}]\n", "is tagged");
  }

  @Test
  void masksThatCannotKeepTheColumnsType() {
    refusesShort("masks: [{columns: [email], with: token}]\n", "does not fit");
    refusesShort("masks: [{columns: [id], with: redact}]\n", "is for text");
    refusesShort("masks: [{columns: [email], with: year}]\n", "is for dates");
    refusesShort("masks: [{columns: [email], with: shuffle}]\n", "no mask");
    refusesShort("masks: [{columns: [email], with: {constant: much too long for this}}]\n", "fit");
  }

  @Test
  void filtersThatDoNotFitEveryTableTheyMatch() {
    refuses(
        PolicyWorld.yaml(
            "- {name: x, tables: ['public.*'], to: {users: [u]}, for: [analytics], "
                + "rows: \"region = 'EU'\"}"),
        "public.orders has no column 'region'");
  }

  @Test
  void twoPoliciesOfOneName() {
    refuses(PolicyWorld.yaml("[" + ACCESS + "," + ACCESS + "]"), "two policies are named");
  }

  @Test
  void denyPoliciesThatAlsoMask() {
    refusesShort("deny: true\nrows: \"id = 1\"\n", "a deny policy");
  }
}
